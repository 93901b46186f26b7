import { createJobRequestSchema } from '../../src/api/schema.ts';
import type { JobStatusResponse } from '../../src/api/wire.ts';
import type { Refusal } from './find-jobs.ts';
import { findJobs } from './find-jobs.ts';
import type { JobTable } from './job-table.ts';
import type { MediaFiles } from './media.ts';
import { answerMedia } from './media.ts';

export interface DoubleRequest {
  method: string;
  /** Path of the URL, still encoded. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface DoubleAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** The connection breaks in the middle of it. */
  cut?: boolean;
}

export interface RouteContext {
  table: JobTable;
  extensions: boolean;
  /** Whether the list filters and sorts, and says so. */
  filters: boolean;
  media: MediaFiles;
  now: () => number;
  /** Told of every job that a request made or sent round again. */
  onQueued: (id: string) => void;
  /** Job ids by idempotency key. */
  keys: Map<string, string>;
}

/** Of a batch or a stream. */
const MAX_IDS = 100;
const STATUSES = ['pending', 'started', 'processing', 'success', 'failure', 'cancelled'];

export function json(status: number, body: unknown, headers: Record<string, string> = {}): DoubleAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

const notFound = () => json(404, { detail: 'Job not found' });

const refuse = (...refusals: Refusal[]) => json(422, { detail: refusals });

/** The core of the job API, with links, retry and media where extensions are on. */
export function answer(request: DoubleRequest, context: RouteContext): DoubleAnswer {
  const { method, path } = request;
  if (path === '/api/v1/jobs/' && method === 'POST') return create(request, context);
  if (path === '/api/v1/jobs/' && method === 'GET') return list(request, context);
  if (path === '/api/v1/jobs/stats/counts' && method === 'GET') return statistics(context);
  if (context.extensions && path === '/api/v1/jobs/batch' && method === 'GET') return batch(request, context);
  if (path === '/api/v1/jobs/health' && method === 'GET') {
    return json(200, { status: 'healthy', service: 'job-double', message: 'All is well.', ...(context.extensions && { idempotency_keys: true }) });
  }
  const media = /^\/api\/v1\/videos\/([^/]+)\/(download|thumbnail|captions)$/.exec(path);
  if (media && (method === 'GET' || method === 'HEAD')) {
    const job = context.table.get(decodeURIComponent(media[1] as string));
    if (job?.status !== 'success') return notFound();
    return answerMedia(context.media, media[2] as 'download' | 'thumbnail' | 'captions', request.headers.range);
  }
  const made = /^\/api\/v1\/jobs\/([^/]+)\/request$/.exec(path);
  if (made && context.extensions && method === 'GET') {
    const id = decodeURIComponent(made[1] as string);
    const of = context.table.has(id) ? context.table.request(id) : null;
    return of ? json(200, of) : notFound();
  }
  const job = /^\/api\/v1\/jobs\/([^/]+)(\/retry)?$/.exec(path);
  if (job) return one(request, decodeURIComponent(job[1] as string), Boolean(job[2]), context);
  return json(404, { detail: 'Not Found' });
}

function one(request: DoubleRequest, id: string, retry: boolean, { table, extensions, onQueued }: RouteContext): DoubleAnswer {
  const { method } = request;
  const job = table.get(id);
  const final = job !== undefined && ['success', 'failure', 'cancelled'].includes(job.status);
  if (retry && method === 'POST' && extensions) {
    if (!job) return notFound();
    if (!final || job.status === 'success') return json(409, { detail: `A job that is ${job.status} cannot be retried` });
    table.retry(id);
    onQueued(id);
    return json(202, table.get(id));
  }
  if (retry) return json(404, { detail: 'Not Found' });
  if (method === 'GET') return job ? tagged(job, request, extensions) : notFound();
  if (method === 'DELETE') {
    if (!job) return notFound();
    if (final) return json(400, { detail: `A job that is ${job.status} cannot be cancelled` });
    table.cancel(id);
    return json(200, { job_id: id, status: 'cancelled', message: 'Job cancelled' });
  }
  return json(405, { detail: 'Method Not Allowed' }, { allow: 'GET, DELETE' });
}

function batch(request: DoubleRequest, { table }: RouteContext): DoubleAnswer {
  const ids = readIds(request.query);
  if (!ids) return refuse({ loc: ['query', 'ids'], msg: `Give 1 to ${MAX_IDS} ids, separated by commas.`, type: 'value_error' });
  const jobs = ids.map((id) => table.get(id)).filter((job) => job !== undefined);
  return tagged({ jobs, total: jobs.length, page: 1, page_size: Math.max(1, jobs.length) }, request, true);
}

/** The ids of a batch or a stream, each once; `null` when there are none or too many. */
export function readIds(query: URLSearchParams): string[] | null {
  const ids = [...new Set((query.get('ids') ?? '').split(',').filter(Boolean))];
  return ids.length > 0 && ids.length <= MAX_IDS ? ids : null;
}

/** With a tag of what it says, where `tags` are on; 304 to who has that already. */
function tagged(body: unknown, { headers }: DoubleRequest, tags: boolean): DoubleAnswer {
  if (!tags) return json(200, body);
  const text = JSON.stringify(body);
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  const etag = `"${(hash >>> 0).toString(16)}-${text.length}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' };
  return json(200, body, { etag });
}

function create(request: DoubleRequest, { table, onQueued, keys, extensions }: RouteContext): DoubleAnswer {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    return refuse({ loc: ['body', 0], msg: 'Send the request as JSON.', type: 'json_invalid' });
  }
  const parsed = createJobRequestSchema.safeParse(body);
  if (!parsed.success) {
    return refuse(
      ...parsed.error.issues.map(({ path, message, code }) => ({
        loc: ['body', ...path.map((key) => (typeof key === 'number' ? key : String(key)))],
        msg: message,
        type: code,
      })),
    );
  }
  const key = request.headers['idempotency-key'];
  const known = key === undefined ? undefined : keys.get(key);
  if (known !== undefined && table.has(known)) return created(known);
  const { video_request: video, priority } = parsed.data;
  const id = table.add(
    {
      user_id: video.user_id,
      title: video.title,
      progress_message: 'Waiting in queue',
      ...(extensions && { script_id: video.script_id, platform: video.platform, priority: priority ?? 5 }),
    },
    parsed.data,
  );
  if (key !== undefined) keys.set(key, id);
  onQueued(id);
  return created(id);
}

function created(id: string): DoubleAnswer {
  return json(202, { job_id: id, status: 'pending', message: 'Job created', estimated_duration: 60 });
}

function list(request: DoubleRequest, { table, extensions, filters }: RouteContext): DoubleAnswer {
  const { query } = request;
  const refusals: Refusal[] = [];
  const number = (name: string, fallback: number, max: number) => {
    const value = Number(query.get(name) ?? fallback);
    if (!Number.isInteger(value) || value < 1 || value > max) {
      refusals.push({ loc: ['query', name], msg: `Give a whole number from 1 to ${max}.`, type: 'int_range' });
    }
    return value;
  };
  const user = query.get('user_id');
  if (!user) refusals.push({ loc: ['query', 'user_id'], msg: 'Say whose jobs.', type: 'missing' });
  const page = number('page', 1, Number.MAX_SAFE_INTEGER);
  const pageSize = number('page_size', 20, 100);
  const own = table.all().filter((job: JobStatusResponse) => job.user_id === user);
  const found = filters ? findJobs(own, query) : { jobs: own };
  if (Array.isArray(found)) refusals.push(...found);
  if (refusals.length > 0 || Array.isArray(found)) return refuse(...refusals);
  const { jobs, ...told } = found;
  const from = (page - 1) * pageSize;
  return tagged({ jobs: jobs.slice(from, from + pageSize), total: jobs.length, page, page_size: pageSize, ...told }, request, extensions);
}

function statistics({ table, now }: RouteContext): DoubleAnswer {
  const jobs = table.all();
  const counts = STATUSES.map((status) => [status, jobs.filter((job) => job.status === status).length] as const);
  return json(200, {
    statistics: { ...Object.fromEntries(counts), total: jobs.length },
    timestamp: new Date(now()).toISOString(),
  });
}
