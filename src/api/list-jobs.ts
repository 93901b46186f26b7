import type { JobApiError } from '../core/errors.ts';
import { readJobList } from '../core/read-list.ts';
import type { JobPage } from '../core/read-job.ts';
import { readTime } from '../core/read-time.ts';
import { isRecord, readInteger, readText } from '../core/read-values.ts';
import { apiError } from './http-error.ts';
import type { JobClient, JobListQuery, RequestOptions } from './job-client.ts';
import { apiUrl } from './urls.ts';

/** A page of jobs, and what the backend says about how it found them. */
export interface FoundJobs extends JobPage {
  /** The filter and the order that were asked for are those of this answer. `false` on a backend that only pages. */
  readonly applied: boolean;
  /** Whether the backend tells what it has applied at all: then its `total` is exact. */
  readonly tells: boolean;
  /** How many jobs of each status the filter would leave without its statuses; `null` where the backend does not count. */
  readonly counts: Readonly<Record<string, number>> | null;
  /** Where the jobs after these begin, for backends that say so; `null` where none follows. */
  readonly next: string | null | undefined;
}

/** Most jobs of one answer, by contract. */
const MOST = 100;

/**
 * Reads one page of a user's jobs. A page of more than 100, in whole hundreds, is put together from several answers, which
 * are asked for one after the other until one of them is the last.
 */
export async function findJobs(client: JobClient, query: JobListQuery, options?: RequestOptions): Promise<FoundJobs> {
  const { page = 1, pageSize = 20 } = query;
  if (pageSize <= MOST) return ask(client, query, options);
  const parts = Math.ceil(pageSize / MOST);
  const first = (page - 1) * parts + 1;
  const found: FoundJobs[] = [];
  for (let part = 0; part < parts; part++) {
    const answer = await findNext(client, { ...query, page: first + part, pageSize: MOST }, found.at(-1), options);
    found.push(answer);
    if (!answer.applied || isLast(answer, MOST)) break;
  }
  const last = found.at(-1) as FoundJobs;
  const jobs = [...new Map(found.flatMap((each) => each.jobs).map((job) => [job.id, job])).values()];
  const unreadable = found.reduce((sum, each) => sum + each.unreadable, 0);
  return { ...last, jobs, unreadable, page, pageSize: parts * MOST };
}

/**
 * One answer, of 100 jobs at most: what follows the answer `before` by its cursor, where it has one, since pages by number shift when
 * jobs come and go between two answers. Otherwise, and where the cursor leads nowhere, the page of the query.
 */
export async function findNext(client: JobClient, query: JobListQuery, before: FoundJobs | undefined, options?: RequestOptions): Promise<FoundJobs> {
  if (!before?.next) return ask(client, query, options);
  const answer = await ask(client, query, options, before.next).catch((error: JobApiError) => {
    if (error.code === 'invalid' || error.code === 'bad-request') return null;
    throw error;
  });
  // Another process of the backend may be older and not know cursors, or what is called so may be none: it has begun anew.
  const known = new Set(before.jobs.map(({ id }) => id));
  if (answer && answer.next !== undefined && !answer.jobs.some(({ id }) => known.has(id))) return answer;
  return { ...(await ask(client, query, options)), next: undefined };
}

async function ask(client: JobClient, query: JobListQuery, options?: RequestOptions, after?: string): Promise<FoundJobs> {
  const url = apiUrl(client.baseUrl, '/api/v1/jobs/', {
    user_id: query.userId,
    page: after ? undefined : (query.page ?? 1),
    after,
    page_size: query.pageSize ?? 20,
    status: query.status,
    q: query.q,
    created_after: query.createdAfter,
    created_before: query.createdBefore,
    sort: query.sort,
    order: query.order,
  });
  const wire = await client.transport.send({ method: 'GET', url, repeatable: true }, options);
  const record = isRecord(wire) ? wire : {};
  if (!Array.isArray(wire) && !('jobs' in record) && !('items' in record)) throw apiError('malformed');
  const { applied } = record;
  return {
    ...readJobList(wire),
    next: record.next === null ? null : (readText(record.next) ?? undefined),
    tells: isRecord(applied),
    applied: isPlain(query) || (isRecord(applied) && isAsAsked(applied, query)),
    counts: readStatusCounts(record.counts),
  };
}

/** Whether nothing follows the answer to a page of `size`: where the backend does not say so, a page that is not full does, unless there are more by the total. */
export function isLast({ jobs, unreadable, total, page, pageSize, next }: FoundJobs, size: number): boolean {
  if (next !== undefined) return next === null;
  const rows = jobs.length + unreadable;
  // A backend that gives fewer at once than it is asked for has not come to its end.
  return rows === 0 || (rows < size && (total ?? 0) <= ((page ?? 1) - 1) * (pageSize ?? size) + rows);
}

/** Any backend answers as it is asked: nothing but a page, the newest first. */
export function isPlain({ status = [], q = '', createdAfter, createdBefore, sort, order }: JobListQuery): boolean {
  return status.length === 0 && !q && !createdAfter && !createdBefore && (sort ?? 'created_at') === 'created_at' && order !== 'asc';
}

function isAsAsked(applied: Record<string, unknown>, query: JobListQuery): boolean {
  const { status = [], q = '', createdAfter, createdBefore, sort = 'created_at', order = 'desc' } = query;
  const statuses = Array.isArray(applied.status) ? applied.status.map(readText) : [];
  return (
    statuses.length === status.length &&
    status.every((each) => statuses.includes(each)) &&
    (readText(applied.q) ?? '') === q.trim() &&
    sameTime(applied.created_after, createdAfter) &&
    sameTime(applied.created_before, createdBefore) &&
    readText(applied.sort) === sort &&
    readText(applied.order) === order
  );
}

function sameTime(applied: unknown, asked: string | undefined): boolean {
  return readTime(applied) === readTime(asked);
}

function readStatusCounts(value: unknown): Readonly<Record<string, number>> | null {
  if (!isRecord(value)) return null;
  const counts = Object.entries(value).map(([status, count]) => [status, readInteger(count)] as const);
  return Object.fromEntries(counts.filter((entry): entry is readonly [string, number] => entry[1] !== null));
}
