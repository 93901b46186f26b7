import { UNKNOWN_STATUS, type Job } from '../../core/job.ts';
import type { FirstJob } from '../../core/read-plain.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import type { EnglishTerms } from '../../i18n/en.ts';
import type { WordsController } from '../../i18n/words.ts';
import { statusIcons } from '../shared/status-icons.ts';
import type { RemainingTime } from './remaining-time.ts';
import type { JobShowing } from './result-of.ts';
import { isRunningKind, KINDS, statusKind, type AbsenceKind, type JobKind, type StatusKind, type Tone } from './status-kind.ts';

/** How a kind shows itself. */
export interface Look {
  readonly tone: Tone;
  /** Path of the icon. */
  readonly icon: string;
  /** Key of the word on the badge. */
  readonly word: Extract<keyof EnglishTerms, `status.${string}`>;
}

/** Everything that the views of `<job-status>` draw, worked out once for each update. */
export interface StatusModel {
  readonly kind: StatusKind;
  readonly tone: Tone;
  /** Path of the icon. */
  readonly icon: string;
  /** The word on the badge. */
  readonly word: string;
  readonly title: string;
  readonly running: boolean;
  readonly absence: Insight['absence'];
  readonly job: Job | null;
  readonly snapshot: JobSnapshot | null;
  /** 0..1, `null` while unknown. */
  readonly progress: number | null;
  /** A bar that moves without a value: something is going on, nobody knows how far. */
  readonly indeterminate: boolean;
  readonly remaining: readonly RemainingTime[];
  readonly showing: JobShowing;
  /** The page's own connection, `null` when all is well or it does not matter any more. */
  readonly trouble: 'stale' | 'offline' | null;
  /** Answers fail, but not for long enough to be called trouble: it has to be looked at again. */
  readonly waiting: boolean;
  readonly mayCancel: boolean;
  readonly mayRetry: boolean;
  readonly localize: WordsController;
}

/** What the second stage knows of a job beside its newest answer. */
export interface Insight {
  /** Why there is no job; `null` where there is one, or may yet be. */
  readonly absence: { readonly kind: AbsenceKind; readonly look: Look } | null;
  /** The server was asked to cancel this attempt. */
  readonly cancelling: boolean;
  readonly remaining: readonly RemainingTime[];
  readonly showing: JobShowing;
  readonly trouble: StatusModel['trouble'];
  readonly waiting: boolean;
  readonly mayCancel: boolean;
  readonly mayRetry: boolean;
}

export interface ModelInput {
  /** `''` for none. */
  readonly jobId: string;
  readonly snapshot: JobSnapshot | null;
  /** That of the snapshot. Before the second stage is here it may have what the first picture shows, no more. */
  readonly job: Job | FirstJob | null;
  readonly heading: string;
  readonly progress: number | null;
  readonly localize: WordsController;
  /** `undefined` until the second stage is here, which alone asks for most of it. */
  readonly insight: Insight | undefined;
  /** The second stage should be here by now, or its store, or else a good answer. */
  readonly late: boolean | undefined;
}

export function statusModel({ jobId, snapshot, job, heading, progress, localize, insight, late }: ModelInput): StatusModel {
  const { absence, cancelling }: Partial<Insight> = insight ?? {};
  const kind = absence?.kind ?? statusKind(jobId, snapshot && { job, pending: snapshot.pending }, cancelling);
  const { tone, icon, word } = absence?.look ?? lookOf(kind as JobKind);
  const status = kind === 'unknown' && job && job.status !== UNKNOWN_STATUS ? job.status : localize.term(word);
  const running = isRunningKind(kind);
  const lost = !insight && late && (running || kind === 'loading');
  return {
    ...(insight as Insight),
    ...(lost && { trouble: 'stale' }),
    kind,
    tone: lost ? 'warning' : tone,
    icon,
    word: lost ? `${status} · ${localize.term('status.unreachable')}` : status,
    title: heading || titleOf(jobId, job, localize),
    running,
    job: job as Job | null,
    snapshot,
    progress: kind === 'retrying' ? null : progress,
    indeterminate: progress === null && running && kind !== 'pending' && kind !== 'retrying',
    localize,
  };
}

function lookOf(kind: JobKind): Look {
  const { tone, icon } = KINDS[kind];
  return { tone, icon: statusIcons[icon], word: `status.${kind}` };
}

/** Without a title a job is called by the start of its id, as people do. */
function titleOf(jobId: string, job: FirstJob | null, localize: WordsController): string {
  if (jobId === '') return localize.term('empty.title');
  return job?.title ?? localize.term('job.untitled', { id: jobId.slice(0, 8) });
}
