import pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from './db.ts';
import { Listener } from './listener.ts';

export interface PostgresOptions {
  url: string;
  /** Connections for the API and the workers of this process; the queue holds a few more. */
  poolSize: number;
  logger: Logger;
  clock: Clock;
}

const CONNECT_TIMEOUT = 10_000;
const QUEUE_CONNECTIONS = 3;

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

  const listener = new Listener({ connect: () => new pg.Client({ ...base, application_name: 'job-service listener' }), logger, clock });

  return {
    kind: 'postgres',
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => (await pool.query<Row>(sql, [...params])).rows,
    transaction: (work) => inTransaction(pool, work),
    async script(sql) {
      await pool.query(sql);
    },
    listen: (channel, onMessage, onGap) => listener.listen(channel, onMessage, onGap),
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
