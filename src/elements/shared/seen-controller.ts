import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** How far outside of what is scrolled to counts as seen, so that numbers are there when they come into view. */
const MARGIN = '200px';

/** Knows whether its host is on screen, or nearly so. Where nobody can tell, it is. */
export class SeenController implements ReactiveController {
  seen: boolean;
  readonly #host: ReactiveControllerHost & Element;
  #observer: IntersectionObserver | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.seen = isServer || typeof IntersectionObserver === 'undefined';
    host.addController(this);
  }

  hostConnected(): void {
    if (isServer || typeof IntersectionObserver === 'undefined') return;
    this.#observer = new IntersectionObserver((entries) => this.#take(entries.at(-1)?.isIntersecting === true), { rootMargin: MARGIN });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #take(seen: boolean): void {
    if (seen === this.seen) return;
    this.seen = seen;
    this.#host.requestUpdate();
  }
}
