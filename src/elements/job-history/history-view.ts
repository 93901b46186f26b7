import type { JobListQuery } from '../../api/job-client.ts';

/** What of the jobs is looked at: all that a reload should bring back. */
export interface HistoryView {
  /** Names of statuses with commas between; empty: all. `processing` stands for `started` too. */
  readonly status: string;
  /** Words that must be in a job. */
  readonly q: string;
  /** Days, `2026-01-31`, of the viewer's own time; both count. Empty: open. */
  readonly from: string;
  readonly to: string;
  readonly sort: string;
  /** `asc` or `desc`; empty: the one that comes first. */
  readonly order: string;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Id of the job whose details are open; empty: none. */
  readonly openJob: string;
}

export type ViewKey = keyof HistoryView;

export const DEFAULT_VIEW: HistoryView = {
  status: '',
  q: '',
  from: '',
  to: '',
  sort: 'created_at',
  order: '',
  page: 1,
  pageSize: 20,
  openJob: '',
};

/** What may be filtered by, in the order of a job's life. */
export const STATUS_CHOICES = ['pending', 'processing', 'success', 'failure', 'cancelled'] as const;
export type StatusChoice = (typeof STATUS_CHOICES)[number];

/** What may be sorted by, and which direction comes first. */
export const SORTS = { created_at: 'desc', title: 'asc', status: 'asc', progress: 'desc', duration: 'desc' } as const;
export type SortKey = keyof typeof SORTS;

export const PAGE_SIZES = [10, 20, 50, 100, 500];
const LONGEST_TEXT = 200;

export function statusesOf({ status }: Pick<HistoryView, 'status'>): readonly StatusChoice[] {
  const named = (status ?? '').split(',').map((name) => name.trim());
  return STATUS_CHOICES.filter((choice) => named.includes(choice) || (choice === 'processing' && named.includes('started')));
}

export function sortOf({ sort, order }: Pick<HistoryView, 'sort' | 'order'>): { sort: SortKey; order: 'asc' | 'desc' } {
  const key: SortKey = sort in SORTS ? (sort as SortKey) : 'created_at';
  return { sort: key, order: order === 'asc' || order === 'desc' ? order : SORTS[key] };
}

/** A whole number of at least 1; up to 500 for a size, in hundreds above 100. */
export function pageOf({ page }: Pick<HistoryView, 'page'>): number {
  return Number.isInteger(page) && page >= 1 ? page : DEFAULT_VIEW.page;
}

export function pageSizeOf({ pageSize }: Pick<HistoryView, 'pageSize'>): number {
  if (!Number.isInteger(pageSize) || pageSize < 1) return DEFAULT_VIEW.pageSize;
  return pageSize <= 100 ? pageSize : Math.min(500, Math.ceil(pageSize / 100) * 100);
}

/** Whether anything is left out of the list. */
export function isFiltered(view: HistoryView): boolean {
  return statusesOf(view).length > 0 || view.q.trim() !== '' || dayStart(view.from) !== null || dayStart(view.to) !== null;
}

/** The view as a question to the store. What is nonsense in it counts as not said. */
export function toQuery(view: HistoryView): Omit<JobListQuery, 'userId'> {
  const statuses = statusesOf(view).flatMap((choice) => (choice === 'processing' ? ['started', 'processing'] : [choice]));
  const { sort, order } = sortOf(view);
  const isDefault = sort === 'created_at' && order === 'desc';
  return {
    page: pageOf(view),
    pageSize: pageSizeOf(view),
    status: statuses.length > 0 ? statuses : undefined,
    q: view.q.trim().slice(0, LONGEST_TEXT) || undefined,
    createdAfter: dayStart(view.from)?.toISOString(),
    createdBefore: dayStart(view.to, 1)?.toISOString(),
    ...(isDefault ? {} : { sort, order }),
  };
}

/** Midnight of a day in the viewer's own time, or of one after it; `null` when it is no day. */
function dayStart(day: string, after = 0): Date | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '')?.slice(1).map(Number);
  if (!parts) return null;
  const [year, month, date] = parts as [number, number, number];
  const start = new Date(year, month - 1, date + after);
  return month >= 1 && month <= 12 && date >= 1 && date <= 31 ? start : null;
}
