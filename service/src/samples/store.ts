import type { Db, Queryable } from '../db/db.ts';
import type { SampleOptions } from './sample-jobs.ts';
import { sampleJobs } from './sample-jobs.ts';

/** Rows of one statement. */
const BATCH = 500;

const COLUMNS = {
  id: 'uuid', user_id: 'text', script_id: 'text', title: 'text', platform: 'text', request: 'jsonb', priority: 'smallint', status: 'text',
  progress: 'double precision', progress_message: 'text', steps: 'jsonb', result: 'jsonb', error: 'text', attempt: 'uuid', retry_count: 'integer',
  kind: 'text', target_seconds: 'double precision', estimated_duration: 'integer', created_at: 'timestamptz', started_at: 'timestamptz',
  completed_at: 'timestamptz', updated_at: 'timestamptz',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const TYPED = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`).join(', ');

/** Adds sample jobs, all or none. No worker takes them: what they show stands still until somebody cancels or retries one. */
export function addSamples(db: Db, options: Omit<SampleOptions, 'seed'>): Promise<void> {
  return db.transaction(async (tx) => {
    const [known] = await tx.query<{ jobs: number }>('SELECT count(*)::int AS jobs FROM job_service.jobs WHERE sample');
    const rows = sampleJobs({ ...options, seed: 1 + (known?.jobs ?? 0) });
    for (let from = 0; from < rows.length; from += BATCH) {
      await tx.query(
        `INSERT INTO job_service.jobs (${NAMES}, queued_at, sample)
         SELECT ${NAMES}, created_at, true FROM jsonb_to_recordset($1::jsonb) AS given (${TYPED}) ORDER BY created_at`,
        [JSON.stringify(rows.slice(from, from + BATCH))],
      );
    }
  });
}

/** Takes sample jobs back, of one user or (`null`) of all; gives how many. */
export async function removeSamples(db: Queryable, userId: string | null): Promise<number> {
  const rows = await db.query('DELETE FROM job_service.jobs WHERE sample AND ($1::text IS NULL OR user_id = $1) RETURNING id', [userId]);
  return rows.length;
}
