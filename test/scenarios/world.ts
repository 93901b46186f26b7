import { JobStore } from '../../src/store/job-store.ts';
import type { JobStoreOptions } from '../../src/store/job-store.ts';
import { JobDouble } from '../double/job-double.ts';
import type { JobDoubleOptions } from '../double/job-double.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** A backend, the page's store for it, and everything around them that a scenario may change. */
export interface World {
  readonly clock: FakeClock;
  readonly double: JobDouble;
  readonly store: JobStore;
  /** Takes the browser's network away, or gives it back. */
  setOnline(online: boolean): void;
}

export interface WorldOptions extends Pick<JobDoubleOptions, 'extensions' | 'filters' | 'many' | 'media' | 'latency' | 'offers' | 'baseUrl'> {
  store?: JobStoreOptions;
}

/** Time stands still at noon UTC until somebody moves it; requests are answered at once. */
export function makeWorld({ store, ...options }: WorldOptions = {}): World {
  const clock = new FakeClock();
  const double = new JobDouble({ clock, ...options });
  const listeners = new Set<() => void>();
  const network = {
    online: true,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    clock,
    double,
    store: new JobStore({
      apiUrl: double.baseUrl,
      fetch: double.fetch,
      clock,
      connectivity: network,
      visibility: { visible: true, subscribe: () => () => {} },
      random: () => 0.5,
      // Steps of a test's time stand in some relation to it; without, each job has a pace of its own.
      pollInterval: 3_000,
      ...store,
    }),
    setOnline(online) {
      network.online = online;
      for (const listener of [...listeners]) listener();
    },
  };
}
