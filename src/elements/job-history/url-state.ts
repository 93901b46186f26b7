import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { DEFAULT_VIEW, type HistoryView, type ViewKey } from './history-view.ts';

/** Names in the address, after the prefix. */
const NAMES: Readonly<Record<ViewKey, string>> = {
  status: 'status',
  q: 'q',
  from: 'from',
  to: 'to',
  sort: 'sort',
  order: 'order',
  page: 'page',
  pageSize: 'size',
  openJob: 'job',
};
const KEYS = Object.keys(NAMES) as ViewKey[];

export interface UrlStateTask {
  /** What stands before each name; `null` when the address is left alone. */
  prefix(): string | null;
  /** The view when the address says nothing, as the page's author wrote it. */
  usual(): HistoryView;
  /** The address has changed, or is read for the first time. */
  onView(view: HistoryView): void;
}

/**
 * Keeps the view in the address of the page, so that a reload, a bookmark and the back button bring it back. Everything else
 * in the address stays as it is, to the letter.
 */
export class UrlState implements ReactiveController {
  readonly #task: UrlStateTask;

  constructor(host: ReactiveControllerHost, task: UrlStateTask) {
    this.#task = task;
    host.addController(this);
  }

  hostConnected(): void {
    if (isServer) return;
    window.addEventListener('popstate', this.#onPopstate);
    this.read();
  }

  hostDisconnected(): void {
    window.removeEventListener('popstate', this.#onPopstate);
  }

  /** Takes the view from the address, if it has one. */
  read(): void {
    const prefix = this.#task.prefix();
    if (prefix === null) return;
    const { searchParams } = new URL(location.href);
    const view: Record<string, string | number> = { ...this.#task.usual() };
    for (const key of KEYS) {
      const value = searchParams.get(prefix + NAMES[key]);
      if (value !== null) view[key] = typeof DEFAULT_VIEW[key] === 'number' ? Number(value) : value;
    }
    this.#task.onView(view as unknown as HistoryView);
  }

  /** `replace`: no step of its own for the back button. */
  write(view: HistoryView, replace: boolean): void {
    const prefix = this.#task.prefix();
    if (prefix === null) return;
    const usual = this.#task.usual();
    const own = KEYS.filter((key) => view[key] !== usual[key]).map(
      (key) => `${encodeURIComponent(prefix + NAMES[key])}=${encodeURIComponent(view[key])}`,
    );
    const names = new Set(KEYS.map((key) => prefix + NAMES[key]));
    const others = location.search.slice(1).split('&').filter((part) => part !== '' && !names.has(nameOf(part)));
    const search = [...others, ...own].join('&');
    const address = `${location.pathname}${search && `?${search}`}${location.hash}`;
    if (address === `${location.pathname}${location.search}${location.hash}`) return;
    if (replace) history.replaceState(history.state, '', address);
    else history.pushState(history.state, '', address);
  }

  readonly #onPopstate = (): void => this.read();
}

function nameOf(part: string): string {
  return new URLSearchParams(part).keys().next().value ?? '';
}
