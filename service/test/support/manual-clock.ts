import type { Clock } from '../../src/clock.ts';

interface Timer {
  due: number;
  callback: () => void;
}

/** Time that stands still until a test moves it. What a timer starts may go on after `advance`: wait for its effect. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 1, 12);
  #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delay: number): () => void {
    const timer = { due: this.#now + Math.max(0, delay), callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Runs the timers that fall due within `ms`, in their order, letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const [timer] = [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!timer) break;
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.due);
      timer.callback();
      await settle();
    }
    this.#now = end;
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
