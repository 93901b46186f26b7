import { emptyStatistics, jobStatistics } from '../store/job-statistics.ts';
import type { StatisticsEntry, StatisticsRange, StatisticsSnapshot } from '../store/job-statistics.ts';
import type { JobStore } from '../store/job-store.ts';
import type { ControllerHost, EnvironmentOptions } from './environment-controller.ts';
import type { JobEnvironment } from './job-context.ts';
import { LiveController } from './live-controller.ts';

export interface StatisticsControllerOptions extends EnvironmentOptions {
  range: StatisticsRange;
  /** Whether anybody can see the host at present. While nobody can, nothing is asked; what is known stays. */
  seen: boolean;
}

/**
 * Gives its host the statistics of its service while the host is connected and seen, and updates the host when they change.
 * `options` is read anew before each update of the host.
 */
export class StatisticsController {
  readonly #live: LiveController<StatisticsEntry>;
  #entry: StatisticsEntry | null = null;

  constructor(host: ControllerHost, options: () => StatisticsControllerOptions) {
    this.#live = new LiveController(host, options, {
      find: ({ store }) => {
        const { range, seen } = options();
        this.#entry = jobStatistics(store, range);
        return seen ? this.#entry : null;
      },
      follow: (entry) => [entry.subscribe(() => host.requestUpdate())],
    });
  }

  get snapshot(): StatisticsSnapshot {
    return this.environment === null ? emptyStatistics : (this.#entry?.snapshot ?? emptyStatistics);
  }

  /** What the nearest provider, or else the host itself, says. `null` while not connected, and on the server. */
  get environment(): JobEnvironment | null {
    return this.#live.environment.environment;
  }

  get store(): JobStore | null {
    return this.environment?.store ?? null;
  }

  /** Reads everything now. */
  async refresh(): Promise<void> {
    await this.#entry?.refresh();
  }
}
