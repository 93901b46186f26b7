import { JobStore } from '../../../src/store/job-store.ts';
import type { JobStoreOptions } from '../../../src/store/job-store.ts';
import { JobDouble } from '../../double/job-double.ts';
import type { JobDoubleOptions } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from './fake-page.ts';

export interface World {
  clock: FakeClock;
  page: FakePage;
  double: JobDouble;
  store: JobStore;
  /** GET requests for this job so far. */
  reads(id: string): number;
}

/** A store over a backend in memory, in a time and on a page that stand still. The jitter is none: backoff waits half its bound. */
export function world(options: { double?: JobDoubleOptions; store?: JobStoreOptions; loadMore?: ConstructorParameters<typeof JobStore>[1] } = {}): World {
  const clock = new FakeClock();
  const page = new FakePage();
  const double = new JobDouble({ clock, ...options.double });
  const { visibility, connectivity } = page;
  const store = new JobStore({ fetch: double.fetch, clock, visibility, connectivity, random: () => 0.5, ...options.store }, options.loadMore);
  return { clock, page, double, store, reads: (id) => double.count('GET', `/api/v1/jobs/${id}`) };
}

/** A `fetch` whose answers, made while `held`, are on their way until `release()`. */
export function slowFetch(inner: () => typeof fetch) {
  const waiting: (() => void)[] = [];
  const slow = {
    held: false,
    release(): void {
      for (const go of waiting.splice(0)) go();
    },
    fetch: (async (...args) => {
      const answer = await inner()(...args);
      if (slow.held) await new Promise<void>((resolve) => waiting.push(resolve));
      return answer;
    }) as typeof fetch,
  };
  return slow;
}

/** The fields of a request that a backend accepts. */
export const request = {
  video_request: {
    script_id: 's-1',
    user_id: 'user-1',
    title: 'A walk in the hills',
    script_content: 'One. Two.',
    language: 'en-US',
    platform: 'youtube',
    duration: 30,
    voice_provider: 'azure' as const,
  },
};
