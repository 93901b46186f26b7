import type { ConstructorOptions, Db as BossDb } from 'pg-boss';

/** Runs one plain, parameterised statement. JSON goes in as text (`$1::jsonb`), so that both drivers treat it alike. */
export interface Queryable {
  query<Row extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** One open transaction. `boss` lets the queue write inside it, so a job and its place in the queue are stored together or not at all. */
export interface Tx extends Queryable {
  boss: BossDb;
}

/** What the service needs of a database. Two adapters fill it: PGlite in this process, and PostgreSQL. */
export interface Db extends Queryable {
  readonly kind: 'pglite' | 'postgres';
  /** Commits what `work` did, or rolls it back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs several statements without parameters. */
  script(sql: string): Promise<void>;
  /**
   * Listens on a NOTIFY channel until the returned function is called. `onGap` runs after a lost connection is back: what was
   * sent meanwhile never arrives.
   */
  listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): Promise<() => Promise<void>>;
  /** How the queue reaches the same database. */
  bossOptions(): ConstructorOptions;
  /** Regular care that the database does not take of itself. */
  maintain(): Promise<void>;
  close(): Promise<void>;
}
