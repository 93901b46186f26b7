/**
 * Errors are keys; elements translate them. `message` is an English sentence for developers and for pages that use the
 * plain functions.
 */
export type JobErrorCode =
  | 'network' // no answer came: connection refused, reset, DNS, CORS
  | 'offline' // the browser says that there is no network
  | 'timeout'
  | 'aborted' // the caller's own signal
  | 'incomplete' // an answer began, and broke off on its way
  | 'page' // a web page came with a good status: from a proxy, or a network that wants a sign-in
  | 'malformed' // an answer came that is no JSON, or JSON that is nothing we can read
  | 'bad-request' // 400
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'conflict' // 409, or 400 on cancelling a finished job
  | 'invalid' // 422
  | 'rate-limited' // 429
  | 'server' // 5xx
  | 'unavailable' // 503
  | 'http'; // any other status

/** One refused field of a request, from FastAPI's 422 form. */
export interface FieldError {
  /** Path inside the request body, `['video_request', 'title']`. */
  path: readonly (string | number)[];
  message: string;
  type: string;
}

export interface JobApiErrorInit {
  code: JobErrorCode;
  message: string;
  /** HTTP status, absent when no answer came. */
  status?: number;
  /** What the server said, as text. Never markup. */
  detail?: string;
  fields?: readonly FieldError[];
  /** Milliseconds that the server asked us to wait. */
  retryAfter?: number;
  cause?: unknown;
}

export class JobApiError extends Error {
  override readonly name = 'JobApiError';
  readonly code: JobErrorCode;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly fields: readonly FieldError[];
  readonly retryAfter: number | undefined;

  constructor(init: JobApiErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.status = init.status;
    this.detail = init.detail;
    this.fields = init.fields ?? [];
    this.retryAfter = init.retryAfter;
  }
}
