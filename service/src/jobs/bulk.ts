import type { CreateJobResponse } from '../../../src/api/wire.ts';
import type { Tx } from '../db/db.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { claimKeys, hashOf, keepAnswers } from './idempotency.ts';
import type { Claim } from './idempotency.ts';
import { insertJobs } from './insert.ts';
import type { CreateRequest } from './insert.ts';

export interface BulkRow {
  request: CreateRequest;
  /** The same as the `Idempotency-Key` of a single request, of the same user. */
  key: string | null;
}

/** `repeated`: the key had been used for the same request. `reused`: for another one, so nothing was done. */
export type BulkOutcome = { kind: 'created' | 'repeated'; answer: CreateJobResponse } | { kind: 'reused' };

/** Some row's key belongs to another request; `places` of those rows. */
export class KeysReusedError extends Error {
  override readonly name = 'KeysReusedError';
  readonly places: readonly number[];

  constructor(places: readonly number[]) {
    super('keys belong to other requests');
    this.places = places;
  }
}

export interface BulkHost {
  tx: Tx;
  queue: JobQueue;
  now: Date;
}

/**
 * Creates one job for each row, but none for a row whose key has been used: by an earlier call or by an earlier row of this
 * one. Gives what became of each, in their order. With `all`, a key of another request throws, and the transaction is undone.
 */
export async function createMany({ tx, queue, now }: BulkHost, rows: readonly BulkRow[], all: boolean): Promise<BulkOutcome[]> {
  const firsts = firstRows(rows);
  const keyed = [...firsts.values()].map((place) => ({ place, claim: claimOf(rows[place] as BulkRow & { key: string }) }));
  const claims = await claimKeys(tx, keyed.map(({ claim }) => claim), now);
  const claimed = new Map<number, Claim<CreateJobResponse>>(keyed.map(({ place }, index) => [place, claims[index] as Claim<CreateJobResponse>]));
  const isNew = (place: number): boolean => rows[place]?.key === null || claimed.get(place)?.taken === true;
  const places = rows.map((_, place) => place).filter(isNew);
  const answers = await insertJobs(tx, queue, places.map((place) => (rows[place] as BulkRow).request));
  const made = new Map(places.map((place, index) => [place, answers[index] as CreateJobResponse]));
  await keepAnswers(tx, keyed.filter(({ place }) => made.has(place)).map(({ place, claim }) => ({ ...claim, answer: made.get(place) })));

  const outcomes = rows.map((row, place): BulkOutcome => {
    const answer = made.get(place);
    if (answer) return { kind: 'created', answer };
    const first = firsts.get(nameOf(row)) as number;
    const earlier = made.get(first) ?? earlierAnswer(claimed.get(first));
    const same = first === place || hashOf(row.request) === hashOf(rows[first]?.request);
    return earlier && same ? { kind: 'repeated', answer: earlier } : { kind: 'reused' };
  });
  const reused = outcomes.flatMap(({ kind }, place) => (kind === 'reused' ? [place] : []));
  if (all && reused.length > 0) throw new KeysReusedError(reused);
  return outcomes;
}

/** The first row of each key. */
function firstRows(rows: readonly BulkRow[]): Map<string, number> {
  const firsts = new Map<string, number>();
  for (const [place, row] of rows.entries()) {
    if (row.key !== null && !firsts.has(nameOf(row))) firsts.set(nameOf(row), place);
  }
  return firsts;
}

function nameOf({ request, key }: BulkRow): string {
  return `${key} ${request.video_request.user_id}`;
}

function claimOf({ request, key }: BulkRow & { key: string }) {
  return { userId: request.video_request.user_id, key, request };
}

function earlierAnswer(claim: Claim<CreateJobResponse> | undefined): CreateJobResponse | null {
  return claim && !claim.taken ? claim.answer : null;
}
