import type { ReactiveControllerHost } from 'lit';
import { Lazy } from '../../core/lazy.ts';

/** The part for many videos: it is bigger than the form, and most never want it. */
const panel = new Lazy(() => import('./bulk/register.ts'));

/** Brings the part for many videos when it is first asked for. */
export class BulkLoader {
  readonly #host: ReactiveControllerHost;
  #failed = false;
  #wanted = false;
  #looked = '';

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

  /** Calls back when this user left a list in the middle. Looked for once for each address and user. */
  look(apiUrl: string, userId: string, found: () => void): void {
    const place = JSON.stringify([apiUrl, userId]);
    if (!userId || this.#looked === place) return;
    this.#looked = place;
    const look = async (): Promise<boolean> => (await import('./bulk/run/unfinished.ts')).hasUnfinished(apiUrl, userId);
    look().then(
      (left) => left && this.#looked === place && found(),
      // Its code could not be loaded: it is still there when the part itself is opened.
      () => undefined,
    );
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
