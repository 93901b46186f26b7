import type { JobApiError } from '../core/errors.ts';
import type { Freshness } from './snapshot.ts';

/** The part of a snapshot that tells how reading goes, of a job as of a list. */
export interface Reading {
  readonly freshness: Freshness;
  readonly error: JobApiError | null;
}

/** After a good answer. */
export function succeeded(before: Reading, now: number): Reading {
  const live = before.freshness.state === 'live';
  return { error: null, freshness: live ? before.freshness : { state: 'live', since: now } };
}

/** After a failed one; `answeredAt` is the time of the last good answer. Equal failures in a row are one. */
export function failed(before: Reading, error: JobApiError, answeredAt: number | null): Reading {
  const state = error.code === 'offline' ? 'offline' : answeredAt === null ? 'none' : 'stale';
  const { freshness, error: last } = before;
  return {
    error: last && isSame(last, error) ? last : error,
    freshness: freshness.state === state ? freshness : { state, since: answeredAt },
  };
}

function isSame(a: JobApiError, b: JobApiError): boolean {
  return a.code === b.code && a.status === b.status && a.detail === b.detail;
}

/** `base` with `changes`; `base` itself when none of them is one. */
export function changed<T extends object>(base: T, changes: Partial<T>): T {
  const differs = (Object.keys(changes) as (keyof T)[]).some((key) => base[key] !== changes[key]);
  return differs ? { ...base, ...changes } : base;
}
