import { backoffDelay } from './backoff.ts';
import { systemClock } from './clock.ts';

/** Something that is fetched when it is first needed, code above all: once for the page, and again only if that failed. */
export class Lazy<T> {
  readonly #fetch: () => Promise<T>;
  readonly #waiting = new Set<() => void>();
  #value: T | null = null;
  #loading: Promise<T> | null = null;
  #failures = 0;
  #resting = false;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  /** `null` until it is here. */
  get value(): T | null {
    return this.#value;
  }

  /** Rejects when it cannot be fetched; the next call tries again. */
  load(): Promise<T> {
    this.#loading ??= this.#fetch().then(
      (value) => {
        this.#value = value;
        for (const ready of this.#waiting) ready();
        this.#waiting.clear();
        return value;
      },
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }

  /** Calls back when it is here, however often it takes to fetch it. The function returned takes the wish back. */
  when(ready: () => void): () => void {
    if (this.#value === null) this.#waiting.add(ready);
    else ready();
    this.#persist();
    return () => this.#waiting.delete(ready);
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
