import type { JobListQuery } from '../api/job-client.ts';
import type { Loop } from '../channels/loop.ts';
import type { JobApiError } from '../core/errors.ts';
import { isFinal } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import { sameValue } from '../core/same-value.ts';
import { Subscribable } from '../core/subscribable.ts';
import type { JobEntry } from './job-entry.ts';
import type { JobStore } from './job-store.ts';
import { ListSource } from './list-source.ts';
import type { ListPage } from './list-source.ts';
import { changed, failed, succeeded } from './reading.ts';
import type { Reading } from './reading.ts';

export type { JobListQuery } from '../api/job-client.ts';

/** What the page knows of one page of a user's jobs. Immutable: a change is a new object. */
export interface JobListSnapshot extends Reading, Omit<ListPage, 'jobs'> {
  readonly query: JobListQuery;
  /** In the order of the query. Each row is the very `job` of its entry. An error never empties the list. */
  readonly jobs: readonly Job[];
  /** The first answer, or one that was asked for by `refresh()`, is awaited. Polls do not set it. */
  readonly loading: boolean;
}

/** With no job running, only news from elsewhere are to be expected: the pause is this many times as long. */
const QUIET = 10;
/** Where rows are live by themselves, the list alone tells which there are. */
const UNHURRIED = 5;

/** Of a list that nothing is known about yet. */
export function emptyListSnapshot(query: JobListQuery): JobListSnapshot {
  const { page = 1, pageSize = 20 } = query;
  const freshness = { state: 'none', since: null } as const;
  const nothing = { jobs: [], total: 0, exact: false, hasNext: false, counts: null, by: 'nobody', searched: 0, mayGoFurther: false } as const;
  return { ...nothing, query, page, pageSize, loading: true, error: null, freshness };
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
  readonly #followers: Subscribable<JobListSnapshot>;
  readonly #observers: Subscribable<JobListSnapshot>;
  readonly #source: ListSource;
  readonly #loop: Loop<ListPage>;
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
    const onLast = () => this.#linger();
    this.#listeners = new Subscribable({ onFirst: () => this.#hold(), onLast });
    this.#followers = new Subscribable({ onFirst: () => this.#hold(), onLast });
    this.#observers = new Subscribable({ onLast });
    this.#source = new ListSource(store, query, () => this.#onSource());
    this.#loop = store.loop<ListPage>({
      ask: (signal) => this.#source.read(signal),
      onAnswer: (page, late) => this.#onAnswer(page, late),
      onError: (error) => this.#onError(error),
      pause: () => this.#pause,
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

  /** As `subscribe`, for those who keep the rows that they show live by themselves: the list is read less often. */
  follow(listener: (snapshot: JobListSnapshot) => void): () => void {
    return this.#followers.subscribe(listener);
  }

  /** As `subscribe`, but asks for nothing: told of whatever others learn. */
  observe(listener: (snapshot: JobListSnapshot) => void): () => void {
    return this.#observers.subscribe(listener);
  }

  /** Reads the list now. Concurrent calls share one request. Never rejects: the outcome is in the snapshot. */
  async refresh(): Promise<JobListSnapshot> {
    this.#update({ loading: true });
    await this.#loop.refresh();
    this.#update({ loading: false });
    return this.#snapshot;
  }

  /** Where the browser filters: looks further back, in a bounded number of requests. */
  async goFurther(): Promise<void> {
    if (!this.#snapshot.mayGoFurther) return;
    this.#source.goFurther();
    this.#update({ loading: true });
    await this.#loop.refresh(true);
    this.#update({ loading: false });
  }

  get #pause(): number {
    const quiet = this.#snapshot.jobs.every(isFinal) || (this.query.page ?? 1) > 1;
    const { interval } = this.#store;
    if (this.#listeners.size > 0) return interval * (this.#snapshot.jobs.every(isFinal) ? QUIET : 1);
    return interval * (quiet ? QUIET : UNHURRIED);
  }

  get #isHeld(): boolean {
    return this.#listeners.size + this.#followers.size > 0;
  }

  #onAnswer(answer: ListPage, late: boolean): void {
    const now = this.#store.clock.now();
    this.#answeredAt = now;
    const { jobs, ...extent } = this.#reuse(answer);
    this.#feeding = true;
    for (const job of jobs) this.#store.entry(job.id).feed(job);
    if (!late) this.#show(jobs.map(({ id }) => id));
    this.#feeding = false;
    this.#update({
      ...(late ? {} : extent),
      jobs: this.#jobs(),
      loading: false,
      ...succeeded(this.#snapshot, now),
    });
    // The answer came after everybody had gone: its rows are let go of again.
    if (!this.#isHeld && this.#observers.size === 0) this.#linger();
  }

  /** Equal counts are the same object, so that an answer without news is none. */
  #reuse(page: ListPage): ListPage {
    const { counts } = this.#snapshot;
    return sameValue(counts, page.counts) ? { ...page, counts } : page;
  }

  /** What is filtered here has changed without a request. */
  #onSource(): void {
    const page = this.#feeding ? null : this.#source.select();
    if (!page) return;
    const { jobs, ...extent } = this.#reuse(page);
    this.#show(jobs.map(({ id }) => id));
    this.#update({ ...extent, jobs: this.#jobs() });
  }

  #onError(error: JobApiError): void {
    this.#update({ loading: false, ...failed(this.#snapshot, error, this.#answeredAt) });
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
    for (const each of [this.#listeners, this.#followers, this.#observers]) each.notify(next);
  }

  #hold(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    this.#forget ??= this.#keep();
    this.#source.hold();
    const page = this.#answeredAt === null ? this.#source.select() : null;
    if (page) this.#onAnswer(page, false);
    // Who comes back from off the screen soon finds what is known still good.
    const age = this.#answeredAt === null ? Infinity : this.#store.clock.now() - this.#answeredAt;
    this.#loop.start(age >= 0 && this.#listeners.size === 0 ? Math.max(0, this.#pause - age) : 0);
  }

  /** Takes its place in the store, unless another list for the same query has it. */
  #keep(): () => void {
    const lists = listsOf(this.#store);
    const key = keyOf(this.query);
    if (!lists.has(key)) lists.set(key, this);
    const end = this.#store.onCreated((userId) => {
      // What is being read now may have been made before.
      if (userId === this.query.userId && this.#isHeld) void this.#loop.refresh(true);
    });
    return () => {
      end();
      if (lists.get(key) === this) lists.delete(key);
    };
  }

  /** Stops after a grace with nobody to ask for, and leaves the store when there are no observers either. */
  #linger(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    if (this.#isHeld) return;
    this.#cancelGrace = this.#store.clock.setTimeout(() => {
      this.#cancelGrace = null;
      this.#loop.stop();
      if (this.#observers.size > 0) return;
      this.#source.release();
      this.#show([]);
      this.#forget?.();
      this.#forget = null;
    }, this.#store.grace);
  }
}
