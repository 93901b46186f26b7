import { failureRate } from '../api/read-history.ts';
import type { EndedCounts, HistoryBucket } from '../api/read-history.ts';

/** The counts of one moment. */
export interface Sample {
  /** Ms since the epoch. */
  readonly at: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** How long samples are kept, in ms, and how many of them. */
const KEEP = 3_600_000;
const MOST = 800;
/** Between samples that are farther apart than this, in ms, nobody looked. */
const GAP = 45_000;
/** Lengths of a bucket, in ms. The shortest that makes few enough of them is taken. */
const STEPS = [10_000, 30_000, 60_000, 120_000, 300_000];
const BUCKETS = 30;

/** With one more sample; a clock that was set back begins anew. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && last.at > sample.at) return [sample];
  return [...samples, sample].filter(({ at }) => sample.at - at <= KEEP).slice(-MOST);
}

/**
 * What the samples tell of the time between them. The counts of jobs that have ended grow; where they shrink (jobs expire, a
 * failed one goes round again) nothing is counted.
 */
export function bucketsOf(samples: readonly Sample[]): readonly HistoryBucket[] {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at === first.at) return [];
  const span = last.at - first.at;
  const step = STEPS.find((length) => span / length <= BUCKETS) ?? (STEPS.at(-1) as number);
  const start = Math.floor(first.at / step) * step;
  const count = Math.floor((last.at - start) / step) + 1;
  return Array.from({ length: count }, (_, index) => bucketAt(start + index * step, step, samples));
}

function bucketAt(start: number, step: number, samples: readonly Sample[]): HistoryBucket {
  const end = start + step;
  let ended: EndedCounts | null = null;
  let counted = 0;
  const waiting: number[] = [];
  samples.forEach((sample, index) => {
    if (sample.at < start || sample.at >= end) return;
    waiting.push(sample.counts.pending ?? 0);
    const before = samples[index - 1];
    if (!before || sample.at - before.at > GAP) return;
    counted += sample.at - before.at;
    ended = add(ended, before.counts, sample.counts);
  });
  return {
    start,
    end,
    ended,
    counted,
    failureRate: failureRate(ended),
    waiting: waiting.length === 0 ? null : { mean: waiting.reduce((sum, value) => sum + value, 0) / waiting.length, max: Math.max(...waiting) },
  };
}

function add(sum: EndedCounts | null, before: Sample['counts'], after: Sample['counts']): EndedCounts {
  const grown = (status: keyof EndedCounts): number => (sum?.[status] ?? 0) + Math.max(0, (after[status] ?? 0) - (before[status] ?? 0));
  return { success: grown('success'), failure: grown('failure'), cancelled: grown('cancelled') };
}
