import pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from './db.ts';

export interface PostgresOptions {
  url: string;
  /** Connections for the API and the workers of this process; the queue holds a few more. */
  poolSize: number;
  logger: Logger;
  clock: Clock;
}

const CONNECT_TIMEOUT = 10_000;
const QUEUE_CONNECTIONS = 3;
const LISTEN_CHECK_INTERVAL = 10_000;

export async function openPostgres(options: PostgresOptions): Promise<Db> {
  const { url, poolSize, logger, clock } = options;
  const base = { connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT, keepAlive: true };
  const pool = new pg.Pool({ ...base, max: poolSize, application_name: 'job-service' });
  // An idle connection that dies is replaced at the next use; unheard, its error would end the process.
  pool.on('error', (error) => logger.warn({ err: error }, 'lost an idle database connection'));
  await pool.query('SELECT 1').catch(async (cause: unknown) => {
    await pool.end();
    throw cause;
  });

  return {
    kind: 'postgres',
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => (await pool.query<Row>(sql, [...params])).rows,
    transaction: (work) => inTransaction(pool, work),
    async script(sql) {
      await pool.query(sql);
    },
    listen: (channel, onMessage, onGap) =>
      listen({ connect: () => new pg.Client({ ...base, application_name: 'job-service listener' }), channel, onMessage, onGap, logger, clock }),
    bossOptions: () => ({ ...base, max: QUEUE_CONNECTIONS, application_name: 'job-service queue' }),
    // PostgreSQL vacuums by itself.
    maintain: async () => undefined,
    close: () => pool.end(),
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // The pool takes its listener off a client that it hands out; the statement under way rejects with the same error.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work({
      query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => (await client.query<Row>(sql, [...params])).rows,
      boss: { executeSql: (text, values) => client.query(text, values) },
    });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

interface ListenOptions {
  connect(): pg.Client;
  channel: string;
  onMessage(payload: string): void;
  onGap(): void;
  logger: Logger;
  clock: Clock;
}

/** LISTEN needs a connection of its own, and node-postgres does not renew a lost one. */
async function listen({ connect, channel, onMessage, onGap, logger, clock }: ListenOptions): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let cancelTimer = (): void => undefined;
  let failures = 0;

  async function open(): Promise<void> {
    const next = connect();
    let lost = false;
    const onLost = (error?: Error): void => {
      if (lost) return;
      lost = true;
      cancelTimer();
      next.end().catch(() => undefined);
      if (client === next) client = undefined;
      if (!stopped) reopenLater(error);
    };
    next.on('error', onLost);
    next.on('end', () => onLost());
    next.on('notification', (message) => onMessage(message.payload ?? ''));
    try {
      await next.connect();
      await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      lost = true;
      next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    check();

    // A peer that vanished without a word is only noticed by asking.
    function check(): void {
      cancelTimer = clock.setTimeout(() => {
        next.query('SELECT 1').then(() => {
          if (!lost && !stopped) check();
        }, onLost);
      }, LISTEN_CHECK_INTERVAL);
    }
  }

  function reopenLater(error?: Error): void {
    failures += 1;
    logger.warn({ err: error, failures }, 'lost the connection that listens for changes; polling meanwhile');
    cancelTimer = clock.setTimeout(() => {
      open().then(async () => {
        failures = 0;
        if (stopped) await client?.end();
        else onGap();
      }, reopenLater);
    }, Math.min(30_000, 500 * 2 ** Math.min(failures, 6)));
  }

  await open();
  return async () => {
    stopped = true;
    cancelTimer();
    await client?.end();
  };
}
