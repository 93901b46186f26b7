import type { Logger } from 'pino';
import type { HistoryBucket } from '../../../src/api/extended-schema.ts';
import { JOB_STATUSES } from '../../../src/api/extended-schema.ts';
import type { KnownJobStatus } from '../../../src/core/job.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/db.ts';

const MINUTE = 60_000;
/** A minute is counted this long after its end, ms: what ended in its last moments is stored by then, also where clocks differ a little. */
const SETTLE = 2000;
const KEEP_DAYS = 30;

const COUNTS = JOB_STATUSES.map((status) => `count(*) FILTER (WHERE status = '${status}') AS ${status}`).join(', ');
const IN_MINUTE = (column: string): string => `${column} >= $1::timestamptz AND ${column} < $1::timestamptz + interval '1 minute'`;
const ENDED = ['success', 'failure', 'cancelled']
  .map((status) => `count(*) FILTER (WHERE status = '${status}' AND ${IN_MINUTE('completed_at')}) AS ended_${status}`)
  .join(', ');

type CountRow = Record<KnownJobStatus, number>;
type BucketRow = CountRow & {
  start: number;
  samples: number;
  created: number;
  ended_success: number;
  ended_failure: number;
  ended_cancelled: number;
  mean: number;
  max: number;
};

/** Counts the jobs once a minute, in every process: whichever comes first writes the minute, the others find it written. */
export class JobHistory {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor({ db, clock, logger }: { db: Db; clock: Clock; logger: Logger }) {
    this.#db = db;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Counts from now on until the returned function is called, which waits for a count under way. A minute that was slept through is left out. */
  start(): () => Promise<void> {
    let running: Promise<void> = Promise.resolve();
    let cancel = (): void => undefined;
    let stopped = false;
    /** Until the minute that `within` lies in has ended and settled. */
    const wait = (within: number): void => {
      const due = (Math.floor(within / MINUTE) + 1) * MINUTE + SETTLE;
      cancel = this.#clock.setTimeout(() => {
        const minute = Math.floor((this.#clock.now() - SETTLE) / MINUTE) * MINUTE - MINUTE;
        running = this.count(minute)
          .catch((error: unknown) => this.#logger.warn({ err: error }, 'could not count the jobs of a minute; it will be a gap'))
          .finally(() => {
            if (!stopped) wait(this.#clock.now() - SETTLE);
          });
      }, due - this.#clock.now());
    };
    wait(this.#clock.now());
    return async () => {
      stopped = true;
      cancel();
      await running;
    };
  }

  /** Stores what there is now and what happened in the minute that began at `minute` (ms), unless it is stored. Forgets old minutes. */
  async count(minute: number): Promise<void> {
    const start = new Date(minute).toISOString();
    // The join looks at no job when the minute is there already.
    await this.#db.query(
      `INSERT INTO job_service.minutes (minute, ${JOB_STATUSES.join(', ')}, created, ended_success, ended_failure, ended_cancelled)
       SELECT $1::timestamptz, counted.*
       FROM (SELECT WHERE NOT EXISTS (SELECT FROM job_service.minutes WHERE minute = $1::timestamptz)) AS due
       CROSS JOIN LATERAL (
         SELECT ${COUNTS}, count(*) FILTER (WHERE ${IN_MINUTE('created_at')}) AS created, ${ENDED} FROM job_service.listing
       ) AS counted
       ON CONFLICT (minute) DO NOTHING`,
      [start],
    );
    await this.#db.query(`DELETE FROM job_service.minutes WHERE minute < $1::timestamptz - interval '${KEEP_DAYS} days'`, [start]);
  }

  /** Buckets of `step` seconds from `from` up to `to` (ms, both multiples of the step), those without a counted minute included. */
  async read({ from, to, step }: { from: number; to: number; step: number }): Promise<HistoryBucket[]> {
    const rows = await this.#db.query<BucketRow>(
      `SELECT bucket.*, ${JOB_STATUSES.map((status) => `last.${status}`).join(', ')}
       FROM (
         SELECT (floor(extract(epoch FROM minute) / $3) * $3)::double precision AS start, max(minute) AS last_minute, count(*)::int AS samples,
           sum(created)::int AS created, sum(ended_success)::int AS ended_success, sum(ended_failure)::int AS ended_failure,
           sum(ended_cancelled)::int AS ended_cancelled, avg(pending)::double precision AS mean, max(pending) AS max
         FROM job_service.minutes
         WHERE minute >= $1::timestamptz AND minute < $2::timestamptz
         GROUP BY 1
       ) AS bucket
       JOIN job_service.minutes AS last ON last.minute = bucket.last_minute`,
      [new Date(from).toISOString(), new Date(to).toISOString(), step],
    );
    const found = new Map(rows.map((row) => [row.start * 1000, row]));
    const starts = Array.from({ length: (to - from) / (step * 1000) }, (_, index) => from + index * step * 1000);
    return starts.map((start) => bucketOf(start, found.get(start)));
  }
}

function bucketOf(start: number, row: BucketRow | undefined): HistoryBucket {
  const time = new Date(start).toISOString();
  if (!row) return { start: time, samples: 0, counts: null, created: null, ended: null, throughput: null, failure_rate: null, queue_depth: null };
  const { pending, started, processing, success, failure, cancelled, ended_success, ended_failure, ended_cancelled } = row;
  const ended = { success: ended_success, failure: ended_failure, cancelled: ended_cancelled, total: ended_success + ended_failure + ended_cancelled };
  return {
    start: time,
    samples: row.samples,
    counts: { pending, started, processing, success, failure, cancelled, total: pending + started + processing + success + failure + cancelled },
    created: row.created,
    ended,
    throughput: round(ended.total / row.samples),
    failure_rate: ended.success + ended.failure === 0 ? null : round(ended.failure / (ended.success + ended.failure)),
    queue_depth: { mean: round(row.mean), max: row.max },
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
