import type { CreateJobRequest, JobStatusResponse } from '../../src/api/wire.ts';
import { jobSchema } from '../../src/api/schema.ts';

/** A running backend, as the suite needs to know it. */
export interface Backend {
  /** Without a slash at the end. */
  baseUrl: string;
  stop(): Promise<void>;
  /** Whose jobs the suite creates. Default: a new name on every run. */
  userId?: string;
  /** Sent with every request, `Authorization` for example. */
  headers?: Record<string, string>;
  /** Makes of a plain request one whose job runs long enough to be cancelled. Default: the plain one. */
  makeSlowRequest?(plain: CreateJobRequest): CreateJobRequest;
  /** Makes of a plain request one that is accepted and whose job ends as a failure. Without it, failing is not tested. */
  makeFailingRequest?(plain: CreateJobRequest): CreateJobRequest;
  /** How long any job of the suite may take to end, in ms. Default 60 000. */
  patience?: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** `undefined` when the text is no JSON. */
  body: unknown;
}

const POLL = 50;

/** Real requests to a backend, and waiting by asking again. */
export class Probe {
  readonly backend: Backend;
  readonly userId: string;
  /** Every job that the suite made. */
  readonly created: string[] = [];
  #jobs = 0;

  constructor(backend: Backend) {
    this.backend = backend;
    this.userId = backend.userId ?? `contract-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  }

  plainRequest(fields: Partial<CreateJobRequest['video_request']> = {}, userId = this.userId): CreateJobRequest {
    this.#jobs++;
    return {
      video_request: {
        script_id: `script-${this.#jobs}`,
        user_id: userId,
        title: `Contract ${this.#jobs}`,
        script_content: 'Water boils at one hundred degrees. Higher up it boils earlier.',
        language: 'en-US',
        platform: 'youtube',
        duration: 3,
        voice_provider: 'google',
        ...fields,
      },
    };
  }

  async raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, `${this.backend.baseUrl}/`);
    return fetch(url, { ...init, method, headers: { ...this.backend.headers, ...(init.headers as Record<string, string>) } });
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return toAnswer(await this.raw(method, path, init));
  }

  async create(request: CreateJobRequest): Promise<string> {
    const { status, body, text } = await this.call('POST', '/api/v1/jobs/', request);
    if (status !== 202) throw new Error(`creating a job answered ${status}: ${text}`);
    const { job_id } = body as { job_id: string };
    this.created.push(job_id);
    return job_id;
  }

  /** Takes back what has been created so far and has not ended; whether that is possible does not matter. */
  async cancelAll(): Promise<void> {
    for (const id of this.created.splice(0)) await this.call('DELETE', `/api/v1/jobs/${id}`);
  }

  /** The job, checked against the schema. */
  async job(id: string): Promise<JobStatusResponse> {
    const { status, body, text } = await this.call('GET', `/api/v1/jobs/${id}`);
    if (status !== 200) throw new Error(`reading job ${id} answered ${status}: ${text}`);
    return jobSchema.parse(body);
  }

  /** Reads the job until `done`, and gives all that was seen on the way. Fails when it takes too long. */
  async follow(id: string, done: (job: JobStatusResponse) => boolean = isFinal): Promise<JobStatusResponse[]> {
    const deadline = Date.now() + (this.backend.patience ?? 60_000);
    const seen: JobStatusResponse[] = [];
    for (;;) {
      const job = await this.job(id);
      seen.push(job);
      if (done(job)) return seen;
      if (Date.now() > deadline) throw new Error(`job ${id} is still ${job.status} at ${job.progress}`);
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  }

  /** The job once it has ended. */
  async end(id: string): Promise<JobStatusResponse> {
    return (await this.follow(id)).at(-1) as JobStatusResponse;
  }
}

export function isFinal(job: JobStatusResponse): boolean {
  return ['success', 'failure', 'cancelled'].includes(job.status);
}

export async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, text, body };
}
