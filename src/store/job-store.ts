import type { Clock } from '../core/clock.ts';
import type { JobEntry } from './job-entry.ts';
import type { JobListEntry, JobListQuery } from './job-list.ts';

/** The page's one view of one backend: it alone acts, elements render its snapshots. */
export interface JobStore {
  /** Address of the API, without a slash at the end. `''` is the page's own origin. */
  readonly apiUrl: string;
  readonly clock: Clock;
  /** The page's one entry for this job. */
  entry(id: string): JobEntry;
  /** The page's one entry for this query. */
  list(query: JobListQuery): JobListEntry;
  /**
   * Creates a job. Its entry knows it at once, as pending, and the user's lists are read again.
   * Rejects with `JobApiError`, whose `fields` name what was refused.
   */
  create(
    request: { video_request: object; priority?: number },
    options?: { idempotencyKey?: string; signal?: AbortSignal },
  ): Promise<JobEntry>;
  /** Ends all timers, listeners and requests. */
  close(): void;
}
