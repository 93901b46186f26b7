import { isFinal, type Job } from '../../core/job.ts';

/**
 * Progress as it is shown, 0..1; `null` while unknown. That it never moves back within an attempt is the store's care.
 * A job that has just started at 0 has not told anything yet, nor has one that ended there.
 */
export function shownProgress(job: Pick<Job, 'status' | 'progress'>): number | null {
  if (job.status === 'success') return 1;
  if (job.status === 'pending') return null;
  return job.progress === 0 && (job.status === 'started' || isFinal(job)) ? null : job.progress;
}
