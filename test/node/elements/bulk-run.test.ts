import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CreateJobRequest } from '../../../src/api/wire.ts';
import { JobApiError } from '../../../src/core/errors.ts';
import type { JobErrorCode } from '../../../src/core/errors.ts';
import { outcomeOf, type Outcome } from '../../../src/elements/job-create-form/bulk/run/outcome.ts';
import { countRows, keyOf, type RowMark, type StoredRun } from '../../../src/elements/job-create-form/bulk/run/rows.ts';
import { BulkRun, type RunOptions, type RunPace } from '../../../src/elements/job-create-form/bulk/run/run.ts';
import type { Abilities, KeyedRequest } from '../../../src/elements/job-create-form/bulk/run/sender.ts';
import type { RunStorage } from '../../../src/elements/job-create-form/bulk/run/storage.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const error = (code: JobErrorCode, more: { retryAfter?: number; status?: number } = {}) => new JobApiError({ code, message: code, ...more });

/** Answers as told, `created` by default; remembers what it was sent, and what was written down at that moment. */
class Backend {
  readonly sent: { key: string; at: number }[] = [];
  readonly calls: number[] = [];
  /** Jobs by key, as a backend that honours keys has them; every one it ever made. */
  readonly jobs = new Map<string, string>();
  made = 0;
  atOnce = 0;
  mostAtOnce = 0;
  answer: (row: KeyedRequest, number: number) => Outcome | 'make-and-lose' = () => ({ kind: 'created', jobId: '' });
  asked: () => Promise<Abilities>;
  latency = 0;
  beforeSend: (rows: readonly KeyedRequest[]) => void = () => {};
  readonly clock: FakeClock;
  readonly keys: boolean;

  constructor(clock: FakeClock, abilities: Abilities) {
    this.clock = clock;
    this.keys = abilities.keys;
    this.asked = async () => abilities;
  }

  make(key: string): string {
    const known = this.keys ? this.jobs.get(key) : undefined;
    if (known) return known;
    const id = `job-${++this.made}`;
    this.jobs.set(key, id);
    return id;
  }

  async send(rows: readonly KeyedRequest[]): Promise<Outcome[]> {
    this.beforeSend(rows);
    this.calls.push(rows.length);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    const outcomes = rows.map((row): Outcome => {
      this.sent.push({ key: row.key, at: this.clock.now() });
      const said = this.answer(row, this.sent.length);
      if (said === 'make-and-lose') {
        this.make(row.key);
        return { kind: 'lost', error: { code: 'network' } };
      }
      return said.kind === 'created' ? { kind: 'created', jobId: this.make(row.key) } : said;
    });
    if (this.latency > 0) await new Promise<void>((resolve) => this.clock.setTimeout(resolve, this.latency));
    this.atOnce--;
    return outcomes;
  }
}

/** Keeps copies, as a database does. */
class Memory implements RunStorage {
  kept: StoredRun | null = null;
  full = false;
  /** Called before something is written down. */
  before: () => void = () => {};
  stuck = false;

  async load(): Promise<StoredRun | null> {
    return this.kept && structuredClone(this.kept);
  }
  async create(run: StoredRun): Promise<void> {
    this.kept = structuredClone(run);
  }
  async mark(run: StoredRun, indexes: readonly number[]): Promise<void> {
    this.before();
    if (this.full) throw new Error('full');
    for (const index of indexes) if (this.kept) this.kept.marks[index] = structuredClone(run.marks[index] as RowMark);
  }
  async remove(): Promise<void> {
    if (this.stuck) throw new Error('stuck');
    this.kept = null;
  }
}

interface Scene {
  clock: FakeClock;
  backend: Backend;
  memory: Memory;
  run: BulkRun;
  network: { online: boolean; set(online: boolean): void };
  /** The page goes at once and comes back. */
  reload(): Promise<BulkRun>;
}

async function scene({ rows = 6, keys = true, batch = 1, pace = {}, found = new Map<number, string>() }: {
  rows?: number; keys?: boolean; batch?: number; pace?: Partial<RunPace>; found?: Map<number, string>;
} = {}): Promise<Scene> {
  const clock = new FakeClock();
  const backend = new Backend(clock, { keys, batch });
  const memory = new Memory();
  const listeners = new Set<() => void>();
  const network = {
    online: true,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(online: boolean) {
      this.online = online;
      for (const listener of [...listeners]) listener();
    },
  };
  const make = (run: StoredRun): BulkRun =>
    new BulkRun({
      run,
      storage: memory,
      clock,
      connectivity: network,
      sender: { abilities: () => backend.asked(), send: (sent) => backend.send(sent) },
      pace: () => ({ rate: 1_000_000, parallel: 1, chunk: 100, ...pace }),
      find: async () => found,
      random: () => 0.5,
    } satisfies RunOptions);
  const stored: StoredRun = {
    id: 'list',
    name: 'videos.csv',
    startedAt: clock.now(),
    left: [],
    rows: Array.from({ length: rows }, (_, index) => ({ line: index + 2, title: `Title ${index}`, request: { video_request: { title: `Title ${index}` } } as CreateJobRequest })),
    marks: Array.from({ length: rows }, () => ({ state: 'waiting' as const })),
  };
  await memory.create(stored);
  const at: Scene = {
    clock,
    backend,
    memory,
    network,
    run: make(stored),
    async reload() {
      at.run.close();
      at.run = make((await memory.load()) as StoredRun);
      return at.run;
    },
  };
  return at;
}

const states = ({ run }: BulkRun): string => run.marks.map(({ state }) => (state === 'cancelled' ? 'x' : state[0])).join('');
const lost: Outcome = { kind: 'lost', error: { code: 'network' } };

describe('sending a list', () => {
  it('creates each row once, and says so', async () => {
    const { run, backend, clock, memory } = await scene();
    assert.equal(run.phase, 'paused');
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([run.phase, states(run), backend.made], ['finished', 'cccccc', 6]);
    assert.deepEqual(backend.sent.map(({ key }) => key), [0, 1, 2, 3, 4, 5].map((index) => keyOf('list', index)));
    assert.deepEqual(run.takeCreated(), ['job-1', 'job-2', 'job-3', 'job-4', 'job-5', 'job-6']);
    assert.deepEqual(run.takeCreated(), []);
    assert.deepEqual(memory.kept?.marks.map(({ jobId }) => jobId), ['job-1', 'job-2', 'job-3', 'job-4', 'job-5', 'job-6']);
  });

  it('writes down that a row leaves before it leaves', async () => {
    const { run, backend, clock, memory } = await scene();
    backend.beforeSend = (rows) => {
      for (const { key } of rows) assert.equal(memory.kept?.marks[Number(key.split('-')[1])]?.state, 'sending');
    };
    run.start();
    await clock.advance(1_000);
    assert.equal(backend.made, 6);
  });

  it('one bad row never stops the rest', async () => {
    const { run, backend, clock } = await scene();
    backend.answer = ({ key }) => (key === 'list-2' ? { kind: 'refused', error: { code: 'invalid', detail: 'no voice' } } : { kind: 'created', jobId: '' });
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([run.phase, states(run)], ['finished', 'ccfccc']);
    assert.deepEqual(run.run.marks[2]?.error, { code: 'invalid', detail: 'no voice' });
  });

  it('keeps to its rate and to its number of requests at once', async () => {
    const { run, backend, clock } = await scene({ rows: 12, pace: { rate: 4, parallel: 3 } });
    backend.latency = 5_000;
    run.start();
    await clock.advance(999);
    assert.deepEqual([backend.sent.length, backend.mostAtOnce], [3, 3]);
    backend.latency = 0;
    await clock.advance(30_000);
    assert.equal(backend.made, 12);
    assert.equal(backend.mostAtOnce, 3);
    const times = backend.sent.map(({ at }) => at);
    times.forEach((at, index) => index > 0 && assert.ok(at - (times[index - 1] as number) >= 250, `row ${index}`));
  });

  it('sends ten a second where nobody says otherwise', async () => {
    const { run, backend, clock } = await scene({ rows: 60, pace: { rate: null, parallel: 8 } });
    run.start();
    await clock.advance(2_000);
    assert.ok(backend.sent.length >= 20 && backend.sent.length <= 21, String(backend.sent.length));
  });

  it('sends many in one call where the backend takes that, one call at a time', async () => {
    const { run, backend, clock } = await scene({ rows: 250, batch: 500, pace: { parallel: 5 } });
    backend.latency = 10;
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([backend.calls, backend.mostAtOnce, backend.made], [[100, 100, 50], 1, 250]);
    const small = await scene({ rows: 25, batch: 10 });
    small.run.start();
    await small.clock.advance(1_000);
    assert.deepEqual(small.backend.calls, [10, 10, 5]);
  });

  it('pauses between rows, lets what is under way end, and goes on where it was', async () => {
    const { run, backend, clock } = await scene({ pace: { parallel: 2 } });
    backend.latency = 100;
    run.start();
    await clock.advance(50);
    run.pause();
    await clock.advance(10_000);
    assert.deepEqual([run.phase, states(run)], ['paused', 'ccwwww']);
    run.start();
    await clock.advance(10_000);
    assert.deepEqual([run.phase, states(run), backend.made], ['finished', 'cccccc', 6]);
    assert.equal(backend.sent.length, 6);
  });

  it('paused while a row is being written down: the row does not leave', async () => {
    const { run, backend, clock, memory } = await scene();
    memory.before = () => run.pause();
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([run.phase, backend.sent.length, states(run)], ['paused', 0, 'wwwwww']);
    assert.equal(memory.kept?.marks[0]?.state, 'waiting');
  });

  it('is started and paused as often as one likes without sending twice', async () => {
    const { run, backend, clock } = await scene({ rows: 20, pace: { parallel: 3 } });
    backend.latency = 7;
    for (let round = 0; round < 20; round++) {
      run.start();
      run.start();
      await clock.advance(round % 5);
      run.pause();
      if (round % 2) await clock.advance(3);
    }
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([run.phase, backend.sent.length, new Set(backend.sent.map(({ key }) => key)).size], ['finished', 20, 20]);
  });

  it('takes back what was not sent', async () => {
    const { run, backend, clock, memory } = await scene();
    backend.latency = 100;
    run.start();
    await clock.advance(150);
    await run.cancelRest();
    assert.equal(run.phase, 'running', 'one is under way');
    await clock.advance(1_000);
    assert.deepEqual([run.phase, states(run), backend.sent.length], ['finished', 'ccxxxx', 2]);
    assert.deepEqual(memory.kept?.marks.map(({ state }) => state).slice(1), ['created', 'cancelled', 'cancelled', 'cancelled', 'cancelled']);
    const paused = await scene();
    await paused.run.cancelRest();
    assert.equal(paused.run.phase, 'finished', 'also while it rests');
  });

  it('tries again what failed, when told, with the same key', async () => {
    const { run, backend, clock } = await scene();
    backend.answer = (_row, number) => (number <= 2 ? { kind: 'refused', error: { code: 'invalid' } } : { kind: 'created', jobId: '' });
    run.start();
    await clock.advance(1_000);
    assert.equal(states(run), 'ffcccc');
    await run.retryFailed();
    await clock.advance(1_000);
    assert.deepEqual([run.phase, states(run)], ['finished', 'cccccc']);
    assert.deepEqual(backend.sent.slice(6).map(({ key }) => key), ['list-0', 'list-1']);
  });
});

describe('a backend that cannot take more', () => {
  it('is left alone for as long as it says; the row goes again', async () => {
    const { run, backend, clock } = await scene();
    const start = clock.now();
    backend.answer = (_row, number) => (number === 2 ? { kind: 'limited', wait: 7_000 } : { kind: 'created', jobId: '' });
    run.start();
    await clock.advance(6_999);
    assert.equal(run.hold?.reason, 'limited');
    assert.equal(Math.round((run.hold.until as number) - start), 7_000);
    assert.deepEqual([backend.sent.length, states(run)], [2, 'cwwwww']);
    await clock.advance(1_001);
    assert.deepEqual([run.hold, run.phase, states(run), backend.made], [null, 'finished', 'cccccc', 6]);
    assert.deepEqual(backend.sent.slice(1, 3).map(({ key }) => key), ['list-1', 'list-1'], 'it keeps its place');
  });

  it('is asked less and less where it does not say how long', async () => {
    const { run, backend, clock } = await scene();
    backend.answer = () => ({ kind: 'limited', wait: undefined });
    run.start();
    await clock.advance(600_000);
    const gaps = backend.sent.slice(1).map(({ at }, index) => at - (backend.sent[index] as { at: number }).at);
    assert.deepEqual(gaps.slice(0, 7), [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    assert.equal(states(run), 'wwwwww');
  });

  it('is not asked while there is no network', async () => {
    const { run, backend, clock, network } = await scene();
    network.set(false);
    run.start();
    await clock.advance(60_000);
    assert.deepEqual([run.hold, backend.sent.length], [{ reason: 'offline', until: null }, 0]);
    network.set(true);
    await clock.advance(1_000);
    assert.equal(states(run), 'cccccc');
  });

  for (const code of ['unauthorized', 'forbidden', 'not-found'] as const) {
    it(`pauses the list, and fails no row, when the answer is ${code}`, async () => {
      const { run, backend, clock } = await scene();
      backend.answer = (_row, number) => (number === 2 ? outcomeOf(error(code)) : { kind: 'created', jobId: '' });
      run.start();
      await clock.advance(1_000);
      assert.deepEqual([run.phase, run.stop?.code, states(run), backend.sent.length], ['paused', code, 'cwwwww', 2]);
      run.start();
      await clock.advance(1_000);
      assert.deepEqual([run.phase, run.stop, states(run)], ['finished', null, 'cccccc']);
    });
  }

  it('is asked until it says what it can do, before anything is sent', async () => {
    const { run, backend, clock } = await scene();
    const { asked } = backend;
    let times = 0;
    backend.asked = () => (++times < 4 ? Promise.reject(error('network')) : asked());
    run.start();
    await clock.advance(3_000);
    assert.deepEqual([times, backend.sent.length, run.hold?.reason], [3, 0, 'lost']);
    await clock.advance(5_000);
    assert.deepEqual([times, states(run)], [4, 'cccccc']);
  });

  it('that has no health route has no keys', async () => {
    const { run, backend, clock } = await scene();
    backend.asked = () => Promise.reject(error('not-found', { status: 404 }));
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([run.honoursKeys, states(run)], [false, 'cccccc']);
  });
});

describe('a lost answer', () => {
  it('where keys are honoured: the row goes again, with the same key, and there is one job', async () => {
    const { run, backend, clock } = await scene();
    backend.answer = (_row, number) => (number === 2 ? 'make-and-lose' : { kind: 'created', jobId: '' });
    run.start();
    await clock.advance(60_000);
    assert.deepEqual([run.phase, states(run), backend.made, backend.jobs.size], ['finished', 'cccccc', 6, 6]);
    assert.equal(backend.sent.length, 7);
  });

  it('where they are not: the row is unknown, is never sent again, and the rest goes on', async () => {
    const { run, backend, clock } = await scene({ keys: false });
    backend.answer = (_row, number) => (number === 2 ? 'make-and-lose' : { kind: 'created', jobId: '' });
    run.start();
    await clock.advance(60_000);
    assert.deepEqual([run.phase, states(run), backend.made], ['finished', 'cucccc', 6]);
    await run.retryFailed();
    await clock.advance(60_000);
    assert.deepEqual([states(run), backend.sent.length], ['cucccc', 6]);
  });

  it('where they are not, three in a row: it pauses rather than lose more', async () => {
    const { run, backend, clock } = await scene({ keys: false });
    backend.answer = () => lost;
    run.start();
    await clock.advance(600_000);
    assert.deepEqual([run.phase, run.stop?.code, states(run)], ['paused', 'network', 'uuuwww']);
  });

  it('is found again among the jobs of the user where it can be', async () => {
    const { run, backend, clock } = await scene({ keys: false, found: new Map([[1, 'job-2']]) });
    backend.answer = (_row, number) => (number === 2 || number === 4 ? 'make-and-lose' : { kind: 'created', jobId: '' });
    run.start();
    await clock.advance(60_000);
    assert.equal(states(run), 'cucucc');
    await run.lookForLost();
    assert.deepEqual([states(run), run.run.marks[1]?.jobId, backend.sent.length], ['cccucc', 'job-2', 6]);
  });

  it('by which one row breaks the backend does not hold up the others', async () => {
    const { run, backend, clock } = await scene();
    backend.answer = ({ key }) => (key === 'list-0' ? outcomeOf(error('server', { status: 500 })) : { kind: 'created', jobId: '' });
    run.start();
    await clock.advance(600_000);
    assert.deepEqual([run.phase, states(run)], ['finished', 'uccccc']);
  });

  it('of a call with many: the row that breaks it is found, the others go through', async () => {
    const { run, backend, clock } = await scene({ rows: 120, batch: 500 });
    const { send } = backend;
    backend.send = async (rows) => (rows.some(({ key }) => key === 'list-77') ? rows.map(() => outcomeOf(error('server', { status: 500 }))) : send.call(backend, rows));
    run.start();
    await clock.advance(600_000);
    const { created, unknown } = run.counts;
    assert.deepEqual([run.phase, created, unknown, run.run.marks[77]?.state, backend.made], ['finished', 119, 1, 'unknown', 119]);
  });

  it('of all while the backend is away: nothing is given up', async () => {
    const { run, backend, clock } = await scene();
    backend.answer = () => lost;
    run.start();
    await clock.advance(3_600_000);
    assert.deepEqual([run.phase, states(run), run.hold?.reason], ['running', 'wwwwww', 'lost']);
    backend.answer = () => ({ kind: 'created', jobId: '' });
    await clock.advance(60_000);
    assert.deepEqual([run.phase, states(run), backend.made], ['finished', 'cccccc', 6]);
  });
});

describe('a reload', () => {
  for (const keys of [true, false]) {
    it(`in the middle, ${keys ? 'with' : 'without'} keys: nothing is created twice, nothing forgotten`, async () => {
      for (let when = 0; when < 60; when += 3) {
        const at = await scene({ rows: 10, keys, pace: { parallel: 3 } });
        at.backend.latency = 20;
        at.run.start();
        await at.clock.advance(when);
        const run = await at.reload();
        if (run.phase !== 'finished') assert.equal(run.phase, 'paused', 'it waits to be told');
        run.start();
        await at.clock.advance(60_000);
        const { created, unknown } = run.counts;
        assert.equal(created + unknown, 10, `after ${when} ms`);
        if (keys) assert.deepEqual([created, at.backend.jobs.size, at.backend.made], [10, 10, 10], `after ${when} ms`);
        else assert.equal(new Set(at.backend.sent.map(({ key }) => key)).size, at.backend.sent.length, 'no row was sent twice');
      }
    });
  }

  it('more than 23 h after a row was sent: its key is no longer trusted', async () => {
    const at = await scene({ rows: 3 });
    at.backend.latency = 50;
    at.run.start();
    await at.clock.advance(10);
    const run = await at.reload();
    at.clock.jump(23 * 3_600_000);
    run.start();
    await at.clock.advance(60_000);
    assert.equal(states(run), 'ucc');
  });

  it('finds what was done done', async () => {
    const at = await scene({ rows: 2 });
    at.run.start();
    await at.clock.advance(1_000);
    const run = await at.reload();
    assert.deepEqual([run.phase, countRows(run.run).created], ['finished', 2]);
  });
});

describe('when nothing can be written down any more', () => {
  it('forgets what was written, and goes on', async () => {
    const { run, clock, memory } = await scene({ keys: false });
    memory.full = true;
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([run.phase, states(run), run.kept, memory.kept], ['finished', 'cccccc', false, null]);
  });

  it('stops where what is written is old, cannot be forgotten, and no key guards against sending twice', async () => {
    const { run, clock, memory, backend } = await scene({ keys: false });
    memory.full = memory.stuck = true;
    run.start();
    await clock.advance(1_000);
    assert.deepEqual([run.phase, backend.sent.length], ['paused', 0]);
  });
});
