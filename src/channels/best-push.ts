import type { Clock } from '../core/clock.ts';
import type { PushChannel, PushSink } from './push.ts';

/** One of the push channels that the jobs offer. */
export interface Rung {
  /** Most jobs that it can follow. */
  readonly limit: number;
  /** Rejects when its code cannot be loaded. */
  open(sink: PushSink): Promise<PushChannel>;
}

/** A channel that failed so often in a row is left for the next one. */
const FAILURES = 2;
/** A channel holds when it has been heard for so long; until then another one stays open beside it, in ms. */
const PROOF = 10_000;
/** What became of a channel that was left, and is not open any more, is forgotten after this, in ms. */
const FORGIVEN = 300_000;

interface State {
  readonly rung: Rung;
  channel: PushChannel | null;
  /** The newest opening; one that is older counts no more. */
  opening: object | null;
  /** Jobs whose changes come over it. */
  readonly live: Set<string>;
  /** Since when it has been heard without a loss, by the clock. */
  heardAt: number | null;
  failures: number;
  failedAt: number;
}

/**
 * Several push channels as one, the best first. Where one fails again and again, or cannot hold all jobs, the next takes over; one that
 * failed goes on trying, and when it holds again it alone is left. What none of them brings is polled, as with a single channel.
 */
export class BestPush implements PushChannel {
  readonly #clock: Clock;
  readonly #sink: PushSink;
  readonly #states: readonly State[];
  readonly #wanted = new Set<string>();
  #at = 0;
  #gathering = false;
  #cancelProof: (() => void) | null = null;

  constructor(rungs: readonly Rung[], clock: Clock, sink: PushSink) {
    this.#clock = clock;
    this.#sink = sink;
    this.#states = rungs.map((rung) => ({ rung, channel: null, opening: null, live: new Set(), heardAt: null, failures: 0, failedAt: 0 }));
  }

  watch(id: string): void {
    if (this.#wanted.has(id)) return;
    this.#wanted.add(id);
    for (const { channel } of this.#states) channel?.watch(id);
    // How many there are decides who serves, and they mostly come together.
    if (!this.#gathering) queueMicrotask(() => this.#gathered());
    this.#gathering = true;
  }

  #gathered(): void {
    this.#gathering = false;
    this.#settle();
  }

  unwatch(id: string): void {
    if (!this.#wanted.delete(id)) return;
    for (const { channel, live } of this.#states) {
      channel?.unwatch(id);
      live.delete(id);
    }
  }

  close(): void {
    this.#wanted.clear();
    this.#cancelProof?.();
    this.#cancelProof = null;
    for (const state of this.#states) {
      state.channel?.close();
      Object.assign(state, { channel: null, opening: null });
    }
  }

  /** Chooses who serves, opens it, and closes what is not needed beside it. */
  #settle(): void {
    if (this.#wanted.size === 0) return;
    this.#at = this.#choose();
    const serving = this.#states[this.#at] as State;
    if (!serving.opening) void this.#open(serving);
    for (const [index, state] of this.#states.entries()) {
      const isTrying = index < this.#at && state.failures >= FAILURES;
      if (index !== this.#at && !isTrying && this.#holds(serving)) this.#close(state);
    }
  }

  #choose(): number {
    const back = this.#states.findIndex((state, index) => index < this.#at && this.#fits(state) && this.#isProven(state));
    if (back >= 0) return back;
    const serving = this.#states[this.#at] as State;
    if (this.#works(serving) && this.#fits(serving)) return this.#at;
    const working = this.#states.flatMap((state, index) => (this.#works(state) ? [index] : []));
    return working.find((index) => this.#fits(this.#states[index] as State)) ?? working[0] ?? this.#states.length - 1;
  }

  #works({ failures, failedAt }: State): boolean {
    return failures < FAILURES || Math.abs(this.#clock.now() - failedAt) > FORGIVEN;
  }

  #fits({ rung }: State): boolean {
    return this.#wanted.size <= rung.limit;
  }

  /** Something came over it, and enough of what it shall bring. */
  #holds({ live, rung }: State): boolean {
    return live.size >= Math.min(this.#wanted.size, rung.limit);
  }

  #isProven({ heardAt }: State): boolean {
    return heardAt !== null && Math.abs(this.#clock.now() - heardAt) >= PROOF;
  }

  async #open(state: State): Promise<void> {
    const opening = {};
    Object.assign(state, { opening, failures: 0, heardAt: null });
    const sink: PushSink = {
      onJob: (job) => {
        this.#heard(state);
        this.#sink.onJob(job);
      },
      onHint: (id) => this.#sink.onHint(id),
      onLive: (id) => {
        this.#heard(state);
        state.live.add(id);
        this.#sink.onLive(id);
        this.#settle();
      },
      onSilent: (id) => this.#silence(state, id),
      onLost: (hopeless) => this.#lost(state, hopeless),
    };
    try {
      const channel = await state.rung.open(sink);
      if (state.opening !== opening) {
        channel.close();
        return;
      }
      state.channel = channel;
      for (const id of this.#wanted) channel.watch(id);
    } catch {
      // The next change, or the next loss of a better one, is the next occasion.
      if (state.opening === opening) Object.assign(state, { opening: null, failures: FAILURES, failedAt: this.#clock.now() });
    }
  }

  #close(state: State): void {
    state.channel?.close();
    Object.assign(state, { channel: null, opening: null, heardAt: null });
    for (const id of [...state.live]) this.#silence(state, id);
  }

  #silence(state: State, id: string): void {
    if (!state.live.delete(id)) return;
    if (!this.#states.some(({ live }) => live.has(id))) this.#sink.onSilent(id);
  }

  #heard(state: State): void {
    state.heardAt ??= this.#clock.now();
    if (this.#states.indexOf(state) < this.#at) this.#cancelProof ??= this.#clock.setTimeout(() => this.#prove(), PROOF);
  }

  #prove(): void {
    this.#cancelProof = null;
    for (const state of this.#states) if (this.#isProven(state)) state.failures = 0;
    this.#settle();
    const unproven = this.#states.find((state, index) => index < this.#at && state.heardAt !== null);
    if (unproven) this.#heard(unproven);
  }

  #lost(state: State, hopeless: boolean): void {
    const held = this.#isProven(state);
    state.heardAt = null;
    state.failures = (held ? 0 : state.failures) + (hopeless ? FAILURES : 1);
    state.failedAt = this.#clock.now();
    this.#settle();
  }
}
