import type { ReactiveController } from 'lit';
import { isFinal } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import { emptyListSnapshot, jobList } from '../store/job-list.ts';
import type { JobListEntry, JobListQuery, JobListSnapshot } from '../store/job-list.ts';
import type { JobEntry } from '../store/job-entry.ts';
import type { JobStore } from '../store/job-store.ts';
import { isPlainOrder } from '../store/list-query.ts';
import { EnvironmentController } from './environment-controller.ts';
import type { ControllerHost, EnvironmentOptions } from './environment-controller.ts';
import type { JobEnvironment } from './job-context.ts';

export interface ShownListOptions extends EnvironmentOptions, Omit<JobListQuery, 'userId'> {
  /** Absent: the provider's user. */
  userId?: string | null;
  /** Somebody reads in the list: its rows stay where they are, and new ones wait. */
  reading: boolean;
  /** The list, or a part of it, is on the screen. Otherwise it asks for nothing. */
  onScreen: boolean;
}

interface Row {
  readonly entry: JobEntry;
  readonly release: () => void;
  /** The way back from being live; `null` while it is not. */
  live: (() => void) | null;
}

/**
 * What a host shows of a user's jobs. The rows on show are its own: they are taken over from the list when nobody reads in
 * them, else when the host says so. Unfinished rows that are seen are live by themselves, through the store.
 */
export class ShownListController implements ReactiveController {
  readonly #host: ControllerHost;
  readonly #options: () => ShownListOptions;
  readonly #environment: EnvironmentController;
  #list: JobListEntry | null = null;
  /** The first page of the same filter, newest first, where new jobs appear; often the list itself. */
  #head: JobListEntry | null = null;
  #ends: (() => void)[] = [];
  #onScreen = false;
  readonly #rows = new Map<string, Row>();
  #rowsOf: { store: JobStore | null; userId: string | null } = { store: null, userId: null };
  #shown: readonly string[] = [];
  /** The list that the rows on show are of. */
  #shownOf: JobListEntry | null = null;
  /** The jobs of the head that are no news; `null` while nothing is known of it. */
  #known: ReadonlySet<string> | null = null;
  #news = 0;
  #seen: ReadonlySet<string> = new Set();

  constructor(host: ControllerHost, options: () => ShownListOptions) {
    this.#host = host;
    this.#options = options;
    this.#environment = new EnvironmentController(host, options, () => this.#attach());
    host.addController(this);
  }

  /** `null` while not connected, and on the server. */
  get environment(): JobEnvironment | null {
    return this.#environment.environment;
  }

  get store(): JobStore | null {
    return this.environment?.store ?? null;
  }

  /** Of the query as it is now; `null` without a user. */
  get snapshot(): JobListSnapshot | null {
    if (this.#list) return this.#list.snapshot;
    const query = this.#query(this.environment);
    return query && emptyListSnapshot(query);
  }

  /** Of the rows on show, until those that are asked for are here. */
  get shown(): JobListSnapshot | null {
    const { snapshot } = this;
    return this.#shownOf !== null && this.waiting && !snapshot?.error ? this.#shownOf.snapshot : snapshot;
  }

  /** The rows on show. */
  get jobs(): readonly Job[] {
    return this.#shown.flatMap((id) => this.#rows.get(id)?.entry.snapshot.job ?? []);
  }

  /** The rows on show are still those of the query before. */
  get waiting(): boolean {
    return this.#list !== this.#shownOf;
  }

  /** How many new jobs are not on show, since somebody reads, or does not look at where they would appear. */
  get news(): number {
    return this.#news;
  }

  /** Which rows are on the screen. */
  set seen(ids: ReadonlySet<string>) {
    this.#seen = ids;
    this.#enliven();
  }

  /** Takes over the rows as the list has them now. */
  takeOver(): void {
    this.#shownOf = null;
    this.#settle();
    this.#host.requestUpdate();
  }

  /** Reads the list now. Without a user, nothing happens. */
  async refresh(): Promise<void> {
    await this.#list?.refresh();
  }

  /** Where the browser filters: looks further back. */
  async goFurther(): Promise<void> {
    await this.#list?.goFurther();
    this.takeOver();
  }

  hostConnected(): void {
    this.#attach();
  }

  hostUpdate(): void {
    this.#attach();
  }

  hostDisconnected(): void {
    this.#detach();
    this.#show([]);
    this.#shownOf = null;
    this.#known = null;
    this.#news = 0;
  }

  #query(environment: JobEnvironment | null): JobListQuery | null {
    const { apiUrl: _address, token: _token, pollInterval: _interval, reading: _reading, onScreen: _on, userId, ...rest } = this.#options();
    const user = userId?.trim() || environment?.userId;
    return user ? { ...rest, userId: user } : null;
  }

  #attach(): void {
    // It may be called before its constructor is through.
    const environment = this.#environment?.environment ?? null;
    const query = environment && this.#query(environment);
    const list = query && environment ? jobList(environment.store, query) : null;
    const { onScreen } = this.#options();
    if (list !== this.#list || onScreen !== this.#onScreen) this.#follow(list, query, onScreen);
    this.#settle();
  }

  #follow(list: JobListEntry | null, query: JobListQuery | null, onScreen: boolean): void {
    const before = this.#ends;
    const headBefore = this.#head;
    const store = this.#environment.store;
    const userId = query?.userId ?? null;
    // Of somebody else, or from elsewhere: not to be seen while the right ones are on their way.
    if (store !== this.#rowsOf.store || userId !== this.#rowsOf.userId) {
      this.#show([]);
      this.#shownOf = null;
    }
    this.#rowsOf = { store, userId };
    this.#list = list;
    this.#onScreen = onScreen;
    const isHead = query !== null && (query.page ?? 1) === 1 && isPlainOrder(query);
    const { sort: _sort, order: _order, ...headQuery } = query ?? { userId: '' };
    this.#head = isHead || !store || !query ? list : jobList(store, { ...headQuery, page: 1 });
    if (this.#head !== headBefore) this.#known = null;
    this.#ends = [];
    for (const each of new Set([this.#list, this.#head])) {
      if (!each) continue;
      const onChange = () => {
        this.#settle();
        this.#host.requestUpdate();
      };
      this.#ends.push(onScreen ? each.follow(onChange) : each.observe(onChange));
    }
    for (const end of before) end();
    this.#host.requestUpdate();
  }

  #detach(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    this.#list = null;
    this.#head = null;
  }

  /** Decides which rows are on show, and how many are held back. */
  #settle(): void {
    const snapshot = this.#list?.snapshot;
    const isKnown = snapshot !== undefined && !(snapshot.jobs.length === 0 && (snapshot.loading || snapshot.error !== null));
    if (isKnown && (this.#list !== this.#shownOf || this.#mayMove)) {
      this.#shownOf = this.#list;
      this.#show(snapshot.jobs.map(({ id }) => id));
      if (this.#isFirst) this.#known = null;
    }
    const head = this.#head?.snapshot;
    if (head && !(head.loading && head.jobs.length === 0)) {
      this.#known ??= new Set(head.jobs.map(({ id }) => id));
      const first = head.jobs.findIndex(({ id }) => this.#known?.has(id));
      this.#news = first === -1 ? head.jobs.length : first;
    }
    this.#enliven();
  }

  get #mayMove(): boolean {
    if (this.#shown.length === 0) return true;
    return !this.#options().reading && this.#isFirst;
  }

  /** Only there do new jobs come into sight. */
  get #isFirst(): boolean {
    return (this.#list?.query.page ?? 1) === 1;
  }

  #show(ids: readonly string[]): void {
    if (ids.length === this.#shown.length && ids.every((id, index) => id === this.#shown[index])) return;
    this.#shown = ids;
    const gone = new Set(this.#rows.keys());
    const store = this.#environment.store;
    for (const id of ids) {
      gone.delete(id);
      if (store && !this.#rows.has(id)) this.#rows.set(id, this.#hold(store.entry(id)));
    }
    for (const id of gone) {
      const row = this.#rows.get(id);
      row?.live?.();
      row?.release();
      this.#rows.delete(id);
    }
  }

  #hold(entry: JobEntry): Row {
    const ends = [entry.observe(() => this.#enliven()), entry.subscribeRepaint(() => this.#host.requestUpdate())];
    const release = (): void => ends.forEach((end) => end());
    return { entry, release, live: null };
  }

  /** Unfinished rows on the screen ask for themselves, all others do not. */
  #enliven(): void {
    for (const [id, row] of this.#rows) {
      const { job } = row.entry.snapshot;
      const wanted = this.#onScreen && this.#seen.has(id) && job !== null && !isFinal(job);
      if (wanted) row.live ??= row.entry.subscribe(() => {});
      else if (row.live) {
        row.live();
        row.live = null;
      }
    }
  }
}
