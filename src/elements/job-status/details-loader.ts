import { backoffDelay } from '../../core/backoff.ts';
import { systemClock } from '../../core/clock.ts';
import type { StatusDetails } from './details.ts';

interface Loaded {
  readonly StatusDetails: typeof StatusDetails;
}

let loaded: Loaded | null = null;
let loading: Promise<void> | null = null;
let failures = 0;
let resting = false;
const waiting = new Set<() => void>();

/** The second stage, `null` until it is here. */
export function loadedDetails(): Loaded | null {
  return loaded;
}

/** Brings it, once for the page. Rejects when it cannot be loaded; the next call tries again. */
export function loadDetails(): Promise<void> {
  loading ??= import('./details.ts').then(
    (module) => {
      loaded = module;
      for (const ready of waiting) ready();
      waiting.clear();
    },
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** Calls back when it is here, however often it takes to load it. The function returned takes the wish back. */
export function whenDetails(ready: () => void): () => void {
  if (loaded === null) waiting.add(ready);
  else ready();
  persist();
  return () => waiting.delete(ready);
}

function persist(): void {
  if (waiting.size === 0 || loading !== null || resting) return;
  loadDetails().catch(() => {
    resting = true;
    systemClock.setTimeout(() => {
      resting = false;
      persist();
    }, backoffDelay(failures++));
  });
}
