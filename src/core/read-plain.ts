import { isKnownStatus, type Job, type KnownJobStatus } from './job.ts';

/** More steps, or longer words, nobody reads; drawing them would hold the page up for seconds. */
export const MAX_STEPS = 1000;
export const MAX_WORDS = 10_000;

/** The part of a job that its first picture shows. */
export type FirstJob = Pick<Job, 'id' | 'status' | 'progress' | 'message' | 'error' | 'retryCount' | 'title' | 'queuePosition' | 'steps'>;

/**
 * That part of an answer that keeps to the contract: for the first picture, so that it does without the code that makes sense
 * of any answer. What it gives is what `readJob` gives. It throws where that has something to make sense of, and the
 * picture then waits for it.
 */
export function readPlain(wire: Readonly<Record<string, unknown>>, fallbackId: string): FirstJob {
  return {
    id: plain<string>(wire['job_id'], isWords) ?? plain<string>(wire['id'], isWords) ?? fallbackId,
    ...statusAndProgress(wire),
    message: plain(wire['progress_message'], isWords),
    error: plain(wire['error'], isWords),
    retryCount: plain<number>(wire['retry_count'], isCount) || 0,
    title: plain(wire['title'], isWords),
    queuePosition: plain(wire['queue_position'], (value) => isCount(value) && value > 0),
    steps: (plain<readonly Record<string, unknown>[]>(wire['steps'], isShortList) ?? []).map((step) => ({
      name: must(plain<string>(step['name'], isWords)),
      ...statusAndProgress(step),
    })),
  };
}

function statusAndProgress(wire: Readonly<Record<string, unknown>>): Pick<Job, 'status' | 'progress'> {
  return { status: must(plain<KnownJobStatus>(wire['status'], isKnownStatus)), progress: plain(wire['progress'], isShare) };
}

/** A value as it came; `null` for none. */
function plain<T>(value: unknown, fits: (value: unknown) => boolean): T | null {
  return value === undefined || value === null || value === '' ? null : must(fits(value) ? (value as T) : null);
}

function must<T>(value: T | null): T {
  if (value === null) throw new TypeError('not plain');
  return value;
}

const isWords = (value: unknown): boolean => typeof value === 'string' && /\S/.test(value) && value.length <= MAX_WORDS;
/** 0 to 1, and no -0, which is not plain. */
const isShare = (value: unknown): boolean => typeof value === 'number' && 1 / value >= 1;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isShortList = (value: unknown): boolean => Array.isArray(value) && value.length <= MAX_STEPS;
