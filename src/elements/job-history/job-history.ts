import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { JobListController } from '../../controllers/job-list-controller.ts';
import { historyWords, type HistoryTerms } from '../../i18n/history/index.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import type { JobListSnapshot } from '../../store/job-list.ts';
import { BeatController } from '../shared/beat.ts';
import { badge, buttons } from '../shared/controls.styles.ts';
import { icon } from '../shared/icons.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { renderRow, type RowContext } from './history-row.ts';
import { jobHistoryStyles } from './job-history.styles.ts';

const COLUMNS = ['history.video', 'history.status', 'history.progress', 'history.created'] as const;

/**
 * The newest jobs of a user, live: a table where there is room, cards where there is not. A job opens in place, as a
 * `<job-status>`.
 *
 * ```html
 * <job-history user-id="u-1" api-url="https://jobs.example"></job-history>
 * ```
 *
 * @element job-history
 *
 * @slot heading - Stands above the list.
 * @slot empty - Takes the place of what is said when there are no jobs.
 *
 * @csspart table - The list.
 * @csspart row - Each job.
 * @csspart open - The button with a job's title.
 * @csspart badge - The status of a job.
 * @csspart progress - The bar of a running job.
 * @csspart exact - The exact time, shown with the pointer or the focus on the row.
 * @csspart screen - What is shown instead of a list: nothing there, or an error.
 * @csspart note - Says that the list may be out of date, or is longer than shown.
 */
export class JobHistory extends LitElement {
  static override styles = [tokens, base, buttons, badge, jobHistoryStyles];

  /** Address of the API. Empty: that of the provider around, without one `http://localhost:8012`. */
  @property({ attribute: 'api-url' }) apiUrl = '';

  /** Bearer token for the API. A property only, so that it does not stand in the page. */
  @property({ attribute: false }) token: string | null = null;

  /** Whose jobs. Empty: the provider's user. */
  @property({ attribute: 'user-id' }) userId = '';

  /** How many jobs at most, 1 to 100. */
  @property({ type: Number }) limit = 10;

  /** Id of the job whose details are open; empty when none are. */
  @property({ attribute: 'open-job', reflect: true }) openJob = '';

  private readonly list = new JobListController(this, () => ({
    apiUrl: this.apiUrl,
    token: this.token,
    userId: this.userId,
    pageSize: Number.isInteger(this.limit) ? Math.min(Math.max(this.limit, 1), 100) : 10,
  }));
  private readonly localize: LocalizeController<HistoryTerms> = new LocalizeController(this, {
    ...historyWords,
    locale: () => this.list.environment?.locale,
  });
  /** Ages grow, as long as there are any to be seen. */
  protected readonly beat = new BeatController(this, () =>
    this.list.snapshot?.jobs.length ? (this.list.store?.clock ?? null) : null,
  );
  private closedByKey = false;

  /** Reads the list now. */
  refresh(): Promise<void> {
    return this.list.refresh();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Whoever closed the details from inside them goes on at their row.
    if (changed.get('openJob') && !this.openJob && this.closedByKey) this.focusJob(changed.get('openJob') as string);
    this.closedByKey = false;
  }

  private focusJob(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-job="${CSS.escape(id)}"]`)?.focus();
  }

  private readonly onToggle = (event: Event): void => {
    const id = (event.currentTarget as HTMLElement).dataset['job'] ?? '';
    this.openJob = this.openJob === id ? '' : id;
  };

  /** Escape closes the details, from inside them and from their row. */
  private readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.openJob) return;
    this.closedByKey = true;
    this.openJob = '';
  };

  private readonly onRetry = (): void => {
    void this.list.refresh();
  };

  protected override render(): TemplateResult {
    const { snapshot, environment } = this.list;
    return html`<section aria-label=${this.localize.term('history.label')} aria-busy=${snapshot?.loading ? 'true' : 'false'}>
      <slot name="heading"></slot>
      ${snapshot === null && environment !== null ? this.renderNoUser() : this.renderList(snapshot)}
    </section>`;
  }

  private renderList(snapshot: JobListSnapshot | null): TemplateResult {
    if (snapshot === null || (snapshot.jobs.length === 0 && snapshot.loading)) return this.renderLoading();
    if (snapshot.jobs.length > 0) return this.renderTable(snapshot);
    return snapshot.error ? this.renderError(snapshot) : this.renderEmpty();
  }

  private renderTable(snapshot: JobListSnapshot): TemplateResult {
    const { localize } = this;
    const context: RowContext = {
      localize,
      now: this.list.store?.clock.now() ?? 0,
      openJob: this.openJob,
      apiUrl: this.apiUrl,
      token: this.token,
      onToggle: this.onToggle,
    };
    return html`${this.renderStale(snapshot)}
      <table role="table" part="table">
        <caption class="hidden-text">
          ${localize.term('history.label')}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            ${COLUMNS.map((column) => html`<th role="columnheader" scope="col">${localize.term(column)}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup" @keydown=${this.onKeydown}>
          ${repeat(snapshot.jobs, (job) => job.id, (job, index) => renderRow(job, index, context))}
        </tbody>
      </table>
      ${snapshot.total > snapshot.jobs.length
        ? html`<p class="note" part="note">
            ${localize.term('history.newest', { count: snapshot.jobs.length, total: snapshot.total })}
          </p>`
        : nothing}`;
  }

  private renderStale({ freshness, loading }: JobListSnapshot): TemplateResult {
    const { localize } = this;
    const trouble = freshness.state === 'stale' || freshness.state === 'offline';
    const since = freshness.since;
    return html`<p class="note stale" part="note" role="status">
      ${trouble
        ? html`${icon('offline')}<span>
              ${localize.term(freshness.state === 'offline' ? 'connection.offline' : 'connection.lost')}
              ${since === null ? nothing : localize.term('connection.asOf', { time: localize.moment(since, this.list.store?.clock.now() ?? since) })}
            </span>
            <button type="button" class="button" aria-disabled=${loading ? 'true' : 'false'} @click=${this.onRetry}>
              ${localize.term('history.retry')}
            </button>`
        : nothing}
    </p>`;
  }

  private renderLoading(): TemplateResult {
    return html`<div class="loading" role="status">
      <span class="hidden-text">${this.localize.term('status.loading')}</span>
      ${[1, 2, 3].map(() => html`<div class="ghost"><i></i><i></i><i></i></div>`)}
    </div>`;
  }

  private renderEmpty(): TemplateResult {
    return html`<slot name="empty"
      ><div class="screen" part="screen">
        ${icon('empty')}
        <p class="headline">${this.localize.term('history.empty.title')}</p>
        <p>${this.localize.term('history.empty.text')}</p>
      </div></slot
    >`;
  }

  private renderNoUser(): TemplateResult {
    return html`<div class="screen" part="screen">${icon('locked')}<p>${this.localize.term('history.noUser')}</p></div>`;
  }

  private renderError({ error, loading }: JobListSnapshot): TemplateResult {
    const { localize } = this;
    return html`<div class="screen" part="screen" role="alert">
      ${icon('offline')}
      <p class="headline">${localize.term('history.error.title')}</p>
      ${error ? html`<p>${localize.term(`error.${error.code}`)}</p>` : nothing}
      <button type="button" class="button" aria-disabled=${loading ? 'true' : 'false'} @click=${this.onRetry}>
        ${icon('retry')}${localize.term('history.retry')}
      </button>
    </div>`;
  }
}
