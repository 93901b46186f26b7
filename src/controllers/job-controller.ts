import { readEarly } from '../api/early.ts';
import { systemClock } from '../core/clock.ts';
import type { Job } from '../core/job.ts';
import { sameValue } from '../core/same-value.ts';
import type { JobEntry } from '../store/job-entry.ts';
import type { JobStore } from '../store/job-store.ts';
import type { StoreConfig } from '../store/registry.ts';
import { emptySnapshot } from '../store/snapshot.ts';
import type { JobSnapshot } from '../store/snapshot.ts';
import type { ControllerHost, EnvironmentOptions } from './environment-controller.ts';
import type { JobEnvironment } from './job-context.ts';
import { LiveController } from './live-controller.ts';

export type { EnvironmentOptions } from './environment-controller.ts';

export interface JobControllerOptions extends EnvironmentOptions {
  jobId: string | null | undefined;
}

export interface JobControllerHooks {
  /** After each change of the job that the host shows, and when it is known for the first time. */
  onChange?(job: Job, previous: Job | null): void;
  /** When the job ends while it is shown: once per attempt, never for one that had ended before. */
  onEnd?(job: Job): void;
}

/**
 * Gives its host the snapshot of one job while the host is connected, and updates the host when it changes.
 * `options` is read anew before each update of the host.
 */
export class JobController {
  readonly #host: ControllerHost;
  readonly #options: () => JobControllerOptions;
  readonly #hooks: JobControllerHooks;
  readonly #live: LiveController<JobEntry>;
  /** Stands in while the entry knows nothing, or there is none yet. */
  #first: JobSnapshot | null = null;
  /** Where that was asked for. */
  #asked = '';
  /** The job that `onChange` told of last. */
  #told: Job | null = null;

  constructor(host: ControllerHost, options: () => JobControllerOptions, hooks: JobControllerHooks = {}) {
    this.#host = host;
    this.#options = options;
    this.#hooks = hooks;
    this.#live = new LiveController(host, options, {
      find: ({ store }) => (this.#id ? store.entry(this.#id) : null),
      follow: (entry) => this.#follow(entry),
      awaits: (config) => void this.#readEarly(config),
    });
  }

  /** `null` without a job id. Before anything is known, a snapshot whose `job` is `null`. */
  get snapshot(): JobSnapshot | null {
    const id = this.#id;
    const { entry } = this.#live;
    if (!id) return null;
    if (this.#first?.id !== id) this.#first = null;
    if (entry?.id === id) {
      const { job, error } = entry.snapshot;
      if (job || error || !this.#first?.job) return entry.snapshot;
    }
    return (this.#first ??= emptySnapshot(id));
  }

  /** What the nearest provider, or else the host itself, says. `null` while not connected, and on the server. */
  get environment(): JobEnvironment | null {
    return this.#live.environment.environment;
  }

  get store(): JobStore | null {
    return this.environment?.store ?? null;
  }

  /** As on the entry, as the next two are. Without a job, nothing happens. */
  async refresh(): Promise<void> {
    await (await this.#entry())?.refresh();
  }

  async cancel(): Promise<void> {
    await (await this.#entry())?.cancel();
  }

  async retry(): Promise<void> {
    await (await this.#entry())?.retry();
  }

  async #entry(): Promise<JobEntry | null> {
    await this.#live.environment.ready();
    return this.#live.entry;
  }

  get #id(): string {
    return this.#options().jobId?.trim() ?? '';
  }

  #follow(entry: JobEntry): readonly (() => void)[] {
    if (this.#told?.id !== entry.id) this.#told = null;
    const end = entry.subscribe(() => {
      this.#host.requestUpdate();
      this.#tell(entry);
    });
    // Who is told may set properties of the host, which it does not like in the middle of an update.
    queueMicrotask(() => this.#tell(entry));
    return [end, entry.subscribeEnd((job) => this.#hooks.onEnd?.(job))];
  }

  #tell(entry: JobEntry): void {
    const previous = this.#told;
    const { job } = entry.snapshot;
    if (!job || this.#live.entry !== entry || sameValue(job, previous)) return;
    this.#told = job;
    this.#hooks.onChange?.(job, previous);
  }

  /** The first picture does not wait for the store. The entry tells of what it shows when it knows it, too. */
  async #readEarly({ apiUrl, token = null }: StoreConfig): Promise<void> {
    const id = this.#id;
    const asked = `${apiUrl} ${token} ${id}`;
    if (!id || this.#asked === asked) return;
    this.#asked = asked;
    this.#first = null;
    const job = await readEarly(apiUrl, id, token);
    if (!job || this.#asked !== asked || this.#id !== id) return;
    this.#first = { ...emptySnapshot(id), job, freshness: { state: 'live', since: systemClock.now() } };
    this.#host.requestUpdate();
  }
}
