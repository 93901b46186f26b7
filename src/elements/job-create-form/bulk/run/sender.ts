import type * as offers from '../../../../api/offers.ts';
import type { JobClient } from '../../../../api/job-client.ts';
import type { Clock } from '../../../../core/clock.ts';
import { JobApiError, type JobErrorCode } from '../../../../core/errors.ts';
import type { CreateJobRequest } from '../../../../api/wire.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

export interface KeyedRequest {
  readonly key: string;
  readonly request: CreateJobRequest;
}

/** What the backend can do. */
export interface Abilities {
  /** Whether the same key makes the same job once. */
  readonly keys: boolean;
  /** Most rows of one call; 1 where it takes single jobs only. */
  readonly batch: number;
}

export interface SendOptions {
  /** Whether the backend honours keys. Elsewhere none is sent: the client would take a lost answer for a refused header, and ask again. */
  readonly keys: boolean;
  /** Stops waiting. */
  readonly signal: AbortSignal;
  /** It waits by itself, for so many ms; `null` while nobody knows how long. */
  readonly onWait: (reason: JobErrorCode, ms: number | null) => void;
}

export interface RowSender {
  /** Rejects with `JobApiError`. */
  abilities(signal: AbortSignal): Promise<Abilities>;
  /** One outcome for each, in their order. Never rejects for what backend or network do. */
  send(rows: readonly KeyedRequest[], options: SendOptions): Promise<readonly Outcome[]>;
}

/** The code for it, all at once: what is not there before the first row leaves is asked for again, as an answer would be. */
async function load(): Promise<typeof offers> {
  try {
    const [module] = await Promise.all([import('../../../../api/offers.ts'), import('../../../../api/bulk.ts')]);
    return module;
  } catch (cause) {
    throw new JobApiError({ code: 'network', message: 'The code for lists could not be loaded.', cause });
  }
}

/** Sends by the page's client: many with one call where the backend takes that, else one by one. */
export function clientSender(client: JobClient, clock: Clock): RowSender {
  return {
    async abilities(signal) {
      const { serviceOffers } = await load();
      const { bulk, bulkLimits, idempotencyKeys } = await serviceOffers(client, { signal, retries: 0 });
      return { keys: idempotencyKeys || bulk !== null, batch: bulk === null ? 1 : bulkLimits.jobs };
    },
    send: (rows, options) => (rows.length === 1 ? sendOne(client, rows[0] as KeyedRequest, options.keys) : sendMany(client, clock, rows, options)),
  };
}

async function sendOne(client: JobClient, { request, key }: KeyedRequest, keys: boolean): Promise<readonly Outcome[]> {
  try {
    // Waiting and trying again is for the list as a whole to decide.
    const { id } = await client.createJob(request, { ...(keys && { idempotencyKey: key }), retries: 0 });
    return [{ kind: 'created', jobId: id }];
  } catch (error) {
    if (!(error instanceof JobApiError)) throw error;
    return [outcomeOf(error)];
  }
}

async function sendMany(
  client: JobClient,
  clock: Clock,
  rows: readonly KeyedRequest[],
  { signal, onWait }: SendOptions,
): Promise<readonly Outcome[]> {
  const { createJobs } = await import('../../../../api/bulk.ts');
  const outcomes = await createJobs(
    client,
    rows.map(({ request }) => request),
    { keys: rows.map(({ key }) => key), chunk: rows.length, signal, clock, onWait: ({ code }, ms) => onWait(code, ms) },
  );
  return outcomes.map(({ status, jobId, error, errors }): Outcome => {
    if (jobId !== null) return { kind: 'created', jobId };
    if (status === 'refused' && errors.length > 0) {
      const detail = errors.map(({ path, message }) => [path.at(-1), message].filter(Boolean).join(': ')).join('; ');
      return { kind: 'refused', error: { code: 'invalid', detail } };
    }
    const outcome: Outcome = error ? outcomeOf(error) : { kind: 'lost', error: { code: 'malformed' } };
    // What never left is to be sent later, whatever the reason.
    if (status === 'unsent' && outcome.kind === 'lost') return { kind: 'limited', wait: undefined };
    return status === 'refused' && outcome.kind === 'lost' ? { kind: 'refused', error: outcome.error } : outcome;
  });
}
