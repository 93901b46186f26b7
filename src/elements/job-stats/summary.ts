import { failureRate } from '../../api/read-history.ts';
import type { EndedCounts, HistoryBucket } from '../../api/read-history.ts';
import { isKnownStatus, KNOWN_STATUSES, type KnownJobStatus } from '../../core/job.ts';
import { KINDS, type Tone } from '../job-status/status-kind.ts';
import type { StatusIconName } from '../shared/status-icons.ts';

/** One status with what is shown of it. */
export interface StatusCount {
  readonly status: string;
  readonly count: number;
  /** 0..1 of all. */
  readonly share: number;
  readonly tone: Tone;
  readonly icon: StatusIconName;
  /** Key of its word; `null` for a status that is its own word. */
  readonly word: `status.${KnownJobStatus}` | null;
}

/** In the order of a job's life; what the contract does not name comes last, if it is there at all. */
export function statusCounts(counts: Readonly<Record<string, number>>, total: number): readonly StatusCount[] {
  const others = Object.keys(counts).filter((status) => !isKnownStatus(status) && (counts[status] ?? 0) > 0);
  return [...KNOWN_STATUSES, ...others.sort()].map((status) => {
    const known = isKnownStatus(status);
    const { tone, icon } = KINDS[known ? status : 'unknown'];
    const count = counts[status] ?? 0;
    return { status, count, share: total === 0 ? 0 : count / total, tone, icon, word: known ? `status.${status}` : null };
  });
}

/** What a chart says in one line. */
export interface Totals {
  readonly ended: EndedCounts & { readonly all: number };
  /** Jobs that ended per ms that was counted; `null` when none was. */
  readonly pace: number | null;
  readonly failureRate: number | null;
  readonly mostWaiting: number | null;
}

export function totalsOf(buckets: readonly HistoryBucket[]): Totals {
  const sum = { success: 0, failure: 0, cancelled: 0 };
  let counted = 0;
  let mostWaiting: number | null = null;
  for (const { ended, counted: ms, waiting } of buckets) {
    counted += ms;
    for (const status of ['success', 'failure', 'cancelled'] as const) sum[status] += ended?.[status] ?? 0;
    if (waiting) mostWaiting = Math.max(mostWaiting ?? 0, waiting.max);
  }
  const all = endedOf(sum);
  return { ended: { ...sum, all }, pace: counted === 0 ? null : all / counted, failureRate: failureRate(sum), mostWaiting };
}

export function endedOf(ended: EndedCounts): number {
  return ended.success + ended.failure + ended.cancelled;
}

/** The top of an axis: 1, 2 or 5 times a power of ten, at least `least`. */
export function niceTop(value: number, least = 1): number {
  if (!(value > least)) return least;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((factor) => factor * power >= value - 1e-9) as number) * power;
}

/** Class of a status's colour. */
export function kindOf(status: string): string {
  return isKnownStatus(status) ? status : 'other';
}
