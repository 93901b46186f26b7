import type { ReactiveController } from 'lit';
import { EnvironmentController } from './environment-controller.ts';
import type { ControllerHost, EnvironmentOptions } from './environment-controller.ts';
import type { JobEnvironment } from './job-context.ts';
import type { StoreConfig } from '../store/registry.ts';

/** What to follow in a store. */
export interface LiveTask<Entry> {
  /** Asked before each update of the host; `null` for nothing. */
  find(environment: JobEnvironment): Entry | null;
  /** Called for each entry that is followed from now on. Gives what has to end with it. */
  follow(entry: Entry): readonly (() => void)[];
  /** Before each update of the host while the store's code is on its way: what its store will be made from. */
  awaits?(config: StoreConfig): void;
}

/** Follows one entry of a store while the host is connected, and finds another when host or provider want another. */
export class LiveController<Entry> implements ReactiveController {
  readonly environment: EnvironmentController;
  readonly #host: ControllerHost;
  readonly #task: LiveTask<Entry>;
  #entry: Entry | null = null;
  #ends: readonly (() => void)[] = [];

  constructor(host: ControllerHost, options: () => EnvironmentOptions, task: LiveTask<Entry>) {
    this.#host = host;
    this.#task = task;
    this.environment = new EnvironmentController(host, options, () => this.#attach());
    host.addController(this);
  }

  get entry(): Entry | null {
    return this.#entry;
  }

  hostConnected(): void {
    this.#attach();
  }

  hostUpdate(): void {
    this.#attach();
    const { awaited } = this.environment;
    if (awaited) this.#task.awaits?.(awaited);
  }

  hostDisconnected(): void {
    this.#detach();
  }

  #attach(): void {
    // A controller that is made on a connected host comes here before its constructor is through.
    const environment = this.environment?.environment;
    const entry = environment ? this.#task.find(environment) : null;
    if (entry === this.#entry) return;
    this.#detach();
    this.#entry = entry;
    if (entry) this.#ends = this.#task.follow(entry);
    this.#host.requestUpdate();
  }

  #detach(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    this.#entry = null;
  }
}
