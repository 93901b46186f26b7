import type { Clock } from '../../src/core/clock.ts';

interface Timer {
  due: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * Time that stands still until a test moves it. Works in Node and in browsers; the real timers are never touched.
 */
export class FakeClock implements Clock {
  #now: number;
  #order = 0;
  #timers = new Set<Timer>();

  /** `start`: ms since the epoch. */
  constructor(start = Date.UTC(2026, 0, 1, 12)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delay: number): () => void {
    const timer: Timer = { due: this.#now + Math.max(0, delay || 0), order: this.#order++, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Timers that wait. A leak test wants this back at 0. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Milliseconds until the next timer is due, `null` when none waits. */
  get next(): number | null {
    const timer = this.#earliest();
    return timer ? timer.due - this.#now : null;
  }

  /**
   * Moves time on by `ms`. Due timers run in order of time, then of creation; promises settle before each of them and
   * after the last, so timers that a promise sets within the span run too.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await flush();
    for (let timer = this.#earliest(); timer && timer.due <= end; timer = this.#earliest()) {
      this.#now = Math.max(this.#now, timer.due);
      this.#timers.delete(timer);
      timer.callback();
      await flush();
    }
    this.#now = end;
  }

  /** Lets promises settle without moving time. */
  flush(): Promise<void> {
    return flush();
  }

  /** Sets the wall clock without running timers: a laptop that slept. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Sets the wall clock while timers run on, as those of browsers do: a user who changed the time. */
  set(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) timer.due += ms;
  }

  #earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  }
}

/**
 * Three turns of the event loop, each of which empties the microtask queue. A message channel does it: real timers are
 * clamped to 4 ms when nested, and throttled in a tab at the back.
 */
async function flush(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  }
}
