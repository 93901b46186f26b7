import { canCancel, canRetry, isFinal, UNKNOWN_STATUS, type Job } from '../../core/job.ts';
import type { JobErrorCode } from '../../core/errors.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import type { WordsController } from '../../i18n/words.ts';
import type { StatusIconName } from '../shared/status-icons.ts';
import type { RemainingTime } from './remaining-time.ts';
import type { JobShowing } from './result-of.ts';
import { isRunningKind, KINDS, type StatusKind, type Tone } from './status-kind.ts';

/** Everything that the views of `<job-status>` draw, worked out once for each update. */
export interface StatusModel {
  readonly kind: StatusKind;
  readonly tone: Tone;
  readonly icon: StatusIconName;
  /** The word on the badge. */
  readonly word: string;
  readonly title: string;
  readonly running: boolean;
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
  /** Time to show, ms since the epoch. While out of touch it stands still: nobody knows what happened since. */
  readonly now: number;
  readonly localize: WordsController;
}

export interface ModelInput {
  readonly kind: StatusKind;
  readonly snapshot: JobSnapshot | null;
  readonly heading: string;
  readonly progress: number | null;
  readonly remaining: readonly RemainingTime[];
  readonly showing: JobShowing;
  readonly now: number;
  readonly localize: WordsController;
}

export function statusModel(input: ModelInput): StatusModel {
  const { kind, snapshot, localize, progress } = input;
  const job = snapshot?.job ?? null;
  const trouble = troubleOf(snapshot, input.now);
  const { tone, icon, word } = KINDS[kind];
  return {
    kind,
    tone,
    icon,
    word: kind === 'unknown' && job && job.status !== UNKNOWN_STATUS ? job.status : localize.term(word),
    title: titleOf(input, job),
    running: isRunningKind(kind),
    job,
    snapshot,
    progress: kind === 'retrying' ? null : progress,
    indeterminate: progress === null && (kind === 'processing' || kind === 'started' || kind === 'unknown' || kind === 'cancelling'),
    remaining: trouble === null && kind !== 'cancelling' ? input.remaining : [],
    showing: input.showing,
    trouble,
    waiting: trouble === null && snapshot?.freshness.state === 'stale',
    mayCancel: job !== null && kind !== 'cancelling' && snapshot?.pending == null && canCancel(job),
    mayRetry: job !== null && snapshot?.pending == null && job.status !== 'success' && canRetry(job),
    now: trouble === null ? input.now : (snapshot?.freshness.since ?? input.now),
    localize,
  };
}

/** One lost answer is no news, in ms since the last good one: the next may well come. */
const PATIENCE = 5_000;
const LOST: readonly (JobErrorCode | undefined)[] = ['network', 'timeout', 'server', 'unavailable', 'malformed'];

function troubleOf(snapshot: JobSnapshot | null, now: number): StatusModel['trouble'] {
  if (snapshot === null || (snapshot.job && isFinal(snapshot.job))) return null;
  const { state, since } = snapshot.freshness;
  if (state === 'stale') return LOST.includes(snapshot.error?.code) && now - (since ?? 0) < PATIENCE ? null : state;
  return state === 'offline' ? state : null;
}

/** Without a title a job is called by the start of its id, as people do. */
function titleOf({ kind, heading, localize, snapshot }: ModelInput, job: Job | null): string {
  if (heading !== '') return heading;
  if (kind === 'empty') return localize.term('empty.title');
  return job?.title ?? localize.term('job.untitled', { id: (snapshot?.id ?? '').slice(0, 8) }).trim();
}
