import type { Db } from '../db/db.ts';
import { repeat } from '../clock.ts';
import type { JobQueue, Ticket } from '../queue/job-queue.ts';
import { onSignal } from '../queue/signals.ts';
import { Run } from './run.ts';
import type { RunContext } from './run.ts';

export interface WorkerOptions extends RunContext {
  db: Db;
  queue: JobQueue;
  /** Jobs at the same time. */
  concurrency: number;
}

/** How long a lost signal can delay a job, ms. It is also how exactly a delayed retry starts. */
const POLL_INTERVAL = 2000;
/** How often runs say that they are alive and ask whether they are still wanted, ms. */
const BEAT_INTERVAL = 2000;
/** How long runs get to end when the service stops, ms. */
const STOP_GRACE = 2500;

/** Takes jobs from the queue, urgent ones first, and runs a bounded number of them. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #runs = new Set<Run>();
  #stopping = false;
  #woken = false;
  #wake: (() => void) | null = null;
  #loop: Promise<void> = Promise.resolve();
  #teardown: (() => Promise<void>)[] = [];

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { db, queue, attempts, clock, logger } = this.#options;
    await queue.onLost((lost) => attempts.lost(lost));
    this.#teardown.push(
      await onSignal(
        db,
        logger,
        (message) => {
          if (message.type === 'queued') this.#wakeUp();
          else this.#stopRun(message.attempt);
        },
        () => {
          this.#wakeUp();
          void this.#beat();
        },
      ),
      repeat(clock, BEAT_INTERVAL, () => this.#beat()),
    );
    this.#loop = this.#work();
  }

  async #work(): Promise<void> {
    const { concurrency, queue, logger } = this.#options;
    while (!this.#stopping) {
      this.#woken = false;
      if (this.#runs.size >= concurrency) {
        await this.#idle(null);
        continue;
      }
      try {
        const ticket = await queue.take();
        if (ticket) {
          await this.#start(ticket);
          continue;
        }
      } catch (error) {
        logger.warn({ err: error }, 'could not ask the queue for work');
      }
      await this.#idle(POLL_INTERVAL);
    }
  }

  async #start(ticket: Ticket): Promise<void> {
    if (this.#stopping) {
      await this.#options.attempts.end(ticket, { kind: 'interrupted' });
      return;
    }
    const run = new Run(ticket, this.#options);
    this.#runs.add(run);
    void run.ended.then(() => {
      this.#runs.delete(run);
      this.#wakeUp();
    });
  }

  /** Waits until there may be something to do, at most `limit` ms. */
  async #idle(limit: number | null): Promise<void> {
    if (this.#woken || this.#stopping) return;
    await new Promise<void>((resolve) => {
      const cancel = limit === null ? undefined : this.#options.clock.setTimeout(resolve, limit);
      this.#wake = () => {
        cancel?.();
        resolve();
      };
    });
    this.#wake = null;
  }

  #wakeUp(): void {
    this.#woken = true;
    this.#wake?.();
  }

  #stopRun(attempt: string): void {
    for (const run of this.#runs) if (run.ticket.attempt === attempt) run.stop('unwanted');
  }

  async #beat(): Promise<void> {
    const { queue, attempts, logger } = this.#options;
    const tickets = [...this.#runs].map((run) => run.ticket);
    if (tickets.length === 0) return;
    try {
      await queue.beat(tickets);
      const wanted = await attempts.wanted(tickets.map((ticket) => ticket.attempt));
      for (const { attempt } of tickets) if (!wanted.has(attempt)) this.#stopRun(attempt);
    } catch (error) {
      logger.warn({ err: error }, 'could not report that runs are alive');
    }
  }

  /** Ends all runs and puts their jobs back in line. */
  async stop(): Promise<void> {
    const { attempts, clock } = this.#options;
    this.#stopping = true;
    this.#wakeUp();
    for (const run of this.#runs) run.stop('shutdown');
    let cancelGrace = (): void => undefined;
    const graceOver = new Promise<void>((resolve) => {
      cancelGrace = clock.setTimeout(resolve, STOP_GRACE);
    });
    await Promise.race([Promise.all([...this.#runs].map((run) => run.ended)), graceOver]);
    cancelGrace();
    // Whoever has not ended by now is given up; what it still writes finds its run no longer wanted.
    for (const run of this.#runs) await attempts.end(run.ticket, { kind: 'interrupted' });
    await this.#loop;
    for (const undo of this.#teardown.splice(0)) await undo();
  }
}
