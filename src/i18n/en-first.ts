import type { TermTable } from './terms.ts';

/** English, as far as `<job-status>` needs it for its first picture of a job. */
export const enFirst = {
  'status.pending': 'Waiting',
  'status.started': 'Started',
  'status.processing': 'In progress',
  'status.success': 'Done',
  'status.failure': 'Failed',
  'status.cancelled': 'Cancelled',
  'status.cancelling': 'Cancelling…',
  'status.retrying': 'Retrying',
  'status.unknown': 'Unknown',
  'status.loading': 'Loading…',
  'status.unreachable': 'No connection',
  'status.empty': 'No job',

  'job.untitled': 'Job {id}',
  'job.progress': 'Progress of {title}',

  'empty.title': 'No job yet',
  'empty.text': 'When a job starts, its progress appears here.',

  'queue.next': 'Next in the queue',
  'queue.position': 'Number {position} in the queue',
  'retrying.text': 'The last attempt failed. The next one starts from the beginning.',

  'failure.text': 'The job failed.',
  'failure.at': 'Stopped at: {step}',
  'cancelled.text': 'Stopped before it ended.',
} as const satisfies TermTable;
