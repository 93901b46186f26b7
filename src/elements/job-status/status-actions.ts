import { isFinal, type Job } from '../../core/job.ts';
import type { Clock } from '../../core/clock.ts';
import type { JobController } from '../../controllers/job-controller.ts';
import { dispatchJobEvent } from '../../events/events.ts';
import type { WordsController } from '../../i18n/words.ts';
import { attempt } from '../shared/attempt.ts';
import { isInFront } from '../shared/in-front.ts';
import { noticeName } from '../shared/notice-name.ts';
import type { FocusKeeper } from './focus-keeper.ts';
import type { LiveRegion } from './live-region.ts';
import type { StatusModel } from './status-model.ts';
import type { Notice } from './views/panels.ts';

/** How long "Link copied" stays on the button, in ms. */
const COPIED = 2_500;

/** A job that goes on for so long after the server has said that it will cancel it has not been cancelled, in ms. */
const CANCEL_PATIENCE = 30_000;

/** What came of an action that did not go as the user may have thought. */
type NoticeKind = 'cancel-late' | 'cancel-ignored' | 'cancel-refused' | 'retry-refused' | 'copy-failed' | 'notify-denied' | 'notify-on';

/** What the actions need of `<job-status>`. */
export interface ActionsElement extends HTMLElement {
  readonly currentId: string;
  readonly disabled: boolean;
  readonly link: string;
  readonly downloadName: string;
  readonly notify: boolean;
  readonly variant: string;
  readonly jobs: JobController;
  readonly localize: WordsController;
  readonly clock: Clock;
  readonly model: StatusModel;
  requestUpdate(): void;
}

/** The buttons: what they ask for, and what came of it. Only the store acts; this asks it, after the page was asked. */
export class StatusActions {
  /** Cancel was pressed and waits for a yes. */
  asking = false;
  copied = false;
  /** The user wants to be told when the job ends. */
  telling = false;

  readonly #element: ActionsElement;
  readonly #live: LiveRegion;
  readonly #focusKeeper: FocusKeeper;
  #notice: NoticeKind | null = null;
  /** The attempt that the server was asked to cancel, until it is known what became of it. */
  #cancelAsked: number | null = null;
  /** When the server had answered that, by the clock; `null` while it has not. */
  #cancelTaken: number | null = null;
  #stopWaiting: (() => void) | null = null;
  #stopCopied: (() => void) | null = null;

  constructor(element: ActionsElement, live: LiveRegion, focusKeeper: FocusKeeper) {
    this.#element = element;
    this.#live = live;
    this.#focusKeeper = focusKeeper;
  }

  get disabled(): boolean {
    return this.#element.disabled;
  }

  get downloadName(): string {
    return this.#element.downloadName;
  }

  /** One row has room for icons only. */
  get small(): boolean {
    return this.#element.variant === 'compact';
  }

  get offersNotice(): boolean {
    return this.#element.notify;
  }

  /** Address that "copy link" copies; `null` where there is none. */
  get link(): string | null {
    const { link, model } = this.#element;
    if (link !== '') return new URL(link, document.baseURI).href;
    return model.showing.kind === 'nothing' ? null : model.showing.url;
  }

  /** True while this attempt is asked to end, also after the server has said that it will try. */
  isCancelling(job: Job | null): boolean {
    return job !== null && this.#cancelAsked === job.retryCount && !isFinal(job);
  }

  /** Everything starts anew with another job. */
  reset(): void {
    this.asking = false;
    this.copied = false;
    this.telling = false;
    this.#notice = null;
    this.#cancelAsked = null;
    this.stop();
  }

  stop(): void {
    this.#stopCopied?.();
    this.#stopCopied = null;
    this.#stopWaiting?.();
    this.#stopWaiting = null;
  }

  /** Takes in what is known of the job now: the truth about a cancel may be in it. */
  onJob(job: Job, now: number): void {
    if (isFinal(job) && this.#notice === 'cancel-ignored') this.#notice = null;
    if (this.#cancelAsked === null) return;
    if (!isFinal(job) && this.#isIgnored(now)) {
      this.#cancelAsked = null;
      this.#tell('cancel-ignored');
    } else if (job.retryCount > this.#cancelAsked) this.#cancelAsked = null;
    else if (isFinal(job)) {
      this.#cancelAsked = null;
      if (job.status !== 'cancelled') this.#tell('cancel-late');
    }
  }

  readonly onAsk = (): void => {
    this.asking = true;
    this.#notice = null;
    this.#focusKeeper.goTo('question');
    this.#element.requestUpdate();
  };

  readonly onKeep = (): void => {
    this.asking = false;
    this.#focusKeeper.goTo('cancel');
    this.#element.requestUpdate();
  };

  readonly onQuestionKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.onKeep();
  };

  readonly onCancel = (): void => {
    this.asking = false;
    this.#element.requestUpdate();
    if (this.#request('job-cancel-request')) attempt(this.#element, this.cancel());
  };

  readonly onRetry = (): void => {
    if (this.#request('job-retry-request')) attempt(this.#element, this.retry());
  };

  readonly onRefresh = (): void => {
    if (this.#request('job-refresh-request')) attempt(this.#element, this.#element.jobs.refresh());
  };

  async cancel(): Promise<void> {
    const { jobs } = this.#element;
    const asked = jobs.snapshot?.job?.retryCount ?? 0;
    this.#notice = null;
    this.#cancelAsked = asked;
    this.#cancelTaken = null;
    await jobs.cancel();
    const snapshot = jobs.snapshot;
    this.#cancelTaken = this.#element.clock.now();
    // An answer that ended the attempt has been told of already.
    if (this.#cancelAsked === asked && snapshot?.actionError) {
      this.#cancelAsked = null;
      this.#tell('cancel-refused');
    }
    this.#element.requestUpdate();
  }

  /** While nothing is heard of the job, nobody knows what became of it. */
  #isIgnored(now: number): boolean {
    if (this.#cancelTaken === null) return false;
    const left = CANCEL_PATIENCE - Math.abs(now - this.#cancelTaken);
    if (left <= 0) return this.#element.jobs.snapshot?.freshness.state === 'live';
    this.#stopWaiting ??= this.#element.clock.setTimeout(() => {
      this.#stopWaiting = null;
      this.#element.requestUpdate();
    }, left);
    return false;
  }

  async retry(): Promise<void> {
    const { jobs } = this.#element;
    this.#notice = null;
    await jobs.retry();
    if (jobs.snapshot?.actionError) this.#tell('retry-refused');
    this.#element.requestUpdate();
  }

  readonly onCopy = (): void => attempt(this.#element, this.#copy());

  readonly onNotice = (): void => attempt(this.#element, this.#changeNotice());

  async #copy(): Promise<void> {
    const { link } = this;
    if (link === null) return;
    this.#notice = null;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      this.#tell('copy-failed');
      return;
    }
    this.copied = true;
    this.stop();
    this.#stopCopied = this.#element.clock.setTimeout(() => {
      this.copied = false;
      this.#element.requestUpdate();
    }, COPIED);
    this.#live.say(this.#element.localize.term('action.copied'));
  }

  async #changeNotice(): Promise<void> {
    this.telling = !this.telling;
    this.#notice = null;
    this.#element.requestUpdate();
    if (!this.telling) return;
    const { askToNotify } = await import('./end-notice.ts');
    this.#tell((await askToNotify()) ? 'notify-on' : 'notify-denied');
  }

  /** Tells the end to someone who looks at another page, if that was asked for. */
  async tellEnd(job: Job, text: string): Promise<void> {
    if (!this.telling) return;
    this.telling = false;
    if (isInFront()) return;
    const { tellEnd } = await import('./end-notice.ts');
    const { localize } = this.#element;
    const badge = this.#element.shadowRoot?.querySelector('.badge') ?? this.#element;
    await tellEnd({ text, tag: noticeName(job), lang: localize.lang, dir: localize.dir, color: getComputedStyle(badge).color });
  }

  get notice(): Notice | null {
    const { localize, jobs } = this.#element;
    const reason = jobs.snapshot?.actionError;
    const because = (words: string): Notice => ({
      tone: 'warning',
      text: reason ? `${words} ${localize.term(`error.${reason.code}`)}` : words,
    });
    switch (this.#notice) {
      case null:
        return null;
      case 'cancel-late':
        return { tone: 'info', text: localize.term('cancel.late') };
      case 'cancel-ignored':
        return { tone: 'warning', text: localize.term('cancel.ignored') };
      case 'cancel-refused':
        return because(localize.term('cancel.refused'));
      case 'retry-refused':
        return because(localize.term('retry.refused'));
      case 'copy-failed':
        return { tone: 'warning', text: localize.term('action.copyFailed') };
      case 'notify-denied':
        return { tone: 'info', text: localize.term('notify.denied') };
      case 'notify-on':
        return { tone: 'info', text: localize.term('notify.on') };
    }
  }

  #tell(notice: NoticeKind): void {
    this.#notice = notice;
    this.#live.say(this.notice?.text ?? '');
  }

  /** `false` when the page took the request over. */
  #request(name: 'job-cancel-request' | 'job-retry-request' | 'job-refresh-request'): boolean {
    return dispatchJobEvent(this.#element, name, { jobId: this.#element.currentId });
  }
}
