import { LitElement, html, isServer, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ShownListController } from '../../controllers/shown-list-controller.ts';
import type { MediaUrlOptions } from '../../api/urls.ts';
import { dispatchJobEvent } from '../../events/events.ts';
import { historyWords, type HistoryTerms } from '../../i18n/history/index.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import type { JobListSnapshot } from '../../store/job-list.ts';
import { pageBefore } from '../../store/list-query.ts';
import { BeatController } from '../shared/beat.ts';
import { badge, buttons } from '../shared/controls.styles.ts';
import { GridKeys } from '../shared/grid-keys.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { BulkActions } from './bulk-actions.ts';
import { loadDetails } from './details-loader.ts';
import { DuplicateDialog } from './duplicate-dialog.ts';
import type { HistoryHost } from './history-contract.ts';
import { HistoryHandlers } from './history-handlers.ts';
import { DEFAULT_VIEW, isFiltered, pageOf, pageSizeOf, toQuery, type HistoryView } from './history-view.ts';
import { RowVisibility } from './row-visibility.ts';
import { Selection } from './selection.ts';
import { cardStyles } from './styles/cards.styles.ts';
import { cellStyles } from './styles/cells.styles.ts';
import { controlStyles } from './styles/controls.styles.ts';
import { gridStyles } from './styles/grid.styles.ts';
import { screenStyles } from './styles/screens.styles.ts';
import { trayStyles } from './styles/tray.styles.ts';
import { UrlState } from './url-state.ts';
import { renderFilters } from './views/filters.ts';
import { renderPager } from './views/pager.ts';
import { renderEmpty, renderError, renderLoading, renderNoMatch, renderNoUser, renderSearched } from './views/screens.ts';
import { rangeText, renderSummary } from './views/summary.ts';
import { renderTable } from './views/table.ts';
import { renderTray } from './views/tray.ts';

/**
 * All jobs of a user, live: a table where there is room, cards where there is not. Filters, orders, pages; details, another
 * try, cancelling, downloads and duplicates in place, for one job or for many at once.
 *
 * ```html
 * <job-history user-id="u-1" api-url="https://jobs.example" url-state></job-history>
 * ```
 *
 * On a backend that cannot filter or sort, the browser does it over what is loaded, and says so. Only unfinished rows on the
 * screen ask for news; new jobs do not move what is being read. In the grid, arrows, Home, End, Page Up and Page Down move the
 * focus, Space selects, Enter opens, Escape closes.
 *
 * @element job-history
 *
 * @slot heading - Stands above the list.
 * @slot empty - Takes the place of what is said when there are no jobs.
 *
 * @fires job-duplicate - Another job like this one is wanted: `{job, preset}`. `preventDefault()` keeps the form from opening.
 * @fires job-history-change - The user looks at other jobs: `{view}`.
 * @fires job-cancel-request - The user wants to cancel a job; can be prevented: `{jobId}`. For many, one for each.
 * @fires job-retry-request - The user wants another attempt; can be prevented: `{jobId}`. For many, one for each.
 * @fires job-created - The form for a duplicate has created a job: `{job, request}`.
 *
 * @csspart filters - Search, status and the fields that fold out.
 * @csspart search - The field for words.
 * @csspart status-choice - Each button that filters by status.
 * @csspart fields - Days, order and page size.
 * @csspart summary - The line above the list.
 * @csspart tray - Below the list, or over the lower edge of the screen: what can be done with the chosen jobs, files, and notes.
 * @csspart selection - What can be done with the chosen jobs.
 * @csspart news - The button that shows new jobs.
 * @csspart table - The list.
 * @csspart row - Each job.
 * @csspart open - The button with a job's title.
 * @csspart preview - The picture of a video.
 * @csspart badge - The status of a job.
 * @csspart progress - The bar of a running job.
 * @csspart outcome - What became of an action on a job.
 * @csspart exact - The exact time, shown with the pointer or the focus on the row.
 * @csspart button - Each button; it is a part by its name too: `cancel`, `download`, `retry`, `duplicate`, `cancel-yes`, …
 * @csspart details - The opened job.
 * @csspart files - The links of a download of many.
 * @csspart pager - The buttons between pages.
 * @csspart screen - What is shown instead of a list: nothing there, nothing that fits, or an error.
 * @csspart note - Says that the list may be out of date, or was filtered in the browser.
 * @csspart duplicate - The dialog with the form for a duplicate.
 */
export class JobHistory extends LitElement {
  static override styles = [tokens, base, buttons, badge, controlStyles, gridStyles, cellStyles, cardStyles, screenStyles, trayStyles];

  /** Address of the API. Empty: that of the provider around, without one `http://localhost:8012`. */
  @property({ attribute: 'api-url' }) apiUrl = '';

  /** Bearer token for the API. A property only, so that it does not stand in the page. */
  @property({ attribute: false }) token: string | null = null;

  /** Whose jobs. Empty: the provider's user. */
  @property({ attribute: 'user-id' }) userId = '';

  /** Statuses to show, with commas between: `pending`, `processing`, `success`, `failure`, `cancelled`. Empty: all. */
  @property({ reflect: true, useDefault: true }) status = DEFAULT_VIEW.status;

  /** Words that must be in a job: in its title, its id, its error. */
  @property({ reflect: true, useDefault: true }) q = DEFAULT_VIEW.q;

  /** First day to show, `2026-01-31`, in the viewer's time zone. */
  @property({ reflect: true, useDefault: true }) from = DEFAULT_VIEW.from;

  /** Last day to show, `2026-01-31`, in the viewer's time zone. */
  @property({ reflect: true, useDefault: true }) to = DEFAULT_VIEW.to;

  /** What the list is sorted by: `created_at`, `title`, `status`, `progress` or `duration`. */
  @property({ reflect: true, useDefault: true }) sort = DEFAULT_VIEW.sort;

  /** `desc` or `asc`. Empty: as what is sorted by is mostly wanted, titles from A, times from the newest. */
  @property({ reflect: true, useDefault: true }) order = DEFAULT_VIEW.order;

  /** Which page, from 1. */
  @property({ type: Number, reflect: true, useDefault: true }) page = DEFAULT_VIEW.page;

  /** Jobs on a page, 1 to 500; above 100 in hundreds. */
  @property({ type: Number, attribute: 'page-size', reflect: true, useDefault: true }) pageSize = DEFAULT_VIEW.pageSize;

  /** Id of the job whose details are open; empty when none are. */
  @property({ attribute: 'open-job', reflect: true, useDefault: true }) openJob = DEFAULT_VIEW.openJob;

  /** Keeps the view in the page's address. The value stands before each name there, for pages with several lists. */
  @property({ attribute: 'url-state' }) urlState: string | null = null;

  /** Leaves out search and filters. */
  @property({ type: Boolean, attribute: 'hide-filters' }) hideFilters = false;

  /** @internal */
  @state() unfolded = false;
  /** What is said once to screen readers. */
  @state() private said = '';

  /** The view as its author wrote it, before anybody changed it. */
  private usual: HistoryView | null = null;
  /** What stands around the rows, while a pointer is over it. */
  private pointedAt: Element | null = null;
  private whose: readonly [store: unknown, userId: unknown] = [undefined, undefined];
  private lastWithRows: number | null = null;

  /** @internal */
  readonly visibility = new RowVisibility(this, {
    top: () => this.renderRoot?.querySelector('.top') ?? null,
    rows: () => this.renderRoot?.querySelectorAll<HTMLElement>('[data-unfinished]') ?? [],
    onRows: (ids) => {
      this.list.seen = ids;
    },
    onChange: () => this.requestUpdate(),
  });
  /** @internal */
  readonly list: ShownListController = new ShownListController(this, () => ({
    apiUrl: this.apiUrl,
    token: this.token,
    userId: this.userId,
    ...toQuery(this.view),
    reading: this.reading,
    onScreen: this.visibility.onScreen,
  }));
  /** @internal */
  readonly localize: LocalizeController<HistoryTerms> = new LocalizeController(this, {
    ...historyWords,
    locale: () => this.list.environment?.locale,
  });
  /** @internal */
  readonly selection = new Selection(() => this.requestUpdate());
  /** @internal */
  readonly bulk = new BulkActions(() => this.requestUpdate());
  /** @internal */
  readonly keys = new GridKeys(this, {
    grid: () => this.renderRoot?.querySelector<HTMLElement>('.grid') ?? null,
    isRtl: () => this.localize.dir === 'rtl',
    onSelect: (row, range) => this.handlers.selectRow(row, range),
    onSelectAll: () => this.handlers.onSelectPage(),
    onOpen: (row) => this.handlers.openRow(row),
  });
  /** @internal */
  readonly duplicates = new DuplicateDialog(this);
  /** @internal */
  readonly handlers: HistoryHandlers = new HistoryHandlers(this);
  /** Ages grow, as long as there are any to be seen. */
  protected readonly beat = new BeatController(this, () =>
    this.list.jobs.length > 0 && this.visibility.onScreen ? (this.list.store?.clock ?? null) : null,
  );
  private readonly address = new UrlState(this, {
    prefix: () => this.urlState,
    usual: () => (this.usual ??= this.view),
    onView: (view) => {
      Object.assign(this, view);
      this.handlers.typed = view.q;
    },
  });

  constructor() {
    super();
    // After the controllers above have found what there is to show.
    this.addController({
      hostUpdate: () => {
        this.forgetOthers();
        this.tellCount();
      },
    });
  }

  /** Reads the list now. */
  refresh(): Promise<void> {
    return this.list.refresh();
  }

  /** @internal */
  get view(): HistoryView {
    const { status, q, from, to, sort, order, page, pageSize, openJob } = this;
    return { status, q, from, to, sort, order, page, pageSize, openJob };
  }

  /** @internal */
  get now(): number {
    return this.list.store?.clock.now() ?? 0;
  }

  /** @internal */
  get media(): MediaUrlOptions {
    const { store, environment } = this.list;
    return { baseUrl: store?.apiUrl ?? '', map: environment?.mediaUrl ?? undefined };
  }

  /** Rows stay where they are while somebody has scrolled into them, points at them, works in them or on another like one of them, or has chosen some. */
  private get reading(): boolean {
    if (!this.hasUpdated) return false;
    if (this.pointedAt?.isConnected || this.duplicates.isOpen) return true;
    const focused = this.renderRoot.querySelector('.grid')?.contains(this.shadowRoot?.activeElement ?? null) ?? false;
    const opened = this.openJob !== '' && this.list.jobs.some(({ id }) => id === this.openJob);
    return focused || opened || this.visibility.scrolled || this.selection.size > 0;
  }

  /** @internal Changes the view as the user wants it. A change of what is looked for starts at the first page. */
  change(changes: Partial<HistoryView>, replace = false): void {
    this.usual ??= this.view;
    const onlyMoves = Object.keys(changes).every((key) => key === 'page' || key === 'openJob');
    Object.assign(this, onlyMoves ? changes : { page: 1, ...changes });
    const { view } = this;
    this.address.write(view, replace);
    dispatchJobEvent(this, 'job-history-change', { view: { ...view } });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('q') && !this.handlers.typing) this.handlers.typed = this.q;
    if (changed.has('urlState') && changed.get('urlState') !== undefined && !isServer) this.address.read();
    const looksElsewhere = (['status', 'q', 'from', 'to', 'userId'] as const).some((key) => changed.has(key));
    if (this.hasUpdated && looksElsewhere) {
      this.selection.clear();
      this.bulk.reset();
      this.lastWithRows = null;
    }
    if (changed.has('openJob') && this.openJob && !isServer) void loadDetails().then(() => this.requestUpdate());
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.goBackFromNowhere();
    if (changed.has('page') && changed.get('page') !== undefined && this.visibility.scrolled) {
      this.renderRoot.querySelector('.top')?.scrollIntoView({ block: 'start' });
    }
    this.handlers.updated();
  }

  /** @internal */
  say(text: string): void {
    this.said = text;
  }

  /** Jobs expire, and counts mislead: from an empty page beyond the end, to the last one there is. */
  private goBackFromNowhere(): void {
    const { snapshot } = this.list;
    if (!snapshot || snapshot.freshness.state !== 'live' || snapshot.loading) return;
    const page = pageOf(this.view);
    if (snapshot.jobs.length > 0) this.lastWithRows = page;
    if (snapshot.jobs.length > 0 || page === 1) return;
    const lastFull = this.lastWithRows !== null && this.lastWithRows < page ? this.lastWithRows : null;
    const to = pageBefore(page, { total: snapshot.total, pageSize: pageSizeOf(this.view), lastFull });
    queueMicrotask(() => {
      if (pageOf(this.view) === page) this.change({ page: to }, true);
    });
  }

  private readonly onPointer = ({ type, currentTarget }: Event): void => {
    this.pointedAt = type === 'pointerenter' ? (currentTarget as Element) : null;
    this.requestUpdate();
  };

  /** What was chosen among the jobs of one user is nothing to another. */
  private forgetOthers(): void {
    const { store, snapshot } = this.list;
    const userId = snapshot?.query.userId;
    const [storeBefore, userBefore] = this.whose;
    this.whose = [store, userId];
    if (userBefore === undefined || (store === storeBefore && userId === userBefore)) return;
    this.selection.clear();
    this.bulk.reset();
    this.handlers.files = null;
  }

  private counted = '';

  /** After the user has looked for something, says how much there is. */
  private tellCount(): void {
    const { snapshot } = this.list;
    if (!snapshot || this.list.waiting || snapshot.freshness.state === 'none') return;
    const { status, q, from, to, page } = this;
    const now = JSON.stringify([status, q, from, to, page]);
    if (now === this.counted) return;
    const isFirst = this.counted === '';
    this.counted = now;
    if (!isFirst) this.said = rangeText(this.handlers) || this.localize.term('history.noMatch.title');
  }

  protected override render(): TemplateResult {
    const { snapshot, environment } = this.list;
    const nobody = snapshot === null && environment !== null;
    const { localize, handlers } = this;
    return html`<section
      aria-label=${localize.term('history.label')}
      aria-busy=${!nobody && (snapshot?.loading ?? true) ? 'true' : 'false'}
      lang=${localize.lang}
      dir=${localize.dir === 'rtl' ? 'rtl' : nothing}
    >
      <slot name="heading"></slot>
      ${nobody ? renderNoUser(handlers) : html`${this.hideFilters || this.isBare ? nothing : renderFilters(handlers)}${this.renderList(snapshot)}`}
      <span class="hidden-text" role="status">${this.said}</span>
      ${this.duplicates.render(handlers, this.userId)}
    </section>`;
  }

  /** With no job at all there is nothing to filter. */
  private get isBare(): boolean {
    const { snapshot } = this.list;
    return snapshot !== null && snapshot.freshness.state === 'live' && snapshot.jobs.length === 0 && !isFiltered(this.view) && !this.list.waiting && pageOf(this.view) === 1;
  }

  private renderList(snapshot: JobListSnapshot | null): TemplateResult {
    const host: HistoryHost = this.handlers;
    const { waiting } = this.list;
    if (this.list.jobs.length > 0 && !(waiting && snapshot?.error)) {
      return html`${renderSearched(host)}<span class="top"></span>${renderSummary(host)}
        <div
          class="frame"
          @keydown=${this.handlers.onKeydown}
          @keyup=${this.keys.onKeyup}
          @focusin=${this.keys.onFocusin}
          @focusout=${this.handlers.onFocusout}
          @pointerenter=${this.onPointer}
          @pointerleave=${this.onPointer}
        >
          ${renderTable(host, waiting)}
        </div>
        ${renderTray(host)}${renderPager(host)}`;
    }
    if (snapshot?.error && snapshot.jobs.length === 0) return renderError(host);
    if (snapshot === null || snapshot.loading || waiting || pageOf(this.view) > 1) return renderLoading(host);
    return isFiltered(this.view) ? html`${renderSearched(host)}${renderNoMatch(host)}` : renderEmpty(host);
  }
}
