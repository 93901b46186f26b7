import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '../db/db.ts';
import { queueFor } from '../queue/job-queue.ts';
import type { JobQueue, Ticket } from '../queue/job-queue.ts';
import type { RenderProgress } from '../render/types.ts';
import { JOB_COLUMNS, RUNNING, UNFINISHED } from './record.ts';
import type { JobRecord, StoredResult } from './record.ts';

export interface RetryPolicy {
  /** How often a job that failed is tried again by itself. */
  limit: number;
  delaySeconds: number;
  /** How often a job may take its worker down before it counts as failed. */
  crashLimit: number;
}

/** Why a run ended without a video. */
export type RunEnd =
  /** The renderer could not; `permanent`: nor could it next time. */
  | { kind: 'failed'; message: string; permanent: boolean }
  /** The service stops, or the worker was told to give the run back. */
  | { kind: 'interrupted' }
  /** The worker ended without a word. */
  | { kind: 'crashed' };

/** SQL for the column `steps` with each step changed. */
function eachStep(change: string): string {
  return `(SELECT coalesce(jsonb_agg(${change} ORDER BY place), '[]') FROM jsonb_array_elements(steps) WITH ORDINALITY AS list (step, place))`;
}

/**
 * What workers write about the runs of jobs. Every write names the run and does nothing when that run is no longer the job's
 * present one: cancelled, finished, or given to another worker.
 */
export class Attempts {
  readonly #db: Db;
  readonly #queue: JobQueue;
  readonly #policy: RetryPolicy;

  constructor(db: Db, queue: JobQueue, policy: RetryPolicy) {
    this.#db = db;
    this.#queue = queue;
    this.#policy = policy;
  }

  /** Starts the run. `null`: there is nothing to do any more. */
  async begin(ticket: Ticket): Promise<JobRecord | null> {
    const [job] = await this.#db.query<JobRecord>(
      `UPDATE job_service.jobs AS j
       SET status = 'started', progress_message = 'Starting', started_at = now(), updated_at = now(), not_before = NULL
       WHERE j.id = $1 AND j.attempt = $2 AND j.status = 'pending' RETURNING ${JOB_COLUMNS}`,
      [ticket.jobId, ticket.attempt],
    );
    return job ?? null;
  }

  /** Stores how far the run is. `false`: the run is no longer wanted. */
  async progress(ticket: Ticket, { progress, message, steps }: RenderProgress): Promise<boolean> {
    const rows = await this.#db.query(
      `UPDATE job_service.jobs
       SET status = 'processing', progress = greatest(progress, $3), progress_message = $4, steps = $5::jsonb, updated_at = now()
       WHERE id = $1 AND attempt = $2 AND status IN ${RUNNING} RETURNING id`,
      [ticket.jobId, ticket.attempt, Math.min(1, Math.max(0, progress)), message, JSON.stringify(steps)],
    );
    return rows.length > 0;
  }

  /** Ends the run with a video. `false`: the run was no longer wanted, and its files belong to nobody. */
  succeed(ticket: Ticket, result: StoredResult): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const rows = await tx.query(
        `UPDATE job_service.jobs
         SET status = 'success', progress = 1, progress_message = 'Finished', result = $3::jsonb, error = NULL,
           steps = ${eachStep(`step || '{"status": "success", "progress": 1}'`)},
           completed_at = now(), updated_at = now()
         WHERE id = $1 AND attempt = $2 AND status IN ${RUNNING} RETURNING id`,
        [ticket.jobId, ticket.attempt, JSON.stringify(result)],
      );
      if (rows.length === 0) return false;
      await this.#queue.complete(tx, ticket);
      return true;
    });
  }

  /** Ends the run without a video: the job goes back in line, or has failed. Does nothing for a run that is no longer wanted. */
  end(ticket: Ticket, end: RunEnd): Promise<void> {
    return this.#db.transaction(async (tx) => {
      const [job] = await tx.query<JobRecord>(
        `SELECT ${JOB_COLUMNS} FROM job_service.jobs AS j WHERE j.id = $1 AND j.attempt = $2 AND j.status IN ${UNFINISHED} FOR UPDATE`,
        [ticket.jobId, ticket.attempt],
      );
      if (job) await this.#decide(tx, ticket, job, end);
    });
  }

  async #decide(tx: Tx, ticket: Ticket, job: JobRecord, end: RunEnd): Promise<void> {
    const { limit, delaySeconds, crashLimit } = this.#policy;
    switch (end.kind) {
      case 'interrupted':
        return this.#again(tx, ticket, job, { message: 'Interrupted by a restart; waiting for a worker' });
      case 'crashed':
        if (job.crashes >= crashLimit) return this.#fail(tx, ticket, 'Making this video ended its worker too often.');
        return this.#again(tx, ticket, job, { message: 'The worker was lost; waiting for another', crashes: 1 });
      case 'failed': {
        if (end.permanent || job.failures >= limit) return this.#fail(tx, ticket, end.message);
        const message = `${end.message} Trying again in ${delaySeconds} s (retry ${job.failures + 1} of ${limit})`;
        return this.#again(tx, ticket, job, { message, failures: 1, delaySeconds });
      }
    }
  }

  async #again(
    tx: Tx,
    ticket: Ticket,
    job: JobRecord,
    next: { message: string; failures?: number; crashes?: number; delaySeconds?: number },
  ): Promise<void> {
    const { message, failures = 0, crashes = 0, delaySeconds = 0 } = next;
    const attempt = randomUUID();
    await tx.query(
      `UPDATE job_service.jobs
       SET status = 'pending', progress = 0, progress_message = $2, steps = '[]', attempt = $3, retry_count = retry_count + 1,
         failures = failures + $4, crashes = crashes + $5, queued_at = now(), started_at = NULL, updated_at = now(),
         not_before = CASE WHEN $6::double precision > 0 THEN now() + $6 * interval '1 second' END
       WHERE id = $1`,
      [job.id, message, attempt, failures, crashes, delaySeconds],
    );
    await this.#queue.fail(tx, ticket, message);
    await this.#queue.add(tx, { jobId: job.id, attempt, queue: queueFor(job.priority) }, { priority: job.priority, delaySeconds });
  }

  async #fail(tx: Tx, ticket: Ticket, message: string): Promise<void> {
    await tx.query(
      `UPDATE job_service.jobs
       SET status = 'failure', progress_message = 'Failed', error = $2, completed_at = now(), updated_at = now(),
         steps = ${eachStep(`CASE WHEN step ->> 'status' = 'processing' THEN step || '{"status": "failure"}' ELSE step END`)}
       WHERE id = $1`,
      [ticket.jobId, message],
    );
    await this.#queue.fail(tx, ticket, message);
  }

  /** Which of these runs are still wanted. */
  async wanted(attempts: readonly string[]): Promise<Set<string>> {
    const rows = await this.#db.query<{ attempt: string }>(
      `SELECT attempt FROM job_service.jobs WHERE attempt = ANY($1::uuid[]) AND status IN ${UNFINISHED}`,
      [attempts],
    );
    return new Set(rows.map((row) => row.attempt));
  }

  /** The run of a job whose worker the queue gave up. */
  async lost({ jobId, attempt }: { jobId: string; attempt: string }): Promise<void> {
    const [job] = await this.#db.query<{ priority: number }>('SELECT priority FROM job_service.jobs WHERE id = $1', [jobId]);
    if (job) await this.end({ jobId, attempt, queue: queueFor(job.priority) }, { kind: 'crashed' });
  }

  /**
   * Takes back every run that was under way. Only for the start of the one process that owns an embedded database: there, whoever
   * was at work before is dead.
   */
  async recover(): Promise<number> {
    const taken = await this.#queue.takenAttempts();
    const jobs = await this.#db.query<{ id: string; attempt: string }>(
      `SELECT id, attempt FROM job_service.jobs WHERE (status IN ${RUNNING} AND NOT sample) OR (status = 'pending' AND attempt = ANY($1::uuid[])) ORDER BY queued_at`,
      [taken],
    );
    for (const { id, attempt } of jobs) await this.lost({ jobId: id, attempt });
    return jobs.length;
  }
}
