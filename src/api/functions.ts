/**
 * The job API as plain functions, for code that wants an answer and no widget. They speak the wire's own snake_case, and
 * reject with `JobApiError` only. `configureJobApi` sets the address once for the page; each call may set its own.
 */
import { systemClock } from '../core/clock.ts';
import type { JobApiError } from '../core/errors.ts';
import { EtaTracker } from '../core/eta.ts';
import { canCancel } from '../core/allowed.ts';
import { isFinalStatus } from '../core/job.ts';
import { readJob } from '../core/read-job.ts';
import { readStatus } from '../core/read-status.ts';
import { readShare } from '../core/read-values.ts';
import { wait } from './abortable.ts';
import { apiError } from './http-error.ts';
import type { CreateOptions, JobClientOptions } from './job-client.ts';
import { JobClient } from './job-client.ts';
import { toWire } from './to-wire.ts';
import type { RequestOptions } from './transport.ts';
import { isPassing } from './transport.ts';
import type {
  CancelJobResponse,
  CreateJobRequest,
  CreateJobResponse,
  JobListResponse,
  JobStatistics,
  JobStatus,
  JobStatusResponse,
} from './wire.ts';

export type {
  CancelJobResponse,
  CreateJobRequest,
  CreateJobResponse,
  JobListResponse,
  JobResult,
  JobStatistics,
  JobStatus,
  JobStatusResponse,
  VideoRequest,
} from './wire.ts';

/** A call's own address, token source and so on go before those of `configureJobApi`. */
export type ApiOptions = JobClientOptions & RequestOptions;

export interface PollOptions extends ApiOptions {
  /** Called with every answer, the last one included. */
  onProgress?: (job: JobStatusResponse) => void;
  /** Ms from an answer to the next question. Default 3000. */
  interval?: number;
  /** Ms until it gives up with the code `timeout`. Default: never. One request may always take its usual 15 s. */
  timeout?: number;
}

const DEFAULT_INTERVAL = 3000;
/** Failures in a row, each after its own retries, that polling takes for passing ones. */
const MAX_FAILURES = 5;

let defaults: JobClientOptions = {};

/** Sets what all functions here use: `baseUrl` (default `http://localhost:8012`), `getToken`, and whatever else a client takes. */
export function configureJobApi(options: JobClientOptions): void {
  defaults = { ...options };
}

const client = (options: JobClientOptions) => new JobClient({ ...defaults, ...options });
const clockOf = (options: JobClientOptions) => options.clock ?? defaults.clock ?? systemClock;

export async function createJob(request: CreateJobRequest, options: ApiOptions & CreateOptions = {}): Promise<CreateJobResponse> {
  const { id, job, message, estimatedDuration } = await client(options).createJob(request, options);
  return {
    job_id: id,
    status: job.status as JobStatus,
    message: message ?? '',
    ...(estimatedDuration !== null && { estimated_duration: estimatedDuration }),
  };
}

export async function getJobStatus(jobId: string, options: ApiOptions = {}): Promise<JobStatusResponse> {
  return toWire(await client(options).getJob(jobId, options));
}

/** Rejects with the code `conflict` when the job has already ended. */
export async function cancelJob(jobId: string, options: ApiOptions = {}): Promise<CancelJobResponse> {
  const { id, status, message } = await client(options).cancelJob(jobId, options);
  return { job_id: id, status: status as JobStatus, message: message ?? '' };
}

/** Newest first. `pageSize`: 1 to 100. */
export async function listUserJobs(userId: string, page = 1, pageSize = 20, options: ApiOptions = {}): Promise<JobListResponse> {
  const list = await client(options).listJobs({ userId, page, pageSize }, options);
  return {
    jobs: list.jobs.map(toWire),
    total: list.total ?? list.jobs.length,
    page: list.page ?? page,
    page_size: list.pageSize ?? pageSize,
  };
}

export async function getJobStatistics(options: ApiOptions = {}): Promise<JobStatistics> {
  const { counts, total, at } = await client(options).getStatistics(options);
  return {
    statistics: { ...counts, total },
    timestamp: new Date(at ?? clockOf(options).now()).toISOString(),
  };
}

/** Whether the service answers and says that it is well. Never rejects. */
export async function checkServiceHealth(options: ApiOptions = {}): Promise<boolean> {
  try {
    return (await client(options).getHealth(options)).healthy;
  } catch {
    return false;
  }
}

/**
 * Asks for the job until it has ended, and gives its last answer: a job that failed or was cancelled resolves too. Failures
 * that may pass (no network, 5xx, 429) are borne for a while; any other one rejects.
 */
export function pollJobUntilComplete(jobId: string, options?: PollOptions): Promise<JobStatusResponse>;
export function pollJobUntilComplete(
  jobId: string,
  onProgress?: (job: JobStatusResponse) => void,
  interval?: number,
): Promise<JobStatusResponse>;
export async function pollJobUntilComplete(
  jobId: string,
  how: PollOptions | ((job: JobStatusResponse) => void) = {},
  every?: number,
): Promise<JobStatusResponse> {
  const { timeout, interval = DEFAULT_INTERVAL, onProgress, ...options }: PollOptions =
    typeof how === 'function' ? { onProgress: how, interval: every } : how;
  const clock = clockOf(options);
  const pause = interval > 0 ? interval : DEFAULT_INTERVAL;
  const deadline = timeout === undefined ? Infinity : clock.now() + timeout;
  for (let failures = 0; ; ) {
    const job = await getJobStatus(jobId, options).catch((error: JobApiError) => {
      if (!isPassing(error) || ++failures > MAX_FAILURES) throw error;
    });
    if (job) {
      failures = 0;
      onProgress?.(job);
      if (isJobComplete(job)) return job;
    }
    if (clock.now() + pause > deadline) throw apiError('timeout', { detail: `Job ${jobId} has not ended in time.` });
    await wait(clock, pause, options.signal);
  }
}

/** `0.45` → `45%`. Rounded down, so that 100 % means done. */
export function formatProgress(progress: number | Pick<JobStatusResponse, 'progress'>): string {
  const share = readShare(typeof progress === 'object' ? progress.progress : progress) ?? 0;
  // Products such as 0.29 * 100 fall short by a rounding error.
  return `${Math.floor(share * 100 + 1e-9)}%`;
}

/**
 * Whole seconds that the job should still run, `null` when there is no ground for a number. `now`: ms since the epoch. One
 * answer tells little; widgets show a range from many.
 */
export function getEstimatedTimeRemaining(job: JobStatusResponse, now = Date.now()): number | null {
  const known = readJob(job);
  if (!known) return null;
  const tracker = new EtaTracker();
  tracker.observe(known, now);
  const { remaining } = tracker.estimate(now);
  return remaining && Math.max(1, Math.round((remaining.low + remaining.high) / 2));
}

/** Whether the job has ended, well or not. */
export function isJobComplete(job: string | Pick<JobStatusResponse, 'status'>): boolean {
  return isFinalStatus(readStatus(typeof job === 'string' ? job : job.status) ?? '');
}

/** Whether the job may be cancelled: its links say, or else its status does. */
export function canCancelJob(job: string | JobStatusResponse): boolean {
  if (typeof job === 'string') return !isJobComplete(job);
  const known = readJob(job);
  return known !== null && canCancel(known);
}
