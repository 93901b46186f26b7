import { constants, existsSync } from 'node:fs';
import { cp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Transaction } from '@electric-sql/pglite';
import { fromPglite } from 'pg-boss';
import type { Db as BossDb } from 'pg-boss';
import type { Db, Queryable, Tx } from './db.ts';
import { lockDataDirectory } from './data-lock.ts';

/** PostgreSQL's default of 128 MB would be held by this process for good; a queue of jobs needs a fraction of it. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

/** Shares the blocks of the files where the file system can. */
const COPY = { recursive: true, mode: constants.COPYFILE_FICLONE };

export interface PgliteOptions {
  /** The service's data directory; the database is its folder `pg`. */
  dataDirectory: string;
  /** Keeps an empty database ready here, which makes the next new data directory quick. */
  cacheDirectory: string;
}

/** Opens the embedded database and holds its data directory until `close`. */
export async function openPglite({ dataDirectory, cacheDirectory }: PgliteOptions): Promise<Db> {
  const lock = lockDataDirectory(dataDirectory);
  try {
    const folder = join(dataDirectory, 'pg');
    if (!existsSync(folder)) await prepare(folder, cacheDirectory);
    return adapt(await PGlite.create({ dataDir: folder, startParams }), lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Makes a new database beside its place and moves it there when it is whole, so that a process killed in the middle leaves
 * nothing half made. Initialising takes seconds; a copy of one that was initialised before takes a fraction of one.
 */
async function prepare(folder: string, cacheDirectory: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  // Its package.json is no export, but lies beside the folder that is one.
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')), 'utf8')) as { version: string };
  const template = join(cacheDirectory, `pglite-${version}`);
  if (existsSync(template)) {
    await cp(template, unfinished, COPY);
  } else {
    await (await PGlite.create({ dataDir: unfinished, startParams })).close();
    await keep(template, unfinished);
  }
  await rename(unfinished, folder);
}

/** The template only saves time: a cache that cannot be written is no reason to fail. */
async function keep(template: string, database: string): Promise<void> {
  const unfinished = `${template}.${process.pid}`;
  try {
    await cp(database, unfinished, COPY);
    await rename(unfinished, template);
  } catch {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
  }
}

function adapt(pg: PGlite, release: () => void): Db {
  return {
    kind: 'pglite',
    query: queryWith(pg),
    transaction: (work) => pg.transaction((tx) => work(adaptTransaction(tx))),
    async script(sql) {
      await pg.exec(sql);
    },
    async listen(channel, onMessage) {
      return pg.listen(channel, onMessage);
    },
    bossOptions: () => ({ db: fromPglite(pg), backend: 'pglite' }),
    // The embedded server runs no autovacuum.
    async maintain() {
      await pg.exec('VACUUM (ANALYZE)');
    },
    async close() {
      // It does not fsync by itself; a checkpoint leaves the files as they should be read next time.
      await pg.exec('CHECKPOINT').catch(() => undefined);
      await pg.close();
      release();
    },
  };
}

function queryWith(source: Pick<Transaction, 'query'>): Queryable['query'] {
  return async <Row extends object>(sql: string, params: readonly unknown[] = []) => (await source.query<Row>(sql, [...params])).rows;
}

function adaptTransaction(tx: Transaction): Tx {
  const boss: BossDb = {
    async executeSql(text, values) {
      if (values?.length) return tx.query<Record<string, unknown>>(text, values);
      const results = await tx.exec(text);
      return { rows: results.flatMap((result) => result.rows) };
    },
  };
  return { query: queryWith(tx), boss };
}
