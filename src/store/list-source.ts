import { findJobs, isPlain } from '../api/list-jobs.ts';
import type { FoundJobs } from '../api/list-jobs.ts';
import type { JobListQuery } from '../api/job-client.ts';
import type { Job } from '../core/job.ts';
import { jobShelf } from './job-shelf.ts';
import type { JobShelf } from './job-shelf.ts';
import type { JobStore } from './job-store.ts';
import { countJobs, selectJobs } from './list-query.ts';

/** One page, as a backend or the browser found it. */
export interface ListPage {
  readonly jobs: readonly Job[];
  /** On all pages, at least what is here to see. */
  readonly total: number;
  /** `total` can be relied on. */
  readonly exact: boolean;
  readonly page: number;
  readonly pageSize: number;
  /** There is a page after this one. */
  readonly hasNext: boolean;
  /** How many jobs of each status there would be without a filter of statuses; `null` where nobody counts. */
  readonly counts: Readonly<Record<string, number>> | null;
  /** Who filtered and sorted: the server, this browser, or nobody, where nothing was to be done. */
  readonly by: 'server' | 'browser' | 'nobody';
  /** How many jobs the browser has looked through. */
  readonly searched: number;
  /** The browser can look further back, since the user has more jobs than it has looked through. */
  readonly mayGoFurther: boolean;
}

/** Which backends apply filters and orders, as far as they have shown it. */
const APPLY = new WeakMap<JobStore, boolean>();

/**
 * Finds the jobs of a query: by the server where its answer shows that it filters and sorts, else in the browser among those
 * that are loaded. A `total` is checked against what else is known, and where that is not enough, by a look at the next page.
 */
export class ListSource {
  readonly #store: JobStore;
  readonly #query: JobListQuery;
  readonly #onChange: () => void;
  readonly #plain: boolean;
  #shelf: JobShelf | null = null;
  #release: (() => void) | null = null;
  #held = false;
  #reading = false;
  /** What the last look at the next page was about, and what it gave. */
  #looked: { about: string; hasNext: boolean } | null = null;

  constructor(store: JobStore, query: JobListQuery, onChange: () => void) {
    this.#store = store;
    this.#query = query;
    this.#onChange = onChange;
    this.#plain = isPlain(query);
  }

  async read(signal: AbortSignal): Promise<ListPage> {
    const { client } = this.#store;
    if (!this.#plain && APPLY.get(this.#store) === false) return this.#readShelf(signal);
    const found = await findJobs(client, this.#query, { signal, retries: 0 });
    APPLY.set(this.#store, found.tells);
    if (!found.applied) return this.#readShelf(signal);
    return this.#page(found, await this.#hasNext(found, signal));
  }

  /** The page as it is with what is loaded; `null` where the server does it, or nothing is loaded. */
  select(): ListPage | null {
    const { jobs = [], complete = false, mayGoFurther = false } = this.#shelf ?? {};
    if (jobs.length === 0) return null;
    const { page = 1, pageSize = 20 } = this.#query;
    const found = selectJobs(jobs, this.#query);
    return {
      jobs: found.slice((page - 1) * pageSize, page * pageSize),
      total: found.length,
      exact: complete,
      page,
      pageSize,
      hasNext: found.length > page * pageSize,
      counts: countJobs(jobs, this.#query),
      by: 'browser',
      searched: jobs.length,
      mayGoFurther,
    };
  }

  goFurther(): void {
    this.#shelf?.goFurther();
  }

  /** Somebody wants to know. */
  hold(): void {
    this.#held = true;
    if (!this.#plain && APPLY.get(this.#store) === false) this.#takeShelf();
  }

  release(): void {
    this.#held = false;
    this.#release?.();
    this.#release = null;
    this.#shelf = null;
  }

  #takeShelf(): JobShelf {
    this.#shelf ??= jobShelf(this.#store, this.#query.userId);
    if (this.#held) this.#release ??= this.#shelf.subscribe(() => this.#reading || this.#onChange());
    return this.#shelf;
  }

  async #readShelf(signal: AbortSignal): Promise<ListPage> {
    const shelf = this.#takeShelf();
    // What is read is kept until the page is made of it, whoever goes meanwhile.
    const release = shelf.subscribe(() => {});
    this.#reading = true;
    try {
      await shelf.read(signal);
      const { page = 1, pageSize = 20 } = this.#query;
      return this.select() ?? { ...NOTHING, page, pageSize };
    } finally {
      this.#reading = false;
      release();
    }
  }

  #page(found: FoundJobs, hasNext: boolean): ListPage {
    const asked = this.#query;
    const page = found.page ?? asked.page ?? 1;
    const pageSize = found.pageSize ?? asked.pageSize ?? 20;
    const shown = (page - 1) * pageSize + found.jobs.length;
    const isLast = !hasNext && found.jobs.length > 0;
    const counted = found.total ?? shown;
    const isAll = isLast && page === 1 && found.unreadable === 0;
    return {
      jobs: found.jobs,
      total: isLast ? shown : hasNext ? Math.max(counted, shown + 1) : counted,
      exact: found.tells || isLast,
      page,
      pageSize,
      hasNext,
      // What is all there can be counted here.
      counts: found.counts ?? (isAll && this.#plain ? countJobs(found.jobs, asked) : null),
      by: this.#plain ? 'nobody' : 'server',
      searched: 0,
      mayGoFurther: false,
    };
  }

  /** A page that is not full is the last, a full one may be. Only who counts exactly is believed without a look. */
  async #hasNext(found: FoundJobs, signal: AbortSignal): Promise<boolean> {
    const { page = 1, pageSize = 20 } = this.#query;
    const rows = found.jobs.length + found.unreadable;
    const shown = ((found.page ?? page) - 1) * (found.pageSize ?? pageSize) + rows;
    if (rows === 0) return false;
    const isFull = rows >= (found.pageSize ?? pageSize);
    if (found.tells) return (found.total ?? 0) > shown;
    if (!isFull && (found.total ?? 0) <= shown) return false;
    const about = `${found.total} ${found.jobs.at(-1)?.id}`;
    if (this.#looked?.about === about) return this.#looked.hasNext;
    const next = { ...this.#query, page: page + 1 };
    try {
      const { jobs, unreadable } = await findJobs(this.#store.client, next, { signal, retries: 0 });
      // A backend that knows no pages gives the same one again.
      const hasNext = jobs.some(({ id }) => !found.jobs.some((job) => job.id === id)) || (jobs.length === 0 && unreadable > 0);
      this.#looked = { about, hasNext };
      return hasNext;
    } catch (error) {
      if (signal.aborted) throw error;
      return isFull;
    }
  }
}

const NOTHING = { jobs: [], total: 0, exact: true, hasNext: false, counts: null, by: 'browser', searched: 0, mayGoFurther: false } as const;
