import { createHash } from 'node:crypto';
import type { CreateJobResponse } from '../../../src/api/wire.ts';
import type { Queryable } from '../db/db.ts';

export const KEY_LIFETIME_HOURS = 24;

/** The same key came with another request: one of the two is a mistake of the caller. */
export class KeyReusedError extends Error {
  override readonly name = 'KeyReusedError';
}

/** A key is its user's own: the same key of another user is another. */
export interface Key {
  userId: string;
  key: string;
}

/** The key is taken for this transaction, or has led to an answer before; `null`: it belongs to another request. */
export type Claim<Answer> = { taken: true } | { taken: false; answer: Answer | null };

/**
 * Takes keys for this transaction, no two of them alike. Two requests at once: the second waits here until the first is stored.
 * They are taken in one order, so that requests with the same keys never wait for each other in a circle.
 */
export async function claimKeys<Answer = CreateJobResponse>(
  tx: Queryable,
  claims: readonly (Key & { request: unknown })[],
  now: Date,
): Promise<Claim<Answer>[]> {
  if (claims.length === 0) return [];
  const rows = claims.map(({ userId, key, request }) => ({ user_id: userId, key, hash: hashOf(request) }));
  const json = JSON.stringify(rows);
  const asked = 'jsonb_to_recordset($1::jsonb) AS asked (user_id text, key text, hash text)';
  const taken = await tx.query<{ user_id: string; key: string }>(
    `INSERT INTO job_service.idempotency_keys AS k (user_id, key, request_hash, response, created_at)
     SELECT user_id, key, hash, 'null', $2 FROM ${asked} ORDER BY user_id, key
     ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, response = excluded.response, created_at = excluded.created_at
       WHERE k.created_at <= excluded.created_at - ${KEY_LIFETIME_HOURS} * interval '1 hour'
     RETURNING user_id, key`,
    [json, now],
  );
  const own = new Set(taken.map(nameOf));
  const known = new Map<string, { request_hash: string; response: Answer }>();
  if (own.size < claims.length) {
    const found = await tx.query<{ user_id: string; key: string; request_hash: string; response: Answer }>(
      `SELECT k.user_id, k.key, k.request_hash, k.response FROM job_service.idempotency_keys AS k JOIN ${asked} USING (user_id, key)`,
      [json],
    );
    for (const row of found) known.set(nameOf(row), row);
  }
  return rows.map((row): Claim<Answer> => {
    if (own.has(nameOf(row))) return { taken: true };
    const earlier = known.get(nameOf(row));
    return { taken: false, answer: earlier && earlier.request_hash === row.hash ? earlier.response : null };
  });
}

/** Takes one key, or gives the answer that it led to before. */
export async function claimKey<Answer = CreateJobResponse>(tx: Queryable, claim: Key & { request: unknown }, now: Date): Promise<Answer | null> {
  const [found] = await claimKeys<Answer>(tx, [claim], now);
  if (!found || found.taken) return null;
  if (found.answer === null) throw new KeyReusedError();
  return found.answer;
}

/** Stores what keys of this transaction have led to. */
export async function keepAnswers(tx: Queryable, answers: readonly (Key & { answer: unknown })[]): Promise<void> {
  if (answers.length === 0) return;
  await tx.query(
    `UPDATE job_service.idempotency_keys AS k SET response = given.answer
     FROM jsonb_to_recordset($1::jsonb) AS given (user_id text, key text, answer jsonb)
     WHERE k.user_id = given.user_id AND k.key = given.key`,
    [JSON.stringify(answers.map(({ userId, key, answer }) => ({ user_id: userId, key, answer })))],
  );
}

export async function removeOldKeys(db: Queryable, now: Date): Promise<void> {
  await db.query(`DELETE FROM job_service.idempotency_keys WHERE created_at <= $1::timestamptz - ${KEY_LIFETIME_HOURS} * interval '1 hour'`, [now]);
}

/** Whether two requests are the same, for a key. */
export function hashOf(request: unknown): string {
  return createHash('sha256').update(canonical(request)).digest('hex');
}

function nameOf({ user_id: userId, key }: { user_id: string; key: string }): string {
  return `${key} ${userId}`;
}

/** The same for requests that differ only in the order of their fields, or in `null` for a field that is not given. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, field]) => field !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
