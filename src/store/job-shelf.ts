import { findNext, isLast } from '../api/list-jobs.ts';
import type { FoundJobs } from '../api/list-jobs.ts';
import type { Job } from '../core/job.ts';
import { Subscribable } from '../core/subscribable.ts';
import type { JobStore } from './job-store.ts';

/** Jobs of one request, the most that the API gives at once. */
const SIZE = 100;
/** So many requests each time that somebody wants to look further back. */
const FURTHER = 5;
/** However often somebody wants that: 5,000 jobs. */
const MOST = 50;

const ALL = new WeakMap<JobStore, Map<string, JobShelf>>();

/** The page's one shelf for this user. */
export function jobShelf(store: JobStore, userId: string): JobShelf {
  let shelves = ALL.get(store);
  if (!shelves) ALL.set(store, (shelves = new Map()));
  let shelf = shelves.get(userId);
  if (!shelf) shelves.set(userId, (shelf = new JobShelf(store, userId)));
  return shelf;
}

/**
 * The newest jobs of a user as far as they are loaded, for filters and orders on a backend that can only page. All lists
 * of the user take from it, so that typing into a search asks for nothing.
 */
export class JobShelf {
  readonly #store: JobStore;
  readonly #userId: string;
  readonly #changes: Subscribable;
  #ids: readonly string[] = [];
  #follows = new Map<string, () => void>();
  /** The answer that it ends with, which may say where to go on. */
  #end: FoundJobs | undefined;
  /** How many pages of the backend are loaded, and how many shall be. */
  #loaded = 0;
  #wanted = 1;
  #complete = false;
  #feeding = false;

  constructor(store: JobStore, userId: string) {
    this.#store = store;
    this.#userId = userId;
    this.#changes = new Subscribable({ onLast: () => this.#empty() });
  }

  /** Newest first. */
  get jobs(): readonly Job[] {
    return this.#ids.flatMap((id) => this.#store.entry(id).snapshot.job ?? []);
  }

  /** All of the user's jobs are here. */
  get complete(): boolean {
    return this.#complete;
  }

  get mayGoFurther(): boolean {
    return !this.#complete && this.#wanted < MOST;
  }

  /** Calls back when a job on it changes. Without a listener, nothing is kept. */
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** From the next reading on, looks further back. */
  goFurther(): void {
    this.#wanted = Math.min(MOST, this.#loaded + FURTHER);
  }

  /** Reads the newest jobs, and those further back that are wanted and not here yet. The caller listens until it is done. */
  async read(signal: AbortSignal): Promise<void> {
    this.#takeNewest(await this.#page(1, undefined, signal));
    while (!this.#complete && this.#loaded < this.#wanted) {
      const end = this.#end;
      const answer = await this.#page(this.#loaded + 1, end, signal);
      // For another list the same has been read meanwhile, or it has begun anew.
      if (end !== this.#end) continue;
      this.#loaded++;
      this.#endWith(answer);
      this.#put([...this.#ids, ...answer.jobs.map(({ id }) => id)], answer.jobs);
    }
  }

  #page(page: number, before: FoundJobs | undefined, signal: AbortSignal): Promise<FoundJobs> {
    return findNext(this.#store.client, { userId: this.#userId, page, pageSize: SIZE }, before, { signal, retries: 0 });
  }

  /** What is older than the newest page stays, unless there is a gap between the two. */
  #takeNewest(answer: FoundJobs): void {
    const newest = answer.jobs.map(({ id }) => id);
    const joint = this.#ids.findLastIndex((id) => newest.includes(id));
    const older = joint === -1 || isLast(answer, SIZE) ? [] : this.#ids.slice(joint + 1);
    if (older.length === 0) {
      this.#loaded = 1;
      this.#endWith(answer);
    }
    this.#put([...newest, ...older], answer.jobs);
  }

  #endWith(answer: FoundJobs): void {
    this.#end = answer;
    this.#complete = isLast(answer, SIZE);
  }

  #put(ids: readonly string[], jobs: readonly Job[]): void {
    this.#feeding = true;
    for (const job of jobs) this.#store.entry(job.id).feed(job);
    const before = this.#follows;
    this.#ids = [...new Set(ids)];
    this.#follows = new Map();
    for (const id of this.#ids) {
      this.#follows.set(id, before.get(id) ?? this.#store.entry(id).observe(() => this.#feeding || this.#changes.notify()));
      before.delete(id);
    }
    for (const end of before.values()) end();
    this.#feeding = false;
    this.#changes.notify();
  }

  #empty(): void {
    for (const end of this.#follows.values()) end();
    this.#follows.clear();
    this.#ids = [];
    this.#end = undefined;
    this.#loaded = 0;
    this.#wanted = 1;
    this.#complete = false;
  }
}
