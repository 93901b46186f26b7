import type { FedJob } from './job-feed.ts';

export interface SubscriptionHost {
  /** Jobs that are new to the subscriber, or changed; with `cursor` nothing before it needs to be told again. */
  onUpdate(update: readonly FedJob[], cursor: bigint): void;
  /** The feed itself ends. */
  onClose(): void;
  watch(ids: readonly string[]): void;
  unwatch(ids: readonly string[]): void;
  onEnd(): void;
}

/** The jobs that one client follows. */
export class FeedSubscription {
  readonly #host: SubscriptionHost;
  /** Whether each has ended or is no job; `null` until it is read. */
  readonly #ids = new Map<string, boolean | null>();
  /** Not asked for yet. */
  readonly #fresh = new Set<string>();
  #ended = false;

  constructor(host: SubscriptionHost) {
    this.#host = host;
  }

  get size(): number {
    return this.#ids.size;
  }

  /** Whether everything that is followed has been read and has ended. */
  get over(): boolean {
    return [...this.#ids.values()].every((ended) => ended === true);
  }

  add(ids: readonly string[]): void {
    const added = ids.filter((id) => !this.#ids.has(id));
    if (added.length === 0 || this.#ended) return;
    for (const id of added) this.#ids.set(id, null);
    for (const id of added) this.#fresh.add(id);
    this.#host.watch(added);
  }

  remove(ids: readonly string[]): void {
    const removed = ids.filter((id) => this.#ids.delete(id));
    for (const id of removed) this.#fresh.delete(id);
    this.#host.unwatch(removed);
  }

  /** For the feed: what has to be read for the first time. */
  takeNew(): string[] {
    const ids = [...this.#fresh];
    this.#fresh.clear();
    return ids;
  }

  /** For the feed: they could not be read. */
  giveBack(ids: readonly string[]): void {
    for (const id of ids) if (this.#ids.has(id)) this.#fresh.add(id);
  }

  /** For the feed. */
  tell(jobs: readonly FedJob[], cursor: bigint): void {
    if (this.#ended) return;
    for (const { id, ended } of jobs) if (this.#ids.has(id)) this.#ids.set(id, ended);
    // What was asked for and did not come is no job.
    for (const [id, ended] of this.#ids) if (ended === null && !this.#fresh.has(id)) this.#ids.set(id, true);
    this.#host.onUpdate(jobs, cursor);
  }

  /** For the feed, when it closes. */
  shutDown(): void {
    if (this.#ended) return;
    this.end();
    this.#host.onClose();
  }

  /** The client has gone. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#host.unwatch([...this.#ids.keys()]);
    this.#ids.clear();
    this.#fresh.clear();
    this.#host.onEnd();
  }
}
