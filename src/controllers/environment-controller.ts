import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { JobStore } from '../store/job-store.ts';
import type { JobEnvironment } from './job-context.ts';
import type { EnvironmentOptions } from './job-controller.ts';

/** Finds the store for an element that shows neither one job nor a list, such as the create form. */
export declare class EnvironmentController implements ReactiveController {
  constructor(host: ReactiveControllerHost & HTMLElement, options: () => EnvironmentOptions);
  /** `null` while not connected, and on the server. */
  get environment(): JobEnvironment | null;
  get store(): JobStore | null;
  hostConnected(): void;
  hostDisconnected(): void;
}
