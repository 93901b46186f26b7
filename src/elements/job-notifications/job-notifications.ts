import { html, isServer, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { JobEnvironment } from '../../controllers/job-context.ts';
import { LiveController } from '../../controllers/live-controller.ts';
import { systemClock, type Clock } from '../../core/clock.ts';
import type { Job } from '../../core/job.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import { notificationsWords, type NotificationsTerms } from '../../i18n/notifications/index.ts';
import { jobList, type JobListEntry } from '../../store/job-list.ts';
import { readInterval } from '../../controllers/interval.ts';
import { LiveRegion } from '../job-status/live-region.ts';
import { attempt } from '../shared/attempt.ts';
import { BeatController } from '../shared/beat.ts';
import { claimNotice } from '../shared/claim-notice.ts';
import { buttons } from '../shared/controls.styles.ts';
import { desktopPermission, notifyDesktop } from '../shared/desktop-notice.ts';
import { icon } from '../shared/icons.ts';
import { isInFront } from '../shared/in-front.ts';
import { markPage } from '../shared/page-mark.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { switchDesktop, wantsDesktop } from './desktop-wish.ts';
import { hub, type Notice, type Teller } from './hub.ts';
import { placePanel } from './place-panel.ts';
import { panelStyles } from './styles/panel.styles.ts';
import { toastStyles } from './styles/toasts.styles.ts';
import { renderPanel } from './views/panel.ts';
import { renderToasts } from './views/toasts.ts';
import { colorOf, textOf } from './words.ts';

export type ToastPlace = 'top' | 'top-start' | 'top-end' | 'bottom' | 'bottom-start' | 'bottom-end';

const PLACES: readonly string[] = ['top', 'top-start', 'top-end', 'bottom', 'bottom-start', 'bottom-end'];

/**
 * Tells of jobs of this page that end: by toasts at the page's edge, and by a bell where the element stands, with the number of those
 * not read yet and a list of the last ones. As long as something is unread, the page's title and icon say so too.
 *
 * ```html
 * <job-notifications></job-notifications>
 * ```
 *
 * Jobs of this page are those that its widgets show or list; with `watch`, also the newest ones of the user. A job that had ended when
 * the page first saw it is not told of. Several such elements share one list, and the first of them shows the toasts.
 *
 * In several tabs of an origin each end is told once: the tab that is looked at comes first, the others have it in their lists, as
 * read. What is read in one tab is read in all.
 *
 * A hidden page asks the server for nothing, and tells when it is seen again; unless the user has turned on desktop notifications in
 * the bell's list: then it asks every 30 s. Browsers are asked for the permission at that click, never before. Kept in `localStorage`:
 * that wish (`job-elements.desktop`), and for a day which ends were told (`job-elements.told`). Where a Content-Security-Policy is set,
 * the icon needs `img-src data:`; without that, `hide-mark` keeps the browser from complaining.
 *
 * @element job-notifications
 *
 * @fires job-notification - A job ended and is about to be told of: `{job}`. `preventDefault()` keeps it out of toasts, desktop and title.
 *
 * @csspart bell - The button.
 * @csspart count - How many are unread.
 * @csspart panel - The list behind the bell, with what is around it.
 * @csspart list - The list.
 * @csspart item - Each notification in it.
 * @csspart empty - What is said when there are none.
 * @csspart read - Marks one as read.
 * @csspart read-all - Marks all as read.
 * @csspart desktop - Turns desktop notifications on and off.
 * @csspart toasts - All toasts.
 * @csspart toast - Each toast.
 * @csspart link - Leads to the result, or to the job's page.
 * @csspart close - Closes a toast.
 * @csspart close-all - Closes all toasts.
 *
 * @cssprop [--job-toast-inset=1rem] - How far toasts stay from the edges of the window.
 */
export class JobNotifications extends LitElement implements Teller {
  static override styles = [tokens, base, buttons, panelStyles, toastStyles];

  /** Address of the API. Empty: that of the provider around, without one `http://localhost:8012`. */
  @property({ attribute: 'api-url' }) apiUrl = '';

  /** Bearer token for the API. A property only, so that it does not stand in the page. */
  @property({ attribute: false }) token: string | null = null;

  /** Whose jobs to watch. Empty: the provider's user. Counts with `watch` alone. */
  @property({ attribute: 'user-id' }) userId = '';

  /** Watches the user's 20 newest jobs also where nothing else on the page shows them, at the price of a request for the list. */
  @property({ type: Boolean }) watch = false;

  /** Address of a job's page, with `{id}` for its id, that a notification leads to. Empty: the result, where there is one. */
  @property({ attribute: 'job-url' }) jobUrl = '';

  /** Where toasts appear: `top`, `bottom`, or one of these with `-start` or `-end`. Anything else is `bottom-end`. */
  @property() place: ToastPlace = 'bottom-end';

  /** How long a toast stays: milliseconds, or with a unit (`8s`); `0` until it is closed. It waits while it is pointed at or has the focus. */
  @property() duration: string | number = 8_000;

  /** How many toasts are shown at once; more of them wait. */
  @property({ type: Number }) max = 3;

  /** Toasts only. */
  @property({ type: Boolean, attribute: 'hide-bell', reflect: true }) hideBell = false;

  /** The bell only. */
  @property({ type: Boolean, attribute: 'hide-toasts' }) hideToasts = false;

  /** Leaves title and icon of the page alone. */
  @property({ type: Boolean, attribute: 'hide-mark' }) hideMark = false;

  @state() private open = false;

  private readonly followed: LiveController<JobListEntry> = new LiveController(this, () => ({ apiUrl: this.apiUrl, token: this.token }), {
    find: ({ store, userId }) => (this.watch && (this.userId || userId) ? jobList(store, { userId: this.userId || (userId ?? '') }) : null),
    follow: (list) => [list.subscribe(() => undefined)],
  });
  private readonly localize: LocalizeController<NotificationsTerms> = new LocalizeController(this, {
    ...notificationsWords,
    locale: () => this.environment?.locale,
  });
  private readonly live = new LiveRegion(this, () => this.clock);
  /** Ages grow while they can be seen. */
  protected readonly beat = new BeatController(this, () => (this.open && hub.notices.length > 0 ? this.clock : null));
  private unsubscribe: (() => void) | null = null;
  private pointed = false;
  /** Where the focus was before it came to a toast. */
  private cameFrom: HTMLElement | null = null;

  /** How many are unread. */
  get unread(): number {
    return isServer ? 0 : hub.unread;
  }

  /** Marks all as read. */
  markAllRead(): void {
    hub.markRead(hub.notices.map(({ name }) => name));
  }

  /** @internal */
  get environment(): JobEnvironment | null {
    return this.followed.environment.environment;
  }

  /** @internal */
  get showsBell(): boolean {
    return !this.hideBell;
  }

  /** @internal */
  get showsToasts(): boolean {
    return !this.hideToasts;
  }

  /** @internal */
  get toastDuration(): number {
    return Number(this.duration) === 0 ? 0 : (readInterval(this.duration) ?? 8_000);
  }

  private get clock(): Clock {
    return this.environment?.store.clock ?? systemClock;
  }

  /** @internal */
  ask(job: Job): boolean {
    const options = { detail: { job }, bubbles: true, composed: true, cancelable: true };
    return this.dispatchEvent(new CustomEvent('job-notification', options));
  }

  /** @internal */
  tell(notice: Notice, spoken: boolean): void {
    const text = textOf(notice, this.localize);
    if (!spoken) this.live.say(text);
    if (!this.hideMark) markPage(notice.name, { text, color: colorOf(notice), keep: true });
    if (!isInFront() && wantsDesktop()) attempt(this, this.tellDesktop(notice, text));
  }

  private async tellDesktop({ name }: Notice, text: string): Promise<void> {
    const { lang, dir } = this.localize;
    if (await claimNotice(`desktop ${name}`)) notifyDesktop({ text, tag: name, lang, dir });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (isServer) return;
    hub.join(this);
    this.unsubscribe = hub.subscribe(() => this.requestUpdate());
    for (const type of ['focus', 'blur']) window.addEventListener(type, this.onAttention);
    document.addEventListener('visibilitychange', this.onAttention);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (isServer) return;
    for (const type of ['focus', 'blur']) window.removeEventListener(type, this.onAttention);
    document.removeEventListener('visibilitychange', this.onAttention);
    this.unsubscribe?.();
    this.unsubscribe = null;
    hub.leave(this);
    this.open = false;
    this.pointed = false;
  }

  private get isOwner(): boolean {
    return !isServer && hub.owner === this;
  }

  private get region(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.toasts');
  }

  protected override willUpdate(): void {
    if (this.isConnected && !isServer) hub.join(this);
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    const { region, isOwner } = this;
    if (region === null) return;
    const wanted = isOwner && hub.toasts.visible.length > 0;
    if (region.hidden === wanted) {
      region.hidden = !wanted;
      // Over everything on the page, dialogs too, where the browser can.
      if (wanted) region.showPopover?.();
      else region.hidePopover?.();
    }
    if (!isOwner) return;
    hub.toasts.clock = this.clock;
    hub.toasts.max = Number.isInteger(this.max) && this.max > 0 ? this.max : 3;
    this.onAttention();
  }

  /** Nobody misses a toast that stands while they look elsewhere, or while they are at it. */
  private readonly onAttention = (): void => {
    if (this.isOwner) hub.toasts.paused = this.pointed || this.region?.matches(':focus-within') === true || !isInFront();
  };

  private readonly onPointer = ({ type }: Event): void => {
    this.pointed = type === 'pointerenter';
    this.onAttention();
  };

  private readonly onFocusIn = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof HTMLElement && !this.region?.contains(relatedTarget)) this.cameFrom = relatedTarget;
    this.onAttention();
  };

  private readonly onFocusOut = (): void => {
    queueMicrotask(this.onAttention);
  };

  private readonly onToastKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.onClose(event);
  };

  private readonly onClose = (event: Event): void => {
    const toast = (event.target as Element).closest<HTMLElement>('[data-name]');
    if (toast === null) return;
    const next = (toast.nextElementSibling ?? toast.previousElementSibling)?.querySelector<HTMLElement>('.close');
    const hadFocus = toast.matches(':focus-within');
    hub.dismiss(toast.dataset['name'] ?? '');
    if (hadFocus) void this.updateComplete.then(() => this.passFocus(next ?? null));
  };

  private readonly onCloseAll = (): void => {
    for (const name of [...hub.toasts.visible]) hub.dismiss(name);
    while (hub.toasts.visible.length > 0) hub.dismiss(hub.toasts.visible[0] as string);
    void this.updateComplete.then(() => this.passFocus(null));
  };

  /** To the next toast, else back to where it was, else to the bell. */
  private passFocus(next: HTMLElement | null): void {
    const bell = this.renderRoot.querySelector<HTMLElement>('.bell');
    [next, this.cameFrom, bell].find((target) => target?.isConnected)?.focus({ preventScroll: true });
  }

  private readonly onToggle = (event: ToggleEvent): void => {
    const panel = event.currentTarget as HTMLElement;
    const bell = this.renderRoot.querySelector<HTMLElement>('.bell');
    if (event.newState === 'open') {
      placePanel(panel, bell as Element);
      this.open = true;
    } else {
      this.open = false;
      if (panel.matches(':focus-within')) bell?.focus();
      // What was there to read while it was open has been read.
      this.markAllRead();
    }
  };

  private readonly onBellKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
    if (panel && !panel.matches(':popover-open')) panel.showPopover();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.item, .switch')?.focus());
  };

  private readonly onRead = (event: Event): void => {
    const item = (event.target as Element).closest<HTMLElement>('[data-name]');
    if (event.currentTarget instanceof HTMLButtonElement) item?.focus();
    hub.markRead([item?.dataset['name'] ?? '']);
  };

  private readonly onReadAll = (): void => this.markAllRead();

  private readonly onDesktop = (): void => {
    const possible = ['granted', 'default'].includes(desktopPermission());
    if (possible) attempt(this, switchDesktop().then(() => this.requestUpdate()));
  };

  protected override render(): TemplateResult {
    const { localize } = this;
    const dir = localize.dir === 'rtl' ? 'rtl' : nothing;
    return html`${this.hideBell ? nothing : this.renderBell()}<span class="hidden-text" role="status" lang=${localize.lang}>${this.live.text}</span>
      <section
        class="toasts"
        part="toasts"
        popover="manual"
        hidden
        data-place=${PLACES.includes(this.place) ? this.place : 'bottom-end'}
        aria-label=${localize.term('notices.label')}
        lang=${localize.lang}
        dir=${dir}
        @pointerenter=${this.onPointer}
        @pointerleave=${this.onPointer}
        @focusin=${this.onFocusIn}
        @focusout=${this.onFocusOut}
        @keydown=${this.onToastKey}
      >
        ${this.isOwner ? this.renderToasts() : nothing}
      </section>`;
  }

  private renderToasts(): TemplateResult | typeof nothing {
    const names = hub.toasts.visible;
    const shown = names.flatMap((name) => hub.notices.find((notice) => notice.name === name) ?? []);
    return shown.length === 0 ? nothing : renderToasts(shown, hub.toasts.waiting, this.localize, { jobUrl: this.jobUrl, onClose: this.onClose, onCloseAll: this.onCloseAll });
  }

  private renderBell(): TemplateResult {
    const { localize, unread } = this;
    const label = unread === 0 ? localize.term('notices.label') : localize.term('notices.unread', { count: unread });
    return html`<div class="frame" lang=${localize.lang} dir=${localize.dir === 'rtl' ? 'rtl' : nothing}>
      <button
        type="button"
        class="button icon-only bell"
        part="bell"
        popovertarget="panel"
        aria-label=${label}
        title=${label}
        @keydown=${this.onBellKey}
      >
        ${icon('bell')}${unread === 0
          ? nothing
          : html`<span class="count" part="count" aria-hidden="true">${unread > 99 ? `${localize.number(99)}+` : localize.number(unread)}</span>`}
      </button>
      <div
        id="panel"
        class="panel"
        part="panel"
        popover
        role="dialog"
        aria-label=${localize.term('notices.label')}
        @beforetoggle=${this.onToggle}
      >
        ${this.open ? this.renderPanel() : nothing}
      </div>
    </div>`;
  }

  private renderPanel(): TemplateResult {
    return renderPanel(
      {
        notices: hub.notices,
        unread: this.unread,
        now: this.clock.now(),
        jobUrl: this.jobUrl,
        desktop: { on: wantsDesktop(), permission: desktopPermission() },
        onRead: this.onRead,
        onReadAll: this.onReadAll,
        onDesktop: this.onDesktop,
      },
      this.localize,
    );
  }
}
