import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../../core/clock.ts';
import type { JobStore } from '../../store/job-store.ts';
import { readDraft, storageKey, writeStored, type Draft } from './draft.ts';
import type { Submissions } from './submission.ts';
import type { Texts } from './values.ts';

/** What the keeper needs of the form. */
export interface DraftHooks {
  readonly clock: () => Clock;
  readonly submissions: Submissions;
  /** What is typed now; `null` when there is nothing worth keeping. */
  readonly texts: () => Texts | null;
  /** Values of the page's own fields. */
  readonly own: () => Readonly<Record<string, unknown>>;
  /** Puts back what was kept. */
  readonly restore: (texts: Texts, own: Readonly<Record<string, unknown>>) => void;
  /** Another user has come: what is typed is not theirs. */
  readonly forget: () => void;
}

/** How long typing rests before it is written down, in ms. */
const REST = 400;

/** Keeps what is typed across reloads: per user and API, until it has become a job. */
export class DraftKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #hooks: DraftHooks;
  #key: string | null = null;
  #cancel: (() => void) | null = null;
  #restored: { savedAt: number; pending: boolean } | null = null;

  constructor(host: ReactiveControllerHost, hooks: DraftHooks) {
    this.#host = host;
    this.#hooks = hooks;
    host.addController(this);
  }

  /** What was brought back, until somebody has done with it; `pending`: it may have been taken up already. */
  get restored(): { readonly savedAt: number; readonly pending: boolean } | null {
    return this.#restored;
  }

  hostConnected(): void {
    globalThis.addEventListener?.('pagehide', this.#flush);
  }

  hostDisconnected(): void {
    this.#flush();
    globalThis.removeEventListener?.('pagehide', this.#flush);
  }

  /** Where the draft lies from now on. What lies there comes back, unless something has been typed already. */
  follow(store: JobStore | null, userId: string, { name, off }: { name: string; off: boolean }): void {
    // Between two places in the document nobody is known; that says nothing about who comes.
    if (!store) return;
    const key = userId && !off ? storageKey('draft', store.apiUrl, userId, name) : null;
    if (key === this.#key) return;
    this.#flush();
    if (this.#key !== null && !off) this.#hooks.forget();
    this.#key = key;
    this.#restored = null;
    const { texts, submissions, restore, clock } = this.#hooks;
    const draft = key === null || Object.keys(texts() ?? {}).length > 0 ? null : readDraft(key, clock().now());
    if (!draft) return;
    submissions.pending = draft.pending;
    this.#restored = { savedAt: draft.savedAt, pending: draft.pending !== null };
    restore(draft.texts, draft.own);
  }

  /** Something has changed: it is written down when typing rests. */
  touch(): void {
    this.#cancel?.();
    this.#cancel = this.#hooks.clock().setTimeout(this.#flush, REST);
  }

  /** Writes it down now. */
  write(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#key === null) return;
    const { texts: read, own: readOwn, submissions, clock } = this.#hooks;
    const [texts, own] = [read() ?? {}, readOwn()];
    const empty = Object.keys(texts).length + Object.keys(own).length === 0;
    const draft: Draft = { texts, own, pending: submissions.pending, savedAt: clock().now() };
    writeStored(this.#key, empty ? null : draft);
  }

  /** There is nothing to keep any more. */
  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#restored = null;
    if (this.#key !== null) writeStored(this.#key, null);
    this.#host.requestUpdate();
  }

  readonly #flush = (): void => {
    if (this.#cancel !== null) this.write();
  };
}
