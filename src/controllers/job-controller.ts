import type { Job } from '../core/job.ts';
import { sameValue } from '../core/same-value.ts';
import type { JobEntry } from '../store/job-entry.ts';
import type { JobStore } from '../store/job-store.ts';
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
  #empty: JobSnapshot | null = null;
  /** The job that `onChange` told of last. */
  #told: Job | null = null;

  constructor(host: ControllerHost, options: () => JobControllerOptions, hooks: JobControllerHooks = {}) {
    this.#host = host;
    this.#options = options;
    this.#hooks = hooks;
    this.#live = new LiveController(host, options, {
      find: ({ store }) => (this.#id ? store.entry(this.#id) : null),
      follow: (entry) => this.#follow(entry),
    });
  }

  /** `null` without a job id. Before anything is known, a snapshot whose `job` is `null`. */
  get snapshot(): JobSnapshot | null {
    const id = this.#id;
    const { entry } = this.#live;
    if (!id) return null;
    if (entry?.id === id) return entry.snapshot;
    if (this.#empty?.id !== id) this.#empty = emptySnapshot(id);
    return this.#empty;
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
    await this.#live.entry?.refresh();
  }

  async cancel(): Promise<void> {
    await this.#live.entry?.cancel();
  }

  async retry(): Promise<void> {
    await this.#live.entry?.retry();
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
}
