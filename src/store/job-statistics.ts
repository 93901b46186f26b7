import type { Health } from '../api/job-client.ts';
import { readCounts } from '../api/read-answers.ts';
import { readHistory } from '../api/read-history.ts';
import type { HistoryBucket } from '../api/read-history.ts';
import type { RequestOptions } from '../api/transport.ts';
import { apiUrl, linkUrl } from '../api/urls.ts';
import type { Loop } from '../channels/loop.ts';
import { JobApiError } from '../core/errors.ts';
import { field, isRecord, readText } from '../core/read-values.ts';
import { Subscribable } from '../core/subscribable.ts';
import type { JobStore } from './job-store.ts';
import { changed, failed, succeeded } from './reading.ts';
import type { Reading } from './reading.ts';
import { addSample, bucketsOf } from './statistics-samples.ts';
import type { Sample } from './statistics-samples.ts';

/** Over which time a history is asked for, in ms, and in steps of how many seconds. */
export const RANGES = {
  hour: { span: 3_600_000, step: 120 },
  day: { span: 86_400_000, step: 3_600 },
  week: { span: 604_800_000, step: 21_600 },
  month: { span: 2_592_000_000, step: 86_400 },
} as const;

export type StatisticsRange = keyof typeof RANGES;

/** What the page knows of how the service does. Immutable: a change is a new object. */
export interface StatisticsSnapshot extends Reading {
  /** Jobs in each status, those included that the contract does not name; `null` while nothing is known. */
  readonly counts: Readonly<Record<string, number>> | null;
  /** The sum of the counts. A backend's own total counts only where it names no status at all. */
  readonly total: number;
  /** `null` while nothing is known, or the service did not tell. */
  readonly health: Health | null;
  /** Whether the backend keeps a history of its own. Without one, `buckets` tells of the time since the page looks. */
  readonly hasHistory: boolean;
  readonly buckets: readonly HistoryBucket[];
  /** The history was asked for and could not be read; `buckets` is then what the page saw by itself. */
  readonly historyFailed: boolean;
  /** The first answer, or one that was asked for by `refresh()`, is awaited. */
  readonly loading: boolean;
}

/** Counts are asked for this often at most, in ms; health and history, which change slowly, less. */
const PACE = 5_000;
const HEALTH_PACE = 30_000;
const HISTORY_PACE = 60_000;

/** Of a service that nothing is known about yet. */
export const emptyStatistics: StatisticsSnapshot = {
  counts: null,
  total: 0,
  health: null,
  hasHistory: false,
  buckets: [],
  historyFailed: false,
  loading: true,
  error: null,
  freshness: { state: 'none', since: null },
};

/** Apart from the store, so that a page without statistics does not load this. */
const ALL = new WeakMap<JobStore, Map<StatisticsRange, StatisticsEntry>>();

/** The page's one view of the statistics of a store, over a range of time. It keeps its samples while nobody looks. */
export function jobStatistics(store: JobStore, range: StatisticsRange): StatisticsEntry {
  const known = ALL.get(store) ?? new Map<StatisticsRange, StatisticsEntry>();
  ALL.set(store, known);
  const entry = known.get(range) ?? new StatisticsEntry(store, range, [...known.values()].at(-1));
  known.set(range, entry);
  return entry;
}

interface Answer {
  readonly counts: NonNullable<ReturnType<typeof readCounts>>;
  readonly hasHistory: boolean;
}

/** Counts, health and history, in one loop with the store's beat: whoever looks shares its requests. */
export class StatisticsEntry {
  readonly #store: JobStore;
  readonly #range: StatisticsRange;
  readonly #listeners: Subscribable<StatisticsSnapshot>;
  readonly #loop: Loop<Answer>;
  #snapshot = emptyStatistics;
  #samples: readonly Sample[] = [];
  #history: readonly HistoryBucket[] | null = null;
  /** The link that the last answer named. */
  #link: string | null = null;
  #answeredAt: number | null = null;
  #healthAt = -Infinity;
  #historyAt = -Infinity;
  #cancelGrace: (() => void) | null = null;

  /** `other`: one of another range, which knows all that has nothing to do with the range. */
  constructor(store: JobStore, range: StatisticsRange, other?: StatisticsEntry) {
    this.#store = store;
    this.#range = range;
    if (other) {
      this.#snapshot = { ...other.#snapshot, buckets: [], loading: true };
      this.#samples = other.#samples;
      this.#answeredAt = other.#answeredAt;
    }
    this.#listeners = new Subscribable({ onFirst: () => this.#hold(), onLast: () => this.#linger() });
    this.#loop = store.loop<Answer>({
      ask: (signal) => this.#ask({ signal, retries: 0 }),
      onAnswer: (answer, late) => this.#onAnswer(answer, late),
      onError: (error) => this.#update({ loading: false, ...failed(this.#snapshot, error, this.#answeredAt) }),
      pause: () => Math.max(store.interval, PACE),
    });
  }

  get snapshot(): StatisticsSnapshot {
    return this.#snapshot;
  }

  /** The first subscriber starts the asking, the last one stops it after a short grace. Returns the way back. */
  subscribe(listener: (snapshot: StatisticsSnapshot) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  /** Reads everything now. Never rejects: the outcome is in the snapshot. */
  async refresh(): Promise<StatisticsSnapshot> {
    this.#healthAt = -Infinity;
    this.#historyAt = -Infinity;
    this.#update({ loading: true });
    await this.#loop.refresh(true);
    this.#update({ loading: false });
    return this.#snapshot;
  }

  /** Health comes beside the counts: a service that cannot count may still say what is wrong. */
  async #ask(options: RequestOptions): Promise<Answer> {
    const { client } = this.#store;
    const url = apiUrl(client.baseUrl, '/api/v1/jobs/stats/counts');
    const [wire] = await Promise.all([client.transport.send({ method: 'GET', url, repeatable: true }, options), this.#askHealth(options)]);
    const counts = readCounts(wire);
    if (counts === null) throw new JobApiError({ code: 'malformed', message: 'There is no count in the answer.' });
    const link = historyLink(wire);
    this.#link = link === null ? null : linkUrl(link, client.baseUrl);
    await this.#askHistory(counts.at ?? this.#store.clock.now(), options);
    return { counts, hasHistory: this.#link !== null };
  }

  async #askHealth(options: RequestOptions): Promise<void> {
    const now = this.#store.clock.now();
    if (!isDue(now, this.#healthAt, HEALTH_PACE)) return;
    this.#healthAt = now;
    const health = await this.#store.health(options).catch(() => null);
    this.#update({ health });
  }

  /** `now`: by the service's clock, which may be another than the page's. */
  async #askHistory(now: number, options: RequestOptions): Promise<void> {
    const local = this.#store.clock.now();
    if (this.#link === null || !isDue(local, this.#historyAt, HISTORY_PACE)) return;
    this.#historyAt = local;
    const { span, step } = RANGES[this.#range];
    const url = new URL(this.#link);
    const params = { from: new Date(now - span).toISOString(), to: new Date(now).toISOString(), step: String(step) };
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
    const wire = await this.#store.client.transport.send({ method: 'GET', url: url.href, repeatable: true }, options).catch(() => null);
    this.#history = readHistory(wire) ?? this.#history;
    this.#update({ historyFailed: readHistory(wire) === null });
  }

  #onAnswer({ counts: { counts, total }, hasHistory }: Answer, late: boolean): void {
    if (late) return;
    const now = this.#store.clock.now();
    this.#answeredAt = now;
    this.#samples = addSample(this.#samples, { at: now, counts });
    const sum = Object.values(counts).reduce((all, count) => all + count, 0);
    this.#update({
      counts: sameCounts(this.#snapshot.counts, counts) ? this.#snapshot.counts : counts,
      total: sum || total,
      hasHistory,
      buckets: (hasHistory ? this.#history : null) ?? bucketsOf(this.#samples),
      loading: false,
      ...succeeded(this.#snapshot, now),
    });
  }

  #update(changes: Partial<StatisticsSnapshot>): void {
    const next = changed(this.#snapshot, changes);
    if (next === this.#snapshot) return;
    this.#snapshot = next;
    this.#listeners.notify(next);
  }

  #hold(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    this.#loop.start();
  }

  #linger(): void {
    this.#cancelGrace = this.#store.clock.setTimeout(() => {
      this.#cancelGrace = null;
      this.#loop.stop();
    }, this.#store.grace);
  }
}

/** Also when the clock was set back meanwhile. */
function isDue(now: number, last: number, pace: number): boolean {
  return now - last >= pace || now < last;
}

function historyLink(wire: unknown): string | null {
  const links = isRecord(wire) ? field(wire, 'links') : null;
  return isRecord(links) ? readText(field(links, 'history')) : null;
}

function sameCounts(a: Readonly<Record<string, number>> | null, b: Readonly<Record<string, number>>): boolean {
  return a !== null && Object.keys(a).length === Object.keys(b).length && Object.entries(b).every(([key, value]) => a[key] === value);
}
