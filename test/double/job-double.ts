import type { JobClientOptions } from '../../src/api/job-client.ts';
import { JobClient } from '../../src/api/job-client.ts';
import { DEFAULT_BASE_URL } from '../../src/api/urls.ts';
import type { MediaKind } from '../../src/api/urls.ts';
import type { JobResult, JobStatusResponse } from '../../src/api/wire.ts';
import type { Clock } from '../../src/core/clock.ts';
import { systemClock } from '../../src/core/clock.ts';
import { playThrough } from './autorun.ts';
import type { AutoRun } from './autorun.ts';
import type { Fault } from './faults.ts';
import { faultAnswer, Faults } from './faults.ts';
import { JobTable } from './job-table.ts';
import type { MediaFiles } from './media.ts';
import { PLAIN_MEDIA } from './media.ts';
import { Offered } from './offered.ts';
import type { Offers } from './offered.ts';
import type { DoubleAnswer, DoubleRequest } from './routes.ts';
import { answer } from './routes.ts';

export interface JobDoubleOptions {
  /** Runs latency, timestamps and `autorun`. Default: the real one. */
  clock?: Clock;
  /** Address that `fetch` answers for, and that `client()` has. Default `http://localhost:8012`. */
  baseUrl?: string;
  /** Links, retry, tags and further fields. Default true; false is the deployed backend's core. */
  extensions?: boolean;
  /** Whether the list filters and sorts by itself, and says so by `applied` and `counts`. Default: as `extensions`. */
  filters?: boolean;
  /**
   * Whether jobs offer `batch` and, where a server stands before the double, `events`. Default false, so that a test of polling has
   * one request per job; the routes themselves come with the extensions.
   */
  many?: boolean | 'batch';
  /** Ms between a request and its answer, on the clock. Default 0. */
  latency?: number;
  /** Where links for media lead; by default to the double's own routes, which only a server double serves to a browser. */
  media?: Partial<Record<MediaKind, string>>;
  /** What the media routes send. */
  files?: Partial<MediaFiles>;
  /** What the health answer offers beside jobs, and is there then. Default: nothing. */
  offers?: Offers;
  /** Lets jobs that were created run by themselves, on the clock. Default: they wait until told. */
  autorun?: AutoRun;
}

export interface RequestRecord extends DoubleRequest {
  /** Clock time of its arrival. */
  at: number;
}

/**
 * A backend in memory, for Node and browsers: it speaks the core of the job API (and links, retry, batch, tags and media), does what a
 * test tells it, goes wrong when asked to, and remembers every request.
 */
export class JobDouble {
  readonly baseUrl: string;
  readonly extensions: boolean;
  /** Every request, in order of arrival. */
  readonly requests: RequestRecord[] = [];
  latency: number;
  readonly #clock: Clock;
  readonly #table: JobTable;
  readonly #faults = new Faults();
  readonly #context: Parameters<typeof answer>[1];
  readonly #offered: Offered | null;
  readonly #stops = new Set<() => void>();

  constructor(options: JobDoubleOptions = {}) {
    const { clock = systemClock, extensions = true, media = {}, files, autorun } = options;
    this.baseUrl = options.baseUrl ?? DEFAULT_BASE_URL;
    this.extensions = extensions;
    this.latency = options.latency ?? 0;
    this.#clock = clock;
    const { many = false } = options;
    const shared = {
      ...(many !== false && { batch: '/api/v1/jobs/batch' }),
      ...(many === true && { events: '/api/v1/jobs/events' }),
    };
    this.#table = new JobTable({ clock, extensions, media, shared });
    this.#context = {
      table: this.#table,
      extensions,
      filters: options.filters ?? extensions,
      media: { ...PLAIN_MEDIA, ...files },
      now: () => clock.now(),
      onQueued: (id) => {
        if (autorun) this.#stops.add(playThrough(id, this.#table, clock, autorun));
      },
      keys: new Map(),
    };
    this.#offered = options.offers ? new Offered(options.offers, this.#context) : null;
  }

  /** Stands in for the global `fetch`. Anything outside `baseUrl` is a network error. */
  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(input, this.baseUrl), init);
    const signal = init?.signal ?? request.signal;
    const base = this.baseUrl.replace(/\/+$/, '');
    if (!request.url.startsWith(`${base}/`)) throw new TypeError(`the double does not answer for ${request.url}`);
    const url = new URL(request.url);
    const result = await this.handle(
      {
        method: request.method,
        path: url.pathname.slice(new URL(base).pathname.replace(/\/$/, '').length),
        query: url.searchParams,
        headers: Object.fromEntries(request.headers),
        // Text given as text is taken as it is: reading a request takes a browser several turns.
        body: typeof init?.body === 'string' ? init.body : request.body ? await request.text() : '',
      },
      signal,
    );
    if (result === 'network') throw new TypeError('Failed to fetch');
    return new PlainResponse(result, request.method);
  };

  /** A client of this double, on its clock. */
  client(options: JobClientOptions = {}): JobClient {
    return new JobClient({ baseUrl: this.baseUrl, fetch: this.fetch, clock: this.#clock, ...options });
  }

  /** Takes one request, from `fetch` or from a server; rejects when `signal` stops it. */
  async handle(request: DoubleRequest, signal: AbortSignal): Promise<DoubleAnswer | 'network'> {
    signal.throwIfAborted();
    this.requests.push({ ...request, at: this.#clock.now() });
    const fault = this.#faults.take(request);
    if (fault?.kind === 'hang') await this.#wait(null, signal);
    if (this.latency > 0) await this.#wait(this.latency, signal);
    if (fault?.kind === 'network') return 'network';
    if (fault && fault.kind !== 'cut') return faultAnswer(fault);
    const offered = this.#offered && (await this.#offered.answer(request, signal));
    const whole = offered ?? answer(request, this.#context);
    return fault ? { ...whole, cut: true } : whole;
  }

  /** Adds a job in any state; whatever `fields` name is sent as it is. Returns its id. */
  add(fields?: Partial<JobStatusResponse>): string {
    return this.#table.add(fields);
  }

  /** The job as it would be sent now. */
  job(id: string): JobStatusResponse | undefined {
    return this.#table.get(id);
  }

  /** Changes what is sent, without asking whether it makes sense. */
  update(id: string, fields: Partial<JobStatusResponse>): void {
    this.#table.update(id, fields);
  }

  /** Calls back after each change of a job that was there. */
  onChange(listener: (id: string) => void): () => void {
    return this.#table.onChange(listener);
  }

  start(id: string, message?: string): void {
    this.#table.start(id, message);
  }

  /** `share`: 0..1. */
  progress(id: string, share: number, message?: string): void {
    this.#table.progress(id, share, message);
  }

  finish(id: string, result?: JobResult): void {
    this.#table.finish(id, result);
  }

  fail(id: string, error?: string): void {
    this.#table.fail(id, error);
  }

  cancel(id: string): void {
    this.#table.cancel(id);
  }

  /** The next attempt, as a backend makes it by itself. */
  retry(id: string): void {
    this.#table.retry(id);
  }

  /** As if it had expired: asked for, it is not found. */
  remove(id: string): void {
    this.#table.remove(id);
  }

  /** The next request that fits (or the next `times`) meets this. */
  fault(fault: Fault): void {
    this.#faults.add(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** How many requests came, of a method and to a path (text: the whole path; of a job's id: `/api/v1/jobs/{id}`). */
  count(method?: string, path?: string | RegExp): number {
    return this.requests.filter(
      (request) =>
        (method === undefined || request.method === method) &&
        (path === undefined || (typeof path === 'string' ? request.path === path : path.test(request.path))),
    ).length;
  }

  /** Ends every job that runs by itself. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }

  #wait(ms: number | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        cancel?.();
        reject(signal.reason);
      };
      const cancel =
        ms === null
          ? undefined
          : this.#clock.setTimeout(() => {
              signal.removeEventListener('abort', stop);
              resolve();
            }, ms);
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}

const BODILESS = [204, 205, 304];

/** A real `Response` whose text comes with the next microtask, so that a fake clock need not guess how long reading takes. */
class PlainResponse extends Response {
  readonly #text: string;
  readonly #cut: boolean;

  constructor({ status, headers, body, cut = false }: DoubleAnswer, method: string) {
    super(BODILESS.includes(status) || method === 'HEAD' ? null : (body as BodyInit), { status, headers });
    this.#text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    this.#cut = cut;
  }

  override async text(): Promise<string> {
    if (this.#cut) throw new TypeError('network error');
    return this.#text;
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}
