import { randomUUID } from 'node:crypto';
import type { KnownJobStatus } from '../../../src/core/job.ts';
import type { CreateJobResponse, JobStatusResponse } from '../../../src/api/wire.ts';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from '../db/db.ts';
import { queueFor } from '../queue/job-queue.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { createMany } from './bulk.ts';
import type { BulkOutcome, BulkRow } from './bulk.ts';
import { claimKey, keepAnswers } from './idempotency.ts';
import type { Key } from './idempotency.ts';
import { insertJobs } from './insert.ts';
import type { CreateRequest } from './insert.ts';
import { listJobs } from './list.ts';
import type { FoundJobs, JobListQuery } from './list.ts';
import { FINISHED, JOB_COLUMNS, UNFINISHED } from './record.ts';
import type { JobRecord } from './record.ts';
import { toWire } from './wire.ts';

export type { CreateRequest } from './insert.ts';

/** What became of a request to change a job; `status` is why it was refused, `null` when there is no such job. */
export type ChangeOutcome = { done: true } | { done: false; status: KnownJobStatus | null };

export interface ChangeQuery {
  ids: readonly string[];
  since: bigint;
  whole: readonly string[];
}

export interface JobChanges {
  jobs: { job: JobStatusResponse; changedIn: bigint }[];
  cursor: bigint;
}

/** 1 = next. A job that waits before it is tried again is not in line yet. */
const QUEUE_POSITION = `CASE WHEN j.status = 'pending' AND (j.not_before IS NULL OR j.not_before <= now()) THEN (
  SELECT count(*)::int + 1 FROM job_service.listing AS ahead
  WHERE ahead.status = 'pending' AND ahead.sample = j.sample AND (ahead.not_before IS NULL OR ahead.not_before <= now())
    AND (ahead.priority, ahead.queued_at, ahead.attempt) < (j.priority, j.queued_at, j.attempt)
) END AS queue_position`;

type PositionedRecord = JobRecord & { queue_position: number | null };

/** Everything that a caller of the API may ask of jobs. */
export class Jobs {
  readonly #db: Db;
  readonly #queue: JobQueue;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(db: Db, queue: JobQueue, clock: Pick<Clock, 'now'>) {
    this.#db = db;
    this.#queue = queue;
    this.#clock = clock;
  }

  /** Stores a job and puts it in line. With a key that was used in the last 24 hours, gives the answer of that time instead. */
  create(request: CreateRequest, idempotencyKey: string | null): Promise<CreateJobResponse> {
    const insert = async (tx: Tx): Promise<CreateJobResponse> => (await insertJobs(tx, this.#queue, [request]))[0] as CreateJobResponse;
    return this.#once(idempotencyKey === null ? null : { userId: request.video_request.user_id, key: idempotencyKey, request }, insert);
  }

  /**
   * Creates many jobs with one transaction, see `createMany`. `answer` makes of their outcomes what is answered, and what the
   * same call is answered again within 24 hours when it has a key.
   */
  createMany<Answer>(
    rows: readonly BulkRow[],
    { all, claim, answer }: { all: boolean; claim: (Key & { request: unknown }) | null; answer: (outcomes: BulkOutcome[]) => Answer },
  ): Promise<Answer> {
    const now = new Date(this.#clock.now());
    return this.#once(claim, async (tx) => answer(await createMany({ tx, queue: this.#queue, now }, rows, all)));
  }

  #once<Answer>(claim: (Key & { request: unknown }) | null, act: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    return this.#db.transaction(async (tx) => {
      if (!claim) return act(tx);
      const known = await claimKey<Answer>(tx, claim, new Date(this.#clock.now()));
      if (known !== null) return known;
      const answer = await act(tx);
      await keepAnswers(tx, [{ ...claim, answer }]);
      return answer;
    });
  }

  async get(id: string): Promise<JobStatusResponse | null> {
    const [row] = await this.#db.query<PositionedRecord>(`SELECT ${JOB_COLUMNS}, ${QUEUE_POSITION} FROM job_service.jobs AS j WHERE j.id = $1`, [id]);
    return row ? toWire(row, row.queue_position) : null;
  }

  /**
   * Jobs among `ids`, read at one moment: those that `whole` names, and those that changed in or after transaction `since`. The
   * answer's `cursor` is the `since` that misses nothing after it.
   */
  async changes({ ids, since, whole }: ChangeQuery): Promise<JobChanges> {
    const rows = await this.#db.query<PositionedRecord & { cursor: string; changed_in: string; id: string | null }>(
      `SELECT moment.cursor, ${JOB_COLUMNS}, j.changed_in::text AS changed_in, ${QUEUE_POSITION}
       FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS cursor) AS moment
       LEFT JOIN job_service.jobs AS j ON j.id = ANY($1::uuid[]) AND (j.changed_in >= $2::bigint OR j.id = ANY($3::uuid[]))`,
      [ids, String(since), whole],
    );
    const jobs = rows.filter((row) => row.id !== null).map((row) => ({ job: toWire(row, row.queue_position), changedIn: BigInt(row.changed_in) }));
    return { jobs, cursor: BigInt(rows[0]?.cursor ?? 0) };
  }

  /** In the order of `ids`; those that are no jobs are left out. */
  async some(ids: readonly string[]): Promise<JobStatusResponse[]> {
    const rows = await this.#db.query<PositionedRecord>(
      `SELECT ${JOB_COLUMNS}, ${QUEUE_POSITION} FROM job_service.jobs AS j WHERE j.id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], j.id)`,
      [ids],
    );
    return rows.map((row) => toWire(row, row.queue_position));
  }

  /** The row itself, for the media routes. */
  async record(id: string): Promise<JobRecord | null> {
    const [row] = await this.#db.query<JobRecord>(`SELECT ${JOB_COLUMNS} FROM job_service.jobs AS j WHERE j.id = $1`, [id]);
    return row ?? null;
  }

  list(query: JobListQuery): Promise<FoundJobs> {
    return listJobs(this.#db, query);
  }

  async counts(): Promise<Record<KnownJobStatus | 'total', number>> {
    const rows = await this.#db.query<{ status: KnownJobStatus; jobs: number }>('SELECT status, count(*)::int AS jobs FROM job_service.listing GROUP BY status');
    const counts = { pending: 0, started: 0, processing: 0, success: 0, failure: 0, cancelled: 0, total: 0 };
    for (const { status, jobs } of rows) {
      counts[status] = jobs;
      counts.total += jobs;
    }
    return counts;
  }

  /** Ends a job that has not ended. Its worker is told at once, and could write nothing more in any case. */
  cancel(id: string): Promise<ChangeOutcome> {
    return this.#db.transaction(async (tx) => {
      const [job] = await tx.query<JobRecord>(
        `UPDATE job_service.jobs AS j
         SET status = 'cancelled', progress_message = 'Cancelled', completed_at = now(), updated_at = now(), not_before = NULL
         WHERE j.id = $1 AND j.status IN ${UNFINISHED} RETURNING ${JOB_COLUMNS}`,
        [id],
      );
      if (!job) return refusal(tx, id);
      await this.#queue.cancel(tx, { jobId: id, attempt: job.attempt, queue: queueFor(job.priority) });
      return { done: true };
    });
  }

  /** Sends a failed or cancelled job round again. A sample is a job like others from then on. */
  retry(id: string): Promise<ChangeOutcome> {
    return this.#db.transaction(async (tx) => {
      const [job] = await tx.query<JobRecord>(
        `UPDATE job_service.jobs AS j
         SET status = 'pending', progress = 0, progress_message = 'Waiting for a worker', steps = '[]', result = NULL, error = NULL,
           retry_count = retry_count + 1, failures = 0, crashes = 0, attempt = $2, queued_at = now(), not_before = NULL, sample = false,
           started_at = NULL, completed_at = NULL, updated_at = now()
         WHERE j.id = $1 AND j.status IN ('failure', 'cancelled') RETURNING ${JOB_COLUMNS}`,
        [id, randomUUID()],
      );
      if (!job) return refusal(tx, id);
      await this.#queue.add(tx, { jobId: id, attempt: job.attempt, queue: queueFor(job.priority) }, { priority: job.priority });
      return { done: true };
    });
  }

  /** Forgets jobs that ended more than `hours` ago, samples apart. Returns their ids, so that their files can go too. */
  async removeOld(hours: number): Promise<string[]> {
    const rows = await this.#db.query<{ id: string }>(
      `DELETE FROM job_service.jobs WHERE NOT sample AND status IN ${FINISHED} AND completed_at < now() - $1 * interval '1 hour' RETURNING id`,
      [hours],
    );
    return rows.map((row) => row.id);
  }

  /** Which of these ids are jobs. */
  async existing(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.#db.query<{ id: string }>('SELECT id FROM job_service.jobs WHERE id = ANY($1::uuid[])', [ids]);
    return new Set(rows.map((row) => row.id));
  }
}

async function refusal(tx: Tx, id: string): Promise<ChangeOutcome> {
  const [row] = await tx.query<{ status: KnownJobStatus }>('SELECT status FROM job_service.jobs WHERE id = $1', [id]);
  return { done: false, status: row?.status ?? null };
}
