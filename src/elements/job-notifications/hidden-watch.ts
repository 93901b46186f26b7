import type { Clock } from '../../core/clock.ts';
import { isFinal } from '../../core/job.ts';
import type { JobEnvironment } from '../../controllers/job-context.ts';
import { jobList } from '../../store/job-list.ts';
import { wantsDesktop } from './desktop-wish.ts';

/** How often a hidden page asks, in ms. */
const PAUSE = 30_000;
/** About how many jobs at most, where it has to ask for each. */
const MOST = 10;

/**
 * A hidden page asks for nothing, so it would hear of an end only when it is seen again. Once the user has turned on desktop
 * notifications, it asks now and then: for the newest jobs of its user, or, without a user, for the unfinished jobs that its
 * `<job-status>` elements show.
 */
export class HiddenWatch {
  readonly #environment: () => JobEnvironment | null;
  /** Unfinished jobs that were heard of. */
  readonly #running = new Set<string>();
  #stop: (() => void) | null = null;

  constructor(environment: () => JobEnvironment | null) {
    this.#environment = environment;
  }

  start(): void {
    document.addEventListener('visibilitychange', this.#settle);
    document.addEventListener('job-change', this.#onChange);
    this.#settle();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#settle);
    document.removeEventListener('job-change', this.#onChange);
    this.#stop?.();
    this.#stop = null;
  }

  readonly #onChange = (event: DocumentEventMap['job-change']): void => {
    const { job } = event.detail;
    const [widget] = event.composedPath() as { jobs?: { store?: unknown } }[];
    if (isFinal(job)) this.#running.delete(job.id);
    else if (widget?.jobs?.store === this.#environment()?.store) this.#running.add(job.id);
  };

  readonly #settle = (): void => {
    this.#stop?.();
    this.#stop = null;
    const clock: Clock | undefined = this.#environment()?.store.clock;
    if (document.visibilityState === 'hidden' && clock) this.#stop = clock.setTimeout(() => void this.#ask(), PAUSE);
  };

  async #ask(): Promise<void> {
    const environment = this.#environment();
    if (environment !== null && wantsDesktop()) {
      const { store, userId } = environment;
      if (userId) await jobList(store, { userId }).refresh();
      else await Promise.all([...this.#running].slice(0, MOST).map((id) => store.entry(id).refresh()));
    }
    if (this.#stop !== null) this.#settle();
  }
}
