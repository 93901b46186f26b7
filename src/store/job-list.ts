import type { JobListQuery } from '../api/job-client.ts';
import type { Loop } from '../channels/loop.ts';
import type { JobApiError } from '../core/errors.ts';
import { isFinal } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import type { JobPage } from '../core/read-job.ts';
import { Subscribable } from '../core/subscribable.ts';
import type { JobEntry } from './job-entry.ts';
import type { JobStore } from './job-store.ts';
import { changed, failed, succeeded } from './reading.ts';
import type { Reading } from './reading.ts';

export type { JobListQuery } from '../api/job-client.ts';

/** What the page knows of one page of a user's jobs. Immutable: a change is a new object. */
export interface JobListSnapshot extends Reading {
  readonly query: JobListQuery;
  /** In the backend's order, newest first. Each row is the very `job` of its entry. An error never empties the list. */
  readonly jobs: readonly Job[];
  /** On all pages, as the backend counts; at least what is here to see. */
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  /** The first answer, or one that was asked for by `refresh()`, is awaited. Polls do not set it. */
  readonly loading: boolean;
}

/** With no job running, only news from elsewhere are to be expected: the pause is this many times as long. */
const QUIET = 10;

/** Of a list that nothing is known about yet. */
export function emptyListSnapshot(query: JobListQuery): JobListSnapshot {
  const { page = 1, pageSize = 20 } = query;
  const freshness = { state: 'none', since: null } as const;
  return { query, jobs: [], total: 0, page, pageSize, loading: true, error: null, freshness };
}

/** Apart from the store, so that a page with a single job does not load this. */
const ALL = new WeakMap<JobStore, Map<string, JobListEntry>>();

/** The page's one list for this query. Without a subscriber it is forgotten after the grace. */
export function jobList(store: JobStore, query: JobListQuery): JobListEntry {
  return listsOf(store).get(keyOf(query)) ?? new JobListEntry(query, store);
}

function listsOf(store: JobStore): Map<string, JobListEntry> {
  let lists = ALL.get(store);
  if (!lists) ALL.set(store, (lists = new Map()));
  return lists;
}

/** Equal queries have the same key, in whatever order they name what they ask for. */
function keyOf(query: JobListQuery): string {
  const { page = 1, pageSize = 20, ...rest } = query;
  return JSON.stringify(Object.entries({ ...rest, page, pageSize }).filter(([, value]) => value !== undefined).sort());
}

/** One page of a user's jobs, live: one request for all its rows, which are merged with what their entries know. */
export class JobListEntry {
  readonly query: JobListQuery;
  readonly #store: JobStore;
  readonly #listeners: Subscribable<JobListSnapshot>;
  readonly #loop: Loop<JobPage>;
  #snapshot: JobListSnapshot;
  #rows = new Map<string, { entry: JobEntry; release: () => void }>();
  #answeredAt: number | null = null;
  #cancelGrace: (() => void) | null = null;
  #feeding = false;
  /** Takes the list out of the store. */
  #forget: (() => void) | null = null;

  constructor(query: JobListQuery, store: JobStore) {
    this.query = query;
    this.#store = store;
    this.#snapshot = emptyListSnapshot(query);
    this.#listeners = new Subscribable({ onFirst: () => this.#hold(), onLast: () => this.#linger() });
    this.#loop = store.loop<JobPage>({
      ask: (signal) => store.client.listJobs(query, { signal, retries: 0 }),
      onAnswer: (page, late) => this.#onAnswer(page, late),
      onError: (error) => this.#onError(error),
      pause: () => store.interval * (this.#snapshot.jobs.every(isFinal) ? QUIET : 1),
    });
    this.#forget = this.#keep();
    this.#linger();
  }

  get snapshot(): JobListSnapshot {
    return this.#snapshot;
  }

  /** The first subscriber starts the asking, the last one stops it after a short grace. Returns the way back. */
  subscribe(listener: (snapshot: JobListSnapshot) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  /** Reads the list now. Concurrent calls share one request. Never rejects: the outcome is in the snapshot. */
  async refresh(): Promise<JobListSnapshot> {
    this.#update({ loading: true });
    await this.#loop.refresh();
    this.#update({ loading: false });
    return this.#snapshot;
  }

  #onAnswer(answer: JobPage, late: boolean): void {
    const now = this.#store.clock.now();
    this.#answeredAt = now;
    this.#feeding = true;
    for (const job of answer.jobs) this.#store.entry(job.id).feed(job);
    if (!late) this.#show(answer.jobs.map(({ id }) => id));
    this.#feeding = false;
    this.#update({
      ...(late ? {} : this.#extent(answer)),
      jobs: this.#jobs(),
      loading: false,
      ...succeeded(this.#snapshot, now),
    });
    // The answer came after everybody had gone: its rows are let go of again.
    if (this.#listeners.size === 0) this.#linger();
  }

  #onError(error: JobApiError): void {
    this.#update({ loading: false, ...failed(this.#snapshot, error, this.#answeredAt) });
  }

  #extent(answer: JobPage): Pick<JobListSnapshot, 'page' | 'pageSize' | 'total'> {
    const asked = emptyListSnapshot(this.query);
    const page = answer.page ?? asked.page;
    const pageSize = answer.pageSize ?? asked.pageSize;
    return { page, pageSize, total: answer.total ?? (page - 1) * pageSize + answer.jobs.length };
  }

  /** Follows the entries of these rows, and no others. */
  #show(ids: readonly string[]): void {
    const before = this.#rows;
    this.#rows = new Map();
    for (const id of ids) {
      this.#rows.set(id, before.get(id) ?? this.#follow(this.#store.entry(id)));
      before.delete(id);
    }
    for (const { release } of before.values()) release();
  }

  #follow(entry: JobEntry): { entry: JobEntry; release: () => void } {
    const release = entry.observe(() => {
      if (!this.#feeding) this.#update({ jobs: this.#jobs() });
    });
    return { entry, release };
  }

  /** The array shown already, when its rows are still the same. */
  #jobs(): readonly Job[] {
    const jobs = [...this.#rows.values()].flatMap(({ entry }) => entry.snapshot.job ?? []);
    const { jobs: shown } = this.#snapshot;
    return jobs.length === shown.length && jobs.every((job, index) => job === shown[index]) ? shown : jobs;
  }

  #update(changes: Partial<JobListSnapshot>): void {
    const next = changed(this.#snapshot, changes);
    if (next === this.#snapshot) return;
    this.#snapshot = next;
    this.#listeners.notify(next);
  }

  #hold(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    this.#forget ??= this.#keep();
    this.#loop.start();
  }

  /** Takes its place in the store, unless another list for the same query has it. */
  #keep(): () => void {
    const lists = listsOf(this.#store);
    const key = keyOf(this.query);
    if (!lists.has(key)) lists.set(key, this);
    const end = this.#store.onCreated((userId) => {
      // What is being read now may have been made before.
      if (userId === this.query.userId && this.#listeners.size > 0) void this.#loop.refresh(true);
    });
    return () => {
      end();
      if (lists.get(key) === this) lists.delete(key);
    };
  }

  #linger(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = this.#store.clock.setTimeout(() => {
      this.#cancelGrace = null;
      this.#loop.stop();
      this.#show([]);
      this.#forget?.();
      this.#forget = null;
    }, this.#store.grace);
  }
}
