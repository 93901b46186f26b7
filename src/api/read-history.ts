import { readTime } from '../core/read-time.ts';
import { field, isRecord, readInteger, readNumber, readShare } from '../core/read-values.ts';

/** What ended within a stretch of time. */
export interface EndedCounts {
  readonly success: number;
  readonly failure: number;
  readonly cancelled: number;
}

/** A stretch of time. What was not counted in it is `null`: nothing is made up for a gap. */
export interface HistoryBucket {
  /** Ms since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly ended: EndedCounts | null;
  /** For how much of it jobs were counted, in ms. */
  readonly counted: number;
  /** 0..1; `null` also when nothing ended that could have failed. */
  readonly failureRate: number | null;
  /** Waiting jobs, on average and at most. */
  readonly waiting: { readonly mean: number; readonly max: number } | null;
}

const MINUTE = 60_000;
/** More than a chart can draw; what a backend sends beyond that is cut off at the old end. */
const MOST = 400;

/** The answer of `links.history`, oldest first. `null` when there is no bucket in it that can be read. */
export function readHistory(wire: unknown): readonly HistoryBucket[] | null {
  if (!isRecord(wire) || !Array.isArray(wire.buckets)) return null;
  const step = (readInteger(wire.step, 1) ?? 60) * 1000;
  const buckets = wire.buckets.flatMap((one: unknown) => readBucket(one, step) ?? []);
  if (buckets.length === 0 && wire.buckets.length > 0) return null;
  return buckets.sort((a, b) => a.start - b.start).slice(-MOST);
}

function readBucket(wire: unknown, step: number): HistoryBucket | null {
  if (!isRecord(wire)) return null;
  const start = readTime(wire.start);
  if (start === null) return null;
  const ended = readEnded(wire.ended);
  const samples = readInteger(wire.samples);
  const counted = ended === null ? 0 : Math.min(step, samples === null ? step : samples * MINUTE);
  return { start, end: start + step, ended, counted, failureRate: failureRate(ended) ?? (ended ? null : readShare(wire.failure_rate)), waiting: readWaiting(wire.queue_depth) };
}

function readEnded(wire: unknown): EndedCounts | null {
  if (!isRecord(wire)) return null;
  const count = (status: string): number => readInteger(field(wire, status)) ?? 0;
  return { success: count('success'), failure: count('failure'), cancelled: count('cancelled') };
}

function readWaiting(wire: unknown): HistoryBucket['waiting'] {
  if (!isRecord(wire)) return null;
  const mean = readNumber(wire.mean, 0);
  const max = readNumber(wire.max, 0);
  if (mean === null && max === null) return null;
  return { mean: (mean ?? max) as number, max: Math.max(mean ?? 0, max ?? 0) };
}

/** Share of failures among what went well or not, 0..1; a cancelled job is neither. `null` when there was none of them. */
export function failureRate(ended: EndedCounts | null): number | null {
  const tried = ended === null ? 0 : ended.success + ended.failure;
  return ended === null || tried === 0 ? null : ended.failure / tried;
}
