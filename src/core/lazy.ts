import { backoffDelay } from './backoff.ts';
import { systemClock } from './clock.ts';

/** Something that is fetched when it is first needed, code above all: once for the page, and again only if that failed. */
export class Lazy<T> {
  readonly #fetch: () => Promise<T>;
  readonly #waiting = new Set<(value: T) => void>();
  #loading: Promise<T> | null = null;
  #failures = 0;
  #resting = false;

  /** `null` until it is here. */
  value: T | null = null;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  /** Rejects when it cannot be fetched; the next call tries again. */
  load(): Promise<T> {
    return (this.#loading ??= this.#begin());
  }

  /** Calls back when it is here, however often it takes to fetch it. The function returned takes the wish back. */
  when(ready: (value: T) => void): () => void {
    if (this.value === null) this.#waiting.add(ready);
    else ready(this.value);
    this.#persist();
    return () => this.#waiting.delete(ready);
  }

  async #begin(): Promise<T> {
    try {
      this.value = await this.#fetch();
    } catch (error) {
      this.#loading = null;
      throw error;
    }
    for (const ready of this.#waiting) {
      try {
        ready(this.value);
      } catch (error) {
        // The fault of one of them is not that of the others, nor of what has been fetched.
        console.error(error);
      }
    }
    this.#waiting.clear();
    return this.value;
  }

  #persist(): void {
    if (this.#waiting.size === 0 || this.#loading !== null || this.#resting) return;
    this.load().catch(() => {
      this.#resting = true;
      systemClock.setTimeout(() => {
        this.#resting = false;
        this.#persist();
      }, backoffDelay(this.#failures++));
    });
  }
}
