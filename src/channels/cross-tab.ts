import type { Clock } from '../core/clock.ts';
import { JobApiError } from '../core/errors.ts';
import type { JobErrorCode } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import { isRecord } from '../core/read-values.ts';
import type { Visibility } from './loop.ts';

/** What tabs say to each other. Tokens and errors' causes are never part of it. */
type Message =
  | { type: 'lead' }
  | { type: 'watch'; tab: string; ids: string[] }
  | { type: 'bye'; tab: string }
  | { type: 'job'; job: Job }
  | { type: 'error'; id: string; code: JobErrorCode; status: number | undefined; message: string };

/** As much of the browser as tabs need to find each other. */
export interface TabsPlatform {
  locks: Pick<LockManager, 'request'>;
  open(name: string): Pick<BroadcastChannel, 'postMessage' | 'close'> & { onmessage: ((event: MessageEvent) => void) | null };
}

export interface TabsHost {
  readonly clock: Clock;
  readonly visibility: Visibility;
  /** 0 ≤ random() < 1. */
  readonly random: () => number;
  /**
   * The same for tabs that may share answers, and for no others; `null` when this one shares with nobody. Asked now and then, and
   * before an answer is passed on or taken in.
   */
  name(): Promise<string | null>;
  /** What this tab wants to know of. */
  ids(): readonly string[];
  /** The job, while what is known of it is good. */
  known(id: string): Job | null;
  /** Another tab has learnt this. */
  onJob(job: Job): void;
  onError(id: string, error: JobApiError): void;
  /** Whether another tab asks for this one. */
  onAsleep(asleep: boolean): void;
  /** What other tabs want to know of; nothing while this one does not lead. */
  onWanted(ids: ReadonlySet<string>): void;
}

/** The leader is heard of so often, in ms; and is taken to be gone after so long, with up to the second half as much more. */
const BEAT = 500;
const GONE = 1_200;
/** A follower says so often what it wants, in ms, and is forgotten after three times that. */
const REPEAT = 5_000;
/** How long the page may take to give the token that is part of the name, in ms. */
const PATIENCE = 15_000;

/**
 * One of the seen tabs asks for all. A lock says which; who follows hears from it all the time, and asks by itself again as
 * soon as it does not. A hidden tab takes no part.
 */
export class Tabs {
  readonly #host: TabsHost;
  readonly #platform: TabsPlatform;
  readonly #tab = crypto.randomUUID();
  readonly #followers = new Map<string, { ids: readonly string[]; seenAt: number }>();
  #name: string | null = null;
  #wire: ReturnType<TabsPlatform['open']> | null = null;
  #release: (() => void) | null = null;
  #request: AbortController | null = null;
  #leads = false;
  #asleep = false;
  #told = '';
  #timers = new Map<'beat' | 'gone' | 'repeat', () => void>();
  #checking: Promise<void> | null = null;
  #leavePage: () => void;
  #closed = false;

  constructor(host: TabsHost, platform: TabsPlatform) {
    this.#host = host;
    this.#platform = platform;
    this.#leavePage = host.visibility.subscribe(() => void this.#settle());
    void this.#settle();
  }

  /** This tab has learnt a job by itself. */
  tell(job: Job): void {
    if (this.#followers.size > 0) void this.#unlessChanged(() => this.#post({ type: 'job', job }));
  }

  tellError(id: string, { code, status, message }: JobApiError): void {
    if (this.#followers.size > 0) void this.#unlessChanged(() => this.#post({ type: 'error', id, code, status, message }));
  }

  /** What this tab wants to know of has changed. */
  changed(): void {
    const ids = [...this.#host.ids()];
    const told = ids.join();
    if (!this.#wire || this.#leads || told === this.#told) return;
    this.#told = told;
    this.#post({ type: 'watch', tab: this.#tab, ids });
  }

  close(): void {
    this.#closed = true;
    this.#leavePage();
    this.#leave();
  }

  /** Takes part while it is seen, under the name that it has now. */
  async #settle(): Promise<void> {
    const visible = !this.#closed && this.#host.visibility.visible;
    const name = visible ? await this.#nameInTime() : null;
    if (this.#closed || !this.#host.visibility.visible) this.#leave();
    else if (name !== this.#name || !this.#wire) {
      // What is open, and what is asked, goes on for the one of now.
      if (this.#wire) this.#sleep(true);
      this.#leave();
      if (name !== null) this.#join(name);
    }
    if (!this.#closed && this.#host.visibility.visible && !this.#timers.has('repeat')) this.#waitToRepeat();
  }

  /** Who cannot tell its name by now shares with nobody: others must not wait for its word, nor it for theirs. */
  async #nameInTime(): Promise<string | null> {
    let cancel = (): void => undefined;
    const late = new Promise<null>((resolve) => {
      cancel = this.#host.clock.setTimeout(() => resolve(null), PATIENCE);
    });
    try {
      return await Promise.race([this.#host.name(), late]);
    } catch {
      return null;
    } finally {
      cancel();
    }
  }

  /** Does it, if this tab still has the name then under which it takes part now. */
  async #unlessChanged(work: () => void): Promise<void> {
    const wire = this.#wire;
    this.#checking ??= this.#settle().finally(() => (this.#checking = null));
    await this.#checking;
    if (wire && wire === this.#wire) work();
  }

  #join(name: string): void {
    this.#name = name;
    this.#wire = this.#platform.open(name);
    this.#wire.onmessage = ({ data }) => this.#hear(data);
    this.changed();
    this.#ask(false);
  }

  #leave(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    if (this.#wire) this.#post({ type: 'bye', tab: this.#tab });
    this.#wire?.close();
    this.#wire = null;
    this.#name = null;
    this.#told = '';
    this.#yield();
    this.#sleep(false);
  }

  /** Gives up the lead, or the place in the line for it. */
  #yield(): void {
    this.#leads = false;
    this.#request?.abort();
    this.#request = null;
    this.#release?.();
    this.#release = null;
    this.#timers.get('beat')?.();
    this.#followers.clear();
    this.#host.onWanted(new Set());
  }

  #ask(steal: boolean): void {
    this.#yield();
    const request = new AbortController();
    this.#request = request;
    const held = () =>
      new Promise<void>((release) => {
        if (this.#request !== request) return release();
        this.#release = release;
        this.#lead();
      });
    this.#platform.locks
      .request(this.#name as string, steal ? { steal } : { signal: request.signal }, held)
      // Taken away by a tab that did not hear from this one: it follows from now on.
      .catch(() => {
        if (this.#request !== request) return;
        if (this.#leads) this.#ask(false);
        // It may have no lock at all, as in a frame without an origin of its own.
        else this.close();
      });
  }

  #lead(): void {
    this.#leads = true;
    this.#timers.get('gone')?.();
    this.#sleep(false);
    const beat = () => {
      this.#post({ type: 'lead' });
      this.#every('beat', BEAT, beat);
    };
    beat();
  }

  #hear(message: unknown): void {
    if (!isRecord(message)) return;
    const said = message as Message;
    if (said.type === 'lead' && !this.#leads) this.#follow();
    if (said.type === 'job') void this.#unlessChanged(() => this.#host.onJob(said.job));
    if (said.type === 'error' && !this.#leads) void this.#unlessChanged(() => this.#host.onError(said.id, new JobApiError(said)));
    if (!this.#leads) return;
    if (said.type === 'bye') this.#followers.delete(said.tab);
    else if (said.type === 'watch') {
      const before = this.#followers.get(said.tab)?.ids;
      this.#followers.set(said.tab, { ids: said.ids, seenAt: this.#host.clock.now() });
      for (const id of said.ids) {
        const job = before?.includes(id) ? null : this.#host.known(id);
        if (job) this.tell(job);
      }
    } else return;
    this.#want();
  }

  #follow(): void {
    if (!this.#asleep) {
      this.#sleep(true);
      this.#told = '';
      this.changed();
    }
    // Tabs shall not all take over at once.
    this.#every('gone', GONE * (1 + this.#host.random() / 2), () => {
      this.#sleep(false);
      this.#ask(true);
    });
  }

  #repeat(): void {
    const now = this.#host.clock.now();
    for (const [tab, { seenAt }] of this.#followers) if (now - seenAt > 3 * REPEAT) this.#followers.delete(tab);
    if (this.#leads) this.#want();
    this.#told = '';
    this.changed();
    this.#waitToRepeat();
    void this.#settle();
  }

  #waitToRepeat(): void {
    this.#every('repeat', REPEAT, () => this.#repeat());
  }

  #want(): void {
    this.#host.onWanted(new Set([...this.#followers.values()].flatMap(({ ids }) => ids)));
  }

  #sleep(asleep: boolean): void {
    if (asleep === this.#asleep) return;
    this.#asleep = asleep;
    this.#host.onAsleep(asleep);
  }

  #post(message: Message): void {
    try {
      this.#wire?.postMessage(message);
    } catch {
      // A page's own channel may have put into a job what cannot be copied.
      this.#wire?.postMessage(JSON.parse(JSON.stringify(message)));
    }
  }

  #every(timer: 'beat' | 'gone' | 'repeat', ms: number, callback: () => void): void {
    this.#timers.get(timer)?.();
    this.#timers.set(timer, this.#host.clock.setTimeout(callback, ms));
  }
}

/** The browser's, where it has all that is needed. */
export function browserTabs(): TabsPlatform | null {
  const { document, navigator, BroadcastChannel, crypto } = globalThis;
  if (!document || !navigator?.locks || !BroadcastChannel || !crypto?.subtle) return null;
  return { locks: navigator.locks, open: (name) => new BroadcastChannel(name) };
}

/** A name that tells nothing of what it was made from. */
export async function sharedName(parts: string): Promise<string> {
  const bytes = new TextEncoder().encode(parts);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `job-elements.1.${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
