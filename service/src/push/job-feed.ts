import { z } from 'zod';
import type { Logger } from 'pino';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/db.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { FeedSubscription } from './feed-subscription.ts';

export interface JobFeedOptions {
  db: Pick<Db, 'listen'>;
  jobs: Pick<Jobs, 'changes'>;
  clock: Clock;
  logger: Logger;
  /** How many may follow jobs at once. */
  limit: number;
}

/** A job as it was last read. */
export interface FedJob {
  readonly id: string;
  /** As the API answers it. */
  readonly json: string;
  readonly pending: boolean;
  readonly ended: boolean;
  /** Number of the transaction that wrote it. */
  readonly changedIn: bigint;
}

interface Watched {
  latest: FedJob | null;
  readonly subscriptions: Set<FeedSubscription>;
}

const ENDED: readonly string[] = ['success', 'failure', 'cancelled'];

const CHANNEL = 'job_service_changes';
const changeSchema = z.object({ id: z.string(), line: z.boolean() });

/** Shortest time between the starts of two reads: what changes meanwhile is one read, ms. */
const TICK = 50;
/** How often is read without being told: a signal may be lost, ms. */
const SAFETY_INTERVAL = 5000;
const RETRY_DELAY = 1000;

/**
 * Tells many subscribers of the changes of jobs. However many there are, the process listens on one connection and reads once per
 * tick. A signal only says that it is time to read; what is told is what was read.
 */
export class JobFeed {
  readonly #options: JobFeedOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #subscriptions = new Set<FeedSubscription>();
  /** Everything before it has been told to everybody. */
  #cursor = 0n;
  /** Places in line may have changed. */
  #lineMoved = false;
  #wanted = false;
  #reading: Promise<void> | null = null;
  #lastRead = -Infinity;
  #cancelTick: (() => void) | null = null;
  #cancelSafety: (() => void) | null = null;
  #unlisten: () => Promise<void> = async () => undefined;
  #closed = false;

  constructor(options: JobFeedOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#unlisten = await this.#options.db.listen(CHANNEL, (payload) => this.#onSignal(payload), () => this.#readAll());
  }

  /** Whether nobody more can be served. */
  get full(): boolean {
    return this.#closed || this.#subscriptions.size >= this.#options.limit;
  }

  get size(): number {
    return this.#subscriptions.size;
  }

  /** Tells `hears.onUpdate` the present state of each job that the subscription adds, then each change. */
  subscribe(hears: { onUpdate(update: readonly FedJob[], cursor: bigint): void; onClose(): void }): FeedSubscription {
    const subscription = new FeedSubscription({
      ...hears,
      watch: (ids) => {
        for (const id of ids) this.#entry(id).subscriptions.add(subscription);
        this.#wake();
      },
      unwatch: (ids) => {
        for (const id of ids) this.#release(id, subscription);
      },
      onEnd: () => this.#subscriptions.delete(subscription),
    });
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /** Ends all subscriptions. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelTick?.();
    this.#cancelSafety?.();
    for (const subscription of [...this.#subscriptions]) subscription.shutDown();
    await this.#unlisten();
    await this.#reading;
  }

  #entry(id: string): Watched {
    let entry = this.#watched.get(id);
    if (!entry) this.#watched.set(id, (entry = { latest: null, subscriptions: new Set() }));
    return entry;
  }

  #release(id: string, subscription: FeedSubscription): void {
    const entry = this.#watched.get(id);
    entry?.subscriptions.delete(subscription);
    if (entry?.subscriptions.size === 0) this.#watched.delete(id);
  }

  #onSignal(payload: string): void {
    const change = parse(payload);
    if (!change) {
      this.#options.logger.warn('ignored a signal that this version does not know');
      return;
    }
    if (change.line && this.#pending().length > 0) this.#lineMoved = true;
    if (this.#lineMoved || this.#watched.has(change.id)) this.#wake();
  }

  /** What was sent while nobody listened never arrives. */
  #readAll(): void {
    this.#cursor = 0n;
    this.#lineMoved = true;
    this.#wake();
  }

  #wake(delay = 0): void {
    this.#wanted = true;
    if (this.#reading || this.#cancelTick || this.#closed || this.#watched.size === 0) return;
    const { clock } = this.#options;
    const wait = Math.max(delay, this.#lastRead + TICK - clock.now(), 0);
    this.#cancelTick = clock.setTimeout(() => {
      this.#cancelTick = null;
      this.#lastRead = clock.now();
      this.#reading = this.#read().then((done) => {
        this.#reading = null;
        if (!done) this.#wake(RETRY_DELAY);
        else if (this.#wanted) this.#wake();
        else this.#waitSafely();
      });
    }, wait);
  }

  #waitSafely(): void {
    this.#cancelSafety?.();
    this.#cancelSafety = null;
    if (this.#watched.size === 0 || this.#closed) return;
    this.#cancelSafety = this.#options.clock.setTimeout(() => {
      this.#lineMoved = true;
      this.#wake();
    }, SAFETY_INTERVAL);
  }

  #pending(): string[] {
    return [...this.#watched].filter(([, { latest }]) => latest?.pending).map(([id]) => id);
  }

  /** `false`: the database could not be asked. */
  async #read(): Promise<boolean> {
    this.#wanted = false;
    const asked = [...this.#subscriptions].map((subscription) => [subscription, subscription.takeNew()] as const);
    const moved = this.#lineMoved;
    const since = this.#cursor;
    this.#lineMoved = false;
    const whole = new Set(asked.flatMap(([, ids]) => ids));
    if (moved) for (const id of this.#pending()) whole.add(id);
    try {
      const { jobs, cursor } = await this.#options.jobs.changes({ ids: [...this.#watched.keys()], since, whole: [...whole] });
      // A signal after a gap asks for everything, also when it came during this read.
      if (this.#cursor === since) this.#cursor = cursor;
      this.#tell(jobs, cursor, asked);
      return true;
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'could not read what changed; it is tried again');
      this.#lineMoved ||= moved;
      for (const [subscription, ids] of asked) subscription.giveBack(ids);
      return false;
    }
  }

  #tell(rows: readonly { job: JobStatusResponse; changedIn: bigint }[], cursor: bigint, asked: readonly (readonly [FeedSubscription, string[]])[]): void {
    const updates = new Map<FeedSubscription, Map<string, FedJob>>(asked.filter(([, ids]) => ids.length > 0).map(([subscription]) => [subscription, new Map()]));
    for (const { job, changedIn } of rows) {
      const entry = this.#watched.get(job.job_id);
      if (!entry) continue;
      const json = JSON.stringify(job);
      if (entry.latest?.json === json) continue;
      entry.latest = { id: job.job_id, json, changedIn, pending: job.status === 'pending', ended: ENDED.includes(job.status) };
      for (const subscription of entry.subscriptions) getOrAdd(updates, subscription).set(job.job_id, entry.latest);
    }
    for (const [subscription, ids] of asked) {
      for (const id of ids) {
        const latest = this.#watched.get(id)?.latest;
        if (latest) updates.get(subscription)?.set(id, latest);
      }
    }
    for (const [subscription, jobs] of updates) subscription.tell([...jobs.values()], cursor);
  }
}

function getOrAdd(updates: Map<FeedSubscription, Map<string, FedJob>>, subscription: FeedSubscription): Map<string, FedJob> {
  let jobs = updates.get(subscription);
  if (!jobs) updates.set(subscription, (jobs = new Map()));
  return jobs;
}

function parse(payload: string): z.infer<typeof changeSchema> | null {
  try {
    return changeSchema.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}
