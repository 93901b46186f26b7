import { systemClock } from '../../core/clock.ts';
import { isFinal, type Job } from '../../core/job.ts';
import type { JobEnvironment } from '../../controllers/job-context.ts';
import { Subscribable } from '../../core/subscribable.ts';
import { claimNotice } from '../shared/claim-notice.ts';
import { isInFront } from '../shared/in-front.ts';
import { noticeName } from '../shared/notice-name.ts';
import { unmarkPage } from '../shared/page-mark.ts';
import { HiddenWatch } from './hidden-watch.ts';
import { ReadChannel } from './read-channel.ts';
import { ToastStack } from './toast-stack.ts';

/** One end of a job. */
export interface Notice {
  readonly name: string;
  readonly job: Job;
  /** Where the job came from; `null` when only its event was heard. */
  readonly environment: JobEnvironment | null;
  /** Ms since the epoch. */
  readonly at: number;
  readonly read: boolean;
}

/** What shows notices; the first on the page shows them for all. */
export interface Teller {
  readonly environment: JobEnvironment | null;
  readonly showsBell: boolean;
  readonly showsToasts: boolean;
  /** Ms; 0 for toasts that stay. */
  readonly toastDuration: number;
  /** Asks the page whether the notice may be shown. */
  ask(job: Job): boolean;
  /** Tells by desktop, title and icon, and to screen readers unless somebody has. */
  tell(notice: Notice, spoken: boolean): void;
}

/** So many are kept. */
const MOST = 50;
/** A page that nobody looks at leaves the others this long to tell, in ms. */
const COURTESY = 1_500;

/**
 * The page's one list of jobs that ended, shared by all bells: it hears of the ends of all jobs in the stores that they name, and by
 * `job-end` of those that other widgets show.
 */
class NoticeHub {
  readonly #changes = new Subscribable<void>();
  readonly #tellers = new Set<Teller>();
  readonly #stores = new Map<JobEnvironment['store'], () => void>();
  /** The stores that were listened to last. */
  #known: ReadonlySet<JobEnvironment['store']> = new Set();
  readonly #heard = new Set<string>();
  /** What a `<job-status>` has told screen readers itself. */
  readonly #spoken = new Set<string>();
  readonly #channel = new ReadChannel((names) => this.#setRead(names));
  readonly #watch = new HiddenWatch(() => [...this.#tellers].find(({ environment }) => environment !== null)?.environment ?? null);
  readonly toasts = new ToastStack(systemClock, (timedOut) => this.#onToasts(timedOut));
  notices: readonly Notice[] = [];

  get unread(): number {
    return this.notices.filter(({ read }) => !read).length;
  }

  /** Who shows toasts. */
  get owner(): Teller | null {
    return [...this.#tellers].find(({ showsToasts }) => showsToasts) ?? null;
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Call it again when the teller has changed. */
  join(teller: Teller): void {
    const { owner } = this;
    if (this.#tellers.size === 0) {
      document.addEventListener('job-end', this.#onEvent);
      this.#channel.open();
      this.#watch.start();
    }
    this.#tellers.add(teller);
    this.#follow();
    if (this.owner !== owner) this.#changes.notify();
  }

  leave(teller: Teller): void {
    this.#tellers.delete(teller);
    this.#follow();
    if (this.#tellers.size > 0) return this.#changes.notify();
    document.removeEventListener('job-end', this.#onEvent);
    this.#channel.close();
    this.#watch.stop();
  }

  /** They have been seen: in all tabs. */
  markRead(names: readonly string[]): void {
    if (names.length === 0) return;
    this.#channel.tell(names);
    this.#setRead(names);
  }

  /** The user has done with a toast. */
  dismiss(name: string): void {
    this.markRead([name]);
    this.toasts.remove(name);
  }

  #setRead(names: readonly string[]): void {
    for (const name of names) unmarkPage(name);
    if (this.notices.some(({ name, read }) => !read && names.includes(name))) {
      this.notices = this.notices.map((notice) => (names.includes(notice.name) ? { ...notice, read: true } : notice));
    }
    this.#changes.notify();
  }

  /** Listens to the stores that tellers name at present, and to no others. */
  #follow(): void {
    const wanted = new Map([...this.#tellers].flatMap(({ environment }) => (environment ? [[environment.store, environment] as const] : [])));
    for (const [store, end] of [...this.#stores]) {
      if (wanted.has(store)) continue;
      end();
      this.#stores.delete(store);
    }
    for (const [store, environment] of wanted) {
      if (!this.#stores.has(store)) this.#stores.set(store, store.ends.subscribe((job) => this.#onEnd(job, environment)));
    }
    if (wanted.size > 0) this.#forget(new Set(wanted.keys()));
  }

  /** What was told of another backend, or with another token, is nobody's business any more. A page between two bells loses nothing. */
  #forget(stores: ReadonlySet<JobEnvironment['store']>): void {
    const before = this.#known;
    this.#known = stores;
    const left = [...before].filter((store) => !stores.has(store));
    if (left.length === 0) return;
    const isOther = left.length === before.size;
    const gone = this.notices.filter(({ environment }) => isOther || (environment !== null && left.includes(environment.store)));
    if (isOther) this.#heard.clear();
    this.notices = this.notices.filter((notice) => !gone.includes(notice));
    for (const { name } of gone) {
      unmarkPage(name);
      this.toasts.remove(name);
    }
  }

  readonly #onEvent = (event: DocumentEventMap['job-end']): void => {
    const { job } = event.detail;
    const [widget] = event.composedPath() as (Element & { quiet?: boolean; jobs?: { environment?: JobEnvironment | null } })[];
    if (widget?.localName === 'job-status' && widget.quiet === false) this.#spoken.add(noticeName(job));
    this.#onEnd(job, widget?.jobs?.environment ?? null);
  };

  #onEnd(job: Job, environment: JobEnvironment | null): void {
    const name = noticeName(job);
    if (this.#heard.has(name) || !isFinal(job)) return;
    this.#heard.add(name);
    const clock = environment?.store.clock ?? systemClock;
    const notice: Notice = { name, job, environment, at: clock.now(), read: true };
    if (isInFront()) void this.#tell(notice);
    else clock.setTimeout(() => void this.#tell(notice), COURTESY);
  }

  /** Another tab may have told of it; then it is in the list, and that is all. */
  async #tell(notice: Notice): Promise<void> {
    const mine = await claimNotice(`notice ${notice.name}`);
    const teller = this.owner ?? [...this.#tellers][0];
    const told = { ...notice, read: !mine };
    this.notices = [told, ...this.notices].slice(0, MOST);
    if (mine && teller?.ask(notice.job)) {
      teller.tell(told, this.#spoken.has(notice.name));
      if (this.owner) this.toasts.add(notice.name, this.owner.toastDuration);
    }
    this.#changes.notify();
  }

  #onToasts(timedOut: string | null): void {
    const hasBell = [...this.#tellers].some(({ showsBell }) => showsBell);
    if (timedOut !== null && !hasBell) this.markRead([timedOut]);
    else this.#changes.notify();
  }
}

export const hub = new NoticeHub();
