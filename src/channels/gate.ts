import { isPassing } from '../api/transport.ts';
import type { Clock } from '../core/clock.ts';
import { JobApiError } from '../core/errors.ts';

interface Waiting {
  readonly since: number;
  go(): void;
  fail(error: JobApiError): void;
}

/** What fails after so long, in ms, keeps those behind it waiting for as long, who would fare no better. */
const LONG = 5_000;

/**
 * Lets a bounded number of tasks run at once; the others wait in order of arrival. On a network that swallows requests they do not fail a
 * few at a time: who has waited for as long as that fails with them.
 */
export class Gate {
  #width: number;
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor(width: number, clock: Clock) {
    this.#width = width;
    this.#clock = clock;
  }

  /** How many stand in the queue. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Changes how many run at once. */
  set width(width: number) {
    this.#width = width;
    while (this.#running < width && this.#next()) this.#running++;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    let start = this.#clock.now();
    if (this.#running >= this.#width) {
      await new Promise<void>((go, fail) => this.#waiting.add({ since: start, go, fail }));
      start = this.#clock.now();
    } else {
      this.#running++;
    }
    try {
      return await task();
    } catch (error) {
      if (error instanceof JobApiError && isPassing(error) && this.#isLong(start)) this.#fail(error);
      throw error;
    } finally {
      if (this.#running > this.#width || !this.#next()) this.#running--;
    }
  }

  #next(): boolean {
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting);
      waiting.go();
      return true;
    }
    return false;
  }

  #isLong(since: number): boolean {
    return this.#clock.now() - since >= LONG;
  }

  #fail(error: JobApiError): void {
    for (const waiting of this.#waiting) {
      if (!this.#isLong(waiting.since)) continue;
      this.#waiting.delete(waiting);
      waiting.fail(error);
    }
  }
}
