import { randomUUID } from 'node:crypto';
import { LIMITS } from '../../../src/api/schema.ts';
import type { JobTemplate, SaveTemplateRequest, TemplateContent } from '../../../src/api/wire.ts';
import type { Db, Queryable } from '../db/db.ts';

interface TemplateRecord {
  id: string;
  name: string;
  content: TemplateContent;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = 'id, name, content, created_at, updated_at';

/** Any number: it only has to be another than those of other locks. */
const LOCK = 481_201_734;

/** What became of a request to keep a template. */
export type SaveOutcome =
  | { kind: 'created' | 'changed'; template: JobTemplate }
  /** There is none with this id, or it is another user's. */
  | { kind: 'unknown' }
  /** Another template of the user has the name. */
  | { kind: 'taken' }
  /** The user has as many as are kept. */
  | { kind: 'full' };

export interface NewTemplate {
  user_id: string;
  name: string;
  content: TemplateContent;
}

/** What a user fills requests in with. Each belongs to one user, and no other ever sees it. */
export class Templates {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** By name. */
  async list(userId: string): Promise<JobTemplate[]> {
    const rows = await this.#db.query<TemplateRecord>(`SELECT ${COLUMNS} FROM job_service.templates WHERE user_id = $1 ORDER BY name_key`, [userId]);
    return rows.map(toWire);
  }

  /** Keeps a new one. One with the same name and content is that very one, so that a request may be sent again. */
  create({ user_id: userId, name, content }: NewTemplate): Promise<SaveOutcome> {
    return this.#db.transaction(async (tx): Promise<SaveOutcome> => {
      await lock(tx, userId);
      const json = JSON.stringify(content);
      const [row] = await tx.query<TemplateRecord>(
        `INSERT INTO job_service.templates (id, user_id, name, name_key, content)
         SELECT $1, $2, $3, $4, $5::jsonb WHERE (SELECT count(*) FROM job_service.templates WHERE user_id = $2) < ${LIMITS.template.perUser}
         ON CONFLICT (user_id, name_key) DO NOTHING RETURNING ${COLUMNS}`,
        [randomUUID(), userId, name, keyOf(name), json],
      );
      if (row) return { kind: 'created', template: toWire(row) };
      const [same] = await tx.query<TemplateRecord & { equal: boolean }>(
        `SELECT ${COLUMNS}, name = $3 AND content = $4::jsonb AS equal FROM job_service.templates WHERE user_id = $1 AND name_key = $2`,
        [userId, keyOf(name), name, json],
      );
      if (!same) return { kind: 'full' };
      return same.equal ? { kind: 'changed', template: toWire(same) } : { kind: 'taken' };
    });
  }

  /** Gives the one with this id another name, other content, or both. */
  change(id: string, { user_id: userId, name, content }: Pick<SaveTemplateRequest, 'user_id' | 'name' | 'content'>): Promise<SaveOutcome> {
    return this.#db.transaction(async (tx): Promise<SaveOutcome> => {
      await lock(tx, userId);
      if (name && (await isTaken(tx, { userId, name, id }))) return { kind: 'taken' };
      const [row] = await tx.query<TemplateRecord>(
        `UPDATE job_service.templates
         SET name = coalesce($3, name), name_key = coalesce($4, name_key), content = coalesce($5::jsonb, content), updated_at = now()
         WHERE user_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
        [userId, id, name ?? null, name ? keyOf(name) : null, content ? JSON.stringify(content) : null],
      );
      return row ? { kind: 'changed', template: toWire(row) } : { kind: 'unknown' };
    });
  }

  /** `false`: the user has none with this id. */
  async remove(userId: string, id: string): Promise<boolean> {
    const rows = await this.#db.query('DELETE FROM job_service.templates WHERE user_id = $1 AND id = $2 RETURNING id', [userId, id]);
    return rows.length > 0;
  }
}

/** One change of a user's templates at a time: a second one waits, and sees the first. */
async function lock(tx: Queryable, userId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1::int, hashtext($2))', [LOCK, userId]);
}

async function isTaken(tx: Queryable, { userId, name, id }: { userId: string; name: string; id: string }): Promise<boolean> {
  const rows = await tx.query('SELECT id FROM job_service.templates WHERE user_id = $1 AND name_key = $2 AND id <> $3', [userId, keyOf(name), id]);
  return rows.length > 0;
}

/** Names that look alike are alike. */
function keyOf(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, ' ').toLowerCase();
}

function toWire({ id, name, content, created_at, updated_at }: TemplateRecord): JobTemplate {
  return { id, name, content, created_at: created_at.toISOString(), updated_at: updated_at.toISOString() };
}
