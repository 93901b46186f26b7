import { PgBoss } from 'pg-boss';
import type { QueueOptions } from 'pg-boss';
import type { Logger } from 'pino';
import type { Db, Tx } from '../db/db.ts';
import { signal } from './signals.ts';

/** In the order in which workers look. */
export const QUEUES = ['render-high', 'render-default', 'render-low'] as const;
export type QueueName = (typeof QUEUES)[number];

/** Where the queue puts a run whose worker fell silent. */
const LOST_QUEUE = 'render-lost';

const HIGHEST_PRIORITY = 1;
const LOWEST_PRIORITY = 10;

/** Priorities 1 to 3 are urgent, 8 to 10 can wait. */
export function queueFor(priority: number): QueueName {
  if (priority <= 3) return 'render-high';
  return priority <= 7 ? 'render-default' : 'render-low';
}

/** One run of one job, as it stands in the queue. */
export interface Ticket {
  jobId: string;
  attempt: string;
  queue: QueueName;
}

export interface JobQueueOptions {
  db: Db;
  logger: Logger;
  /** Seconds without a sign of life after which a run counts as lost. `null`: there is only this process, so none can be lost unnoticed. */
  heartbeatSeconds: number | null;
  /** Seconds after which a run is lost whatever its worker says. */
  expireSeconds: number;
  /** Seconds between two looks for lost runs. */
  superviseSeconds: number;
  /** Only processes with a worker look after the queue. */
  supervise: boolean;
}

const DAY_SECONDS = 86_400;

/**
 * The queue, on pg-boss. Every run of a job is one entry that is tried once: the service itself decides whether a job is tried
 * again, since that shows in the job.
 */
export class JobQueue {
  readonly #boss: PgBoss;
  readonly #options: JobQueueOptions;
  #started = false;

  constructor(options: JobQueueOptions) {
    this.#options = options;
    this.#boss = new PgBoss({
      ...options.db.bossOptions(),
      supervise: options.supervise,
      schedule: false,
      superviseIntervalSeconds: options.superviseSeconds,
      monitorIntervalSeconds: options.superviseSeconds,
    });
    this.#boss.on('error', (error) => options.logger.warn({ err: error }, 'the queue reported an error'));
    this.#boss.on('warning', (warning) => options.logger.debug({ warning }, 'the queue reported a warning'));
  }

  async start(): Promise<void> {
    const { heartbeatSeconds, expireSeconds } = this.#options;
    await this.#boss.start();
    await this.#define(LOST_QUEUE, { retryLimit: 3, deleteAfterSeconds: DAY_SECONDS });
    for (const name of QUEUES) {
      await this.#define(name, {
        retryLimit: 0,
        expireInSeconds: expireSeconds,
        deleteAfterSeconds: DAY_SECONDS,
        deadLetter: LOST_QUEUE,
        ...(heartbeatSeconds === null ? {} : { heartbeatSeconds }),
      });
      // Reads the queue into pg-boss's own cache: inside a transaction on a single connection it could not.
      await this.#boss.touch(name, '00000000-0000-0000-0000-000000000000');
    }
    this.#started = true;
  }

  async #define(name: string, options: QueueOptions & { deadLetter?: string }): Promise<void> {
    await this.#boss.createQueue(name, options);
    await this.#boss.updateQueue(name, options);
  }

  /** Puts a run in line, and wakes the workers when the transaction commits. */
  async add(tx: Tx, ticket: Ticket, options: { priority: number; delaySeconds?: number }): Promise<void> {
    await this.#boss.send(
      ticket.queue,
      { jobId: ticket.jobId, attempt: ticket.attempt },
      {
        id: ticket.attempt,
        priority: HIGHEST_PRIORITY + LOWEST_PRIORITY - options.priority,
        db: tx.boss,
        ...(options.delaySeconds ? { startAfter: options.delaySeconds } : {}),
      },
    );
    await signal(tx, { type: 'queued' });
  }

  /** Puts many runs in line, with one statement for each queue, and wakes the workers when the transaction commits. */
  async addAll(tx: Tx, entries: readonly { ticket: Ticket; priority: number }[]): Promise<void> {
    for (const queue of QUEUES) {
      const jobs = entries
        .filter(({ ticket }) => ticket.queue === queue)
        .map(({ ticket: { jobId, attempt }, priority }) => ({ id: attempt, data: { jobId, attempt }, priority: HIGHEST_PRIORITY + LOWEST_PRIORITY - priority }));
      if (jobs.length > 0) await this.#boss.insert(queue, jobs, { db: tx.boss });
    }
    await signal(tx, { type: 'queued' });
  }

  /** Takes the next run, urgent ones first. */
  async take(): Promise<Ticket | null> {
    for (const queue of QUEUES) {
      const [entry] = await this.#boss.fetch<{ jobId: string; attempt: string }>(queue);
      if (entry) return { queue, jobId: entry.data.jobId, attempt: entry.data.attempt };
    }
    return null;
  }

  /** Says that these runs are alive. */
  async beat(tickets: readonly Ticket[]): Promise<void> {
    if (this.#options.heartbeatSeconds === null) return;
    for (const queue of QUEUES) {
      const attempts = tickets.filter((ticket) => ticket.queue === queue).map((ticket) => ticket.attempt);
      if (attempts.length > 0) await this.#boss.touch(queue, attempts);
    }
  }

  async complete(tx: Tx, ticket: Ticket): Promise<void> {
    await this.#boss.complete(ticket.queue, ticket.attempt, null, { db: tx.boss });
  }

  /** Ends a run that did not succeed. It stays readable in the queue for a day. */
  async fail(tx: Tx, ticket: Ticket, message: string): Promise<void> {
    await this.#boss.fail(ticket.queue, ticket.attempt, { message }, { db: tx.boss });
  }

  /** Takes a run out of the queue, waiting or running, and tells whoever runs it. */
  async cancel(tx: Tx, ticket: Ticket): Promise<void> {
    await this.#boss.cancel(ticket.queue, ticket.attempt, { db: tx.boss });
    await signal(tx, { type: 'stopped', attempt: ticket.attempt });
  }

  /** Runs `handle` for each run whose worker fell silent, and for runs that failed, which need nothing more. */
  async onLost(handle: (lost: { jobId: string; attempt: string }) => Promise<void>): Promise<void> {
    await this.#boss.work<{ jobId: string; attempt: string }>(LOST_QUEUE, { batchSize: 10, pollingIntervalSeconds: 2 }, async (entries) => {
      for (const entry of entries) await handle(entry.data);
    });
  }

  /** Runs that some worker has taken and not ended. */
  async takenAttempts(): Promise<string[]> {
    const rows = await this.#options.db.query<{ id: string }>(`SELECT id FROM pgboss.job WHERE name = ANY($1::text[]) AND state = 'active'`, [QUEUES]);
    return rows.map((row) => row.id);
  }

  /** Throws when the queue cannot be used now. */
  async check(): Promise<void> {
    if (!this.#started) throw new Error('the queue is not running');
    if ((await this.#boss.getQueues([...QUEUES])).length < QUEUES.length) throw new Error('the queue is incomplete');
  }

  async stop(): Promise<void> {
    this.#started = false;
    await this.#boss.stop({ graceful: false });
  }
}
