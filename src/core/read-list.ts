import type { Job } from './job.ts';
import { readJob } from './read-job.ts';
import type { JobPage } from './read-job.ts';
import { field, isRecord, readInteger } from './read-values.ts';

/** A page holds at most 100 jobs by contract. What comes beyond this is no page but an attack or a mistake. */
const MAX_ENTRIES = 100_000;

/**
 * Reads a page of jobs, `{jobs: […]}` by contract; a bare array and `{items: […]}` are understood too. An entry that is
 * no job is counted and left out, a job that comes twice is given once. Never throws.
 */
export function readJobList(wire: unknown): JobPage {
  const record = isRecord(wire) ? wire : {};
  const entries = [wire, field(record, 'jobs'), field(record, 'items')].find((value) => Array.isArray(value)) ?? [];
  const jobs = new Map<string, Job>();
  let unreadable = 0;
  const count = Math.min(readInteger(field(entries, 'length')) ?? 0, MAX_ENTRIES);
  for (let index = 0; index < count; index++) {
    const job = readJob(field(entries, String(index)));
    if (!job) unreadable++;
    else if (!jobs.has(job.id)) jobs.set(job.id, job);
  }
  const page = readInteger(field(record, 'page'), 1);
  const pageSize = readInteger(field(record, 'page_size'), 1);
  const total = readInteger(field(record, 'total'));
  // Some backends send the length of the page for the total: full pages before this one prove that there are more.
  const proven = (pageSize !== null && count > 0 ? ((page ?? 1) - 1) * pageSize : 0) + count;
  return { jobs: [...jobs.values()], total: total === null ? null : Math.max(total, proven), page, pageSize, unreadable };
}
