import type { Job, JobOutput, JobStatusName } from './job.ts';
import { isFinal, UNKNOWN_STATUS } from './job.ts';
import { sameValue } from './same-value.ts';

/**
 * How far a status is along its attempt. Words that nobody documented are as far as `processing`. Among final ones, a
 * result outweighs a failure, and both outweigh `cancelled`: cancelling is a best effort, the job may finish anyway.
 */
const RANKS = new Map<JobStatusName, number>([
  [UNKNOWN_STATUS, -1],
  ['pending', 0],
  ['started', 1],
  ['cancelled', 3],
  ['failure', 4],
  ['success', 5],
]);
const rank = (job: Job) => RANKS.get(job.status) ?? 2;

/** What a new attempt takes over from the one before, where its own answer leaves it out. */
const LASTING = ['createdAt', 'links', 'title', 'scriptId', 'userId', 'platform', 'priority', 'estimatedDuration'] as const;

/**
 * Joins what is known of a job with another answer about it, whichever way and in whatever order the two came.
 *
 * Which of them is newer: the one of the later attempt (`retryCount`); within an attempt a final one over a running one;
 * then by `updatedAt` where both have it, by progress, by status; with all that equal, `next`. The newer one counts, and
 * the other only fills what it leaves out. Progress and status never move backwards within an attempt. What belongs to
 * an attempt ends with it.
 *
 * Gives `known` itself when there is nothing new, and keeps its parts where they are equal, so `===` tells what changed.
 */
export function mergeJob(known: Job | null, next: Job): Job {
  if (!known) return next;
  // Once there was more than one attempt, an end that does not name its own may be an old one; a full answer will tell.
  if (next.attemptUnknown && known.retryCount > 0 && isFinal(next)) return known;
  const attempts = next.attemptUnknown ? 0 : next.retryCount - known.retryCount;
  const [newer, older] = (attempts || compareWithin(known, next)) < 0 ? [known, next] : [next, known];
  return reuse(known, attempts === 0 ? joinWithin(newer, older) : joinAcross(newer, older));
}

/** Below 0: within their attempt, `next` is older than `known`. */
function compareWithin(known: Job, next: Job): number {
  if (isFinal(known) || isFinal(next)) return rank(next) - rank(known);
  const time = known.updatedAt !== null && next.updatedAt !== null ? next.updatedAt - known.updatedAt : 0;
  const progress = known.progress !== null && next.progress !== null ? next.progress - known.progress : 0;
  return time || progress || (next.status === UNKNOWN_STATUS ? 0 : rank(next) - rank(known));
}

function joinWithin(newer: Job, older: Job): Job {
  const joined: Writable<Job> = fill(newer, older);
  if (rank(older) > rank(newer)) joined.status = older.status;
  if (joined.status !== older.status) {
    // What was said of the older status says nothing about this one.
    joined.message = newer.message;
    joined.error = newer.error;
    joined.queuePosition = newer.queuePosition;
  }
  joined.progress = highest(newer.progress, older.progress);
  joined.updatedAt = highest(newer.updatedAt, older.updatedAt);
  joined.retryCount = Math.max(newer.retryCount, older.retryCount);
  if (!newer.attemptUnknown || !older.attemptUnknown) delete joined.attemptUnknown;
  if (newer.result && older.result) joined.result = joinOutput(newer.result, older.result);
  if (newer.steps.length === 0) joined.steps = older.steps;
  joined.extra = { ...older.extra, ...newer.extra };
  return joined;
}

function joinOutput(newer: JobOutput, older: JobOutput): JobOutput {
  return { ...fill(newer, older), extra: { ...older.extra, ...newer.extra } };
}

/** A new attempt takes over only what lasts. */
function joinAcross(newer: Job, older: Job): Job {
  return { ...newer, ...fill(pick(newer, LASTING), pick(older, LASTING)) };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function pick<T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}

/** `newer`, with `older` where it has nothing. */
function fill<T extends object>(newer: T, older: T): Writable<T> {
  const filled: Writable<T> = { ...newer };
  for (const key of Object.keys(older) as (keyof T)[]) filled[key] ??= older[key];
  return filled;
}

function highest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** Builds `merged` from the parts of `known` that are the same; `known` itself when all are. */
function reuse(known: Job, merged: Job): Job {
  const result: Writable<Job> = { ...merged, id: known.id };
  let changed = known.attemptUnknown !== merged.attemptUnknown;
  for (const key of Object.keys(known) as (keyof Job)[]) {
    if (sameValue(known[key], result[key])) Object.assign(result, { [key]: known[key] });
    else changed = true;
  }
  return changed ? result : known;
}
