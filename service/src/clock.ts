/** The one source of time for intervals and limits. Times that are stored come from the database. Tests replace it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `callback` once after `delay` ms. The function returned takes it back. */
  setTimeout(callback: () => void, delay: number): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout(callback, delay) {
    const id = setTimeout(callback, delay);
    return () => clearTimeout(id);
  },
};

/** Calls `task` every `interval` ms, counted from the end of the last call. The function returned stops it and waits for a running call. */
export function repeat(clock: Clock, interval: number, task: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let cancel = clock.setTimeout(tick, interval);

  function tick(): void {
    running = task().finally(() => {
      if (!stopped) cancel = clock.setTimeout(tick, interval);
    });
  }

  return async () => {
    stopped = true;
    cancel();
    await running;
  };
}
