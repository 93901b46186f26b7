import { isFinal, isKnownStatus, type Job } from '../../core/job.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import type { StatusIconName } from '../shared/status-icons.ts';

/** What the widget shows, one of these at any time. Each is also a CSS state: `job-status:state(failure)`. */
export type StatusKind =
  | 'empty'
  | 'loading'
  | 'not-found'
  | 'unauthorized'
  | 'forbidden'
  | 'unreachable'
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

/** How each kind looks, and its word; an unknown status is its own word. */
export const KINDS = {
  empty: { tone: 'none', icon: 'empty', word: 'status.empty' },
  loading: { tone: 'none', icon: 'waiting', word: 'status.loading' },
  'not-found': { tone: 'none', icon: 'missing', word: 'status.notFound' },
  unauthorized: { tone: 'warning', icon: 'locked', word: 'status.notAllowed' },
  forbidden: { tone: 'warning', icon: 'locked', word: 'status.notAllowed' },
  unreachable: { tone: 'warning', icon: 'offline', word: 'status.unreachable' },
  pending: { tone: 'none', icon: 'waiting', word: 'status.pending' },
  retrying: { tone: 'warning', icon: 'retry', word: 'status.retrying' },
  started: { tone: 'info', icon: 'started', word: 'status.started' },
  processing: { tone: 'info', icon: 'running', word: 'status.processing' },
  cancelling: { tone: 'none', icon: 'running', word: 'status.cancelling' },
  success: { tone: 'success', icon: 'success', word: 'status.success' },
  failure: { tone: 'danger', icon: 'failure', word: 'status.failure' },
  cancelled: { tone: 'none', icon: 'cancelled', word: 'status.cancelled' },
  unknown: { tone: 'info', icon: 'unknown', word: 'status.unknown' },
} as const satisfies Record<StatusKind, { tone: Tone; icon: StatusIconName; word: string }>;

/** Kinds in which there is a job and it has not ended. */
const RUNNING: readonly StatusKind[] = ['pending', 'retrying', 'started', 'processing', 'cancelling', 'unknown'];

export function isRunningKind(kind: StatusKind): boolean {
  return RUNNING.includes(kind);
}

/**
 * @param cancelAsked the server was asked to cancel this attempt; that may take it a while
 */
export function statusKind(jobId: string, snapshot: JobSnapshot | null, cancelAsked: boolean): StatusKind {
  if (jobId === '') return 'empty';
  if (snapshot === null) return 'loading';
  if (snapshot.job === null) return kindWithoutJob(snapshot);
  return kindOfJob(snapshot.job, snapshot.pending, cancelAsked);
}

function kindWithoutJob({ error, freshness }: JobSnapshot): StatusKind {
  switch (error?.code) {
    case undefined:
      return freshness.state === 'offline' ? 'unreachable' : 'loading';
    case 'not-found':
    case 'unauthorized':
    case 'forbidden':
      return error.code;
    default:
      return 'unreachable';
  }
}

function kindOfJob(job: Job, pending: JobSnapshot['pending'], cancelAsked: boolean): StatusKind {
  if (pending === 'retry') return 'retrying';
  if (!isFinal(job) && (cancelAsked || pending === 'cancel')) return 'cancelling';
  if (job.status === 'pending' && job.retryCount > 0) return 'retrying';
  return isKnownStatus(job.status) ? job.status : 'unknown';
}
