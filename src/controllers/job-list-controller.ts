import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { JobListSnapshot } from '../store/job-list.ts';
import type { JobStore } from '../store/job-store.ts';
import type { JobEnvironment } from './job-context.ts';
import type { EnvironmentOptions } from './job-controller.ts';

export interface JobListControllerOptions extends EnvironmentOptions {
  /** Absent: the provider's user. */
  userId?: string | null;
  /** From 1. Default 1. */
  page?: number;
  /** 1 to 100. Default 20. */
  pageSize?: number;
}

/** Gives its host the snapshot of one list of jobs while the host is connected, and updates the host when it changes. */
export declare class JobListController implements ReactiveController {
  constructor(host: ReactiveControllerHost & HTMLElement, options: () => JobListControllerOptions);
  /** `null` without a user. */
  get snapshot(): JobListSnapshot | null;
  get environment(): JobEnvironment | null;
  get store(): JobStore | null;
  refresh(): Promise<void>;
  hostConnected(): void;
  hostDisconnected(): void;
}
