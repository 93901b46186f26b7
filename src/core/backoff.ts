export interface BackoffOptions {
  /** Upper bound of the first wait in ms. Default 500. */
  base?: number;
  /** Upper bound of every wait in ms. Default 30 000. */
  max?: number;
  /** 0 ≤ random() < 1. */
  random?: () => number;
}

/**
 * How long to wait before try `attempt` + 1, in ms. `attempt` counts the tries that failed before this one, from 0.
 *
 * The bound doubles with each attempt and the wait lies anywhere below it ("full jitter"): clients that lost the same
 * server at the same moment come back spread out, not all at once.
 */
export function backoffDelay(attempt: number, options: BackoffOptions = {}): number {
  const { base = 500, max = 30_000, random = Math.random } = options;
  return random() * Math.min(max, base * 2 ** Math.max(0, attempt));
}
