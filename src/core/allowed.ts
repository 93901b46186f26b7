import { isFinal, type Job } from './job.ts';

/** The job says what is allowed; a backend without `links` leaves it to the status. */
export function canCancel(job: Job): boolean {
  if (isFinal(job)) return false;
  return job.links ? job.links.cancel !== undefined : true;
}

/** Core knows no retry route, so only a link allows it. */
export function canRetry(job: Job): boolean {
  return isFinal(job) && job.links?.retry !== undefined;
}
