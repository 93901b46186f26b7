import type { Clock } from '../clock.ts';
import type { RenderProgress } from '../render/types.ts';

/** At most four writes a second for one job: more would only load the database. */
const INTERVAL = 250;

/** Writes the latest progress, never two at once, never faster than the interval. */
export class ProgressWriter {
  readonly #clock: Clock;
  readonly #write: (progress: RenderProgress) => Promise<void>;
  #latest: RenderProgress | null = null;
  #lastStart = -Infinity;
  #cancelTimer: (() => void) | null = null;
  #writing: Promise<void> | null = null;
  #closed = false;

  /** `write` handles its own errors. */
  constructor(clock: Clock, write: (progress: RenderProgress) => Promise<void>) {
    this.#clock = clock;
    this.#write = write;
  }

  report(progress: RenderProgress): void {
    if (this.#closed) return;
    this.#latest = progress;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#writing || this.#cancelTimer || !this.#latest) return;
    const wait = Math.max(0, this.#lastStart + INTERVAL - this.#clock.now());
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.#cancelTimer = null;
      void this.#flush();
    }, wait);
  }

  async #flush(): Promise<void> {
    const progress = this.#latest;
    if (!progress) return;
    this.#latest = null;
    this.#lastStart = this.#clock.now();
    this.#writing = this.#write(progress);
    await this.#writing;
    this.#writing = null;
    if (!this.#closed) this.#schedule();
  }

  /** Writes what is left, so that a failed job shows the step in which it failed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer?.();
    await this.#writing;
    await this.#flush();
  }
}
