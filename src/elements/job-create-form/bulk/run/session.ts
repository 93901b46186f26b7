import type { JobClient } from '../../../../api/job-client.ts';
import type { Clock } from '../../../../core/clock.ts';
import { Subscribable } from '../../../../core/subscribable.ts';
import { connectivityFor } from '../../../../store/connectivity.ts';
import { addressOf } from './address.ts';
import { findLost } from './find-lost.ts';
import { randomId, type LeftRow, type RunCounts, type RunRow, type StoredRun } from './rows.ts';
import { BulkRun, type RunPace, type RunPhase } from './run.ts';
import { clientSender } from './sender.ts';
import type { RunStorage } from './storage.ts';

/** What another tab says of the list that it has. */
export interface Elsewhere {
  readonly phase: RunPhase;
  readonly counts: RunCounts;
}

export interface SessionOptions {
  readonly apiUrl: string;
  readonly userId: string;
  readonly client: JobClient;
  readonly clock: Clock;
}

/** How long a session without an element goes on where it sends nothing, in ms: an element that is moved comes back. */
const GRACE = 2_000;

const sessions = new Map<string, BulkSession>();

/** The page's one session for this address and user: a list goes on although its element goes. */
export function sessionFor(options: SessionOptions): BulkSession {
  const name = JSON.stringify([addressOf(options.apiUrl), options.userId]);
  let session = sessions.get(name);
  if (!session) {
    session = new BulkSession(name, options, () => sessions.delete(name));
    sessions.set(name, session);
  }
  session.client = options.client;
  return session;
}

/**
 * The list that a user has on its way at an address: at most one, and of all tabs one has it. A Web Lock says which; it goes
 * with its tab, however that ends. Where there are no locks, nothing is kept, so that no two tabs can go on with one list.
 */
export class BulkSession {
  client: JobClient;
  /** How to send; whoever shows the list sets it. */
  pace: RunPace = { rate: null, parallel: 4, chunk: 100 };
  readonly #name: string;
  readonly #options: SessionOptions;
  readonly #forget: () => void;
  readonly #changed: Subscribable;
  readonly #locks = globalThis.navigator?.locks as LockManager | undefined;
  #storage: Promise<RunStorage | null>;
  #run: BulkRun | null = null;
  #elsewhere: Elsewhere | true | null = null;
  #opening: Promise<void> | null = null;
  #unlock: (() => void) | null = null;
  #queue: AbortController | null = null;
  #radio: BroadcastChannel | null = null;
  #releaseRun = (): void => {};
  #cancelGrace = (): void => {};

  constructor(name: string, options: SessionOptions, forget: () => void) {
    this.#name = `job-elements.bulk:${name}`;
    this.#options = options;
    this.#forget = forget;
    this.client = options.client;
    this.#changed = new Subscribable({ onFirst: () => this.#cancelGrace(), onLast: () => this.#leave() });
    this.#storage = this.#openStorage();
  }

  /** The list on its way, or done; `null` when there is none here. */
  get run(): BulkRun | null {
    return this.#run;
  }

  /** Another tab has a list; `true` while it has not said more. */
  get elsewhere(): Elsewhere | true | null {
    return this.#elsewhere;
  }

  subscribe(listener: () => void): () => void {
    return this.#changed.subscribe(listener);
  }

  /** Takes up what was left unfinished by another page, if there is anything and no other tab has it. */
  open(): Promise<void> {
    return (this.#opening ??= this.#open());
  }

  async #open(): Promise<void> {
    const storage = await this.#storage;
    if (!storage || this.#run) return;
    if (!(await this.#lock())) return this.#watch();
    const stored = await storage.load().catch(() => null);
    if (stored) this.#take(stored, storage);
    else this.#release();
  }

  /** Begins to send. `false` when another tab has a list of this user. */
  async begin(name: string, rows: readonly RunRow[], left: readonly LeftRow[], id = randomId()): Promise<boolean> {
    await this.open();
    let storage = await this.#storage;
    if (!(await this.#lock())) {
      await this.#watch();
      return false;
    }
    const run: StoredRun = { id, name, startedAt: this.#options.clock.now(), rows, left, marks: rows.map(() => ({ state: 'waiting' as const })) };
    try {
      await storage?.create(run);
    } catch {
      // No room, or a private window: it lives as long as the page.
      storage = null;
    }
    this.#take(run, storage, true);
    return true;
  }

  /** Puts the list away, done or not. What has been sent stays sent. */
  async discard(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    run.close();
    this.#releaseRun();
    this.#run = null;
    const storage = await this.#storage;
    await storage?.remove(run.run.id).catch(() => undefined);
    this.#release();
    this.#changed.notify();
  }

  #take(run: StoredRun, storage: RunStorage | null, start = false): void {
    const { clock, apiUrl, userId } = this.#options;
    this.#elsewhere = null;
    const taken = new BulkRun({
      run,
      storage,
      clock,
      // The client is that of the element that shows the list now: a new token, say.
      sender: {
        abilities: (signal) => clientSender(this.client, clock).abilities(signal),
        send: (rows, options) => clientSender(this.client, clock).send(rows, options),
      },
      connectivity: connectivityFor(apiUrl),
      pace: () => this.pace,
      find: (one) => findLost(this.client, userId, one),
    });
    this.#run = taken;
    let toldAt = 0;
    this.#releaseRun = taken.subscribe(() => {
      this.#changed.notify();
      if (taken.phase === 'running' && clock.now() - toldAt < 500) return;
      toldAt = clock.now();
      this.#tell({ phase: taken.phase, counts: taken.counts });
      if (this.#changed.size === 0) this.#leave();
    });
    this.#radio ??= this.#openRadio();
    // Nobody is to see it at rest before it begins.
    if (start) taken.start();
    this.#changed.notify();
  }

  /** Another tab has it: hears of it, and takes over when that tab goes. */
  async #watch(): Promise<void> {
    if (this.#queue || !this.#locks) return;
    this.#elsewhere = true;
    this.#radio ??= this.#openRadio();
    this.#tell('who');
    this.#changed.notify();
    this.#queue = new AbortController();
    const { signal } = this.#queue;
    void this.#locks
      .request(this.#name, { signal }, () => this.#took())
      .catch(() => undefined)
      .finally(() => (this.#queue = null));
  }

  /** The lock is ours at last. Held until `#unlock` is called. */
  async #took(): Promise<void> {
    const held = new Promise<void>((resolve) => (this.#unlock = resolve));
    this.#elsewhere = null;
    const storage = await this.#storage;
    const stored = await storage?.load().catch(() => null);
    if (stored && storage) this.#take(stored, storage);
    else this.#release();
    this.#changed.notify();
    return held;
  }

  async #lock(): Promise<boolean> {
    if (!this.#locks || this.#unlock) return true;
    return new Promise((resolve) => {
      this.#locks
        ?.request(this.#name, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock && new Promise<void>((release) => (this.#unlock = release));
        })
        // A sandboxed frame has no locks.
        .catch(() => resolve(true));
    });
  }

  #release(): void {
    this.#unlock?.();
    this.#unlock = null;
  }

  /** Nobody shows it any more. What is being sent goes on; the rest can be taken up by another page. */
  #leave(): void {
    this.#cancelGrace();
    if (this.#run?.phase === 'running') return;
    this.#cancelGrace = this.#options.clock.setTimeout(() => {
      this.#run?.close();
      this.#releaseRun();
      this.#queue?.abort();
      this.#radio?.close();
      this.#release();
      this.#forget();
    }, GRACE);
  }

  async #openStorage(): Promise<RunStorage | null> {
    if (!this.#locks || !('indexedDB' in globalThis)) return null;
    try {
      const { indexedStorage } = await import('./storage.ts');
      return indexedStorage(addressOf(this.#options.apiUrl), this.#options.userId);
    } catch {
      // Its code could not be loaded: the list lives as long as the page.
      return null;
    }
  }

  #openRadio(): BroadcastChannel | null {
    if (!('BroadcastChannel' in globalThis)) return null;
    const radio = new BroadcastChannel(this.#name);
    radio.onmessage = ({ data }: MessageEvent<Elsewhere | 'who'>) => {
      if (data === 'who') {
        if (this.#run) this.#tell({ phase: this.#run.phase, counts: this.#run.counts });
      } else if (this.#elsewhere) {
        this.#elsewhere = data;
        this.#changed.notify();
      }
    };
    return radio;
  }

  #tell(message: Elsewhere | 'who'): void {
    this.#radio?.postMessage(message);
  }
}
