import type { FieldError, JobApiError } from '../core/errors.ts';
import { isRecord, readInteger, readText } from '../core/read-values.ts';

export type RowStatus =
  /** A new job. */
  | 'created'
  /** Its key had been used for the same row before: `jobId` is the job of that time. No second one was made. */
  | 'repeated'
  /** The backend will not have it: `errors` or `error` say why. Sending it again unchanged is of no use. */
  | 'refused'
  /** No job that we know of. Sending it again with the same key is safe: if a job was made after all, it is found, not doubled. */
  | 'failed'
  /** It was sent, no good answer came, and the backend knows no keys: sending it again may make a second job. */
  | 'unknown'
  /** It was never sent: the signal came first, or something that would have met every row, `error`. */
  | 'unsent';

/** What became of one row. */
export interface RowOutcome {
  /** Its place in `rows`, from 0. */
  readonly index: number;
  readonly key: string;
  readonly status: RowStatus;
  readonly jobId: string | null;
  /** What is wrong with which field; `path` is that of a single request: `['video_request', 'title']`. */
  readonly errors: readonly FieldError[];
  /** Why there is no job, where that is no matter of its fields. */
  readonly error: JobApiError | null;
}

/** A row's outcome, before it is known which row it is. */
export type Verdict = Omit<RowOutcome, 'index' | 'key'>;

export function verdict(status: RowStatus, more: Partial<Verdict> = {}): Verdict {
  return { status, jobId: null, errors: [], error: null, ...more };
}

/**
 * What a bulk call answered, one for each of its `count` jobs in their order; `null` where it says nothing that can be
 * understood.
 */
export function readBulkAnswer(wire: unknown, count: number): (Verdict | null)[] {
  const verdicts = Array.from<unknown, Verdict | null>({ length: count }, () => null);
  const results = isRecord(wire) && Array.isArray(wire.results) ? wire.results : [];
  for (const [place, result] of results.filter(isRecord).entries()) {
    const index = readInteger(result.index) ?? place;
    if (index < count) verdicts[index] = readResult(result);
  }
  return verdicts;
}

function readResult(result: Record<string, unknown>): Verdict | null {
  const jobId = readText(result.job_id);
  if (jobId !== null) return verdict(result.status === 'repeated' ? 'repeated' : 'created', { jobId });
  const errors = Array.isArray(result.errors) ? result.errors.filter(isRecord).map(readFieldError) : [];
  return result.status === 'refused' || errors.length > 0 ? verdict('refused', { errors }) : null;
}

function readFieldError({ loc, msg, type }: Record<string, unknown>): FieldError {
  const path = (Array.isArray(loc) ? loc : []).filter((key) => typeof key === 'string' || typeof key === 'number');
  // Leads from the body of the call; a row knows only its own request.
  const start = path[0] === 'body' ? (path[1] === 'jobs' ? 3 : 1) : 0;
  return { path: path.slice(start), message: readText(msg) ?? '', type: readText(type) ?? '' };
}
