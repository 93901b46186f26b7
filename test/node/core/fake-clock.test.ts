import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../support/fake-clock.ts';

describe('FakeClock', () => {
  it('runs due timers in order of time, then of creation', async () => {
    const clock = new FakeClock(0);
    const log: string[] = [];
    for (const [name, delay] of [['b', 20], ['a', 10], ['c', 20], ['d', 31]] as const) {
      clock.setTimeout(() => log.push(`${name}@${clock.now()}`), delay);
    }
    assert.equal(clock.next, 10);
    await clock.advance(30);
    assert.deepEqual(log, ['a@10', 'b@20', 'c@20']);
    assert.equal(clock.now(), 30);
    assert.equal(clock.pending, 1);
    assert.equal(clock.next, 1);
  });

  it('runs the timers that promises set on the way', async () => {
    const clock = new FakeClock(0);
    const ticks: number[] = [];
    const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, ms));
    const loop = async () => {
      for (;;) {
        await sleep(10);
        await Promise.resolve();
        ticks.push(clock.now());
      }
    };
    void loop();
    await clock.advance(35);
    assert.deepEqual(ticks, [10, 20, 30]);
  });

  it('takes a timer back', async () => {
    const clock = new FakeClock();
    const cancel = clock.setTimeout(() => assert.fail('taken back'), 10);
    cancel();
    cancel();
    assert.equal(clock.pending, 0);
    assert.equal(clock.next, null);
    await clock.advance(100);
  });

  it('is set while its timers run on', async () => {
    const clock = new FakeClock(1_000);
    const ran: number[] = [];
    clock.setTimeout(() => ran.push(clock.now()), 10);
    clock.set(-500);
    assert.deepEqual([clock.now(), clock.next], [500, 10]);
    await clock.advance(10);
    assert.deepEqual(ran, [510]);
  });

  it('jumps without running anything', async () => {
    const clock = new FakeClock(0);
    let ran = 0;
    clock.setTimeout(() => ran++, 10);
    clock.jump(1000);
    assert.deepEqual([clock.now(), ran], [1000, 0]);
    await clock.advance(0);
    assert.deepEqual([clock.now(), ran], [1000, 1]);
  });
});
