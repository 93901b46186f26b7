import type { Job } from '../core/job.ts';
import type { JobApiError } from '../core/errors.ts';

/**
 * How far the last known job can be trusted.
 * - `none`: nothing is known yet
 * - `live`: the last answer was good
 * - `stale`: answers fail; the job is as of `since`
 * - `offline`: the browser has no network; the job is as of `since`
 */
export interface Freshness {
  readonly state: 'none' | 'live' | 'stale' | 'offline';
  /**
   * Milliseconds since the epoch, by the page's clock. While `live`, the first good answer in a row; otherwise the last
   * good answer; `null` when there was none.
   */
  readonly since: number | null;
}

export type JobAction = 'cancel' | 'retry';

/**
 * What an entry of the store knows (`job`), how well (`freshness`), what is in the way (`error`, of the transport), and
 * what it is doing. An error never erases a job. Snapshots are immutable: a changed one is a new object.
 */
export interface JobSnapshot {
  readonly id: string;
  readonly job: Job | null;
  readonly freshness: Freshness;
  /** Why the last read failed; `null` after a good one. */
  readonly error: JobApiError | null;
  /** The action under way, until what came of it has been read. */
  readonly pending: JobAction | null;
  /** Why the last action was refused, until the next one. */
  readonly actionError: JobApiError | null;
}

const UNKNOWN: Freshness = { state: 'none', since: null };

/** Of a job that nothing is known about yet. */
export function emptySnapshot(id: string): JobSnapshot {
  return { id, job: null, freshness: UNKNOWN, error: null, pending: null, actionError: null };
}
