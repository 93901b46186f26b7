import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { repeat, systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './db/db.ts';
import { migrate } from './db/migrate.ts';
import { Attempts } from './jobs/attempts.ts';
import { removeOldKeys } from './jobs/idempotency.ts';
import { JobHistory } from './jobs/history.ts';
import { Jobs } from './jobs/jobs.ts';
import { JobFeed } from './push/job-feed.ts';
import { JobQueue } from './queue/job-queue.ts';
import type { Render } from './render/types.ts';
import type { Env } from './routes/context.ts';
import { Control } from './samples/control.ts';
import { localStorage } from './storage/local-storage.ts';
import type { Storage } from './storage/storage.ts';
import { Worker } from './worker/worker.ts';

export interface ServiceParts {
  config: Config;
  logger: Logger;
  render: Render;
  /** Default: the system's. */
  clock?: Clock;
}

/** Files of a job that is not stored yet are younger than this, ms. */
const ORPHAN_AGE = 3_600_000;
/** A worker that cannot be heard for so long, in seconds, is dead. The queue allows no less. */
const HEARTBEAT_SECONDS = 10;
const SUPERVISE_SECONDS = 5;
/** How much longer than its limit a run may stand in the queue, seconds. */
const EXPIRE_SLACK = 300;
/** How often a job may take its worker down. */
const CRASH_LIMIT = 10;

/** The service without a socket: database, queue, routes and, by its role, the worker. */
export class Service {
  readonly app: OpenAPIHono<Env>;
  readonly db: Db;
  readonly jobs: Jobs;
  readonly #parts: Required<ServiceParts>;
  readonly #queue: JobQueue;
  readonly #attempts: Attempts;
  readonly #storage: Storage;
  readonly #history: JobHistory;
  readonly #feed: JobFeed;
  readonly #control: Control | null;
  readonly #workDirectory: string;
  #worker: Worker | null = null;
  #stopCleanup: () => Promise<void> = async () => undefined;
  #stopCounting: () => Promise<void> = async () => undefined;
  #workStopped: Promise<void> | undefined;

  private constructor(db: Db, parts: Required<ServiceParts>) {
    const { config, logger, clock } = parts;
    this.db = db;
    this.#parts = parts;
    this.#workDirectory = join(config.dataDirectory, 'work');
    this.#storage = localStorage(join(config.dataDirectory, 'media'));
    this.#queue = new JobQueue({
      db,
      logger,
      heartbeatSeconds: db.kind === 'pglite' ? null : HEARTBEAT_SECONDS,
      expireSeconds: Math.ceil(config.limits.hard) + EXPIRE_SLACK,
      superviseSeconds: SUPERVISE_SECONDS,
      supervise: config.role !== 'api',
    });
    this.jobs = new Jobs(db, this.#queue, clock);
    this.#attempts = new Attempts(db, this.#queue, { ...config.retries, crashLimit: CRASH_LIMIT });
    this.#history = new JobHistory({ db, clock, logger });
    this.#feed = new JobFeed({ db, jobs: this.jobs, clock, logger, limit: config.pushLimit });
    this.#control = db.kind === 'pglite' ? new Control(config.dataDirectory) : null;
    this.app = createApp({
      config, db, queue: this.#queue, jobs: this.jobs, history: this.#history, storage: this.#storage, feed: this.#feed, control: this.#control, clock, logger,
    });
  }

  /** Opens everything; when something cannot be opened, closes the rest again. */
  static async start(parts: ServiceParts): Promise<Service> {
    const db = await openDatabase(parts);
    try {
      await migrate(db);
      const service = new Service(db, { clock: systemClock, ...parts });
      await service.#start();
      return service;
    } catch (error) {
      await db.close().catch(() => undefined);
      throw error;
    }
  }

  async #start(): Promise<void> {
    const { config, logger, render, clock } = this.#parts;
    await this.#queue.start();
    if (config.role !== 'worker') await this.#feed.start();
    if (this.db.kind === 'pglite') {
      const recovered = await this.#attempts.recover();
      if (recovered > 0) logger.info({ jobs: recovered }, 'took up the jobs that the last process left');
    }
    this.#stopCounting = this.#history.start();
    if (config.role === 'api') return;
    await this.#removeLeftovers();
    this.#worker = new Worker({
      db: this.db,
      queue: this.#queue,
      attempts: this.#attempts,
      storage: this.#storage,
      render,
      clock,
      logger,
      limits: config.limits,
      concurrency: config.concurrency,
      workDirectory: this.#workDirectory,
    });
    await this.#worker.start();
    this.#stopCleanup = repeat(clock, config.cleanupMinutes * 60_000, () => this.#cleanUpSafely());
  }

  /** Removes what nobody needs any more: jobs that ended long ago, their files, and files without a job. */
  async cleanUp(): Promise<void> {
    const { keepHours } = this.#parts.config;
    const removed = await this.jobs.removeOld(keepHours);
    for (const id of removed) await this.#storage.remove(id);
    await removeOldKeys(this.db, new Date(this.#parts.clock.now()));
    const stored = (await this.#storage.jobs(ORPHAN_AGE)).filter(isUuid);
    const known = await this.jobs.existing(stored);
    for (const id of stored) if (!known.has(id)) await this.#storage.remove(id);
    await this.#removeLeftovers();
    await this.db.maintain();
    if (removed.length > 0) this.#parts.logger.info({ jobs: removed.length }, 'removed old jobs');
  }

  async #cleanUpSafely(): Promise<void> {
    try {
      await this.cleanUp();
    } catch (error) {
      this.#parts.logger.error({ err: error }, 'the clean-up failed; it is tried again later');
    }
  }

  /** Working files of runs whose process is dead. */
  async #removeLeftovers(): Promise<void> {
    const found = (await readdir(this.#workDirectory).catch(() => [])).filter(isUuid);
    const wanted = await this.#attempts.wanted(found);
    for (const attempt of found) {
      if (!wanted.has(attempt)) await rm(join(this.#workDirectory, attempt), { recursive: true, force: true });
    }
  }

  /** Puts running jobs back in line and takes no more. The API still answers. */
  stopWork(): Promise<void> {
    return (this.#workStopped ??= (async () => {
      await this.#worker?.stop();
      await this.#stopCleanup();
    })());
  }

  /** How many clients follow jobs by stream or socket. */
  get followers(): number {
    return this.#feed.size;
  }

  /** Lets commands on this machine find the service that holds the embedded database. */
  async announce(url: string): Promise<void> {
    await this.#control?.announce(url);
  }

  /** Ends the streams and sockets of all clients, which would otherwise stay open. */
  stopPush(): Promise<void> {
    return this.#feed.close();
  }

  /** Stops the work and closes everything. */
  async stop(): Promise<void> {
    await Promise.all([this.stopWork(), this.stopPush(), this.#stopCounting(), this.#control?.withdraw()]);
    await this.#queue.stop();
    await this.db.close();
  }
}

function isUuid(name: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
}

/** Each database's driver is loaded only where it is used. */
async function openDatabase({ config, logger, clock = systemClock }: ServiceParts): Promise<Db> {
  if (config.databaseUrl === null) {
    const { openPglite } = await import('./db/pglite.ts');
    return openPglite(config);
  }
  const { openPostgres } = await import('./db/postgres.ts');
  return openPostgres({ url: config.databaseUrl, poolSize: config.databasePool, logger, clock });
}
