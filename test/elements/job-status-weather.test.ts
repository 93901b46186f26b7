import { expect } from '@open-wc/testing';
import { readJob } from '../../src/core/read-job.ts';
import type { Job } from '../../src/core/job.ts';
import { clearPage, show, visibleText } from '../scenarios/page.ts';
import type { Shown } from '../scenarios/page.ts';

// What the store loads later comes in real time, which these tests do not wait for.
await import('../../src/channels/more.ts');

const HOUR = 3_600_000;
const ENDS = ['job-end', 'job-success', 'job-failure', 'job-cancelled'] as const;

/** The names of the ends that come to `target` from now on. */
function heard(target: EventTarget): string[] {
  const seen: string[] = [];
  for (const name of ENDS) target.addEventListener(name, () => seen.push(name));
  return seen;
}

async function pass(shown: Shown, ms: number, look: () => void = () => undefined): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    await shown.advance(Math.min(1_000, left));
    look();
  }
}

const time = (at: number): string => new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(at);
const fed = (shown: Shown, fields: object): Job => readJob({ ...shown.world.double.job(shown.id), ...fields }) as Job;

/** A second widget for the same job beside the first. */
async function another(shown: Shown): Promise<HTMLElement> {
  const element = document.createElement('job-status');
  element.jobId = shown.id;
  element.variant = 'inline';
  shown.provider.append(element);
  await shown.settle();
  return element;
}

describe('job-status, whatever the weather', () => {
  afterEach(clearPage);

  it('slow answers: waits for each, shows what it brings, and calls nothing wrong', async () => {
    const shown = await show('processing');
    shown.world.double.latency = 12_000;
    shown.world.double.progress(shown.id, 0.7);
    const before = shown.world.double.count('GET');
    await pass(shown, 60_000, () => {
      expect(shown.has('connection')).to.equal(false);
      expect(shown.element.matches(':state(stale)')).to.equal(false);
    });
    expect(visibleText(shown.element)).to.contain('70%');
    expect(shown.world.double.count('GET') - before).to.be.within(3, 6);
    shown.world.double.finish(shown.id);
    await pass(shown, 30_000);
    expect(shown.element.matches(':state(success)')).to.equal(true);
  });

  it('one answer lost now and then is no news', async () => {
    const shown = await show('processing');
    for (let time = 0; time < 5; time++) {
      shown.world.double.fault({ kind: time % 2 === 0 ? 'network' : 'cut' });
      await pass(shown, 4_000, () => expect(shown.has('connection')).to.equal(false));
      await pass(shown, 8_000);
    }
  });

  it('429 with Retry-After: says so, asks nobody before that, and goes on soon after', async () => {
    const shown = await show('processing');
    shown.world.double.fault({ status: 429, retryAfter: 60, times: Infinity });
    await pass(shown, 5_000);
    const asked = shown.world.double.count('GET');
    shown.world.double.clearFaults();
    shown.world.double.progress(shown.id, 0.8);
    await pass(shown, 10_000);
    // What else would make it ask at once.
    shown.world.setOnline(false);
    shown.world.setOnline(true);
    await pass(shown, 40_000, () => {
      expect(shown.part('connection')!.textContent).to.contain('Too many requests. Please wait a moment.');
      expect(visibleText(shown.element)).to.contain('64%');
    });
    expect(shown.world.double.count('GET')).to.equal(asked);
    await pass(shown, 25_000);
    expect(visibleText(shown.element)).to.contain('80%');
    expect(shown.has('connection')).to.equal(false);
  });

  it('a laptop that slept an hour and has no network yet: says as of when, tells no end, and heals', async () => {
    const shown = await show('processing');
    const seen = heard(document);
    await pass(shown, 3_000);
    const last = shown.world.clock.now();
    shown.world.clock.jump(HOUR);
    shown.world.double.fault({ kind: 'network', times: Infinity });
    await pass(shown, 4_000);
    expect(shown.part('connection')!.textContent).to.contain(`As of ${time(last)}.`);
    const text = visibleText(shown.element);
    expect(text).to.contain('64%').and.not.contain('1 h');
    expect(shown.element.matches(':state(processing)')).to.equal(true);
    expect(seen).to.deep.equal([]);
    shown.world.double.clearFaults();
    shown.world.double.finish(shown.id);
    await pass(shown, 30_000);
    expect(shown.element.matches(':state(success)')).to.equal(true);
    expect(shown.has('connection')).to.equal(false);
    expect(seen).to.deep.equal(['job-end', 'job-success']);
  });

  it('a laptop whose clock is set a day on or back: goes on, and ends', async () => {
    for (const skew of [24 * HOUR, -24 * HOUR]) {
      const shown = await show('processing');
      const seen = heard(shown.element);
      const { clock, double } = shown.world;
      // Timers of browsers run on when the clock is set.
      const now = clock.now.bind(clock);
      clock.now = () => now() + skew;
      double.progress(shown.id, 0.9);
      await pass(shown, 20_000, () => expect(visibleText(shown.element)).to.not.match(/-\d|NaN|Infinity/));
      expect(visibleText(shown.element)).to.contain('90%');
      double.finish(shown.id);
      await pass(shown, 35_000);
      expect(shown.element.matches(':state(success)')).to.equal(true);
      expect(seen).to.deep.equal(['job-end', 'job-success']);
    }
  });

  it('no network and back: the end that came meanwhile is told once', async () => {
    const shown = await show('processing');
    const second = await another(shown);
    const onPage = heard(document);
    const own = [heard(shown.element), heard(second)];
    for (let round = 0; round < 2; round++) {
      shown.world.setOnline(false);
      await pass(shown, 10_000);
      expect(shown.part('connection')?.textContent ?? 'You are offline.').to.contain('You are offline.');
      if (round === 0) shown.world.double.finish(shown.id);
      shown.world.setOnline(true);
      await pass(shown, 10_000);
      expect(shown.element.matches(':state(success)')).to.equal(true);
    }
    const once = ['job-end', 'job-success'];
    expect(onPage).to.deep.equal(once);
    expect(own).to.deep.equal([once, once]);
  });

  it('late, repeated, reordered and contradictory answers: the end is told once and stays', async () => {
    const shown = await show('processing');
    const second = await another(shown);
    const onPage = heard(document);
    const own = [heard(shown.element), heard(second)];
    const entry = shown.world.store.entry(shown.id);
    const before = fed(shown, {});
    const late = fed(shown, { progress: 0.3 });
    shown.world.double.finish(shown.id);
    const end = fed(shown, {});
    const answers = [late, before, end, end, late, fed(shown, { status: 'failure', error: 'No' }), fed(shown, { status: 'cancelled' }), before, end];
    for (const answer of answers) {
      entry.feed(answer);
      await shown.settle();
      if (answers.indexOf(answer) >= 2) expect(shown.element.matches(':state(success)')).to.equal(true);
    }
    await pass(shown, 30_000);
    await shown.element.refresh();
    const once = ['job-end', 'job-success'];
    expect(onPage).to.deep.equal(once);
    expect(own).to.deep.equal([once, once]);
  });

  it('a widget that is moved, or comes back after its job was let go of, tells no end of a job that has ended', async () => {
    const shown = await show('processing');
    shown.world.double.finish(shown.id);
    await pass(shown, 10_000);
    const seen = heard(document);
    const home = shown.element.parentElement!;
    shown.element.remove();
    home.append(shown.element);
    await pass(shown, 10_000);
    shown.element.remove();
    await pass(shown, 30_000);
    expect(shown.world.store.size, 'nobody holds the job any more').to.equal(0);
    home.append(shown.element);
    await pass(shown, 10_000);
    expect(shown.element.matches(':state(success)')).to.equal(true);
    expect(seen).to.deep.equal([]);
  });

  it('a job that was final when first seen, after failures of any kind, tells no end', async () => {
    for (const fault of [{ kind: 'network' }, { kind: 'cut' }, { status: 503 }, { status: 401 }, { status: 404 }] as const) {
      const shown = await show('processing');
      const id = shown.world.double.add({ status: 'success' });
      shown.world.double.fault({ ...fault, times: Infinity, path: new RegExp(id) });
      const seen = heard(shown.element);
      shown.element.jobId = id;
      await pass(shown, 10_000);
      shown.world.double.clearFaults();
      await pass(shown, 40_000);
      expect(shown.element.matches(':state(success)')).to.equal(true);
      expect(seen).to.deep.equal([]);
    }
  });
});
