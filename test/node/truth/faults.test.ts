import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from '../../../src/core/clock.ts';
import type { JobErrorCode } from '../../../src/core/errors.ts';
import type { JobEntry } from '../../../src/store/job-entry.ts';
import { BROKEN_JSON, HTML_ERROR } from '../../double/faults.ts';
import type { Fault } from '../../double/faults.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { world } from '../store/world.ts';
import type { World } from '../store/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A clock that somebody sets while its timers run on, as the timers of browsers do. */
class WallClock implements Clock {
  timers = new FakeClock();
  offset = 0;

  now(): number {
    return this.timers.now() + this.offset;
  }

  setTimeout(callback: () => void, delay: number): () => void {
    return this.timers.setTimeout(callback, delay);
  }
}

/** A job at half its way that the page follows. `ends` are the ends that the page was told of. */
async function following(): Promise<World & { wall: WallClock; id: string; entry: JobEntry; ends: string[] }> {
  const wall = new WallClock();
  const made = world({ store: { clock: wall } });
  wall.timers = made.clock;
  const id = made.double.add({ status: 'processing', progress: 0.5, started_at: new Date(made.clock.now() - MINUTE).toISOString() });
  const entry = made.store.entry(id);
  const ends: string[] = [];
  entry.subscribeEnd(({ status }) => ends.push(status));
  entry.subscribe(() => {});
  await made.clock.advance(1);
  assert.equal(entry.snapshot.freshness.state, 'live');
  return { ...made, wall, id, entry, ends };
}

/** The longest that it may take from the return of the world to the next good answer, ms. */
const HEALED = 31_000;

const FAULTS: readonly { name: string; fault: Fault; code: JobErrorCode }[] = [
  { name: 'a lost connection', fault: { kind: 'network' }, code: 'network' },
  { name: 'half of an answer', fault: { kind: 'cut' }, code: 'incomplete' },
  { name: 'a server that fails', fault: { status: 500 }, code: 'server' },
  { name: 'a gateway that fails', fault: { status: 504 }, code: 'server' },
  { name: 'a server that is away', fault: { status: 503 }, code: 'unavailable' },
  { name: 'malformed JSON', fault: BROKEN_JSON, code: 'malformed' },
  { name: 'JSON that is no job', fault: { status: 200, body: ['success'] }, code: 'malformed' },
  { name: 'an empty answer', fault: { status: 200, body: '' }, code: 'malformed' },
  { name: "a proxy's page of an error", fault: HTML_ERROR, code: 'server' },
  { name: "a proxy's page that says 200", fault: { status: 200, body: '<html>status: success</html>', headers: { 'content-type': 'text/html' } }, code: 'page' },
  { name: '401', fault: { status: 401 }, code: 'unauthorized' },
  { name: '403', fault: { status: 403 }, code: 'forbidden' },
  { name: '404', fault: { status: 404 }, code: 'not-found' },
  { name: '429', fault: { status: 429 }, code: 'rate-limited' },
  { name: 'a teapot', fault: { status: 418 }, code: 'http' },
];

describe('whatever happens to the answers', () => {
  for (const { name, fault, code } of FAULTS) {
    it(`${name}: is called so, erases nothing, ends nothing, and heals`, async () => {
      const { double, clock, entry, ends, id } = await following();
      const since = clock.now();
      double.fault({ ...fault, times: Infinity });
      await clock.advance(40_000);
      const { snapshot } = entry;
      assert.equal(snapshot.error?.code, code);
      assert.equal(snapshot.freshness.state, 'stale');
      assert.ok((snapshot.freshness.since ?? 0) >= since - 10 && (snapshot.freshness.since ?? 0) < clock.now());
      assert.deepEqual([snapshot.job?.status, snapshot.job?.progress], ['processing', 0.5]);
      assert.deepEqual(ends, []);
      double.clearFaults();
      double.progress(id, 0.9);
      await clock.advance(HEALED);
      assert.deepEqual([entry.snapshot.freshness.state, entry.snapshot.error, entry.snapshot.job?.progress], ['live', null, 0.9]);
      double.finish(id);
      await clock.advance(HEALED);
      assert.deepEqual(ends, ['success']);
    });

    it(`${name}: polling goes on, slower, for ever`, async () => {
      const { double, clock, reads, id, entry, ends } = await following();
      double.fault({ ...fault, times: Infinity });
      await clock.advance(10 * MINUTE);
      const early = reads(id);
      await clock.advance(HOUR);
      const perMinute = (reads(id) - early) / (HOUR / MINUTE);
      assert.ok(perMinute > 1 && perMinute < 6, `${perMinute} requests a minute`);
      double.clearFaults();
      double.fail(id);
      await clock.advance(HEALED);
      assert.equal(entry.snapshot.job?.status, 'failure');
      assert.deepEqual(ends, ['failure']);
    });

    it(`${name} at first sight: says so, shows no job, and finds it later`, async () => {
      const { double, clock, store } = world();
      const id = double.add({ status: 'success' });
      double.fault({ ...fault, times: Infinity });
      const entry = store.entry(id);
      const ends: unknown[] = [];
      entry.subscribeEnd((job) => ends.push(job));
      entry.subscribe(() => {});
      await clock.advance(5_000);
      assert.deepEqual([entry.snapshot.job, entry.snapshot.error?.code], [null, code]);
      double.clearFaults();
      await clock.advance(HEALED);
      assert.equal(entry.snapshot.job?.status, 'success');
      assert.deepEqual(ends, [], 'it had ended before');
    });
  }

  const date = (at: number): string => new Date(at).toUTCString();
  for (const [name, fault] of [
    ['seconds', () => ({ retryAfter: 120 })],
    ['a date', (now: number) => ({ retryAfter: date(now + 123_000) })],
    ['a date of a server whose clock is a day ahead', (now: number) => ({ retryAfter: date(now + DAY + 123_000), headers: { date: date(now + DAY) } })],
  ] as const) {
    it(`429 with Retry-After in ${name}: nothing is asked before, and soon after`, async () => {
      const { double, clock, reads, id, entry } = await following();
      double.fault({ status: 429, ...fault(clock.now()) });
      await clock.advance(20_000);
      assert.equal(entry.snapshot.error?.code, 'rate-limited');
      const asked = reads(id);
      await clock.advance(99_000);
      assert.equal(reads(id), asked);
      await clock.advance(28_000);
      assert.equal(entry.snapshot.freshness.state, 'live');
    });
  }

  it('429 with Retry-After, and the clock set back by a day: it is not asked for a day', async () => {
    const { double, clock, entry, wall } = await following();
    double.fault({ status: 429, retryAfter: 20 });
    await clock.advance(16_000);
    assert.equal(entry.snapshot.error?.code, 'rate-limited');
    wall.offset = -DAY;
    double.clearFaults();
    await clock.advance(MINUTE);
    assert.equal(entry.snapshot.freshness.state, 'live');
  });

  it('answers slower than polls are awaited, not piled up', async () => {
    const { double, clock, id, reads, entry } = await following();
    double.latency = 12_000;
    double.progress(id, 0.8);
    const before = reads(id);
    await clock.advance(MINUTE);
    assert.ok(reads(id) - before <= 5, `${reads(id) - before} requests`);
    assert.deepEqual([entry.snapshot.job?.progress, entry.snapshot.freshness.state], [0.8, 'live']);
  });

  it('no answer at all is given up after a while, and called so', async () => {
    const { double, clock, entry } = await following();
    double.fault({ kind: 'hang', times: Infinity });
    await clock.advance(MINUTE);
    assert.deepEqual([entry.snapshot.error?.code, entry.snapshot.freshness.state], ['timeout', 'stale']);
    double.clearFaults();
    await clock.advance(MINUTE);
    assert.equal(entry.snapshot.freshness.state, 'live');
  });
});

describe('whatever happens to the time', () => {
  for (const [where, skew] of [['ahead of', DAY], ['behind', -DAY]] as const) {
    it(`a server whose clock is a day ${where} the page's: the job moves, ends, and stays live`, async () => {
      const { double, clock, id, entry, ends } = await following();
      const at = (): string => new Date(clock.now() + skew).toISOString();
      double.update(id, { created_at: at(), started_at: at(), updated_at: at() });
      await clock.advance(20_000);
      double.update(id, { progress: 0.7, updated_at: at() });
      await clock.advance(20_000);
      assert.deepEqual([entry.snapshot.job?.progress, entry.snapshot.freshness.state], [0.7, 'live']);
      assert.ok(Math.abs((entry.snapshot.freshness.since ?? 0) - clock.now()) < HOUR, 'as of when is by the clock of the page');
      double.finish(id);
      await clock.advance(20_000);
      assert.deepEqual(ends, ['success']);
    });

    it(`a clock of the page that is set to a day ${where} where it was: polling goes on as before`, async () => {
      const { double, clock, id, entry, wall } = await following();
      await clock.advance(10_000);
      wall.offset = skew;
      double.progress(id, 0.8);
      await clock.advance(20_000);
      assert.equal(entry.snapshot.job?.progress, 0.8);
      assert.equal(entry.snapshot.freshness.state, 'live');
    });
  }

  for (const [timers, sleep] of [
    ['are due when it wakes', ({ timers }: WallClock) => timers.jump(HOUR)],
    ['run on from where they were', (wall: WallClock) => (wall.offset = HOUR)],
  ] as const) {
    it(`a laptop that slept an hour, during which the job ended, and whose timers ${timers}: told at once, and once`, async () => {
      const { double, clock, wall, id, entry, ends, reads } = await following();
      await clock.advance(9_500);
      sleep(wall);
      double.finish(id);
      const before = reads(id);
      await clock.advance(1_100);
      assert.equal(entry.snapshot.job?.status, 'success');
      assert.deepEqual(ends, ['success']);
      await clock.advance(15_000);
      assert.ok(reads(id) - before <= 3, 'no flood after the sleep');
    });
  }

  it('a laptop that slept an hour with its network gone and come back: the same', async () => {
    const { double, clock, id, entry, ends, page } = await following();
    page.disconnect();
    await clock.advance(1_000);
    clock.jump(HOUR);
    double.finish(id);
    await clock.flush();
    assert.equal(entry.snapshot.freshness.state, 'offline');
    page.connect();
    await clock.advance(16_000);
    assert.deepEqual([entry.snapshot.job?.status, entry.snapshot.freshness.state], ['success', 'live']);
    assert.deepEqual(ends, ['success']);
  });
});
