import { canCancel, canRetry } from '../../core/allowed.ts';
import type { Job } from '../../core/job.ts';
import type { JobErrorCode } from '../../core/errors.ts';
import type { JobAction } from '../../store/snapshot.ts';
import type { JobStore } from '../../store/job-store.ts';

/** How many are at work at the same time. */
const PARALLEL = 4;

/** What became of an action on one job. `error` is why it was refused. */
export type RowOutcome =
  | { readonly state: 'waiting' | 'running' | 'done'; readonly action: JobAction }
  | { readonly state: 'failed'; readonly action: JobAction; readonly error: JobErrorCode };

export interface BulkProgress {
  readonly action: JobAction;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** Whether the action makes sense for the job as it is now. */
export function allows(action: JobAction, job: Job): boolean {
  return action === 'cancel' ? canCancel(job) : canRetry(job);
}

/** Cancels and retries through the store, several jobs at a time, and keeps what became of each. */
export class BulkActions {
  readonly #onChange: () => void;
  readonly #outcomes = new Map<string, RowOutcome>();
  #progress: BulkProgress | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Of the last action on this job; `null` when there was none. */
  outcome(id: string): RowOutcome | null {
    return this.#outcomes.get(id) ?? null;
  }

  /** Of what is under way, or was last. */
  get progress(): BulkProgress | null {
    return this.#progress;
  }

  get running(): boolean {
    const { progress } = this;
    return progress !== null && progress.done + progress.failed < progress.total;
  }

  /** Settles when all have been dealt with; never rejects. */
  async run(store: JobStore, action: JobAction, ids: readonly string[]): Promise<BulkProgress> {
    let progress: BulkProgress = { action, total: ids.length, done: 0, failed: 0 };
    // One more row by the way says nothing about those that are being worked through.
    const counts = !this.running;
    const tell = (id: string, outcome: RowOutcome) => {
      this.#outcomes.set(id, outcome);
      if (counts) this.#progress = progress;
      this.#onChange();
    };
    const queue = [...ids];
    for (const id of ids) tell(id, { state: 'waiting', action });
    const work = async (): Promise<void> => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        tell(id, { state: 'running', action });
        const { actionError } = await store.entry(id)[action]();
        const key = actionError ? 'failed' : 'done';
        progress = { ...progress, [key]: progress[key] + 1 };
        tell(id, actionError ? { state: 'failed', action, error: actionError.code } : { state: 'done', action });
      }
    };
    await Promise.all(Array.from({ length: Math.min(PARALLEL, ids.length) }, work));
    return progress;
  }

  /** Forgets what became of jobs, those aside that are being worked on. */
  reset(): void {
    for (const [id, { state }] of this.#outcomes) if (state === 'done' || state === 'failed') this.#outcomes.delete(id);
  }
}
