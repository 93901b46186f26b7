import type { ListApplied } from '../../src/api/extended-schema.ts';
import { LIST_ORDERS, LIST_SORTS } from '../../src/api/extended-schema.ts';
import type { JobStatusResponse } from '../../src/api/wire.ts';
import { KNOWN_STATUSES } from '../../src/core/job.ts';

const STATUSES: readonly string[] = KNOWN_STATUSES;

export interface Refusal {
  loc: (string | number)[];
  msg: string;
  type: string;
}

export interface Found {
  applied: ListApplied;
  /** All that the filter lets through, in order. */
  jobs: JobStatusResponse[];
  counts: Record<string, number>;
}

/** What a backend that filters and sorts makes of `jobs` (newest first), or why it refuses to. */
export function findJobs(jobs: readonly JobStatusResponse[], query: URLSearchParams): Found | Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (name: string): void => void refusals.push({ loc: ['query', name], msg: `Give ${name} as it should be.`, type: 'value_error' });
  const oneOf = (name: string, values: readonly string[]): string => {
    const value = query.get(name) ?? (values[0] as string);
    if (!values.includes(value)) refuse(name);
    return value;
  };
  const moment = (name: string): string | null => {
    const text = query.get(name);
    if (text === null) return null;
    const time = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.test(text) ? Date.parse(/T[^Z+-]*$/.test(text) ? `${text}Z` : text) : Number.NaN;
    if (Number.isNaN(time)) refuse(name);
    return Number.isNaN(time) ? null : new Date(time).toISOString();
  };
  const status = [...new Set(query.getAll('status'))];
  if (status.some((one) => !STATUSES.includes(one))) refuse('status');
  if ((query.get('q') ?? '').length > 200) refuse('q');
  const applied = {
    status,
    q: query.get('q')?.trim() || null,
    created_after: moment('created_after'),
    created_before: moment('created_before'),
    sort: oneOf('sort', LIST_SORTS),
    order: oneOf('order', LIST_ORDERS),
  } as ListApplied;
  if (refusals.length > 0) return refusals;

  const words = (applied.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const matching = jobs.filter((job) => {
    const created = Date.parse(job.created_at);
    if (applied.created_after !== null && created < Date.parse(applied.created_after)) return false;
    if (applied.created_before !== null && created >= Date.parse(applied.created_before)) return false;
    const text = textOf(job);
    return words.every((word) => text.includes(word));
  });
  const counts = Object.fromEntries(STATUSES.map((name) => [name, matching.filter((job) => job.status === name).length]));
  const wanted = matching.filter((job) => status.length === 0 || status.includes(job.status));
  return { applied, jobs: sort(wanted, applied), counts };
}

function textOf({ title, job_id, script_id, error, status, progress_message }: JobStatusResponse): string {
  const step = ['pending', 'started', 'processing'].includes(status) ? progress_message : null;
  return [title, job_id, script_id, error, step].filter(Boolean).join('\n').toLowerCase();
}

/** Jobs without a value last, and equal ones as they came: newest first. */
function sort(jobs: readonly JobStatusResponse[], { sort: by, order }: ListApplied): JobStatusResponse[] {
  const sign = order === 'asc' ? 1 : -1;
  const key = (job: JobStatusResponse): string | number | null => {
    if (by === 'status') return STATUSES.indexOf(job.status);
    if (by === 'title') return (job.title ?? '').toLowerCase();
    if (by.endsWith('_at')) return Date.parse(String(job[by])) || null;
    return (job[by] as number | null | undefined) ?? null;
  };
  // The newest first is the order of equal ones, but time itself is turned round as a whole.
  if (by === 'created_at') return order === 'desc' ? [...jobs] : jobs.toReversed();
  return jobs.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? 1 : -1;
    return one < other ? -sign : sign;
  });
}
