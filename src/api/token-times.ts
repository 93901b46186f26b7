export interface TokenTimes {
  /** By the clock of whoever made it, ms since the epoch; `null` when it does not say. */
  readonly issued: number | null;
  /** From then on it is about to expire, by the same clock. */
  readonly renewAt: number;
}

/** A token is renewed so long before its end, in ms; a short-lived one when a tenth of its life is left. */
const MARGIN = 30_000;

/**
 * When a JWT expires; `null` for any other token. Its signature is not verified: only the service has the key, and only it
 * decides what a token is worth. The time is a hint that saves a refused request, so a false one does no harm.
 */
export function tokenTimes(token: string): TokenTimes | null {
  try {
    const payload = token.split('.')[1] as string;
    const { exp, iat } = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as { exp?: unknown; iat?: unknown };
    if (typeof exp !== 'number') return null;
    const issued = typeof iat === 'number' ? iat * 1000 : null;
    const life = issued === null ? Infinity : exp * 1000 - issued;
    return { issued, renewAt: exp * 1000 - Math.min(MARGIN, life / 10) };
  } catch {
    return null;
  }
}
