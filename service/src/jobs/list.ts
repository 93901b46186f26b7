import type { ListApplied, ListSort } from '../../../src/api/extended-schema.ts';
import { JOB_STATUSES } from '../../../src/api/extended-schema.ts';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import type { KnownJobStatus } from '../../../src/core/job.ts';
import type { Queryable } from '../db/db.ts';
import { WIRE_COLUMNS } from './record.ts';
import type { WireRecord } from './record.ts';
import { toWire } from './wire.ts';

/** The filter and order as the answer tells them, and which page of it. */
export interface JobListQuery extends ListApplied {
  userId: string;
  page: number;
  pageSize: number;
}

export interface FoundJobs {
  jobs: JobStatusResponse[];
  /** Of all pages. */
  total: number;
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

type Row = WireRecord & { id: string | null; counts: Partial<Record<KnownJobStatus, number>> | null; queue_position: number | null };

/**
 * One page of a user's jobs, how many there are, and how many of each status, all of one moment.
 *
 * The page is chosen in the narrow table and only its rows, 100 at most, are read from the wide one. An exact total means looking at
 * every match anyway, so a page that lies deep costs nothing beyond that look: skipping its way there by keys, with anchors kept for
 * each filter and order, would save a part of a sort of some milliseconds and could not jump to any page. `npm run bench:list` shows
 * what each filter and order costs with 10,000 jobs.
 */
export async function listJobs(db: Queryable, query: JobListQuery): Promise<FoundJobs> {
  const { userId, page, pageSize, status } = query;
  const params: unknown[] = [userId, pageSize, (page - 1) * pageSize, status];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const words = wordsOf(query.q);
  const conditions = ['l.user_id = $1', ...words.map((word) => `strpos(l.search, lower(${param(word)}::text)) > 0`)];
  if (query.created_after !== null) conditions.push(`l.created_at >= ${param(query.created_after)}::timestamptz`);
  if (query.created_before !== null) conditions.push(`l.created_at < ${param(query.created_before)}::timestamptz`);

  const rows = await db.query<Row>(
    // A search is done once for both uses. Anything else is cheaper done twice: each use then reads only what it needs, by index.
    `WITH matching AS ${words.length > 0 ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (
       SELECT l.id, l.seq, l.status, l.created_at, ${KEYS[query.sort]} AS key FROM job_service.listing AS l WHERE ${conditions.join(' AND ')}
     ),
     chosen AS (
       SELECT id, status, row_number() OVER () AS place FROM (
         SELECT id, status FROM matching WHERE cardinality($4::text[]) = 0 OR status = ANY($4::text[])
         ORDER BY ${orderBy(query)} LIMIT $2 OFFSET $3
       ) AS page
     ),
     -- Places in line, counted once for the page and not once for each of its jobs; not at all where none of them waits.
     line AS MATERIALIZED (
       SELECT id, row_number() OVER (PARTITION BY sample ORDER BY priority, queued_at, attempt)::int AS queue_position
       FROM job_service.listing
       WHERE status = 'pending' AND (not_before IS NULL OR not_before <= now()) AND EXISTS (SELECT FROM chosen WHERE status = 'pending')
     ),
     places AS MATERIALIZED (SELECT id, queue_position FROM line WHERE id IN (SELECT id FROM chosen))
     SELECT total.counts, ${WIRE_COLUMNS}, places.queue_position
     FROM (SELECT jsonb_object_agg(status, jobs) AS counts FROM (SELECT status, count(*) AS jobs FROM matching GROUP BY status) AS each) AS total
     LEFT JOIN chosen ON true
     LEFT JOIN job_service.jobs AS j ON j.id = chosen.id
     LEFT JOIN places ON places.id = chosen.id
     ORDER BY chosen.place`,
    params,
  );
  const found = rows[0]?.counts ?? {};
  const counts = Object.fromEntries(JOB_STATUSES.map((name) => [name, found[name] ?? 0])) as FoundJobs['counts'];
  const wanted: readonly KnownJobStatus[] = status.length > 0 ? [...new Set(status)] : JOB_STATUSES;
  return {
    jobs: rows.filter((row) => row.id !== null).map((row) => toWire(row, row.queue_position)),
    total: wanted.reduce<number>((sum, name) => sum + counts[name], 0),
    counts,
  };
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
