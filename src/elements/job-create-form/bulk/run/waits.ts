import type { Clock } from '../../../../core/clock.ts';

/** Waits that a change of mind ends early. */
export class Waits {
  readonly #clock: Clock;
  #sleepers = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Until a time, ms since the epoch, or until woken; `null`: until woken alone. */
  until(time: number | null): Promise<void> {
    return new Promise((resolve) => {
      let cancel = (): void => {};
      const done = (): void => {
        cancel();
        this.#sleepers.delete(done);
        resolve();
      };
      this.#sleepers.add(done);
      if (time !== null) cancel = this.#clock.setTimeout(done, time - this.#clock.now());
    });
  }

  wake(): void {
    for (const done of [...this.#sleepers]) done();
  }
}
