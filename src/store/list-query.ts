import type { JobListQuery } from '../api/job-client.ts';
import { isFinal, isKnownStatus, KNOWN_STATUSES } from '../core/job.ts';
import type { Job } from '../core/job.ts';

/**
 * What the service does with a filter and an order, done in the browser over the jobs that are loaded: for backends that can
 * only page.
 */
export function selectJobs(jobs: Iterable<Job>, query: JobListQuery): readonly Job[] {
  const found = [...jobs].filter((job) => matchesStatus(job, query) && matchesRest(job, query));
  return found.sort(orderOf(query));
}

/** How many of each status there would be without a filter of statuses. */
export function countJobs(jobs: Iterable<Job>, query: JobListQuery): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const job of jobs) if (matchesRest(job, query)) counts[job.status] = (counts[job.status] ?? 0) + 1;
  return counts;
}

/** A status that nobody documented counts as one that is being worked on. */
function matchesStatus({ status }: Job, { status: wanted = [] }: JobListQuery): boolean {
  return wanted.length === 0 || wanted.includes(isKnownStatus(status) ? status : 'processing');
}

function matchesRest(job: Job, { q = '', createdAfter, createdBefore }: JobListQuery): boolean {
  const { createdAt } = job;
  if (createdAfter && !(createdAt !== null && createdAt >= Date.parse(createdAfter))) return false;
  if (createdBefore && !(createdAt !== null && createdAt < Date.parse(createdBefore))) return false;
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [job.title, job.id, job.scriptId, job.status === 'failure' ? job.error : null, isFinal(job) ? null : job.message];
  const place = text.join('\n').toLocaleLowerCase();
  return words.every((word) => place.includes(word));
}

const VALUES: Readonly<Record<string, (job: Job) => number | string | null>> = {
  created_at: (job) => job.createdAt,
  updated_at: (job) => job.updatedAt,
  completed_at: (job) => job.completedAt,
  title: (job) => job.title,
  status: (job) => (isKnownStatus(job.status) ? KNOWN_STATUSES.indexOf(job.status) : KNOWN_STATUSES.indexOf('processing')),
  priority: (job) => job.priority,
  duration: (job) => job.duration,
  progress: (job) => job.progress,
};

/** Jobs without a value come last in both directions; among equals, the newest first. */
function orderOf({ sort = 'created_at', order = 'desc' }: JobListQuery): (a: Job, b: Job) => number {
  const valueOf = VALUES[sort] ?? VALUES['created_at']!;
  const direction = order === 'asc' ? 1 : -1;
  return (a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else if (left !== right) {
      const step = typeof left === 'string' ? left.localeCompare(String(right)) : left - Number(right);
      if (step !== 0) return step * direction;
    }
    return (b.createdAt ?? 0) - (a.createdAt ?? 0);
  };
}

/** New jobs appear at the top. */
export function isPlainOrder({ sort = 'created_at', order = 'desc' }: JobListQuery): boolean {
  return sort === 'created_at' && order === 'desc';
}

/** Where to go from a page that turned out to be empty: to the last one there is, as far as anybody knows. */
export function pageBefore(page: number, known: { total: number; pageSize: number; lastFull: number | null }): number {
  const { total, pageSize, lastFull } = known;
  const last = Math.ceil(total / pageSize);
  if (last >= 1 && last < page) return last;
  if (lastFull !== null && lastFull < page) return lastFull;
  return Math.max(1, Math.ceil((page - 1) / 2));
}
