import type { Job } from '../core/job.ts';
import { readJob } from '../core/read-job.ts';
import type { JobPage } from '../core/read-job.ts';
import { readJobList } from '../core/read-list.ts';
import { isRecord } from '../core/read-values.ts';
import { JobApiError } from '../core/errors.ts';
import type { TokenSource } from './auth.ts';
import { apiError } from './http-error.ts';
import type { CancelledJob, CreatedJob, Health, JobCounts } from './read-answers.ts';
import { readCancelledJob, readCounts, readCreatedJob, readHealth } from './read-answers.ts';
import type { RequestOptions, TransportOptions } from './transport.ts';
import { isPassing, Transport } from './transport.ts';
import { apiUrl, DEFAULT_BASE_URL, jobPath, linkUrl } from './urls.ts';
import type { CreateJobRequest } from './wire.ts';

export type { CancelledJob, CreatedJob, Health, JobCounts } from './read-answers.ts';
export type { GetToken, TokenRequest } from './auth.ts';
export type { Connectivity, RequestOptions } from './transport.ts';

export interface JobClientOptions extends TransportOptions {
  /** Address of the API, with a prefix if it has one. Default `http://localhost:8012`. */
  baseUrl?: string;
}

export interface CreateOptions extends RequestOptions {
  /**
   * Sent as `Idempotency-Key`: the same key creates the same job once. A lost request is tried again only with it, and only
   * where the backend's health answer says `idempotency_keys: true`; elsewhere that could make a second job. A backend on
   * another origin that does not allow the header (CORS) gets the request without it.
   */
  idempotencyKey?: string;
}

/** Which jobs, and in what order. All but `userId`, `page` and `pageSize` only filter where the backend can. */
export interface JobListQuery {
  userId: string;
  /** From 1. Default 1. */
  page?: number;
  /** 1 to 100. Default 20. */
  pageSize?: number;
  status?: readonly string[];
  /** Free text. */
  q?: string;
  /** ISO 8601. */
  createdAfter?: string;
  /** ISO 8601. */
  createdBefore?: string;
  sort?: string;
  order?: 'asc' | 'desc';
}

/**
 * Every call of the job API. Requests that may be repeated are tried again (at most 3 times, exponential backoff with full
 * jitter, `Retry-After` honoured) and wait while there is no network. All rejections are `JobApiError`s.
 */
export class JobClient {
  readonly baseUrl: string;
  /** For requests of other kinds, with the same token, timeout and errors. */
  readonly transport: Transport;

  #honoursKeys = false;
  #refusesKeys = false;

  constructor(options: JobClientOptions = {}) {
    this.baseUrl = options.baseUrl ?? DEFAULT_BASE_URL;
    this.transport = new Transport(options);
  }

  /** Where the token of each request comes from, for channels that send requests of their own. */
  get auth(): TokenSource {
    return this.transport.auth;
  }

  async createJob(request: CreateJobRequest, options: CreateOptions = {}): Promise<CreatedJob> {
    const key = this.#refusesKeys ? undefined : options.idempotencyKey;
    try {
      return await this.#create(request, key, options);
    } catch (error) {
      if (!key || this.#honoursKeys || !mayBeLost(error as JobApiError)) throw error;
      // The job may exist. Only a backend that knows keys can be asked again without making a second one.
      const health = await this.getHealth({ ...options, retries: options.retries ?? 3 }).catch((other: JobApiError) => other);
      if ('idempotencyKeys' in health && health.idempotencyKeys) this.#honoursKeys = true;
      else if (answered(health) && isHeaderRefusal(error, this.baseUrl)) this.#refusesKeys = true;
      else throw error;
      return this.#create(request, this.#honoursKeys ? key : undefined, options);
    }
  }

  async #create(request: CreateJobRequest, key: string | undefined, options: RequestOptions): Promise<CreatedJob> {
    const url = this.#url('/api/v1/jobs/');
    const headers: Record<string, string> = key ? { 'Idempotency-Key': key } : {};
    const repeatable = Boolean(key) && this.#honoursKeys;
    const wire = await this.transport.send({ method: 'POST', url, body: request, headers, repeatable }, options);
    return readCreatedJob(wire) ?? malformed();
  }

  async getJob(id: string, options?: RequestOptions): Promise<Job> {
    return readJob(await this.#get(this.#url(jobPath(id)), options), id) ?? malformed();
  }

  /**
   * Asks for the job to be cancelled. A finished job is refused with the code `conflict`. That it was accepted does not
   * mean that it will end cancelled: only the job's own status tells.
   */
  async cancelJob(job: Job | string, options?: RequestOptions): Promise<CancelledJob> {
    const { id, url } = this.#action(job, 'cancel', '');
    try {
      return readCancelledJob(await this.transport.send({ method: 'DELETE', url, repeatable: true }, options), id);
    } catch (error) {
      throw error instanceof JobApiError && error.status === 400 ? asConflict(error) : error;
    }
  }

  /** Sends a finished job round again, on backends that can. `null` when the answer does not show the job. */
  async retryJob(job: Job | string, options?: RequestOptions): Promise<Job | null> {
    const { id, url } = this.#action(job, 'retry', '/retry');
    return readJob(await this.transport.send({ method: 'POST', url, repeatable: false }, options), id);
  }

  async listJobs(query: JobListQuery, options?: RequestOptions): Promise<JobPage> {
    const url = this.#url('/api/v1/jobs/', {
      user_id: query.userId,
      page: query.page ?? 1,
      page_size: query.pageSize ?? 20,
      status: query.status,
      q: query.q,
      created_after: query.createdAfter,
      created_before: query.createdBefore,
      sort: query.sort,
      order: query.order,
    });
    const wire = await this.#get(url, options);
    const isList = Array.isArray(wire) || (isRecord(wire) && ('jobs' in wire || 'items' in wire));
    return isList ? readJobList(wire) : malformed();
  }

  async getStatistics(options?: RequestOptions): Promise<JobCounts> {
    return readCounts(await this.#get(this.#url('/api/v1/jobs/stats/counts'), options)) ?? malformed();
  }

  /** A service that answers 503 is an unhealthy one, not an error. Asks once. */
  async getHealth(options?: RequestOptions): Promise<Health> {
    try {
      return readHealth(await this.#get(this.#url('/api/v1/jobs/health'), { retries: 0, ...options }), true);
    } catch (error) {
      if (error instanceof JobApiError && error.status === 503) return readHealth({ message: error.detail }, false);
      throw error;
    }
  }

  #url(path: string, params?: Parameters<typeof apiUrl>[2]): string {
    return apiUrl(this.baseUrl, path, params);
  }

  #get(url: string, options?: RequestOptions): Promise<unknown> {
    return this.transport.send({ method: 'GET', url, repeatable: true }, options);
  }

  /** The job's own link where it has one, the documented route otherwise. */
  #action(job: Job | string, link: 'cancel' | 'retry', action: string): { id: string; url: string } {
    const id = typeof job === 'string' ? job : job.id;
    const url = typeof job === 'string' ? null : linkUrl(job.links?.[link], this.baseUrl);
    return { id, url: url ?? this.#url(jobPath(id, action)) };
  }
}

/** Whether the request may have been carried out although no good answer came. */
function mayBeLost(error: JobApiError): boolean {
  return isPassing(error) && error.code !== 'rate-limited';
}

/** Whether anything came back at all, be it an error. */
function answered(health: Health | JobApiError): boolean {
  return !(health instanceof JobApiError) || health.status !== undefined;
}

/**
 * Whether the browser may have held a request back for its header: across origins it asks the backend first, and tells the
 * page no more of a refusal than of a dead network.
 */
function isHeaderRefusal(error: unknown, baseUrl: string): boolean {
  const page = (globalThis as { location?: { href: string; origin: string } }).location;
  if (!page || (error as JobApiError).code !== 'network') return false;
  return URL.canParse(baseUrl, page.href) && new URL(baseUrl, page.href).origin !== page.origin;
}

function asConflict(error: JobApiError): JobApiError {
  const { status, detail, fields, retryAfter, cause } = error;
  return apiError('conflict', { status, detail, fields, retryAfter, cause });
}

function malformed(): never {
  throw apiError('malformed');
}
