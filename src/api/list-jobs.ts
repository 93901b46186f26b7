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
 * are asked for one after the other until one of them is not full.
 */
export async function findJobs(client: JobClient, query: JobListQuery, options?: RequestOptions): Promise<FoundJobs> {
  const { page = 1, pageSize = 20 } = query;
  if (pageSize <= MOST) return findPage(client, query, options);
  const parts = Math.ceil(pageSize / MOST);
  const first = (page - 1) * parts + 1;
  const found: FoundJobs[] = [];
  for (let part = 0; part < parts; part++) {
    const answer = await findPage(client, { ...query, page: first + part, pageSize: MOST }, options, found.at(-1)?.next);
    found.push(answer);
    if (answer.jobs.length + answer.unreadable < MOST || !answer.applied || answer.next === null) break;
  }
  const last = found.at(-1) as FoundJobs;
  const jobs = [...new Map(found.flatMap((each) => each.jobs).map((job) => [job.id, job])).values()];
  const unreadable = found.reduce((sum, each) => sum + each.unreadable, 0);
  return { ...last, jobs, unreadable, page, pageSize: parts * MOST };
}

/** The jobs after a cursor, where there is one: pages by number shift when a job is made between two answers. */
async function findPage(client: JobClient, query: JobListQuery, options?: RequestOptions, after?: string | null): Promise<FoundJobs> {
  const url = apiUrl(client.baseUrl, '/api/v1/jobs/', {
    user_id: query.userId,
    page: after ? undefined : (query.page ?? 1),
    after: after ?? undefined,
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
  const next = record.next === null ? null : (readText(record.next) ?? undefined);
  // Another process of the backend may be older and not know cursors: it has begun anew.
  if (after && next === undefined) return findPage(client, query, options);
  const { applied } = record;
  return {
    ...readJobList(wire),
    next,
    tells: isRecord(applied),
    applied: isPlain(query) || (isRecord(applied) && isAsAsked(applied, query)),
    counts: readStatusCounts(record.counts),
  };
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
