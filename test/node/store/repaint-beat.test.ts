import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RepaintBeat, repaintBeat } from '../../../src/store/repaint-beat.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { world } from './world.ts';

/** A beat, and rows that write down when they were drawn. */
function rows() {
  const clock = new FakeClock();
  const beat = new RepaintBeat(clock);
  const start = clock.now();
  const drawn: [row: number, at: number][] = [];
  const repaints = Array.from({ length: 10 }, (_, row) => () => drawn.push([row, clock.now() - start]));
  /** Each answer by itself. */
  const answer = async (row: number, atOnce = false): Promise<void> => {
    beat.ask(repaints[row]!, atOnce);
    await clock.flush();
  };
  return { clock, beat, drawn, repaints, answer };
}

describe('the beat of repaints', () => {
  it('draws a few at once', async () => {
    const { drawn, answer, clock } = rows();
    for (let row = 0; row < 4; row++) await answer(row);
    await clock.advance(250);
    for (let row = 0; row < 4; row++) await answer(row);
    assert.deepEqual(
      drawn.map(([, at]) => at),
      [0, 0, 0, 0, 250, 250, 250, 250],
    );
  });

  it('draws what comes in one answer at once, however much it is', () => {
    const { beat, drawn, repaints } = rows();
    for (const repaint of repaints) beat.ask(repaint, false);
    assert.equal(drawn.length, 10);
  });

  it('draws the rest of many on the full quarter of a second, each once and with what it has by then', async () => {
    const { clock, drawn, answer } = rows();
    await clock.advance(100);
    for (let row = 0; row < 10; row++) await answer(row);
    await answer(9);
    assert.equal(drawn.length, 4);
    await clock.advance(149);
    assert.equal(drawn.length, 4);
    await clock.advance(1);
    assert.deepEqual(
      drawn.slice(4),
      [4, 5, 6, 7, 8, 9].map((row) => [row, 250]),
    );
    assert.equal(clock.pending, 0);
  });

  it('expects the next crowd for five seconds, and draws at once again after', async () => {
    const { clock, drawn, answer } = rows();
    for (let row = 0; row < 5; row++) await answer(row);
    await clock.advance(4_900);
    await answer(0);
    assert.equal(drawn.length, 5);
    await clock.advance(100);
    assert.deepEqual(drawn.at(-1), [0, 5_000]);
    await answer(1);
    assert.deepEqual(drawn.at(-1), [1, 5_000]);
  });

  it('never lets news wait, and does not draw its row a second time', async () => {
    const { clock, drawn, answer } = rows();
    for (let row = 0; row < 6; row++) await answer(row);
    await answer(5, true);
    assert.deepEqual(drawn.at(-1), [5, 0]);
    await clock.advance(250);
    assert.deepEqual(drawn.slice(5), [[4, 250]]);
  });

  it('keeps nobody waiting for a clock that was set back', async () => {
    const { clock, drawn, answer } = rows();
    for (let row = 0; row < 5; row++) await answer(row);
    clock.set(-3_600_000);
    await answer(6);
    assert.equal(drawn.at(-1)?.[0], 6);
  });

  it('is one for all stores of a page', () => {
    const clock = new FakeClock();
    assert.equal(repaintBeat(clock), repaintBeat(clock));
    assert.notEqual(repaintBeat(clock), repaintBeat(new FakeClock()));
  });
});

describe('entries on the beat', () => {
  /** Twelve jobs, read one by one, after a first crowded round. */
  async function crowd() {
    const { store, double, clock } = world();
    const ids = Array.from({ length: 12 }, () => double.add({ status: 'processing', progress: 0.1 }));
    const [told, painted]: [string[], string[]] = [[], []];
    for (const id of ids) {
      store.entry(id).subscribe(() => told.push(id));
      store.entry(id).subscribeRepaint(() => painted.push(id));
    }
    const beat = repaintBeat(clock);
    for (let answer = 0; answer < 5; answer++) {
      beat.ask(() => {}, false);
      await clock.flush();
    }
    await clock.advance(3_001);
    told.length = painted.length = 0;
    return { store, double, clock, ids, told, painted };
  }

  it('tell at once what they heard, and are drawn together', async () => {
    const { store, clock, double, ids, told, painted } = await crowd();
    for (const id of ids) double.progress(id, 0.5);
    await Promise.all(ids.map((id) => store.entry(id).refresh()));
    assert.equal(told.length, 12);
    assert.deepEqual(painted, []);
    await clock.advance(250);
    assert.equal(painted.length, 12);
  });

  it('are drawn at once when the status is another, or an action begins', async () => {
    const { store, double, ids, painted } = await crowd();
    const [first = '', second = ''] = ids;
    double.finish(first);
    await store.entry(first).refresh();
    assert.deepEqual(painted, [first]);
    const done = store.entry(second).cancel();
    assert.deepEqual(painted, [first, second]);
    await done;
  });
});
