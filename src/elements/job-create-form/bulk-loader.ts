import type { ReactiveControllerHost } from 'lit';
import { Lazy } from '../../core/lazy.ts';

/** The part for many videos: it is bigger than the form, and most never want it. */
const panel = new Lazy(() => import('./bulk/register.ts'));

/** Brings the part for many videos when it is first asked for. */
export class BulkLoader {
  readonly #host: ReactiveControllerHost;
  #failed = false;
  #wanted = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Somebody has asked for it. */
  get wanted(): boolean {
    return this.#wanted;
  }

  get ready(): boolean {
    return panel.value !== null;
  }

  get failed(): boolean {
    return this.#failed;
  }

  readonly load = (): void => {
    this.#wanted = true;
    if (this.ready) return;
    this.#failed = false;
    panel.load().then(
      () => this.#host.requestUpdate(),
      () => {
        this.#failed = true;
        this.#host.requestUpdate();
      },
    );
  };
}
