import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Scheduler } from '../../../src/channels/scheduler.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from '../store/fake-page.ts';

describe('the rounds that jobs share', () => {
  /** After how long a question comes that is due in `due` ms, with so many jobs. */
  async function waits(jobs: number, due: number, interval?: number, earliest = 0): Promise<number> {
    const clock = new FakeClock();
    const { visibility, connectivity } = new FakePage();
    const scheduler = new Scheduler({ clock, visibility, connectivity, interval });
    for (let index = 0; index < jobs; index++) scheduler.setActive({ wake() {}, close() {} }, true);
    const beat = jobs > 50 ? (interval ?? 3_500) : jobs > 3 ? (interval ?? 3_000) : 500;
    await clock.advance(beat - (clock.now() % beat));
    const start = clock.now();
    let at = Number.NaN;
    scheduler.onBeat(start + due, start + earliest, () => {
      at = clock.now();
    });
    await clock.advance(60_000);
    return at - start;
  }

  it('are half a second apart with few, and those nearest to when they are due with more', async () => {
    assert.deepEqual([await waits(3, 1_300), await waits(4, 1_300), await waits(4, 4_600)], [1_500, 3_000, 6_000]);
  });

  it('are not those before a server may be asked again', async () => {
    assert.deepEqual([await waits(1, 1_200, undefined, 1_200), await waits(4, 4_000, undefined, 4_000)], [1_500, 6_000]);
  });

  it('are 3.5 s apart with a crowd, or what the page sets, and none is missed', async () => {
    assert.deepEqual([await waits(51, 1_000), await waits(51, 6_900), await waits(51, 7_100)], [3_500, 3_500, 7_000]);
    assert.deepEqual([await waits(51, 1_000, 2_000), await waits(51, 5_900, 2_000)], [2_000, 4_000]);
  });
});
