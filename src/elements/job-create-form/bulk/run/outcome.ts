import type { JobApiError, JobErrorCode } from '../../../../core/errors.ts';

/** What sending a row came to. */
export type Outcome =
  | { readonly kind: 'created'; readonly jobId: string }
  /** The row is no good. No job came of it. */
  | { readonly kind: 'refused'; readonly error: RowError }
  /** Not now. No job came of it. `wait`: ms that the backend asks for. */
  | { readonly kind: 'limited'; readonly wait: number | undefined }
  /** Nobody may send anything, or there is nothing to send to. No job came of it. */
  | { readonly kind: 'stopped'; readonly error: RowError }
  /** No answer, or one that says nothing: a job may have come of it. */
  | { readonly kind: 'lost'; readonly error: RowError; readonly wait?: number | undefined };

export interface RowError {
  readonly code: JobErrorCode;
  readonly detail?: string;
}

/** These concern whoever sends, not what is sent. */
const STOPPING = new Set<JobErrorCode>(['unauthorized', 'forbidden', 'not-found']);
const LOSING = new Set<JobErrorCode>(['network', 'incomplete', 'offline', 'timeout', 'aborted', 'malformed', 'page', 'server', 'unavailable']);

export function outcomeOf(error: JobApiError): Outcome {
  const { code, detail, fields, retryAfter, status } = error;
  const said = fields.length > 0 ? fields.map(({ path, message }) => [path.at(-1), message].filter(Boolean).join(': ')).join('; ') : detail;
  const reason: RowError = { code, ...(said && { detail: said }) };
  if (code === 'rate-limited') return { kind: 'limited', wait: retryAfter };
  if (STOPPING.has(code) || status === 405 || status === 501) return { kind: 'stopped', error: reason };
  if (LOSING.has(code)) return { kind: 'lost', error: reason, wait: retryAfter };
  return { kind: 'refused', error: reason };
}
