import type { JobStatusName, KnownJobStatus } from './job.ts';
import { KNOWN_STATUSES } from './job.ts';

/**
 * Other words for the documented statuses, as queues and frameworks write them. Celery's own states are among them:
 * RECEIVED and RETRY wait for a worker (`pending`), PROGRESS is the usual custom state, REVOKED is a cancelled task.
 */
const OTHER_WORDS: Readonly<Record<KnownJobStatus, string>> = {
  pending: 'queued enqueued waiting scheduled received created submitted accepted new retry retrying',
  started: 'starting',
  processing: 'progress running in_progress active working',
  success: 'succeeded successful completed complete done finished',
  failure: 'failed error errored timeout timed_out',
  cancelled: 'canceled revoked aborted',
};

const STATUS_BY_WORD = new Map<string, KnownJobStatus>(
  KNOWN_STATUSES.flatMap((status) => [status, ...OTHER_WORDS[status].split(' ')].map((word) => [word, status] as const)),
);

/**
 * A status from the wire. Case, surrounding space, hyphens and a Python enum's class name (`JobStatus.SUCCESS`) do not
 * matter. A word that nobody knows stays as it came: it is shown, and counts as still running. `null`: no status.
 */
export function readStatus(value: unknown): JobStatusName | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const word = text
    .replace(/^.*status\./i, '')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();
  return STATUS_BY_WORD.get(word) ?? (text || null);
}
