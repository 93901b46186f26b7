import type { Db } from './db.ts';
import { migrations } from './migrations.ts';

/** Any number: it only has to be the same in every process of this service. */
const MIGRATION_LOCK = 481_201_733;

/** Brings the tables to the version that this code needs. Safe to run from several processes at once. */
export async function migrate(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [MIGRATION_LOCK]);
    await tx.query('CREATE SCHEMA IF NOT EXISTS job_service');
    await tx.query(
      'CREATE TABLE IF NOT EXISTS job_service.migrations (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const [row] = await tx.query<{ version: number }>('SELECT coalesce(max(version), 0)::int AS version FROM job_service.migrations');
    const present = row?.version ?? 0;
    if (present > migrations.length) {
      throw new Error(`The database was made by a newer version of this service (schema ${present}, this one knows ${migrations.length}). Start that version.`);
    }
    for (const [index, migration] of migrations.entries()) {
      const version = index + 1;
      if (version <= present) continue;
      for (const statement of migration.statements) await tx.query(statement);
      await tx.query('INSERT INTO job_service.migrations (version, name) VALUES ($1, $2)', [version, migration.name]);
    }
  });
}
