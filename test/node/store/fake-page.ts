import type { Connectivity } from '../../../src/api/job-client.ts';
import type { Visibility } from '../../../src/channels/loop.ts';

/** A page that is hidden, shown, cut off and connected as a test says. Counts who listens. */
export class FakePage {
  #visible = true;
  #online = true;
  readonly #listeners = { visibility: new Set<() => void>(), connectivity: new Set<() => void>() };

  readonly visibility: Visibility = this.#state('visibility', 'visible', () => this.#visible);
  readonly connectivity: Connectivity = this.#state('connectivity', 'online', () => this.#online);

  get listeners(): number {
    return this.#listeners.visibility.size + this.#listeners.connectivity.size;
  }

  hide(): void {
    this.#visible = false;
    this.#tell('visibility');
  }

  show(): void {
    this.#visible = true;
    this.#tell('visibility');
  }

  disconnect(): void {
    this.#online = false;
    this.#tell('connectivity');
  }

  connect(): void {
    this.#online = true;
    this.#tell('connectivity');
  }

  #state<Key extends string>(kind: 'visibility' | 'connectivity', key: Key, read: () => boolean) {
    const listeners = this.#listeners[kind];
    const subscribe = (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    return Object.defineProperty({ subscribe } as { subscribe: typeof subscribe } & Record<Key, boolean>, key, { get: read });
  }

  #tell(kind: 'visibility' | 'connectivity'): void {
    for (const listener of [...this.#listeners[kind]]) listener();
  }
}
