/** The one source of time: timers, ages and estimates read it, tests replace it. */
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
