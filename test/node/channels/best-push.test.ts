import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { BestPush } from '../../../src/channels/best-push.ts';
import type { Rung } from '../../../src/channels/best-push.ts';
import type { PushSink } from '../../../src/channels/push.ts';
import { readJob } from '../../../src/core/read-job.ts';
import type { Job } from '../../../src/core/job.ts';
import { pushWorld, wire } from './push-world.ts';

/** A channel whose other end is the test. */
class FakeRung implements Rung {
  readonly limit: number;
  readonly watched = new Set<string>();
  opened = 0;
  /** Whether its code can be loaded. */
  loads = true;
  #sink: PushSink | null = null;

  constructor(limit: number) {
    this.limit = limit;
  }

  get isOpen(): boolean {
    return this.#sink !== null;
  }

  async open(sink: PushSink) {
    this.opened++;
    if (!this.loads) throw new TypeError('Failed to fetch dynamically imported module');
    this.#sink = sink;
    return {
      watch: (id: string) => void this.watched.add(id),
      unwatch: (id: string) => void this.watched.delete(id),
      close: () => {
        this.#sink = null;
        this.watched.clear();
      },
    };
  }

  bring(...ids: string[]): void {
    for (const id of ids) {
      this.#sink?.onJob(readJob(wire(id, 0.5)) as Job);
      this.#sink?.onLive(id);
    }
  }

  lose({ hopeless = false, silent = [] as string[] } = {}): void {
    for (const id of silent) this.#sink?.onSilent(id);
    this.#sink?.onLost?.(hopeless);
  }
}

describe('the best of several push channels', () => {
  let world: ReturnType<typeof pushWorld>;
  let events: FakeRung;
  let socket: FakeRung;
  let best: BestPush;

  beforeEach(() => {
    world = pushWorld('https://jobs.example');
    [events, socket] = [new FakeRung(100), new FakeRung(1_000)];
    best = new BestPush([events, socket], world.clock, world.sink);
  });

  const watch = async (...ids: string[]) => {
    for (const id of ids) best.watch(id);
    await world.clock.flush();
  };
  const open = () => [events.isOpen, socket.isOpen];

  it('is the first, alone, while that works', async () => {
    await watch('a', 'b');
    events.bring('a', 'b');
    events.lose({ silent: ['a', 'b'] });
    events.bring('a', 'b');
    await world.clock.advance(600_000);
    events.lose({ silent: ['a', 'b'] });
    await world.clock.flush();
    assert.deepEqual(open(), [true, false], 'a loss now and then is no failure');
    assert.deepEqual([...events.watched], ['a', 'b']);
    best.unwatch('a');
    assert.deepEqual([...events.watched], ['b']);
  });

  it('falls to the next when the first fails twice in a row, or is hopeless at once', async () => {
    for (const hopeless of [false, true]) {
      best = new BestPush([(events = new FakeRung(100)), (socket = new FakeRung(1_000))], world.clock, world.sink);
      await watch('a', 'b');
      if (!hopeless) {
        events.lose();
        await world.clock.flush();
        assert.deepEqual(open(), [true, false]);
      }
      events.lose({ hopeless });
      await world.clock.flush();
      assert.deepEqual(open(), [true, true]);
      assert.deepEqual([...socket.watched], ['a', 'b']);
      world.told();
      socket.bring('a', 'b');
      assert.deepEqual(world.told(), ['job a 0.5', 'live a', 'job b 0.5', 'live b']);
      await watch('c');
      assert.ok(events.watched.has('c') && socket.watched.has('c'));
    }
  });

  it('comes back to the first when it has held for a while, and nothing falls silent on the way', async () => {
    await watch('a', 'b');
    events.lose({ hopeless: true });
    await world.clock.flush();
    socket.bring('a', 'b');
    world.told();
    events.bring('a', 'b');
    await world.clock.advance(9_000);
    assert.deepEqual(open(), [true, true]);
    await world.clock.advance(2_000);
    assert.deepEqual(open(), [true, false]);
    assert.ok(!world.told().some((said) => said.startsWith('silent')));
    // It counts as any other again.
    events.lose({ silent: ['a', 'b'] });
    await world.clock.flush();
    assert.deepEqual(open(), [true, false]);
    events.lose();
    await world.clock.flush();
    assert.deepEqual(open(), [true, true]);
  });

  it('comes back to the first that holds at the second try, though nothing more is heard of it', async () => {
    await watch('a');
    events.lose({ hopeless: true });
    await world.clock.flush();
    socket.bring('a');
    events.bring('a');
    await world.clock.advance(8_000);
    events.lose();
    events.bring('a');
    await world.clock.advance(21_000);
    assert.deepEqual(open(), [true, false]);
  });

  it('does not keep the first, healed, beside one that alone holds all jobs', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `job-${index}`);
    await watch('job-0');
    events.lose({ hopeless: true });
    await watch(...ids);
    socket.bring(...ids);
    events.bring('job-0');
    await world.clock.advance(11_000);
    assert.deepEqual(open(), [false, true]);
  });

  it('stays with the next while the first comes and goes', async () => {
    await watch('a');
    events.lose({ hopeless: true });
    await world.clock.flush();
    socket.bring('a');
    for (let time = 0; time < 20; time++) {
      events.bring('a');
      await world.clock.advance(4_000);
      events.lose({ silent: ['a'] });
      await world.clock.advance(1_000);
    }
    assert.equal(socket.opened, 1);
    assert.ok(socket.isOpen);
    assert.ok(!world.told().some((said) => said.startsWith('silent')), 'it is live by the other one all the time');
    events.bring('a');
    await world.clock.advance(25_000);
    assert.deepEqual(open(), [true, false]);
  });

  it('leaves a job to polling only when none of them has it', async () => {
    await watch('a');
    events.lose({ hopeless: true });
    await world.clock.flush();
    socket.bring('a');
    events.bring('a');
    world.told();
    socket.lose({ silent: ['a'] });
    assert.deepEqual(world.told(), []);
    events.lose({ silent: ['a'] });
    assert.deepEqual(world.told(), ['silent a']);
  });

  it('takes whichever comes back first when all have failed', async () => {
    await watch('a');
    for (const rung of [events, socket]) {
      rung.lose({ hopeless: true });
      await world.clock.flush();
    }
    assert.deepEqual(open(), [true, true], 'both go on trying');
    socket.bring('a');
    await world.clock.advance(20_000);
    assert.deepEqual(open(), [true, true]);
    events.bring('a');
    await world.clock.advance(20_000);
    assert.deepEqual(open(), [true, false]);
  });

  it('is one that holds all jobs when they are more than the first can hold', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `job-${index}`);
    await watch(...ids);
    events.bring(...ids);
    assert.deepEqual(open(), [true, false]);
    await watch('one more');
    assert.deepEqual(open(), [true, true]);
    assert.equal(socket.watched.size, 101);
    socket.bring(...ids);
    assert.deepEqual(open(), [true, true]);
    world.told();
    socket.bring('one more');
    assert.deepEqual(open(), [false, true], 'one connection for all of them');
    assert.deepEqual(world.told(), ['job one more 0.5', 'live one more']);
    best.unwatch('one more');
    await world.clock.advance(60_000);
    assert.deepEqual(open(), [false, true], 'it does not go to and fro');
  });

  it('is the first, as far as it reaches, when only that works', async () => {
    await watch(...Array.from({ length: 101 }, (_, index) => `job-${index}`));
    assert.deepEqual(open(), [false, true]);
    socket.lose({ hopeless: true });
    await world.clock.flush();
    assert.equal(events.isOpen, true);
    events.bring(...[...events.watched].slice(0, 100));
    assert.deepEqual(open(), [true, false]);
    await world.clock.advance(301_000);
    await watch('one more');
    assert.equal(socket.opened, 2, 'the other one is tried again after a while');
  });

  it('goes on without one whose code cannot be loaded, and tries again later, not at once', async () => {
    socket.loads = false;
    await watch('a');
    events.lose({ hopeless: true });
    await world.clock.advance(10_000);
    assert.equal(socket.opened, 1);
    socket.loads = true;
    events.lose();
    await world.clock.flush();
    assert.equal(socket.opened, 2);
    assert.deepEqual([...socket.watched], ['a']);
  });

  it('is silent and leaves nothing behind after it is closed', async () => {
    await watch('a');
    events.lose({ hopeless: true });
    best.watch('b');
    await world.clock.flush();
    events.bring('a');
    world.told();
    best.close();
    assert.deepEqual(open(), [false, false]);
    await world.clock.advance(60_000);
    assert.deepEqual(world.told(), []);
    assert.equal(world.clock.pending, 0);
  });

  it('does not open what was still being loaded when it was closed', async () => {
    best.watch('a');
    await Promise.resolve();
    assert.equal(events.opened, 1);
    best.close();
    await world.clock.flush();
    assert.deepEqual(open(), [false, false]);
  });
});
