import type { DoubleAnswer, DoubleRequest } from './routes.ts';
import { json } from './routes.ts';

/** What goes wrong, and with which requests. Without `method` and `path` with any. */
export interface Fault {
  /**
   * `network`: no answer comes; `hang`: nothing happens until the caller stops it; `cut`: the connection breaks in the middle of the
   * answer that would have come; otherwise an answer.
   */
  kind?: 'network' | 'hang' | 'cut';
  /** Default 500 for an answer. */
  status?: number;
  /** An object is sent as JSON, text as it is. Default `{"detail": …}`. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Seconds, or a date in the form of HTTP. */
  retryAfter?: number | string;
  /** How many requests it hits. Default 1. */
  times?: number;
  method?: string;
  path?: RegExp;
}

/** A proxy's page instead of an answer. */
export const HTML_ERROR: Fault = {
  status: 502,
  body: '<html><head><title>502 Bad Gateway</title></head><body><script>alert(1)</script><h1>Sorry</h1></body></html>',
  headers: { 'content-type': 'text/html' },
};

/** A good status with something that is no JSON. */
export const BROKEN_JSON: Fault = { status: 200, body: '{"job_id": "', headers: { 'content-type': 'application/json' } };

/** Faults wait in order; each request meets the first that fits. */
export class Faults {
  #waiting: (Fault & { left: number })[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  take({ method, path }: DoubleRequest): Fault | undefined {
    const fault = this.#waiting.find((one) => (one.method ?? method) === method && (one.path?.test(path) ?? true));
    if (fault && --fault.left <= 0) this.#waiting = this.#waiting.filter((one) => one !== fault);
    return fault;
  }
}

export function faultAnswer(fault: Fault): DoubleAnswer {
  const { status = 500, body = { detail: 'Something went wrong' }, retryAfter } = fault;
  const headers = { ...fault.headers, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) };
  if (typeof body === 'string') return { status, headers, body };
  return json(status, body, headers);
}
