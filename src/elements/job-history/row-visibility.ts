import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

export interface VisibilityTask {
  /** What stands at the top of the list: above the screen means that somebody has scrolled into it. */
  top(): Element | null;
  /** The rows that it matters of, each with `data-grid-row`: to watch all 500 of a long list would cost more than to draw them. */
  rows(): Iterable<HTMLElement>;
  /** Other rows are on the screen than before. While somebody scrolls, this comes with each frame. */
  onRows(ids: ReadonlySet<string>): void;
  /** The list has come or gone, or its top has. */
  onChange(): void;
}

/** Which unfinished rows are on the screen, and whether the list is at all. */
export class RowVisibility implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #task: VisibilityTask;
  #observer: IntersectionObserver | null = null;
  readonly #watched = new Map<Element, string>();
  #ids: ReadonlySet<string> = new Set();
  /** Until the browser has said otherwise, the list counts as seen: it must not wait to begin. */
  onScreen = true;

  constructor(host: ReactiveControllerHost & HTMLElement, task: VisibilityTask) {
    this.#host = host;
    this.#task = task;
    host.addController(this);
  }

  /** Somebody has scrolled into the list. Looked at anew: no observer tells of a top that was passed without having been seen. */
  get scrolled(): boolean {
    const top = this.#observer === null ? null : this.#task.top();
    return top !== null && top.getBoundingClientRect().bottom < 0;
  }

  /** Their ids. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  hostConnected(): void {
    if (isServer || typeof IntersectionObserver === 'undefined') return;
    this.#observer = new IntersectionObserver((entries) => this.#onEntries(entries));
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#watched.clear();
    this.#ids = new Set();
    this.onScreen = true;
  }

  hostUpdated(): void {
    if (!this.#observer) return;
    const top = this.#task.top();
    const now = new Map<Element, string>(top ? [[top, '']] : []);
    for (const row of this.#task.rows()) now.set(row, row.dataset['gridRow'] ?? '');
    for (const element of this.#watched.keys()) {
      if (now.has(element)) continue;
      this.#observer.unobserve(element);
      this.#forget(this.#watched.get(element) ?? '');
      this.#watched.delete(element);
    }
    for (const [element, id] of now) {
      if (!this.#watched.has(element)) this.#observer.observe(element);
      this.#watched.set(element, id);
    }
  }

  #forget(id: string): void {
    if (!this.#ids.has(id)) return;
    const ids = new Set(this.#ids);
    ids.delete(id);
    this.#ids = ids;
  }

  #onEntries(entries: readonly IntersectionObserverEntry[]): void {
    const ids = new Set(this.#ids);
    const { onScreen } = this;
    let passed = false;
    for (const { target, isIntersecting } of entries) {
      const id = this.#watched.get(target);
      if (target === this.#host) this.onScreen = isIntersecting;
      else if (id === '') passed = true;
      else if (id !== undefined && isIntersecting) ids.add(id);
      else if (id !== undefined) ids.delete(id);
    }
    this.#ids = ids;
    this.#task.onRows(ids);
    if (onScreen !== this.onScreen || passed) this.#task.onChange();
  }
}
