import { apiUrl, jobPath } from '../api/urls.ts';
import type { Job } from '../core/job.ts';
import { isRecord } from '../core/read-values.ts';
import type { JobStore } from './job-store.ts';

/** How long a form waits for it, in ms. */
const PATIENCE = 5_000;

/**
 * What a job was made of, where the backend tells: `{video_request, priority}` as it was sent. `null` where it does not, which
 * is no error: only a backend with extensions is asked at all.
 */
export async function jobInputs(store: JobStore, job: Job): Promise<Readonly<Record<string, unknown>> | null> {
  if (job.links === null) return null;
  const url = apiUrl(store.client.baseUrl, jobPath(job.id, '/request'));
  const abort = new AbortController();
  const stop = store.clock.setTimeout(() => abort.abort(), PATIENCE);
  try {
    const wire = await store.client.transport.send({ method: 'GET', url, repeatable: true }, { retries: 0, signal: abort.signal });
    return isRecord(wire) ? wire : null;
  } catch {
    return null;
  } finally {
    stop();
  }
}
