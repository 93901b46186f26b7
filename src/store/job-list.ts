import type { JobApiError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { Freshness } from './snapshot.ts';

/** What a list shows. Two equal queries are one list. */
export interface JobListQuery {
  readonly userId: string;
  /** From 1, the default. */
  readonly page?: number;
  /** Rows on a page, 1 to 100. Default 20. */
  readonly pageSize?: number;
}

/** What the page knows of one page of a user's jobs. Immutable: a change is a new object. */
export interface JobListSnapshot {
  readonly query: JobListQuery;
  /** Newest first. Each row is the same object as the `job` of its entry. */
  readonly jobs: readonly Job[];
  /** As the backend counts. It may be wrong. */
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  /** The first answer, or one that was asked for by `refresh()`, is awaited. Polls do not set it. */
  readonly loading: boolean;
  /** Why the last read failed; `null` after a good one. It never empties the list. */
  readonly error: JobApiError | null;
  readonly freshness: Freshness;
}

/** One live list of a store. */
export interface JobListEntry {
  readonly snapshot: JobListSnapshot;
  /** The first subscriber starts the asking, the last one stops it after a short grace. Returns the way back. */
  subscribe(listener: (snapshot: JobListSnapshot) => void): () => void;
  /** Reads the list now. Concurrent calls share one request. Never rejects: the outcome is in the snapshot. */
  refresh(): Promise<JobListSnapshot>;
}
