import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failureRate, readHistory } from '../../../src/api/read-history.ts';

const start = Date.UTC(2026, 0, 31, 11);
const bucket = {
  start: '2026-01-31T11:00:00.000Z',
  samples: 5,
  ended: { success: 10, failure: 1, cancelled: 2, total: 13 },
  failure_rate: 0.5,
  queue_depth: { mean: 3.2, max: 7 },
};

describe('readHistory', () => {
  it('reads buckets as the service documents them, and works the failure rate out by itself', () => {
    assert.deepEqual(readHistory({ step: 300, buckets: [bucket] }), [
      {
        start,
        end: start + 300_000,
        ended: { success: 10, failure: 1, cancelled: 2 },
        counted: 300_000,
        failureRate: 1 / 11,
        waiting: { mean: 3.2, max: 7 },
      },
    ]);
  });

  it('makes nothing up for a gap', () => {
    const gap = { start: bucket.start, samples: 0, ended: null, failure_rate: null, queue_depth: null };
    const [read] = readHistory({ step: 60, buckets: [gap] }) ?? [];
    assert.deepEqual([read?.ended, read?.counted, read?.failureRate, read?.waiting], [null, 0, null, null]);
  });

  it('counts the minutes that were counted, and no more than a bucket has', () => {
    const counted = (samples: unknown): number | undefined => readHistory({ step: 300, buckets: [{ ...bucket, samples }] })?.[0]?.counted;
    assert.deepEqual([counted(3), counted(99), counted(undefined)], [180_000, 300_000, 300_000]);
  });

  it('brings buckets in order, leaves out what has no time, and keeps the newest when there are very many', () => {
    const at = (minute: number): object => ({ ...bucket, start: new Date(start + minute * 60_000).toISOString() });
    const read = readHistory({ step: 60, buckets: [at(2), { ...bucket, start: 'soon' }, null, at(1)] });
    assert.deepEqual(read?.map((one) => one.start), [start + 60_000, start + 120_000]);
    const many = readHistory({ step: 60, buckets: Array.from({ length: 1_000 }, (_, minute) => at(minute)) });
    assert.equal(many?.length, 400);
    assert.equal(many?.at(-1)?.start, start + 999 * 60_000);
  });

  it('never throws: what is no history is none', () => {
    for (const wire of [null, 7, 'x', [], {}, { buckets: 3 }, { buckets: [{}, 'x', { start: null }] }]) assert.equal(readHistory(wire), null);
    assert.deepEqual(readHistory({ buckets: [] }), []);
    const odd = readHistory({ step: 'x', buckets: [{ start: bucket.start, ended: 'many', queue_depth: { mean: 'a', max: -3 } }] });
    assert.deepEqual(odd?.[0]?.waiting, { mean: 0, max: 0 });
  });

  it('a cancelled job is neither a success nor a failure', () => {
    assert.equal(failureRate({ success: 0, failure: 0, cancelled: 4 }), null);
    assert.equal(failureRate({ success: 3, failure: 1, cancelled: 4 }), 0.25);
    assert.equal(failureRate(null), null);
  });
});
