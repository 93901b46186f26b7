import type { JobApiError } from '../core/errors.ts';
import { isRecord, readInteger, readText } from '../core/read-values.ts';
import type { JobClient, RequestOptions } from './job-client.ts';
import { apiUrl, linkUrl } from './urls.ts';

/** What a backend offers beside jobs, by its health answer. A URL is absolute; `null` where the backend has no such thing. */
export interface ServiceOffers {
  /** Creating many jobs with one call: `createJobs` in `bulk.ts` uses it. */
  readonly bulk: string | null;
  /** See `templates.ts`. */
  readonly templates: string | null;
  /** Creating a job and waiting for its end in one call: `generateVideo` in `generate.ts`. */
  readonly generate: string | null;
  /** Whether the same `Idempotency-Key` makes the same job once. */
  readonly idempotencyKeys: boolean;
  /** Most jobs, and most bytes, of one bulk call. */
  readonly bulkLimits: { readonly jobs: number; readonly bytes: number };
}

/** Where a backend does not say: bodies that any server takes. */
const BULK_LIMITS = { jobs: 500, bytes: 900_000 };

const known = new WeakMap<JobClient, Promise<ServiceOffers>>();

/**
 * What the backend of this client offers. Asked once per client: later calls get the same answer, unless there was none.
 * Rejects with `JobApiError` when the backend cannot be asked now.
 */
export function serviceOffers(client: JobClient, options?: RequestOptions): Promise<ServiceOffers> {
  const asked = known.get(client);
  if (asked) return asked;
  const asking = ask(client, options);
  known.set(client, asking);
  asking.catch(() => known.delete(client));
  return asking;
}

async function ask(client: JobClient, options?: RequestOptions): Promise<ServiceOffers> {
  const url = apiUrl(client.baseUrl, '/api/v1/jobs/health');
  const wire = await client.transport.send({ method: 'GET', url, repeatable: true }, options).catch((error: JobApiError) => {
    // A backend without a health answer offers nothing.
    if (error.code !== 'not-found' && error.code !== 'http') throw error;
  });
  const record = isRecord(wire) ? wire : {};
  const links = isRecord(record.links) ? record.links : {};
  const limits = isRecord(record.bulk_limits) ? record.bulk_limits : {};
  const link = (key: string) => linkUrl(readText(links[key]) ?? undefined, client.baseUrl);
  return {
    bulk: link('bulk'),
    templates: link('templates'),
    generate: link('generate'),
    idempotencyKeys: record.idempotency_keys === true,
    bulkLimits: {
      jobs: readInteger(limits.jobs, 1) ?? BULK_LIMITS.jobs,
      bytes: readInteger(limits.bytes, 1) ?? BULK_LIMITS.bytes,
    },
  };
}
