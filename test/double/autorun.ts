import type { CreateJobRequest } from '../../src/api/wire.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { JobTable } from './job-table.ts';

export interface AutoRun {
  /** Ms from one change to the next. Default 20. */
  every?: number;
  /** Progress changes before the end. Default 5. */
  steps?: number;
  /** How the job ends; `hold` keeps it at the last step. Default: success. */
  ends?: (request: CreateJobRequest | null) => 'success' | 'failure' | 'hold';
}

/** Takes a job from pending to its end. Stops when somebody else ends it; the function returned stops it too. */
export function playThrough(id: string, table: JobTable, clock: Clock, options: AutoRun): () => void {
  const { every = 20, steps = 5, ends = () => 'success' } = options;
  let step = -1;
  let cancel: () => void;
  const attempt = table.get(id)?.retry_count;
  const next = () => {
    const job = table.get(id);
    if (!job || job.status === 'cancelled' || job.retry_count !== attempt) return;
    if (++step === 0) table.start(id);
    else if (step <= steps) table.progress(id, step / (steps + 1), `Step ${step} of ${steps}`);
    else return end();
    cancel = clock.setTimeout(next, every);
  };
  const end = () => {
    const outcome = ends(table.request(id));
    if (outcome === 'success') table.finish(id);
    if (outcome === 'failure') table.fail(id);
  };
  cancel = clock.setTimeout(next, every);
  return () => cancel();
}
