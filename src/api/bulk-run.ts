import { backoffDelay } from '../core/backoff.ts';
import type { Clock } from '../core/clock.ts';
import type { JobApiError } from '../core/errors.ts';
import { abortError, wait } from './abortable.ts';
import type { Verdict } from './bulk-outcome.ts';
import { readBulkAnswer, verdict } from './bulk-outcome.ts';
import { apiError } from './http-error.ts';
import type { JobClient } from './job-client.ts';
import type { ServiceOffers } from './offers.ts';
import { serviceOffers } from './offers.ts';
import { readCreatedJob } from './read-answers.ts';
import { isPassing } from './transport.ts';
import { apiUrl } from './urls.ts';
import type { CreateJobRequest } from './wire.ts';

export interface BulkRunOptions {
  client: JobClient;
  rows: readonly CreateJobRequest[];
  keys: readonly string[];
  clock: Clock;
  settle: (index: number, found: Verdict) => void;
  signal?: AbortSignal;
  onWait?: (error: JobApiError, ms: number | null) => void;
  chunk?: number;
  parallel?: number;
  rate?: number;
  random?: () => number;
}

const CHUNK = 200;
const PARALLEL = 4;
/** Single requests per second. */
const SINGLE_RATE = 10;
/** More is not written at once, so that the page is not held up meanwhile. */
const MOST_BYTES = 1_000_000;
/** A bulk call does the work of hundreds of requests, ms. */
const BULK_TIMEOUT = 60_000;
/** Tries of one request while nothing but passing errors come: half a minute in all. */
const TRIES = 6;
/** A backend that says "later" is alive. */
const LIMITED_TRIES = 20;
/** Requests in a row that fail without a word about the row: then it is not the rows. */
const FAILURES = 5;

/** One go at creating many jobs. */
export class BulkRun {
  readonly #options: BulkRunOptions;
  #next = 0;
  /** Rows that were taken and have to go again, in smaller calls or one by one. */
  #again: number[] = [];
  #bulk: string | null = null;
  #limits: ServiceOffers['bulkLimits'] = { jobs: 1, bytes: 0 };
  #honoursKeys = false;
  /** When the next row may be sent, by the clock. */
  #free = -Infinity;
  #failures = 0;
  #stopped: JobApiError | null = null;

  constructor(options: BulkRunOptions) {
    this.#options = options;
  }

  /** Sends all rows. Gives what stopped it before the end, else `null`. */
  async start(): Promise<JobApiError | null> {
    const { client, signal, chunk = CHUNK, parallel } = this.#options;
    try {
      const offers = await this.#patiently(() => serviceOffers(client, { signal, retries: 0 }), isPassing);
      this.#honoursKeys = offers.idempotencyKeys || offers.bulk !== null;
      const { jobs, bytes } = offers.bulkLimits;
      this.#limits = { jobs: Math.max(1, Math.min(chunk, jobs)), bytes: Math.min(MOST_BYTES, bytes) };
      this.#bulk = offers.bulk;
      if (this.#bulk) await this.#work(parallel ?? 1, () => this.#sendMany());
      // What a backend will not take at once after all goes one by one.
      if (!this.#bulk) await this.#work(parallel ?? PARALLEL, () => this.#sendOne());
    } catch (error) {
      this.#stopped ??= error as JobApiError;
    }
    return this.#stopped;
  }

  /** Runs `step` in so many lines at once while there are rows and nothing stops it. */
  async #work(lines: number, step: () => Promise<void>): Promise<void> {
    const kind = this.#bulk;
    const line = async (): Promise<void> => {
      while (this.#left() && !this.#stopped && this.#bulk === kind) {
        if (this.#options.signal?.aborted) this.#stopped = abortError(this.#options.signal);
        // The other lines end in order: what they have sent is known when the run is over.
        else await step().catch((error: JobApiError) => (this.#stopped ??= error));
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, lines) }, line));
  }

  #left(): boolean {
    return this.#again.length > 0 || this.#next < this.#options.rows.length;
  }

  #peek(): number {
    return this.#again[0] ?? this.#next;
  }

  #take(): number {
    return this.#again.shift() ?? this.#next++;
  }

  async #sendMany(): Promise<void> {
    const { client, rows, keys, settle, signal } = this.#options;
    const url = this.#bulk as string;
    const indexes: number[] = [];
    const jobs: object[] = [];
    let bytes = 50;
    while (this.#left() && jobs.length < this.#limits.jobs) {
      const index = this.#peek();
      const job = { ...rows[index], idempotency_key: keys[index] };
      const size = byteLength(job) + 1;
      if (jobs.length > 0 && bytes + size > this.#limits.bytes) break;
      bytes += size;
      indexes.push(this.#take());
      jobs.push(job);
    }
    await this.#pace(jobs.length, Infinity);
    const call = { method: 'POST', url, body: { mode: 'each', jobs }, repeatable: true } as const;
    try {
      const wire = await this.#patiently(() => client.transport.send(call, { signal, timeout: BULK_TIMEOUT, retries: 0 }), isPassing);
      const found = readBulkAnswer(wire, jobs.length);
      if (found.every((one) => one === null)) throw apiError('malformed');
      this.#failures = 0;
      for (const [place, index] of indexes.entries()) settle(index, found[place] ?? verdict('failed', { error: apiError('malformed') }));
    } catch (reason) {
      this.#refusedMany(reason as JobApiError, indexes);
    }
  }

  #refusedMany(error: JobApiError, indexes: number[]): void {
    const { settle } = this.#options;
    if (error.status === 404 || error.status === 405 || error.status === 501) {
      this.#bulk = null;
      this.#again.unshift(...indexes);
    } else if (isRefusal(error) && indexes.length > 1) {
      // Too much at once, or something that one of them has: smaller calls tell.
      this.#limits = { ...this.#limits, jobs: Math.max(1, Math.floor(indexes.length / 2)) };
      this.#again.unshift(...indexes);
    } else if (isRefusal(error)) {
      this.#failures = 0;
      for (const index of indexes) settle(index, verdict('refused', { error }));
    } else {
      this.#failed(error);
      for (const index of indexes) settle(index, verdict('failed', { error }));
    }
  }

  async #sendOne(): Promise<void> {
    const { client, rows, keys, settle, signal } = this.#options;
    const index = this.#take();
    await this.#pace(1, SINGLE_RATE);
    const headers: Record<string, string> = this.#honoursKeys ? { 'Idempotency-Key': keys[index] as string } : {};
    const url = apiUrl(client.baseUrl, '/api/v1/jobs/');
    const call = { method: 'POST', url, body: rows[index], headers, repeatable: this.#honoursKeys } as const;
    try {
      const wire = await this.#patiently(() => client.transport.send(call, { signal, retries: 0 }), this.#honoursKeys ? isPassing : isUndone);
      const created = readCreatedJob(wire);
      if (!created) throw apiError('malformed');
      this.#failures = 0;
      settle(index, verdict('created', { jobId: created.id }));
    } catch (reason) {
      const error = reason as JobApiError;
      if (isRefusal(error)) {
        this.#failures = 0;
        settle(index, verdict('refused', { errors: error.fields, error: error.fields.length > 0 ? null : error }));
        return;
      }
      this.#failed(error);
      settle(index, verdict(this.#honoursKeys || isUndone(error) || isDenied(error) ? 'failed' : 'unknown', { error }));
    }
  }

  /** One that says something about every row stops it at once; of others it takes several in a row. */
  #failed(error: JobApiError): void {
    const stops = isDenied(error) || error.code === 'aborted' || (isPassing(error) && error.code !== 'server' && error.code !== 'timeout');
    if (stops || ++this.#failures >= FAILURES) this.#stopped ??= error;
  }

  /** Tries again while `mayRepeat` says that it is worth it and does no harm; waits as the backend asks, and for the network. */
  async #patiently<T>(send: () => Promise<T>, mayRepeat: (error: JobApiError) => boolean): Promise<T> {
    const { clock, random, signal, onWait } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        return await send();
      } catch (reason) {
        const error = reason as JobApiError;
        const most = error.code === 'rate-limited' || error.retryAfter !== undefined ? LIMITED_TRIES : TRIES;
        if (!mayRepeat(error) || tries >= most) throw error;
        const ms = Math.max(error.retryAfter ?? 0, backoffDelay(tries, { random }));
        onWait?.(error, error.code === 'offline' ? null : ms);
        if (error.code === 'offline') await this.#network();
        await wait(clock, ms, signal);
      }
    }
  }

  /** Comes back when there is a network again, where the client knows; asking whether all is well waits for it. */
  async #network(): Promise<void> {
    const { client, signal } = this.#options;
    const url = apiUrl(client.baseUrl, '/api/v1/jobs/health');
    await client.transport.send({ method: 'GET', url, repeatable: true }, { signal, retries: 1 }).catch((error: JobApiError) => {
      if (error.code === 'aborted') throw error;
    });
  }

  async #pace(rows: number, usual: number): Promise<void> {
    const { clock, rate = usual, signal } = this.#options;
    const now = clock.now();
    const start = Math.max(now, this.#free);
    this.#free = start + (rate > 0 ? (rows * 1000) / rate : 0);
    if (start > now) await wait(clock, start - now, signal);
  }
}

/** The backend has understood, and will not. */
function isRefusal({ code, status }: JobApiError): boolean {
  return ['invalid', 'bad-request', 'conflict', 'forbidden'].includes(code) || status === 413 || status === 414;
}

/** No row will fare better. */
function isDenied({ code }: JobApiError): boolean {
  return code === 'unauthorized' || code === 'not-found';
}

/** Surely nothing was done, and later it may be. Without a cause there was no try: it was known that there is no network. */
function isUndone({ code, cause }: JobApiError): boolean {
  return code === 'rate-limited' || (code === 'offline' && cause === undefined);
}

const encoder = new TextEncoder();

function byteLength(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}
