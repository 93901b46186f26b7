import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/elements/job-history/define.ts';
import '../../src/elements/job-provider/define.ts';
import type { JobHistory } from '../../src/elements/job-history/job-history.ts';
import { many, oneOfEach } from '../scenarios/job-history.ts';
import { makeWorld, type World } from '../scenarios/world.ts';
import { expectAccessible } from '../support/axe.ts';

interface Scene extends World {
  history: JobHistory;
}

async function scene(
  arrange: (world: World) => void = () => {},
  content: TemplateResult = html`<job-history></job-history>`,
  userId: string | null = 'user-1',
): Promise<Scene> {
  const world = makeWorld();
  arrange(world);
  const page = await fixture(html`<job-provider .store=${world.store} .userId=${userId}>${content}</job-provider>`);
  const history = page.querySelector('job-history')!;
  await world.clock.flush();
  await history.updateComplete;
  return { ...world, history };
}

const MINUTE = 60_000;

const clean = (node: Element | null | undefined): string => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const rows = (history: JobHistory): Element[] => [...history.shadowRoot!.querySelectorAll('.row')];
/** The rows as text: title, status, progress, created. */
const table = (history: JobHistory): string[][] => rows(history).map((row) => [...row.querySelectorAll('td')].map(clean));
const opener = (history: JobHistory, title: string): HTMLButtonElement =>
  [...history.shadowRoot!.querySelectorAll<HTMLButtonElement>('.row button')].find((button) => clean(button) === title)!;
const screen = (history: JobHistory): string => clean(history.shadowRoot!.querySelector('[part~=screen]'));

describe('job-history', () => {
  it('shows the newest jobs first, with status, progress and age', async () => {
    const { history, clock } = await scene(oneOfEach);
    const exact = (ago: number): string =>
      new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(clock.now() - ago).replace(/\s+/g, ' ');
    expect(table(history)).to.deep.equal([
      ['The moons of Saturn', 'Waiting', 'Number 3 in the queue', `now ${exact(0)}`],
      ['Second try', 'Retrying', '', `now ${exact(30_000)}`],
      ['How rivers bend', 'In progress', '45% Scene 4 of 8', `1 minute ago ${exact(MINUTE)}`],
      ['From a newer backend', 'polishing', '', `5 minutes ago ${exact(5 * MINUTE)}`],
      ['Job 00000000', 'Cancelled', 'Took 5 s', `1 hour ago ${exact(50 * MINUTE)}`],
      ['A voice that nobody has', 'Failed', 'The <b>voice</b> is not known.', `3 hours ago ${exact(180 * MINUTE)}`],
      ['Why bees dance', 'Done', 'Took 1 min 12 s', `yesterday ${exact(1560 * MINUTE)}`],
    ]);
    const bar = history.shadowRoot!.querySelector('progress')!;
    expect([bar.value, bar.getAttribute('aria-label')]).to.deep.equal([0.456, 'Progress of How rivers bend']);
    expect(rows(history)[3].querySelector('progress')!.position, 'unknown').to.equal(-1);
  });

  it('is live: progress, ages and new jobs come by themselves, and rows stay what they are', async () => {
    const { history, clock, double } = await scene(oneOfEach);
    const running = rows(history)[2];
    double.progress('00000000-0000-4000-8000-000000000005', 0.9, 'Scene 8 of 8');
    await clock.advance(3_000);
    await history.updateComplete;
    expect(table(history)[2][2]).to.equal('90% Scene 8 of 8');
    expect(rows(history)[2]).to.equal(running);

    double.add({ title: 'From elsewhere' });
    await clock.advance(3_000);
    await history.updateComplete;
    expect(table(history)[0][0]).to.equal('From elsewhere');
    expect(rows(history)[3], 'moved, not made anew').to.equal(running);

    await clock.advance(2 * MINUTE);
    await history.updateComplete;
    expect(table(history)[0][3]).to.contain('2 minutes ago');
  });

  it('asks for one page, whatever the number of rows, and says when there is more', async () => {
    const { history, double, clock } = await scene(
      (world) => many(world, 12),
      html`<job-history limit="5"></job-history>`,
    );
    expect(table(history).map(([title]) => title)).to.deep.equal(['Lesson 12', 'Lesson 11', 'Lesson 10', 'Lesson 9', 'Lesson 8']);
    expect(clean(history.shadowRoot!.querySelector('.note:not(.stale)'))).to.equal('The newest 5 of 12');
    expect(double.requests.map(({ query }) => query.toString())).to.deep.equal(['user_id=user-1&page=1&page_size=5']);
    history.limit = NaN;
    await history.updateComplete;
    await clock.flush();
    expect(double.requests.at(-1)!.query.get('page_size')).to.equal('10');
  });

  it('opens a job in place and closes it, one at a time', async () => {
    const { history } = await scene(oneOfEach);
    opener(history, 'Why bees dance').click();
    await history.updateComplete;
    const details = history.shadowRoot!.querySelector('job-status')!;
    expect(details.getAttribute('job-id')).to.equal('00000000-0000-4000-8000-000000000001');
    expect(history.getAttribute('open-job')).to.equal('00000000-0000-4000-8000-000000000001');
    const button = opener(history, 'Why bees dance');
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    expect(history.shadowRoot!.getElementById(button.getAttribute('aria-controls')!)!.contains(details)).to.equal(true);

    opener(history, 'A voice that nobody has').click();
    await history.updateComplete;
    expect(history.shadowRoot!.querySelectorAll('job-status').length).to.equal(1);
    expect(opener(history, 'Why bees dance').getAttribute('aria-expanded')).to.equal('false');

    opener(history, 'A voice that nobody has').click();
    await history.updateComplete;
    expect(history.shadowRoot!.querySelector('job-status')).to.equal(null);
  });

  it('closes by Escape and goes on at the row', async () => {
    const { history } = await scene(oneOfEach);
    opener(history, 'A voice that nobody has').click();
    await history.updateComplete;
    const status = history.shadowRoot!.querySelector('job-status')!;
    await (status as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    status.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await history.updateComplete;
    expect(history.openJob).to.equal('');
    expect(history.shadowRoot!.activeElement).to.equal(opener(history, 'A voice that nobody has'));
  });

  it('shows the exact time while its row has the focus of the keyboard', async () => {
    const { history } = await scene(oneOfEach);
    history.style.setProperty('--job-motion-duration', '0s');
    const exact = rows(history)[0].querySelector('.exact')!;
    expect(getComputedStyle(exact).opacity).to.equal('0');
    rows(history)[0].querySelector('button')!.focus({ focusVisible: true } as FocusOptions);
    expect(getComputedStyle(exact).opacity).to.equal('1');
    expect(rows(history)[0].querySelector('time')!.dateTime).to.equal('2026-01-01T12:00:00.000Z');
  });

  it('has a screen of its own for waiting, for nothing there, for nobody, and for an error', async () => {
    const waiting = await scene(({ double }) => double.fault({ kind: 'hang' }));
    expect(clean(waiting.history.shadowRoot!.querySelector('.loading'))).to.equal('Loading…');
    expect(waiting.history.shadowRoot!.querySelector('section')!.getAttribute('aria-busy')).to.equal('true');
    await expectAccessible(waiting.history);

    const empty = await scene();
    expect(screen(empty.history)).to.equal('No videos yet What you create appears here, the newest first.');
    await expectAccessible(empty.history);

    const nobody = await scene(undefined, undefined, null);
    expect(screen(nobody.history)).to.equal('Videos are shown once a user is known.');
    expect(nobody.double.requests).to.deep.equal([]);

    const broken = await scene(({ double }) => double.fault({ status: 500 }));
    expect(screen(broken.history)).to.equal('The videos could not be loaded The server had a problem. Try again');
    await expectAccessible(broken.history);
    broken.double.add({ title: 'Here again' });
    broken.history.shadowRoot!.querySelector<HTMLButtonElement>('[part~=screen] button')!.click();
    await broken.clock.flush();
    await broken.history.updateComplete;
    expect(table(broken.history).map(([title]) => title)).to.deep.equal(['Here again']);
  });

  it('keeps what it knows when the connection is lost, and says since when', async () => {
    const world = await scene(oneOfEach);
    const { history, double, clock } = world;
    double.fault({ kind: 'network', times: 20 });
    await clock.advance(15_000);
    await history.updateComplete;
    expect(rows(history).length).to.equal(7);
    expect(clean(history.shadowRoot!.querySelector('.stale'))).to.match(/^Connection lost\. Trying again… As of .+\. Try again$/);
    await expectAccessible(history);
    double.clearFaults();
    history.shadowRoot!.querySelector<HTMLButtonElement>('.stale button')!.click();
    await clock.flush();
    await history.updateComplete;
    expect(clean(history.shadowRoot!.querySelector('.stale'))).to.equal('');

    world.setOnline(false);
    await clock.advance(15_000);
    await history.updateComplete;
    expect(clean(history.shadowRoot!.querySelector('.stale'))).to.contain('You are offline.');
  });

  it('is a table where there is room and cards where there is none, and a table to screen readers in both', async () => {
    const { history } = await scene(oneOfEach);
    const tops = (row: Element): number => new Set([...row.querySelectorAll('td')].map((cell) => Math.round(cell.getBoundingClientRect().top))).size;
    const host = history.parentElement!.parentElement!;
    host.style.width = '900px';
    expect(tops(rows(history)[2]), 'one line').to.equal(1);
    await expectAccessible(history);
    host.style.width = '320px';
    expect(tops(rows(history)[2]), 'title, status and age, progress').to.be.greaterThan(1);
    expect(history.shadowRoot!.querySelector('table')!.getBoundingClientRect().width).to.be.at.most(320);
    expect(history.shadowRoot!.querySelector('table')!.scrollWidth).to.be.at.most(320);
    opener(history, 'A voice that nobody has').click();
    await history.updateComplete;
    await waitUntil(() => history.shadowRoot!.querySelector('job-status')!.shadowRoot!.textContent!.includes('voice'), 'the details come');
    expect(history.shadowRoot!.querySelector('tr.details')!.getBoundingClientRect().width, 'details fit as well').to.be.at.most(320);
    await expectAccessible(history);
  });

  it('takes user and slots from the page', async () => {
    const { double } = await scene(
      undefined,
      html`<job-history user-id="u 2"><h2 slot="heading">Films</h2><p slot="empty">Nothing yet.</p></job-history>`,
    );
    expect(double.requests[0].query.get('user_id')).to.equal('u 2');
    expect(getComputedStyle(document.querySelector('[slot=empty]')!).display).to.equal('block');
  });

  it('leaves nothing running when it goes', async () => {
    const { history, clock, double } = await scene(oneOfEach);
    history.remove();
    await clock.advance(60_000);
    const after = double.requests.length;
    await clock.advance(60_000);
    expect(double.requests.length).to.equal(after);
    expect(clock.pending).to.equal(0);
  });

  it('speaks the language around it', async () => {
    const { history } = await scene(oneOfEach, html`<job-history lang="ne"></job-history>`);
    await waitUntil(() => clean(history.shadowRoot!.querySelector('th')) === 'भिडियो');
    expect(table(history)[0][1]).to.equal('पालो पर्खँदै');
  });
});
