import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * When the button that has the focus goes away with an update, the focus goes on to what took its place, else to the widget
 * itself; never to the page's body. Focus that is elsewhere is left alone.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #before: Element | null = null;
  #next: string | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The `data-focus` of what takes the place of the button that was just used. */
  goTo(name: string): void {
    this.#next = name;
  }

  hostUpdate(): void {
    this.#before = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    const before = this.#before;
    const next = this.#next;
    this.#before = null;
    this.#next = null;
    if (before === null || (before.isConnected && !before.matches(':disabled'))) return;
    const target = next === null ? null : this.#host.shadowRoot?.querySelector<HTMLElement>(`[data-focus="${next}"]`);
    if (target) target.focus();
    else this.#host.focus({ preventScroll: true });
  }
}
