import { backoffDelay } from '../core/backoff.ts';
import type { Clock } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import type { JobApiError, JobErrorCode } from '../core/errors.ts';
import { abortable, abortError, wait } from './abortable.ts';
import { tokenSource } from './auth.ts';
import type { GetToken, TokenSource } from './auth.ts';
import { takeEarly } from './early.ts';
import type { Answer } from './early.ts';
import { apiError, httpError, parseJson, readBody } from './http-error.ts';

/** Whether there is a network at all. */
export interface Connectivity {
  readonly online: boolean;
  /** Calls back when `online` changes. */
  subscribe(listener: () => void): () => void;
}

export interface TransportOptions {
  /**
   * Asked before every request; its token goes into the `Authorization` header, never into a URL. Asked with
   * `{refresh: true}` when the token at hand was refused with 401, or is a JWT about to expire: once for all requests that
   * wait for it, which are then sent again.
   */
  getToken?: GetToken;
  /** More headers for every request. Across origins each needs the backend's consent (CORS). */
  headers?: Readonly<Record<string, string>>;
  /** Whether cookies travel along; as for `fetch`, whose default (`same-origin`) it has. */
  credentials?: RequestCredentials;
  /** Takes the place of the global `fetch`. */
  fetch?: typeof fetch;
  clock?: Clock;
  /** How long one try may take, in ms. Default 15 000. */
  timeout?: number;
  /** Without it, a failed request tells whether the browser is offline. */
  connectivity?: Connectivity;
  /** 0 ≤ random() < 1; spreads retries. */
  random?: () => number;
}

export interface RequestOptions {
  /** Stops the request, and the waits between tries. */
  signal?: AbortSignal;
  /** How long one try may take, in ms; the client's own by default. */
  timeout?: number;
  /**
   * How often a request that may be repeated is tried again when no answer or a passing failure came: 0 to 3, default 3.
   * With 0 it also does not wait for the network to come back, but fails as `offline`.
   */
  retries?: number;
}

export interface Call {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Whether doing it twice does no harm. */
  repeatable: boolean;
}

const MAX_RETRIES = 3;
/** A longer `Retry-After` is not waited out: the caller gets it with the error, and decides. */
const MAX_RETRY_AFTER = 60_000;
const PASSING: readonly JobErrorCode[] = ['network', 'incomplete', 'offline', 'timeout', 'rate-limited', 'server', 'unavailable'];

/** Whether the same request may well succeed a little later. */
export function isPassing(error: JobApiError): boolean {
  return PASSING.includes(error.code);
}

/** Sends requests and reads their bodies: token, timeout, retries, waiting for the network. Rejects with `JobApiError` only. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #clock: Clock;
  /** For channels that send requests of their own. */
  readonly auth: TokenSource;
  /** How far the server's clock is ahead of the page's, in ms, by the newest answer; `null` while no answer has told its `Date`. */
  serverAhead: number | null = null;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.auth = tokenSource(options.getToken, this.#clock);
  }

  /** The body of a good answer, `undefined` when it is no JSON. */
  async send(call: Call, options: RequestOptions = {}): Promise<unknown> {
    const { signal, timeout = this.#options.timeout ?? 15_000, retries = MAX_RETRIES } = options;
    const tries = call.repeatable ? Math.min(MAX_RETRIES, retries) : 0;
    for (let attempt = 0; ; attempt++) {
      await this.#untilOnline(tries > 0, signal);
      try {
        return await this.#try(call, timeout, signal);
      } catch (error) {
        const { retryAfter = 0 } = error as JobApiError;
        if (!(attempt < tries) || !isPassing(error as JobApiError) || retryAfter > MAX_RETRY_AFTER) throw error;
        const delay = Math.max(retryAfter, backoffDelay(attempt, { random: this.#options.random }));
        await wait(this.#clock, delay, signal);
      }
    }
  }

  #try(call: Call, timeout: number, signal?: AbortSignal): Promise<unknown> {
    return abortable(signal, (resolve, reject) => {
      const controller = new AbortController();
      const cancelTimer = this.#clock.setTimeout(() => reject(apiError('timeout')), timeout);
      this.#exchange(call, controller.signal).then(resolve, reject);
      return () => {
        cancelTimer();
        controller.abort();
      };
    });
  }

  async #exchange(call: Call, signal: AbortSignal): Promise<unknown> {
    let token = await this.auth.get().catch((cause: unknown) => {
      throw apiError('unauthorized', { detail: 'The access token could not be obtained.', cause });
    });
    let answer = await this.#ask(call, token, signal);
    if (answer.response.status === 401) {
      const other = await this.auth.replace(token);
      // What was refused was not done, so it may be sent again, whatever it is.
      if (other !== null) answer = await this.#ask(call, (token = other), signal);
    }
    const { response, text } = answer;
    const date = response.headers.get('date');
    if (response.status !== 401) this.auth.accepted(token, date);
    if (response.ok && date !== null && !Number.isNaN(Date.parse(date))) this.serverAhead = Date.parse(date) - this.#clock.now();
    if (response.ok) return readBody(response, text);
    // Some servers repeat what they refuse; errors end up in logs. What is this short is no secret, but may be in any word.
    const said = token && token.length > 7 ? text.replaceAll(token, '…') : text;
    throw httpError(response, said, parseJson(said), this.#clock.now());
  }

  async #ask(call: Call, token: string | null, signal: AbortSignal): Promise<Answer> {
    const headers = this.#headers(call, token);
    const body = call.body === undefined ? undefined : toJson(call.body);
    const { fetch: send = globalThis.fetch, credentials } = this.#options;
    let broken: JobErrorCode = 'network';
    try {
      const early = this.#isPlain && call.method === 'GET' && takeEarly(call.url, token, signal);
      if (early) return await early;
      // `no-cache` asks the server each time, which still may answer 304. A status from a cache would be an old one.
      const response = await send(call.url, { method: call.method, headers, body, signal, credentials, cache: 'no-cache' });
      broken = 'incomplete';
      return { response, text: await response.text() };
    } catch (cause) {
      throw apiError(this.#isOnline() ? broken : 'offline', { cause });
    }
  }

  /** Nothing of the page's own goes along with the requests. */
  get #isPlain(): boolean {
    const { fetch: own, headers, credentials } = this.#options;
    return !own && !headers && !credentials;
  }

  #headers(call: Call, token: string | null): Headers {
    try {
      const headers = new Headers({ Accept: 'application/json', ...this.#options.headers, ...call.headers });
      if (call.body !== undefined) headers.set('Content-Type', 'application/json');
      if (token !== null) headers.set('Authorization', `Bearer ${token}`);
      return headers;
    } catch {
      // Without the cause, whose message shows the token.
      throw apiError('unauthorized', { detail: 'The access token, or another header, cannot be sent.' });
    }
  }

  #isOnline(): boolean {
    const { connectivity } = this.#options;
    return connectivity ? connectivity.online : globalThis.navigator?.onLine !== false;
  }

  async #untilOnline(wait: boolean, signal?: AbortSignal): Promise<void> {
    const { connectivity } = this.#options;
    if (!connectivity || connectivity.online) return;
    if (!wait) throw signal?.aborted ? abortError(signal) : apiError('offline');
    await abortable(signal, (resolve) => connectivity.subscribe(() => connectivity.online && resolve(undefined)));
  }
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw apiError('invalid', { detail: 'The request cannot be written as JSON.', cause });
  }
}
