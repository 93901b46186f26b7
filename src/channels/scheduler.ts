import type { Connectivity } from '../api/job-client.ts';
import type { Clock } from '../core/clock.ts';
import { Gate } from './gate.ts';
import { Loop } from './loop.ts';
import type { ActiveLoop, LoopHost, LoopTask, Visibility } from './loop.ts';

export interface SchedulerOptions {
  clock: Clock;
  visibility: Visibility;
  /** Loops ask at once when it changes. */
  connectivity: Connectivity;
  /** Pause between two rounds in ms. */
  interval: number;
  random?: () => number;
  /** How many requests run at once. Default 6. */
  parallel?: number;
}

/** What all loops of a store share: time, the page's state, and a bound on how many ask at once. */
export class Scheduler implements LoopHost {
  readonly clock: Clock;
  readonly visibility: Visibility;
  readonly #connectivity: Connectivity;
  readonly random: () => number;
  readonly gate: Gate;
  /** Pause between two rounds in ms. A change counts from the next round on. */
  interval: number;
  readonly #active = new Set<ActiveLoop>();
  #release: (() => void) | null = null;

  constructor(options: SchedulerOptions) {
    this.clock = options.clock;
    this.visibility = options.visibility;
    this.#connectivity = options.connectivity;
    this.interval = options.interval;
    this.random = options.random ?? Math.random;
    this.gate = new Gate(options.parallel ?? 6);
  }

  loop<T>(task: LoopTask<T>): Loop<T> {
    return new Loop(this, task);
  }

  /** Ends all that runs. */
  close(): void {
    for (const loop of [...this.#active]) loop.close();
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
    const wake = () => {
      for (const loop of [...this.#active]) loop.wake();
    };
    const ends = [this.visibility.subscribe(wake), this.#connectivity.subscribe(wake)];
    return () => {
      for (const end of ends) end();
    };
  }
}
