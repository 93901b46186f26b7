import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Job } from '../core/job.ts';
import type { JobStore } from '../store/job-store.ts';
import type { JobSnapshot } from '../store/snapshot.ts';
import type { JobEnvironment } from './job-context.ts';

/** An element's own settings; each may be left out. Its own address wins over the provider's. */
export interface EnvironmentOptions {
  /** Address of the API. Empty or absent: the provider's, without a provider the default. */
  apiUrl?: string | null;
  /** Bearer token for the API. A provider's token is never sent to another address. */
  token?: string | null;
}

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
export declare class JobController implements ReactiveController {
  constructor(host: ReactiveControllerHost & HTMLElement, options: () => JobControllerOptions, hooks?: JobControllerHooks);
  /** `null` without a job id. Before anything is known, a snapshot whose `job` is `null`. */
  get snapshot(): JobSnapshot | null;
  /** What the nearest provider, or else the host itself, says. `null` while not connected, and on the server. */
  get environment(): JobEnvironment | null;
  get store(): JobStore | null;
  /** As on the entry; without a job, nothing happens. */
  refresh(): Promise<void>;
  cancel(): Promise<void>;
  retry(): Promise<void>;
  hostConnected(): void;
  hostDisconnected(): void;
}
