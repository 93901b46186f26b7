import type { Estimate } from '../../core/eta.ts';

/** What may be said about the time to come, in ms. */
export type RemainingTime =
  | { readonly kind: 'left' | 'starts-in' | 'takes'; readonly low: number; readonly high: number }
  | { readonly kind: 'almost' }
  | { readonly kind: 'long' };

/** Below this, in seconds, a number would be wrong before it is read. */
const ALMOST = 8;

/** An estimate as what to say: the wait and the running time apart, and nothing where there is no ground for it. */
export function remainingTime({ wait, remaining, overdue }: Estimate, waiting: boolean): readonly RemainingTime[] {
  if (overdue) return [{ kind: 'long' }];
  const said: RemainingTime[] = [];
  if (wait !== null) said.push({ kind: 'starts-in', low: wait.low * 1000, high: wait.high * 1000 });
  if (remaining !== null && waiting) said.push({ kind: 'takes', low: remaining.low * 1000, high: remaining.high * 1000 });
  else if (remaining !== null && remaining.high < ALMOST) said.push({ kind: 'almost' });
  else if (remaining !== null) said.push({ kind: 'left', low: remaining.low * 1000, high: remaining.high * 1000 });
  return said;
}
