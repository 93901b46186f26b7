import type { ListSort } from '../../../src/api/extended-schema.ts';
import { JOB_STATUSES } from '../../../src/api/extended-schema.ts';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import type { KnownJobStatus } from '../../../src/core/job.ts';
import type { Queryable } from '../db/db.ts';
import { writeCursor } from './list-cursor.ts';
import type { ListIdentity, Place } from './list-cursor.ts';
import { WIRE_COLUMNS } from './record.ts';
import type { WireRecord } from './record.ts';
import { toWire } from './wire.ts';

/** The filter and order as the answer tells them, and which page of it. */
export interface JobListQuery extends ListIdentity {
  page: number;
  pageSize: number;
  /** The page begins behind this place, and `page` is 1. */
  after: Place | null;
}

export interface FoundJobs {
  jobs: JobStatusResponse[];
  /** Of all pages. */
  total: number;
  /** Cursor of the last of these jobs; `null` where none follows it. */
  next: string | null;
  /** As if the query named no status. */
  counts: Record<KnownJobStatus, number>;
}

/** SQL to sort by. Times and numbers of jobs that have none come last. */
const KEYS: Record<ListSort, string> = {
  created_at: 'l.created_at',
  updated_at: 'l.updated_at',
  completed_at: 'l.completed_at',
  title: 'l.title',
  status: `array_position(ARRAY['${JOB_STATUSES.join("','")}'], l.status)`,
  priority: 'l.priority',
  duration: 'l.duration',
  progress: 'l.progress',
};

type Row = WireRecord & {
  id: string | null;
  counts: Partial<Record<KnownJobStatus, number>> | null;
  more: boolean;
  at: Place;
  queue_position: number | null;
};

/**
 * One page of a user's jobs, how many there are, and how many of each status, all of one moment.
 *
 * The page is chosen in the narrow table and only its rows, 100 at most, are read from the wide one. A page is had by its number or by
 * the place that it follows. The second skips and repeats nothing when jobs come and go before it, and does not sort what lies before
 * it; an exact total means looking at every match in any case. `npm run bench:list` shows what both cost with 10,000 jobs.
 */
export async function listJobs(db: Queryable, query: JobListQuery): Promise<FoundJobs> {
  const { status } = query;
  const { sql, params } = pageStatement(query);
  const rows = await db.query<Row>(sql, params);
  const found = rows[0]?.counts ?? {};
  const counts = Object.fromEntries(JOB_STATUSES.map((name) => [name, found[name] ?? 0])) as FoundJobs['counts'];
  const last = rows.at(-1);
  const wanted: readonly KnownJobStatus[] = status.length > 0 ? [...new Set(status)] : JOB_STATUSES;
  return {
    jobs: rows.filter((row) => row.id !== null).map((row) => toWire(row, row.queue_position)),
    total: wanted.reduce<number>((sum, name) => sum + counts[name], 0),
    next: last?.more ? writeCursor(query, last.at) : null,
    counts,
  };
}

/** The one statement behind a page. */
export function pageStatement(query: JobListQuery): { sql: string; params: unknown[] } {
  const { userId, page, pageSize, status } = query;
  const params: unknown[] = [userId, pageSize, (page - 1) * pageSize, status];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const words = wordsOf(query.q);
  const conditions = ['l.user_id = $1', ...words.map((word) => `strpos(l.search, lower(${param(word)}::text)) > 0`)];
  if (query.created_after !== null) conditions.push(`l.created_at >= ${param(query.created_after)}::timestamptz`);
  if (query.created_before !== null) conditions.push(`l.created_at < ${param(query.created_before)}::timestamptz`);
  const wanted = ['(cardinality($4::text[]) = 0 OR status = ANY($4::text[]))', ...(query.after ? [follows(query, query.after, param)] : [])];
  // A search is done once for both uses. Anything else is cheaper done twice: each use then reads only what it needs, by index.
  const sql = `WITH matching AS ${words.length > 0 ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (
       SELECT l.id, l.seq, l.status, l.created_at, ${KEYS[query.sort]} AS key FROM job_service.listing AS l WHERE ${conditions.join(' AND ')}
     ),
     -- One more than the page has, to know whether anything follows it.
     chosen AS (
       SELECT id, status, row_number() OVER () AS place, ${placeOf(query)} AS at FROM (
         SELECT id, status, key, created_at, seq FROM matching WHERE ${wanted.join(' AND ')}
         ORDER BY ${orderBy(query)} LIMIT $2::int + 1 OFFSET $3
       ) AS page
     ),
     -- Places in line, counted once for the page and not once for each of its jobs; not at all where none of them waits.
     line AS MATERIALIZED (
       SELECT id, row_number() OVER (PARTITION BY sample ORDER BY priority, queued_at, attempt)::int AS queue_position
       FROM job_service.listing
       WHERE status = 'pending' AND (not_before IS NULL OR not_before <= now()) AND EXISTS (SELECT FROM chosen WHERE status = 'pending')
     ),
     places AS MATERIALIZED (SELECT id, queue_position FROM line WHERE id IN (SELECT id FROM chosen))
     SELECT total.counts, EXISTS (SELECT FROM chosen WHERE place > $2) AS more, chosen.at, ${WIRE_COLUMNS}, places.queue_position
     FROM (SELECT jsonb_object_agg(status, jobs) AS counts FROM (SELECT status, count(*) AS jobs FROM matching GROUP BY status) AS each) AS total
     LEFT JOIN chosen ON chosen.place <= $2
     LEFT JOIN job_service.jobs AS j ON j.id = chosen.id
     LEFT JOIN places ON places.id = chosen.id
     ORDER BY chosen.place`;
  return { sql, params };
}

const isTime = (sort: ListSort): boolean => sort.endsWith('_at');
const toMicros = (time: string): string => `round(extract(epoch FROM ${time}) * 1000000)::bigint`;
const fromMicros = (micros: string): string => `timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond'`;

/** SQL for the `Place` of a row, as JSON. */
function placeOf({ sort }: JobListQuery): string {
  const key = sort === 'created_at' ? 'NULL' : isTime(sort) ? toMicros('key') : 'key';
  return `jsonb_build_array(${key}, ${toMicros('created_at')}, seq)`;
}

/** SQL for what comes after a place, in the words of `orderBy`. */
function follows({ sort, order }: JobListQuery, [key, createdAt, seq]: Place, param: (value: unknown) => string): string {
  const sign = order === 'asc' ? '>' : '<';
  const among = (direction: string) => `(created_at, seq) ${direction} (${fromMicros(param(createdAt))}, ${param(seq)}::bigint)`;
  if (sort === 'created_at') return among(sign);
  if (key === null) return `key IS NULL AND ${among('<')}`;
  const value = isTime(sort) ? fromMicros(param(key)) : `${param(key)}::${sort === 'title' ? 'text' : 'float8'}`;
  return `(key ${sign} ${value} OR key IS NULL OR key = ${value} AND ${among('<')})`;
}

/** By time of creation in the words of the index, so that it is used. */
function orderBy({ sort, order }: JobListQuery): string {
  if (sort === 'created_at') return `created_at ${order}, seq ${order}`;
  return `key ${order} NULLS LAST, created_at DESC, seq DESC`;
}

/** The rarest first, as far as length tells: most jobs are then left out by one comparison. */
function wordsOf(text: string | null): string[] {
  return [...new Set((text ?? '').split(/\s+/u).filter(Boolean))].sort((a, b) => b.length - a.length);
}
