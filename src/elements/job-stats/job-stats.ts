import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { StatisticsController } from '../../controllers/statistics-controller.ts';
import { isFinalStatus } from '../../core/job.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import { statsWords, type StatsTerms } from '../../i18n/stats/index.ts';
import { RANGES } from '../../store/job-statistics.ts';
import type { StatisticsRange, StatisticsSnapshot } from '../../store/job-statistics.ts';
import { chosen } from '../shared/chosen.ts';
import { badge, buttons } from '../shared/controls.styles.ts';
import { icon } from '../shared/icons.ts';
import { SeenController } from '../shared/seen-controller.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { renderCharts, renderStack } from './charts.ts';
import { chartStyles } from './styles/charts.styles.ts';
import { layoutStyles } from './styles/layout.styles.ts';
import { kindOf, statusCounts, type StatusCount } from './summary.ts';

export type { StatisticsRange };

/**
 * How the service does: jobs by status, what ended over time, how much of it failed, how long the queue is, and whether the
 * service is well. Behind each chart is a table of the same numbers.
 *
 * ```html
 * <job-stats api-url="https://jobs.example.com" range="day"></job-stats>
 * ```
 *
 * Where the service keeps a history, the charts show it; elsewhere they show what the page has seen since it was opened. Counts are
 * asked for every 5 s at most, health every 30 s, history every minute, by all such elements on a page together; nothing is asked
 * for while the element is off screen or the page hidden.
 *
 * @element job-stats
 *
 * @slot heading - Stands above the numbers.
 * @slot empty - Takes the place of what is said when there are no jobs.
 *
 * @csspart base - The element's frame.
 * @csspart health - Whether the service is well.
 * @csspart load - How many jobs wait, and how many run.
 * @csspart range - The choice of the time range.
 * @csspart tile - The number of one status; the one of all jobs too.
 * @csspart bar - All statuses in one bar.
 * @csspart chart - Each chart over time, with its table.
 * @csspart table-toggle - What opens the table behind a chart.
 * @csspart table - The table behind a chart.
 * @csspart note - Says that the numbers may be out of date, or what the charts are about.
 * @csspart screen - What is shown instead of numbers: nothing there, or an error.
 */
export class JobStats extends LitElement {
  static override styles = [tokens, base, buttons, badge, layoutStyles, chartStyles];

  /** Address of the API. Empty: that of the provider around, without one `http://localhost:8012`. */
  @property({ attribute: 'api-url' }) apiUrl = '';

  /** Bearer token for the API. A property only, so that it does not stand in the page. */
  @property({ attribute: false }) token: string | null = null;

  /** How far back the charts go: `hour`, `day`, `week` or `month` (30 days). Anything else is `day`. Needs a service with a history. */
  @property({ reflect: true }) range: StatisticsRange = 'day';

  /** Leaves out the charts over time. */
  @property({ type: Boolean, attribute: 'hide-charts' }) hideCharts = false;

  private readonly visibility = new SeenController(this);
  private readonly statistics = new StatisticsController(this, () => ({
    apiUrl: this.apiUrl,
    token: this.token,
    range: this.currentRange,
    seen: this.visibility.seen,
  }));
  private readonly localize: LocalizeController<StatsTerms> = new LocalizeController(this, {
    ...statsWords,
    locale: () => this.statistics.environment?.locale,
  });

  /** What is known of the service. */
  get snapshot(): StatisticsSnapshot {
    return this.statistics.snapshot;
  }

  /** Reads everything now. */
  refresh(): Promise<void> {
    return this.statistics.refresh();
  }

  private get currentRange(): StatisticsRange {
    return Object.hasOwn(RANGES, this.range) ? this.range : 'day';
  }

  private readonly onRetry = (): void => {
    void this.refresh();
  };

  private readonly onRange = (event: Event): void => {
    this.range = (event.target as HTMLSelectElement).value as StatisticsRange;
  };

  protected override render(): TemplateResult {
    const { snapshot, localize } = this;
    return html`<section
      part="base"
      aria-label=${localize.term('stats.label')}
      aria-busy=${snapshot.loading ? 'true' : 'false'}
      lang=${localize.lang}
      dir=${localize.dir === 'rtl' ? 'rtl' : nothing}
    >
      <slot name="heading"></slot>
      ${this.renderContent(snapshot)}
    </section>`;
  }

  private renderContent(snapshot: StatisticsSnapshot): TemplateResult {
    if (snapshot.counts !== null) {
      return html`${this.renderStale(snapshot)} ${snapshot.total === 0 ? this.renderEmpty(snapshot) : this.renderNumbers(snapshot)}`;
    }
    return snapshot.error === null ? this.renderLoading() : this.renderError(snapshot);
  }

  private renderNumbers({ counts, total, ...snapshot }: StatisticsSnapshot): TemplateResult {
    const statuses = statusCounts(counts ?? {}, total);
    const wordOf = ({ word, status }: StatusCount): string => (word === null ? status : this.localize.term(word));
    return html`<div class="head">${this.renderHealth(snapshot.health)}${this.renderLoad(counts ?? {})}${this.renderRange(snapshot.hasHistory)}</div>
      <dl class="tiles">
        ${statuses.map((status) => this.renderTile(wordOf(status), status))}
        <div class="tile all" part="tile">
          <dt>${this.localize.term('stats.all')}</dt>
          <dd>${this.localize.number(total)}</dd>
        </div>
      </dl>
      ${renderStack(statuses, wordOf, this.localize)} ${this.hideCharts ? nothing : this.renderOverTime(snapshot)}`;
  }

  private renderTile(word: string, { status, count, icon: image }: StatusCount): TemplateResult {
    return html`<div class="tile ${kindOf(status)}" part="tile" data-status=${status}>
      <dt>${icon(image)}<span dir="auto">${word}</span></dt>
      <dd>${this.localize.number(count)}</dd>
    </div>`;
  }

  private renderHealth(health: StatisticsSnapshot['health']): TemplateResult {
    const { localize } = this;
    const [tone, image, word] =
      health === null
        ? (['none', 'unknown', 'stats.healthUnknown'] as const)
        : health.healthy
          ? (['success', 'success', 'stats.healthy'] as const)
          : (['danger', 'failure', 'stats.unhealthy'] as const);
    return html`<span class="health" part="health">
      <span class="badge" data-tone=${tone}>${icon(image)}<span>${localize.term(word)}</span></span>
      ${health?.healthy === false && health.message ? html`<span class="why" dir="auto">${health.message}</span>` : nothing}
    </span>`;
  }

  private renderLoad(counts: Readonly<Record<string, number>>): TemplateResult {
    const waiting = counts['pending'] ?? 0;
    let running = 0;
    for (const [status, count] of Object.entries(counts)) if (status !== 'pending' && !isFinalStatus(status)) running += count;
    return html`<span class="load" part="load"
      ><span dir="auto">${this.localize.term('stats.waiting', { count: waiting })}</span> <span dir="auto">${this.localize.term('stats.running', { count: running })}</span></span
    >`;
  }

  private renderRange(hasHistory: boolean): TemplateResult | typeof nothing {
    if (!hasHistory || this.hideCharts) return nothing;
    const { localize, currentRange } = this;
    return html`<select part="range" aria-label=${localize.term('stats.range')} @change=${this.onRange}>
      ${(Object.keys(RANGES) as StatisticsRange[]).map(
        (range) => html`<option value=${range} ?selected=${chosen(range === currentRange)}>${localize.term(`stats.range.${range}`)}</option>`,
      )}
    </select>`;
  }

  private renderOverTime({ buckets, hasHistory, historyFailed }: Pick<StatisticsSnapshot, 'buckets' | 'hasHistory' | 'historyFailed'>): TemplateResult {
    const { localize } = this;
    const own = !hasHistory || historyFailed;
    const [first] = buckets;
    if (!first) {
      const word = !hasHistory ? 'stats.collecting' : historyFailed ? 'stats.historyFailed' : 'status.loading';
      return html`<p class="note" part="note">${localize.term(word)}</p>`;
    }
    const since = localize.term('stats.since', { time: localize.date(first.start, { timeStyle: 'short' }) });
    const counted = buckets.some(({ ended, waiting }) => ended !== null || waiting !== null);
    return html`${renderCharts(buckets, localize)}
    ${counted ? nothing : html`<p class="note" part="note">${localize.term('stats.nothingCounted')}</p>`}
    ${own ? html`<p class="note" part="note">${hasHistory ? localize.term('stats.historyFailed') : since}</p>` : nothing}`;
  }

  private renderStale({ freshness, loading }: StatisticsSnapshot): TemplateResult {
    const { localize } = this;
    const { state, since } = freshness;
    const trouble = state === 'stale' || state === 'offline';
    return html`<p class="note stale" part="note" role="status">
      ${trouble
        ? html`${icon('offline')}<span>
              ${localize.term(state === 'offline' ? 'connection.offline' : 'connection.lost')}
              ${since === null ? nothing : localize.term('connection.asOf', { time: localize.moment(since, this.statistics.store?.clock.now() ?? since) })}
            </span>
            ${this.renderRetry(loading)}`
        : nothing}
    </p>`;
  }

  private renderRetry(loading: boolean): TemplateResult {
    return html`<button type="button" class="button" aria-disabled=${loading ? 'true' : 'false'} @click=${this.onRetry}>
      ${icon('retry')}${this.localize.term('action.retry')}
    </button>`;
  }

  /** As large as what comes, so that nothing below it moves. */
  private renderLoading(): TemplateResult {
    return html`<div class="loading" role="status">
      <span class="hidden-text">${this.localize.term('status.loading')}</span>
      <div class="head"><div class="ghost load"></div></div>
      <div class="tiles">${[1, 2, 3, 4, 5, 6, 7].map((place) => html`<div class="tile ghost ${place === 7 ? 'all' : ''}"></div>`)}</div>
      <div class="ghost whole"></div>
      ${this.hideCharts ? nothing : html`<div class="charts">${[1, 2, 3].map(() => html`<div class="chart ghost"></div>`)}</div>`}
    </div>`;
  }

  private renderEmpty({ health }: StatisticsSnapshot): TemplateResult {
    return html`<div class="head">${this.renderHealth(health)}</div>
      <slot name="empty"
        ><div class="screen" part="screen">
          ${icon('empty')}
          <p class="headline">${this.localize.term('stats.empty.title')}</p>
          <p>${this.localize.term('stats.empty.text')}</p>
        </div></slot
      >`;
  }

  private renderError({ error, loading, health }: StatisticsSnapshot): TemplateResult {
    const { localize } = this;
    return html`${health === null ? nothing : html`<div class="head">${this.renderHealth(health)}</div>`}
      <div class="screen" part="screen" role="alert">
        ${icon('offline')}
        <p class="headline">${localize.term('stats.error.title')}</p>
        ${error ? html`<p>${localize.term(error.code === 'not-found' ? 'stats.error.none' : `error.${error.code}`)}</p>` : nothing}
        ${this.renderRetry(loading)}
      </div>`;
  }
}
