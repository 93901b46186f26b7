import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addSample, bucketsOf } from '../../../src/store/statistics-samples.ts';
import type { Sample } from '../../../src/store/statistics-samples.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const at = (seconds: number, counts: Record<string, number>): Sample => ({ at: noon + seconds * 1000, counts });
const all = (...samples: Sample[]): readonly Sample[] => samples.reduce<readonly Sample[]>((list, sample) => addSample(list, sample), []);

describe('samples of a page', () => {
  it('tell nothing before there are two', () => {
    assert.deepEqual(bucketsOf([]), []);
    assert.deepEqual(bucketsOf(all(at(0, { success: 1 }))), []);
  });

  it('tell what ended between them, and how long the queue was', () => {
    const buckets = bucketsOf(all(at(0, { success: 5, pending: 4 }), at(5, { success: 7, failure: 1, pending: 2 }), at(12, { success: 8, failure: 1 })));
    assert.deepEqual(
      buckets.map(({ ended, counted, failureRate, waiting }) => ({ ended, counted, failureRate, waiting })),
      [
        { ended: { success: 2, failure: 1, cancelled: 0 }, counted: 5_000, failureRate: 1 / 3, waiting: { mean: 3, max: 4 } },
        { ended: { success: 1, failure: 0, cancelled: 0 }, counted: 7_000, failureRate: 0, waiting: { mean: 0, max: 0 } },
      ],
    );
    assert.deepEqual(buckets.map(({ start, end }) => [start - noon, end - noon]), [[0, 10_000], [10_000, 20_000]]);
  });

  it('count nothing where a count shrinks: jobs expire, and go round again', () => {
    const [bucket] = bucketsOf(all(at(0, { success: 5, failure: 3 }), at(5, { success: 1, failure: 2 })));
    assert.deepEqual(bucket?.ended, { success: 0, failure: 0, cancelled: 0 });
  });

  it('count nothing over a time in which nobody looked', () => {
    const buckets = bucketsOf(all(at(0, { success: 0 }), at(5, { success: 1 }), at(65, { success: 90 }), at(70, { success: 91 })));
    const ended = buckets.map((bucket) => bucket.ended?.success ?? null);
    assert.deepEqual(ended, [1, null, null, null, null, null, null, 1].slice(0, ended.length));
    assert.equal(buckets.at(-1)?.ended?.success, 1);
  });

  it('are gathered in at most 31 buckets, are kept for an hour, and begin anew when the clock is set back', () => {
    let samples: readonly Sample[] = [];
    for (let second = 0; second <= 7_200; second += 5) samples = addSample(samples, at(second, { success: second }));
    assert.ok(samples.length <= 800);
    assert.ok((samples[0]?.at ?? 0) >= noon + 3_600_000);
    assert.ok(bucketsOf(samples).length <= 31, String(bucketsOf(samples).length));
    assert.equal(addSample(samples, at(10, { success: 1 })).length, 1);
  });
});
