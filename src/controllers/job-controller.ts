import { readEarly } from '../api/early.ts';
import type { FirstJob } from '../core/read-plain.ts';
import type { Attendant } from '../store/attend.ts';
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

export type JobControllerHooks = Pick<Attendant, 'onChange' | 'onEnd'>;

/**
 * Gives its host the snapshot of one job while the host is connected, and updates the host when it changes.
 * `options` is read anew before each update of the host.
 */
export class JobController {
  readonly #host: ControllerHost;
  readonly #options: () => JobControllerOptions;
  readonly #attendant: Attendant;
  readonly #live: LiveController<JobEntry>;
  #empty: JobSnapshot | null = null;
  /** Where the last early question was asked, and what came of it. */
  #early: { readonly id: string; readonly asked: string; job: FirstJob | null } | null = null;

  constructor(host: ControllerHost, options: () => JobControllerOptions, hooks: JobControllerHooks = {}) {
    this.#host = host;
    this.#options = options;
    this.#attendant = { ...hooks, told: null, onRepaint: () => host.requestUpdate() };
    this.#live = new LiveController(host, options, {
      find: ({ store }) => (this.id ? store.entry(this.id) : null),
      follow: (entry) => entry.attend(this.#attendant),
      awaits: (config) => void this.#readEarly(config),
    });
  }

  /** Of the job, `''` for none. */
  get id(): string {
    return this.#options().jobId?.trim() ?? '';
  }

  /** `null` without a job id. Before anything is known, a snapshot whose `job` is `null`. */
  get snapshot(): JobSnapshot | null {
    const id = this.id;
    const { entry } = this.#live;
    if (!id) return null;
    if (entry?.id === id) return entry.snapshot;
    if (this.#empty?.id !== id) this.#empty = emptySnapshot(id);
    return this.#empty;
  }

  /** What may be shown while the store, which alone knows jobs, is on its way or has heard nothing yet; else `null`. */
  get first(): FirstJob | null {
    const { snapshot } = this;
    return snapshot && !snapshot.job && !snapshot.error && this.#early?.id === snapshot.id ? this.#early.job : null;
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

  /** The first picture does not wait for the store. The entry tells of what it shows when it knows it, too. */
  async #readEarly({ apiUrl, token = null }: StoreConfig): Promise<void> {
    const id = this.id;
    const asked = `${apiUrl} ${token} ${id}`;
    if (!id || this.#early?.asked === asked) return;
    const early = (this.#early = { id, asked, job: null as FirstJob | null });
    this.#attendant.shown = early.job = await readEarly(apiUrl, id, token);
    if (early.job && this.#early === early) this.#host.requestUpdate();
  }
}
