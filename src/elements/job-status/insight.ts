import type { JobErrorCode } from '../../core/errors.ts';
import { isFinal } from '../../core/job.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import { icons } from '../shared/icons.ts';
import type { AbsenceKind } from './status-kind.ts';
import type { Insight, Look } from './status-model.ts';

/** How each kind of having no job looks, and its word. */
const LOOKS = {
  'not-found': { tone: 'none', icon: icons.missing, word: 'status.notFound' },
  unauthorized: { tone: 'warning', icon: icons.locked, word: 'status.notAllowed' },
  forbidden: { tone: 'warning', icon: icons.locked, word: 'status.notAllowed' },
  unreachable: { tone: 'warning', icon: icons.offline, word: 'status.unreachable' },
} as const satisfies Record<AbsenceKind, Look>;

/** Why there is no job, `null` while it may yet come. */
export function absenceOf(snapshot: JobSnapshot | null): Insight['absence'] {
  if (snapshot === null || snapshot.job !== null) return null;
  const { error, freshness } = snapshot;
  const kind = error ? absenceBy(error.code) : freshness.state === 'offline' ? 'unreachable' : null;
  return kind && { kind, look: LOOKS[kind] };
}

function absenceBy(code: JobErrorCode): AbsenceKind {
  return code === 'not-found' || code === 'unauthorized' || code === 'forbidden' ? code : 'unreachable';
}

/** One lost answer is no news, in ms since the last good one: the next may well come. */
const PATIENCE = 5_000;
const LOST: readonly (JobErrorCode | undefined)[] = ['network', 'incomplete', 'timeout', 'server', 'unavailable', 'malformed', 'page'];

/** How it stands with the page's own connection. */
export function connectionOf(snapshot: JobSnapshot | null, now: number): Pick<Insight, 'trouble' | 'waiting'> {
  const state = snapshot?.freshness.state;
  const stale = state === 'stale';
  const lostJustNow = stale && LOST.includes(snapshot?.error?.code) && now - (snapshot?.freshness.since ?? 0) < PATIENCE;
  const matters = snapshot !== null && !(snapshot.job && isFinal(snapshot.job));
  const trouble = matters && (state === 'offline' || (stale && !lostJustNow)) ? state : null;
  return { trouble, waiting: stale && trouble === null };
}
