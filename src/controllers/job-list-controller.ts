import { emptyListSnapshot, jobList } from '../store/job-list.ts';
import type { JobListEntry, JobListQuery, JobListSnapshot } from '../store/job-list.ts';
import type { JobStore } from '../store/job-store.ts';
import type { ControllerHost, EnvironmentOptions } from './environment-controller.ts';
import type { JobEnvironment } from './job-context.ts';
import { LiveController } from './live-controller.ts';

export interface JobListControllerOptions extends EnvironmentOptions, Omit<JobListQuery, 'userId'> {
  /** Absent: the provider's user. */
  userId?: string | null;
}

/**
 * Gives its host the snapshot of one page of a user's jobs while the host is connected, and updates the host when it
 * changes. `options` is read anew before each update of the host.
 */
export class JobListController {
  readonly #options: () => JobListControllerOptions;
  readonly #live: LiveController<JobListEntry>;

  constructor(host: ControllerHost, options: () => JobListControllerOptions) {
    this.#options = options;
    this.#live = new LiveController(host, options, {
      find: (environment) => {
        const query = this.#query(environment);
        return query && jobList(environment.store, query);
      },
      follow: (list) => [list.subscribe(() => host.requestUpdate())],
    });
  }

  /** `null` without a user. Before anything is known, an empty list that is loading. */
  get snapshot(): JobListSnapshot | null {
    const { entry } = this.#live;
    if (entry) return entry.snapshot;
    const query = this.#query(this.environment);
    return query && emptyListSnapshot(query);
  }

  /** What the nearest provider, or else the host itself, says. `null` while not connected, and on the server. */
  get environment(): JobEnvironment | null {
    return this.#live.environment.environment;
  }

  get store(): JobStore | null {
    return this.environment?.store ?? null;
  }

  /** Reads the list now. Without a user, nothing happens. */
  async refresh(): Promise<void> {
    await this.#live.entry?.refresh();
  }

  #query(environment: JobEnvironment | null): JobListQuery | null {
    const { apiUrl: _address, token: _token, userId, ...rest } = this.#options();
    const user = userId?.trim() || environment?.userId;
    return user ? { ...rest, userId: user } : null;
  }
}
