import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { DataDirectoryInUseError } from '../db/data-lock.ts';
import type { Db } from '../db/db.ts';
import { migrate } from '../db/migrate.ts';
import { systemClock } from '../clock.ts';
import { prepareClips } from './clips.ts';
import { applySamples, CONTROL_PATH, readControl } from './control.ts';
import type { SamplesRequest } from './control.ts';

export interface SeedOptions {
  /** Of the service to fill: `readConfig` of its environment. */
  config: Config;
  /** How many to add. Default 300. */
  jobs?: number;
  userId: string;
  /** `false`: finished jobs have no media, and nothing is rendered. Default `true`. */
  media?: boolean;
  logger: Logger;
  /** Told why finished jobs have no media although they should. */
  onNoMedia?: (reason: string) => void;
}

export interface Seeded {
  jobs: number;
  /** Where a running service took them; `null`: they were written into the database. */
  url: string | null;
}

/** Adds sample jobs to the service of these settings, whether it runs or not. */
export async function seedJobs({ config, jobs = 300, userId, media = true, logger, onNoMedia }: SeedOptions): Promise<Seeded> {
  const clips = media ? await clipsOf(config, logger, onNoMedia) : [];
  return apply(config, logger, { action: 'add', count: jobs, userId, now: Date.now(), clips });
}

/** Takes sample jobs back, of one user or (`null`) of all. */
export function unseedJobs({ config, userId, logger }: { config: Config; userId: string | null; logger: Logger }): Promise<Seeded> {
  return apply(config, logger, { action: 'remove', userId });
}

async function clipsOf({ cacheDirectory, dataDirectory }: Config, logger: Logger, onNoMedia?: (reason: string) => void) {
  const { render } = await import('../render/render.ts');
  try {
    return await prepareClips({ cacheDirectory, mediaDirectory: join(dataDirectory, 'media'), render, logger });
  } catch (error) {
    onNoMedia?.(error instanceof Error ? error.message : String(error));
    return [];
  }
}

async function apply(config: Config, logger: Logger, request: SamplesRequest): Promise<Seeded> {
  let db: Db;
  try {
    db = await open(config, logger);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUseError)) throw error;
    return ask(config, request, error);
  }
  try {
    await migrate(db);
    return { jobs: await applySamples(db, request), url: null };
  } finally {
    await db.close();
  }
}

async function open({ databaseUrl, dataDirectory, cacheDirectory }: Config, logger: Logger): Promise<Db> {
  if (databaseUrl === null) {
    const { openPglite } = await import('../db/pglite.ts');
    return openPglite({ dataDirectory, cacheDirectory });
  }
  const { openPostgres } = await import('../db/postgres.ts');
  return openPostgres({ url: databaseUrl, poolSize: 2, logger, clock: systemClock });
}

/** The process that has the embedded database does it. */
async function ask({ dataDirectory }: Config, request: SamplesRequest, inUse: Error): Promise<Seeded> {
  const control = await readControl(dataDirectory);
  if (!control) throw inUse;
  const answer = await fetch(control.url + CONTROL_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${control.token}` },
    body: JSON.stringify(request),
  }).catch((cause: unknown) => {
    // It starts or stops at this moment, or cannot be reached from here.
    throw new DataDirectoryInUseError(inUse.message, { cause });
  });
  if (!answer.ok) throw new Error(`The running job service at ${control.url} refused the sample jobs (${answer.status}): ${await answer.text()}`);
  const { jobs } = (await answer.json()) as { jobs: number };
  return { jobs, url: control.url };
}
