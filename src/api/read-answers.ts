import type { Job, JobStatusName, KnownJobStatus } from '../core/job.ts';
import { KNOWN_STATUSES } from '../core/job.ts';
import { readJob } from '../core/read-job.ts';
import { readStatus } from '../core/read-status.ts';
import { readTime } from '../core/read-time.ts';
import { field, isRecord, readInteger, readText } from '../core/read-values.ts';

/** What creating a job answered. */
export interface CreatedJob {
  readonly id: string;
  /** The job as far as the answer tells of it, to show at once. */
  readonly job: Job;
  /** What the server said about it, as text. */
  readonly message: string | null;
  /** Seconds, `null` when the backend gives none. */
  readonly estimatedDuration: number | null;
}

/** What cancelling answered: that it was accepted. Whether the job ended cancelled is for its next answer to tell. */
export interface CancelledJob {
  readonly id: string;
  readonly status: JobStatusName;
  readonly message: string | null;
}

/** How many jobs are in each status. */
export interface JobCounts {
  /** A documented status without a count is 0; other statuses that the backend counts are here too. */
  readonly counts: Readonly<Record<KnownJobStatus, number> & Record<string, number>>;
  /** Never less than the sum of the counts. */
  readonly total: number;
  /** Server time of the count, ms since the epoch; `null` when not said. */
  readonly at: number | null;
}

export interface Health {
  readonly healthy: boolean;
  /** The backend's own word, `healthy`. */
  readonly status: string | null;
  readonly service: string | null;
  readonly message: string | null;
  /** Whether the same `Idempotency-Key` makes the same job once. */
  readonly idempotencyKeys: boolean;
}

/** `null` without an id: then there is nothing that could be followed. */
export function readCreatedJob(wire: unknown): CreatedJob | null {
  if (!isRecord(wire)) return null;
  // An id alone is enough here: what has just been created waits.
  const job = readJob(wire) ?? readJob({ status: 'pending', ...wire });
  return job && { id: job.id, job, message: readText(wire.message), estimatedDuration: job.estimatedDuration };
}

/** The answer's body adds little, so any will do. */
export function readCancelledJob(wire: unknown, id: string): CancelledJob {
  const record = isRecord(wire) ? wire : {};
  return {
    id: readText(record.job_id) ?? id,
    status: readStatus(record.status) ?? 'cancelled',
    message: readText(record.message),
  };
}

/** `null` when there is no count in it at all. */
export function readCounts(wire: unknown): JobCounts | null {
  const record = isRecord(wire) ? wire : {};
  const statistics = isRecord(record.statistics) ? record.statistics : record;
  const counts: Record<string, number> = Object.fromEntries(KNOWN_STATUSES.map((status) => [status, 0]));
  let found = false;
  let sum = 0;
  for (const [word, value] of Object.entries(statistics)) {
    const count = word === 'total' ? null : readInteger(value);
    if (count === null) continue;
    const status = readStatus(word) ?? word;
    counts[status] = (Object.hasOwn(counts, status) ? (counts[status] as number) : 0) + count;
    sum += count;
    found = true;
  }
  const total = readInteger(field(statistics, 'total'));
  if (!found && total === null) return null;
  return { counts: counts as JobCounts['counts'], total: Math.max(total ?? 0, sum), at: readTime(record.timestamp) };
}

export function readHealth(wire: unknown, ok: boolean): Health {
  const record = isRecord(wire) ? wire : {};
  const status = readText(record.status);
  return {
    healthy: ok && (status === null || /^(healthy|ok|up)$/i.test(status)),
    status,
    service: readText(record.service),
    message: readText(record.message) ?? readText(record.detail),
    idempotencyKeys: record.idempotency_keys === true,
  };
}
