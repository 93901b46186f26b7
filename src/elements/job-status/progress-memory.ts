import { isFinal, type Job } from '../../core/job.ts';

/**
 * Progress as it is shown: within an attempt it never moves back, whatever the backend says; a new attempt starts again.
 */
export class ProgressMemory {
  #attempt = '';
  #highest: number | null = null;

  /** 0..1, `null` while unknown. */
  take(job: Job): number | null {
    const attempt = `${job.retryCount} ${job.id}`;
    if (attempt !== this.#attempt) {
      this.#attempt = attempt;
      this.#highest = null;
    }
    const told = job.status === 'success' ? 1 : readable(job);
    if (told !== null) this.#highest = Math.max(this.#highest ?? 0, told);
    return this.#highest;
  }
}

/** A job that runs at 0 has not told anything yet, and so has one that ended at 0. */
function readable(job: Job): number | null {
  if (job.status === 'pending') return null;
  if (job.progress === 0 && (job.status === 'started' || isFinal(job))) return null;
  return job.progress;
}
