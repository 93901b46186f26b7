import { systemClock } from '../../src/clock.ts';
import type { Clock } from '../../src/clock.ts';

/** The system's clock, set forward by as much as a test says. Timers run as ever. */
export class ShiftedClock implements Clock {
  #ahead = 0;

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  setTimeout(callback: () => void, delay: number): () => void {
    return systemClock.setTimeout(callback, delay);
  }

  forward(ms: number): void {
    this.#ahead += ms;
  }
}
