import type { Connectivity } from '../api/job-client.ts';
import type { Clock } from '../core/clock.ts';
import { BEAT, onBeat, STEADY } from '../core/pace.ts';
import { Gate } from './gate.ts';
import { Loop } from './loop.ts';
import type { ActiveLoop, LoopHost, LoopTask, Visibility } from './loop.ts';

export interface SchedulerOptions {
  clock: Clock;
  visibility: Visibility;
  /** Loops ask at once when it changes. */
  connectivity: Connectivity;
  /** Pause between two rounds in ms, where the page wants a certain one. */
  interval?: number;
  random?: () => number;
  /** How many requests run at once. Default `PARALLEL`. */
  parallel?: number;
}

/** So many loops keep a pace of their own each; more share their rounds. */
const FEW = 3;
/** More than so many have rounds that are this far apart, in ms: even with an end always near, they stay below 20 requests a minute. */
const MANY = 50;
const MANY_STEADY = 3_500;

/** How many requests run at once. */
export const PARALLEL = 6;

/** The clock is looked at so often, in ms, on the full second, as times on show are; if it went on by so much more, the machine slept. */
const LOOK = 1_000;
const SLEPT = 10_000;

/** What all loops of a store share: time, the page's state, and a bound on how many ask at once. */
export class Scheduler implements LoopHost {
  readonly clock: Clock;
  readonly visibility: Visibility;
  readonly #connectivity: Connectivity;
  readonly random: () => number;
  readonly gate: Gate;
  /** Pause between two rounds in ms, where the page wants a certain one. A change counts from the next round on. */
  wanted: number | undefined;
  /** When the page was last shown, connected, or the opposite, or its machine woke up, by the clock. */
  wokenAt = 0;
  /** Told when the machine has slept: connections may have died without a word, and nobody else may say so. */
  onSlept: (() => void) | null = null;
  readonly #active = new Set<ActiveLoop>();
  #release: (() => void) | null = null;
  #cancelLook: (() => void) | null = null;
  readonly #beats = new Map<number, { callbacks: Set<() => void>; cancel: () => void }>();

  constructor(options: SchedulerOptions) {
    this.clock = options.clock;
    this.visibility = options.visibility;
    this.#connectivity = options.connectivity;
    this.wanted = options.interval;
    this.random = options.random ?? Math.random;
    this.gate = new Gate(options.parallel ?? PARALLEL, options.clock);
  }

  get interval(): number {
    return this.wanted ?? STEADY;
  }

  /** How many loops are started. */
  get size(): number {
    return this.#active.size;
  }

  loop<T>(task: LoopTask<T>): Loop<T> {
    return new Loop(this, task);
  }

  /** Ends all that runs. */
  close(): void {
    for (const loop of [...this.#active]) loop.close();
  }

  /** One timer for all that is due on the same beat. With many loops the beats are as far apart as their rounds. */
  onBeat(due: number, earliest: number, callback: () => void): () => void {
    const now = this.clock.now();
    const beat = this.#active.size > FEW ? this.#round : Math.min(BEAT, this.interval);
    // A crowd's round is not missed for being late with the last answer.
    let at = onBeat(this.#active.size > MANY ? due - beat / 2 : due, now, beat);
    if (at < earliest) at += beat;
    let entry = this.#beats.get(at);
    if (!entry) {
      const callbacks = new Set<() => void>();
      const run = () => {
        this.#beats.delete(at);
        for (const each of callbacks) each();
      };
      entry = { callbacks, cancel: this.clock.setTimeout(run, at - now) };
      this.#beats.set(at, entry);
    }
    const { callbacks, cancel } = entry;
    callbacks.add(callback);
    return () => {
      if (!callbacks.delete(callback) || callbacks.size > 0 || this.#beats.get(at) !== entry) return;
      this.#beats.delete(at);
      cancel();
    };
  }

  get #round(): number {
    return this.#active.size > MANY ? (this.wanted ?? MANY_STEADY) : this.interval;
  }

  /** The page is listened to only while one of them runs. */
  setActive(loop: ActiveLoop, active: boolean): void {
    if (active) this.#active.add(loop);
    else this.#active.delete(loop);
    if (this.#active.size === 0) {
      this.#release?.();
      this.#release = null;
    } else {
      this.#release ??= this.#listen();
    }
  }

  #listen(): () => void {
    const onPage = () => {
      this.#wake();
      this.#look();
    };
    const ends = [this.visibility.subscribe(onPage), this.#connectivity.subscribe(onPage)];
    this.#look();
    return () => {
      for (const end of ends) end();
      this.#cancelLook?.();
    };
  }

  #wake(): void {
    this.wokenAt = this.clock.now();
    for (const loop of [...this.#active]) loop.wake();
  }

  /** A hidden page is told when it is shown, and its timers are late without any sleep. */
  #look(): void {
    this.#cancelLook?.();
    if (!this.visibility.visible) return;
    const now = this.clock.now();
    const pause = LOOK - (now % LOOK);
    this.#cancelLook = this.clock.setTimeout(() => {
      this.#look();
      if (this.clock.now() - now - pause < SLEPT) return;
      this.#wake();
      this.onSlept?.();
    }, pause);
  }
}
