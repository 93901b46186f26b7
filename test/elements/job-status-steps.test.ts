import { expect } from '@open-wc/testing';
import { expectAccessible } from '../support/axe.ts';
import { clearPage, show } from '../scenarios/page.ts';
import type { Shown } from '../scenarios/page.ts';

/** `count` steps, of which the one at `active` runs. */
async function withSteps(count: number, active: number, fields: object = {}): Promise<Shown> {
  const shown = await show('processing');
  const steps = Array.from({ length: count }, (_, index) => ({
    name: `Scene ${index + 1}`,
    status: index < active ? 'success' : index === active ? 'processing' : 'pending',
    progress: index < active ? 1 : 0.5,
  }));
  shown.world.double.update(shown.id, { steps, ...fields });
  await shown.element.refresh();
  await shown.settle();
  return shown;
}

const names = ({ root }: Shown): string[] => [...root.querySelectorAll('.step bdi')].map((name) => name.textContent!);
const press = async (shown: Shown): Promise<void> => {
  const button = shown.part('steps-all')!;
  button.focus();
  button.click();
  await shown.settle();
};

describe('job-status with many steps', () => {
  afterEach(clearPage);

  it('shows all of a dozen', async () => {
    const shown = await withSteps(12, 5);
    expect(names(shown)).to.have.length(12);
    expect(shown.has('steps-all')).to.equal(false);
  });

  it('folds more to those around the current one, and says where they stand', async () => {
    const shown = await withSteps(1_000, 499);
    expect(names(shown)).to.deep.equal([497, 498, 499, 500, 501, 502, 503].map((number) => `Scene ${number}`));
    const current = shown.$('[aria-current="step"]')!;
    expect([current.getAttribute('aria-posinset'), current.getAttribute('aria-setsize')]).to.deep.equal(['500', '1000']);
    expect(shown.part('steps-all')!.textContent!.trim()).to.equal('Show all 1,000 steps');
    await expectAccessible(shown.element);
  });

  it('shows them all when asked to, with the focus where it was, and folds them again', async () => {
    const shown = await withSteps(40, 20);
    await press(shown);
    expect(names(shown)).to.have.length(40);
    expect(shown.focus).to.equal('steps-all');
    const button = shown.part('steps-all')!;
    expect([button.textContent!.trim(), button.getAttribute('aria-expanded')]).to.deep.equal(['Show fewer steps', 'true']);
    await press(shown);
    expect(names(shown)).to.have.length(7);
    expect(shown.part('steps-all')!.getAttribute('aria-expanded')).to.equal('false');
  });

  it('moves on with the job, and keeps seven in view at both ends', async () => {
    expect(names(await withSteps(40, 0))).to.deep.equal([1, 2, 3, 4, 5, 6, 7].map((number) => `Scene ${number}`));
    expect(names(await withSteps(40, 39)).at(-1)).to.equal('Scene 40');
    expect(names(await withSteps(40, 39))).to.have.length(7);
    const ended = await withSteps(40, 40);
    expect(names(ended).at(-1)).to.equal('Scene 40');
  });

  it('shows where a job stopped that has failed', async () => {
    const shown = await withSteps(40, 20, { status: 'failure', error: 'No disk' });
    expect(names(shown)[3]).to.equal('Scene 21');
    expect(shown.root.querySelectorAll('.step')[3]!.getAttribute('data-state')).to.equal('cancelled');
  });

  it('says so in the language of the place', async () => {
    const shown = await withSteps(40, 20);
    shown.element.lang = 'ne';
    await new Promise((resolve) => setTimeout(resolve, 300));
    await shown.settle();
    expect(shown.part('steps-all')!.textContent!.trim()).to.equal('सबै ४० चरण देखाउनुहोस्');
  });

  it('starts folded with another job', async () => {
    const shown = await withSteps(40, 20);
    await press(shown);
    const steps = Array.from({ length: 30 }, (_, index) => ({ name: `Part ${index}`, status: 'pending', progress: 0 }));
    shown.element.jobId = shown.world.double.add({ status: 'processing', steps });
    await shown.settle();
    await shown.settle();
    expect(names(shown)).to.have.length(7);
  });
});
