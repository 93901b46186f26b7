import type { FieldError, JobErrorCode } from '../core/errors.ts';
import { JobApiError } from '../core/errors.ts';
import { field, isRecord, readText } from '../core/read-values.ts';

/** What is kept of an error text: enough to understand, not a whole page. */
const MAX_DETAIL = 500;

const BY_STATUS: Readonly<Record<number, JobErrorCode>> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  410: 'not-found',
  422: 'invalid',
  429: 'rate-limited',
  503: 'unavailable',
};

const SENTENCES: Readonly<Record<JobErrorCode, string>> = {
  network: 'The job service could not be reached.',
  offline: 'There is no network connection.',
  timeout: 'The job service did not answer in time.',
  aborted: 'The request was stopped.',
  incomplete: 'The answer of the job service broke off.',
  page: 'A web page came in place of an answer of the job service.',
  malformed: 'The job service sent an answer that cannot be read.',
  'bad-request': 'The job service refused the request.',
  unauthorized: 'Sign in to use the job service.',
  forbidden: 'You are not allowed to do this.',
  'not-found': 'There is no such job, or it has expired.',
  conflict: 'The job is in a state that does not allow this.',
  invalid: 'Some of the values were not accepted.',
  'rate-limited': 'Too many requests; try again a little later.',
  server: 'The job service failed.',
  unavailable: 'The job service is not available at the moment.',
  http: 'The job service gave an unexpected answer.',
};

export interface ErrorExtras {
  detail?: string;
  status?: number;
  fields?: readonly FieldError[];
  retryAfter?: number;
  cause?: unknown;
}

/** An error with its sentence, and with what the server said after it. */
export function apiError(code: JobErrorCode, extras: ErrorExtras = {}): JobApiError {
  const message = extras.detail ? `${SENTENCES[code]} ${extras.detail}` : SENTENCES[code];
  return new JobApiError({ ...extras, code, message });
}

/** The error that an answer other than 2xx is. Its body may be anything. */
export function httpError(response: Response, text: string, body: unknown, now: number): JobApiError {
  const { status } = response;
  const fields = readFields(body);
  return apiError(BY_STATUS[status] ?? (status >= 500 ? 'server' : 'http'), {
    status,
    fields,
    detail: readDetail(text, body, fields)?.slice(0, MAX_DETAIL),
    retryAfter: readRetryAfter(response.headers, now),
  });
}

/** FastAPI's 422 form: `{"detail": [{"loc": ["body", …], "msg": "…", "type": "…"}]}`. */
function readFields(body: unknown): FieldError[] {
  const entries = isRecord(body) ? body.detail : null;
  if (!Array.isArray(entries)) return [];
  return entries.filter(isRecord).map((entry) => {
    const path = (Array.isArray(entry.loc) ? entry.loc : []).filter((key) => typeof key === 'string' || typeof key === 'number');
    return {
      path: path[0] === 'body' ? path.slice(1) : path,
      message: readText(entry.msg) ?? '',
      type: readText(entry.type) ?? '',
    };
  });
}

function readDetail(text: string, body: unknown, fields: readonly FieldError[]): string | undefined {
  if (fields.length > 0) return fields.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  for (const key of ['detail', 'message', 'error']) {
    const value = isRecord(body) ? field(body, key) : null;
    const said = readText(value) ?? (isRecord(value) ? readText(value.message) : null);
    if (said) return said;
  }
  if (typeof body === 'string') return body;
  if (body !== undefined) return undefined;
  return (isPage(text) ? titleOf(text) : text.trim()) || undefined;
}

const isPage = (text: string): boolean => /^\s*</.test(text);

/** Of a page only its title is of use: "502 Bad Gateway". */
const titleOf = (page: string): string | undefined => /<title[^>]*>([^<]*)/i.exec(page)?.[1]?.trim();

/** A good answer's body, `undefined` when it is no JSON. A page is no answer of a service, whatever its status says. */
export function readBody({ status }: Response, text: string): unknown {
  if (isPage(text)) throw apiError('page', { status, detail: titleOf(text)?.slice(0, MAX_DETAIL) });
  return parseJson(text);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Milliseconds to wait, from a number of seconds or from a date, which is best compared with the server's own clock. */
function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - (Date.parse(headers.get('date') ?? '') || now);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
