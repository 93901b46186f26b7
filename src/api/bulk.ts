import type { Clock } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import type { JobApiError } from '../core/errors.ts';
import type { RowOutcome } from './bulk-outcome.ts';
import { verdict } from './bulk-outcome.ts';
import { BulkRun } from './bulk-run.ts';
import type { JobClient } from './job-client.ts';
import type { CreateJobRequest } from './wire.ts';

export type { RowOutcome, RowStatus } from './bulk-outcome.ts';

export interface CreateJobsOptions {
  /**
   * One key per row, each 1 to 255 visible ASCII characters, no two alike. Keep them with the rows: the same row with the same
   * key, sent again within 24 h, makes no second job, however the rows are cut into calls. Default: new ones (`rowKey`), which
   * protect this call alone.
   */
  keys?: readonly string[];
  /** Stops it: what has not been sent is `unsent`, what is under way `failed` (or `unknown`). Another call may go on from there. */
  signal?: AbortSignal;
  /** Called with each row's outcome as soon as it is known, `unsent` ones too. */
  onOutcome?: (outcome: RowOutcome) => void;
  /** It waits before it goes on: for the network (`ms` is `null`: nobody knows how long), or as the backend asked (429, 503). */
  onWait?: (error: JobApiError, ms: number | null) => void;
  /** Rows of one bulk call: 1 to 500. Default 200; less where the backend says so. */
  chunk?: number;
  /** Requests at once. Default: one bulk call, or 4 single ones. */
  parallel?: number;
  /** Most rows sent per second. Default: no bound for bulk calls, 10 for single ones. */
  rate?: number;
  /** Default: the system's. */
  clock?: Clock;
  /** 0 ≤ random() < 1; spreads retries. */
  random?: () => number;
}

/**
 * Creates many jobs: by bulk calls where the backend offers them, one by one elsewhere. A bad row never stops the others.
 * What would meet every row (no network, not signed in, 429 or 503 without end) stops it after some patience; the rest is
 * then `unsent`, with that error.
 *
 * Gives each row's outcome in the order of `rows`. Rejects for wrong arguments only.
 *
 * ```js
 * const keys = rows.map(rowKey); // keep them with the rows
 * const outcomes = await createJobs(store.client, rows, { keys, signal, onOutcome: show });
 * const again = outcomes.filter(({ status }) => status === 'failed' || status === 'unsent'); // with the same keys
 * ```
 */
export async function createJobs(client: JobClient, rows: readonly CreateJobRequest[], options: CreateJobsOptions = {}): Promise<RowOutcome[]> {
  const { keys = rows.map(rowKey), clock = systemClock, onOutcome, ...rest } = options;
  if (keys.length !== rows.length || new Set(keys).size !== rows.length) throw new TypeError('Each row needs one key of its own.');
  const outcomes: (RowOutcome | undefined)[] = Array.from({ length: rows.length });
  const run = new BulkRun({
    ...rest,
    client,
    rows,
    keys,
    clock,
    settle(index, found) {
      if (outcomes[index]) return;
      const outcome = { index, key: keys[index] as string, ...found };
      outcomes[index] = outcome;
      onOutcome?.(outcome);
    },
  });
  const stopped = rows.length === 0 ? null : await run.start();
  for (const [index, key] of keys.entries()) {
    if (outcomes[index]) continue;
    outcomes[index] = { index, key, ...verdict('unsent', { error: stopped }) };
    onOutcome?.(outcomes[index]);
  }
  return outcomes as RowOutcome[];
}

/** A new key: 128 random bits in hex. `crypto.randomUUID` is missing on pages that came over plain http. */
export function rowKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
