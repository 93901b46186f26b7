import type { Job } from '../core/job.ts';
import type { JobSnapshot } from './snapshot.ts';

/** All that the page knows of one job. There is one per job and store, whoever asks. */
export interface JobEntry {
  readonly id: string;
  /** Immutable; a change is a new object. */
  readonly snapshot: JobSnapshot;
  /**
   * Keeps the job live: the first subscriber starts the asking, the last one stops it after a short grace. `listener` is
   * called after each change, never during the call itself. Returns the way back.
   */
  subscribe(listener: (snapshot: JobSnapshot) => void): () => void;
  /** As `subscribe`, but asks for nothing: told of whatever others learn. For rows of a list. */
  observe(listener: (snapshot: JobSnapshot) => void): () => void;
  /**
   * Called when the job becomes final while it is known as running: once per attempt, never for a job that was final when
   * first seen. Does not keep the job live by itself.
   */
  subscribeEnd(listener: (job: Job) => void): () => void;
  /** Reads the job now. Concurrent calls share one request. Never rejects: the outcome is in the snapshot. */
  refresh(): Promise<JobSnapshot>;
  /** Asks the server to cancel, then reads the truth. Never rejects: a refusal is `actionError`. */
  cancel(): Promise<JobSnapshot>;
  /** Asks the server to run the job again (`links.retry`). Never rejects: a refusal is `actionError`. */
  retry(): Promise<JobSnapshot>;
}
