import type { CreateJobRequest } from '../../../../api/wire.ts';

/**
 * - `waiting`: to be sent.
 * - `sending`: on its way; noted down before the request leaves.
 * - `created`: a job came of it.
 * - `failed`: the backend said no. No job came of it.
 * - `unknown`: the answer was lost, so a job may or may not have come of it. Never sent again unless the backend honours
 *   idempotency keys.
 * - `cancelled`: taken back before it was sent.
 */
export type RowState = 'waiting' | 'sending' | 'created' | 'failed' | 'unknown' | 'cancelled';

/** What has become of a row; small, since it is written down at every step. */
export interface RowMark {
  readonly state: RowState;
  readonly jobId?: string;
  /** Why it failed, or is not known: a key of an error, and what the backend said. */
  readonly error?: { readonly code: string; readonly detail?: string };
  /** When it was first sent, ms since the epoch. Keys are honoured for a day from then. */
  readonly sentAt?: number;
}

/** A row that is sent. Its request and its key never change, so that sending it again can make no second job. */
export interface RunRow {
  readonly line: number;
  readonly title: string;
  readonly request: CreateJobRequest;
}

/** A row that was not sent, for the report. */
export interface LeftRow {
  readonly line: number;
  readonly title: string;
  /** In words, as shown. */
  readonly reason: string;
}

/** A list on its way, as it is kept. */
export interface StoredRun {
  readonly id: string;
  /** Name of the file; empty for what was pasted. */
  readonly name: string;
  /** Ms since the epoch. */
  readonly startedAt: number;
  readonly rows: readonly RunRow[];
  readonly marks: RowMark[];
  readonly left: readonly LeftRow[];
}

export type RunCounts = Readonly<Record<RowState, number>> & { readonly total: number; readonly left: number };

export function countRows({ marks, left }: Pick<StoredRun, 'marks' | 'left'>): RunCounts {
  const counts = { waiting: 0, sending: 0, created: 0, failed: 0, unknown: 0, cancelled: 0, total: marks.length, left: left.length };
  for (const { state } of marks) counts[state]++;
  return counts;
}

/** Sent as `Idempotency-Key`. It follows from the list's own id, which is written down before anything is sent. */
export const keyOf = (runId: string, index: number): string => `${runId}-${index}`;

/** 128 random bits in hex. `crypto.randomUUID` is missing on pages that came over plain http. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
