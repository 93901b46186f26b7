import { createHash } from 'node:crypto';
import type { CreateJobResponse } from '../../../src/api/wire.ts';
import type { Queryable } from '../db/db.ts';

export const KEY_LIFETIME_HOURS = 24;

/** The same key came with another request: one of the two is a mistake of the caller. */
export class KeyReusedError extends Error {
  override readonly name = 'KeyReusedError';
}

interface Key {
  userId: string;
  key: string;
}

/**
 * Takes the key for this transaction, or gives the answer that it led to before. Two requests at once: the second waits here
 * until the first is stored.
 */
export async function claimKey(tx: Queryable, { userId, key, request }: Key & { request: unknown }): Promise<CreateJobResponse | null> {
  const hash = createHash('sha256').update(canonical(request)).digest('hex');
  const claimed = await tx.query(
    `INSERT INTO job_service.idempotency_keys AS k (user_id, key, request_hash, response) VALUES ($1, $2, $3, 'null')
     ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, response = excluded.response, created_at = now()
       WHERE k.created_at < now() - ${KEY_LIFETIME_HOURS} * interval '1 hour'
     RETURNING key`,
    [userId, key, hash],
  );
  if (claimed.length > 0) return null;
  const [known] = await tx.query<{ request_hash: string; response: CreateJobResponse }>(
    'SELECT request_hash, response FROM job_service.idempotency_keys WHERE user_id = $1 AND key = $2',
    [userId, key],
  );
  if (!known || known.request_hash !== hash) throw new KeyReusedError();
  return known.response;
}

export async function keepAnswer(tx: Queryable, { userId, key, answer }: Key & { answer: CreateJobResponse }): Promise<void> {
  await tx.query('UPDATE job_service.idempotency_keys SET response = $3::jsonb WHERE user_id = $1 AND key = $2', [userId, key, JSON.stringify(answer)]);
}

export async function removeOldKeys(db: Queryable): Promise<void> {
  await db.query(`DELETE FROM job_service.idempotency_keys WHERE created_at < now() - ${KEY_LIFETIME_HOURS} * interval '1 hour'`);
}

/** The same for requests that differ only in the order of their fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
