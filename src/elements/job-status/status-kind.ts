import { isFinal, isKnownStatus } from '../../core/job.ts';
import type { FirstJob } from '../../core/read-plain.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import type { StatusIconName } from '../shared/status-icons.ts';

/** What the widget shows, one of these at any time. Each is also a CSS state: `job-status:state(failure)`. */
export type StatusKind = JobKind | AbsenceKind;

/** There is no job to show for a reason that only the second stage can give. */
export type AbsenceKind = 'not-found' | 'unauthorized' | 'forbidden' | 'unreachable';

export type JobKind =
  | 'empty'
  | 'loading'
  | 'pending'
  | 'retrying'
  | 'started'
  | 'processing'
  | 'cancelling'
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'unknown';

export type Tone = 'info' | 'success' | 'danger' | 'warning' | 'none';

/** How each kind looks. Its word is the term `status.…`; an unknown status is its own word. */
export const KINDS = {
  empty: { tone: 'none', icon: 'empty' },
  loading: { tone: 'none', icon: 'waiting' },
  pending: { tone: 'none', icon: 'waiting' },
  retrying: { tone: 'warning', icon: 'retry' },
  started: { tone: 'info', icon: 'started' },
  processing: { tone: 'info', icon: 'running' },
  cancelling: { tone: 'none', icon: 'running' },
  success: { tone: 'success', icon: 'success' },
  failure: { tone: 'danger', icon: 'failure' },
  cancelled: { tone: 'none', icon: 'cancelled' },
  unknown: { tone: 'info', icon: 'unknown' },
} as const satisfies Record<JobKind, { tone: Tone; icon: StatusIconName }>;

/** Kinds in which there is a job and it has not ended. */
const RUNNING: readonly StatusKind[] = ['pending', 'retrying', 'started', 'processing', 'cancelling', 'unknown'];

export function isRunningKind(kind: StatusKind): boolean {
  return RUNNING.includes(kind);
}

/** As much of a snapshot as decides the kind. */
type KindOf = Pick<JobSnapshot, 'pending'> & { readonly job: FirstJob | null };

/**
 * As far as it can be told without the second stage.
 * @param cancelAsked the server was asked to cancel this attempt; that may take it a while
 */
export function statusKind(jobId: string, snapshot: KindOf | null, cancelAsked: boolean | undefined): JobKind {
  if (jobId === '') return 'empty';
  return snapshot?.job ? kindOfJob(snapshot.job, snapshot.pending, cancelAsked) : 'loading';
}

function kindOfJob(job: FirstJob, pending: JobSnapshot['pending'], cancelAsked: boolean | undefined): JobKind {
  if (pending === 'retry') return 'retrying';
  if (!isFinal(job) && (cancelAsked || pending === 'cancel')) return 'cancelling';
  if (job.status === 'pending' && job.retryCount > 0) return 'retrying';
  return isKnownStatus(job.status) ? job.status : 'unknown';
}
