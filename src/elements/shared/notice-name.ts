import type { Job } from '../../core/job.ts';

/** What names the end of a job among all that is told of: each attempt has its own. */
export function noticeName({ id, retryCount }: Job): string {
  return retryCount === 0 ? id : `${id} ${retryCount}`;
}
