import { html, type TemplateResult } from 'lit';
import type { HistoryBucket } from '../../api/read-history.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import type { StatsTerms } from '../../i18n/stats/index.ts';
import { renderColumns, renderStackParts, renderSteps, type PlotColumn } from './plots.ts';
import { endedOf, kindOf, niceTop, totalsOf, type StatusCount } from './summary.ts';

type Localize = LocalizeController<StatsTerms>;

/** A stretch of time in words. */
interface Span {
  readonly from: string;
  readonly to: string;
}

interface Chart {
  readonly name: string;
  /** What it comes to, in words. */
  readonly summary: string;
  readonly top: string;
  readonly plot: TemplateResult;
  readonly heads: readonly string[];
  /** The cells beside the time; `null` where nothing was counted. */
  readonly rows: readonly (readonly string[] | null)[];
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const DAY_AND_TIME: Intl.DateTimeFormatOptions = { month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' };
const ENDS = ['success', 'failure', 'cancelled'] as const;

/** Throughput, failures and queue over time, each with a table of the same numbers. */
export function renderCharts(buckets: readonly HistoryBucket[], localize: Localize): TemplateResult {
  const times = timesOf(buckets, localize);
  const charts = [throughput, failures, depth].map((make) => make(buckets, times, localize));
  return html`<div class="charts">${charts.map((chart) => renderChart(chart, times, endsOf(buckets, localize), localize))}</div>`;
}

function throughput(buckets: readonly HistoryBucket[], times: readonly Span[], localize: Localize): Chart {
  const { pace } = totalsOf(buckets);
  const most = niceTop(Math.max(0, ...buckets.map(({ ended }) => (ended ? endedOf(ended) : 0))), 4);
  const columns = buckets.map(({ ended }, index): PlotColumn => ({
    title: said(localize, times[index] as Span, ended && localize.number(endedOf(ended))),
    parts: ended && ENDS.map((kind) => ({ kind, value: ended[kind] })),
  }));
  return {
    name: localize.term('stats.throughput'),
    summary: pace === null ? '' : paceText(pace, localize),
    top: localize.number(most),
    plot: renderColumns(columns, most),
    heads: ['stats.ended', ...ENDS.map((kind) => `status.${kind}` as const)].map((key) => localize.term(key as 'stats.ended')),
    rows: buckets.map(({ ended }) => ended && [endedOf(ended), ...ENDS.map((kind) => ended[kind])].map((count) => localize.number(count))),
  };
}

function failures(buckets: readonly HistoryBucket[], times: readonly Span[], localize: Localize): Chart {
  const { ended, failureRate, pace } = totalsOf(buckets);
  const top = Math.min(1, niceTop(Math.max(0, ...buckets.map((bucket) => bucket.failureRate ?? 0)), 0.1));
  const columns = buckets.map((bucket, index): PlotColumn => ({
    title: said(localize, times[index] as Span, bucket.failureRate === null ? null : localize.percent(bucket.failureRate)),
    parts: bucket.failureRate === null ? null : [{ kind: 'failure', value: bucket.failureRate }],
  }));
  return {
    name: localize.term('stats.failureRate'),
    summary: failureRate === null ? '' : localize.percent(failureRate),
    top: localize.percent(top),
    plot: renderSteps(columns, top, 'failure'),
    heads: [localize.term('stats.failureRate'), localize.term('stats.ended')],
    rows: buckets.map((bucket) =>
      bucket.ended === null && bucket.failureRate === null
        ? null
        : [
            bucket.failureRate === null ? localize.term('stats.noneEnded') : localize.percent(bucket.failureRate),
            bucket.ended
              ? localize.term('stats.failed', { failed: bucket.ended.failure, total: bucket.ended.success + bucket.ended.failure })
              : '',
          ],
    ),
    ...(ended.all === 0 && pace !== null && { summary: localize.term('stats.noneEnded') }),
  };
}

function depth(buckets: readonly HistoryBucket[], times: readonly Span[], localize: Localize): Chart {
  const { mostWaiting } = totalsOf(buckets);
  const top = niceTop(mostWaiting ?? 0, 4);
  const mean = (value: number): string => localize.number(value, { maximumFractionDigits: 1 });
  const columns = buckets.map(({ waiting }, index): PlotColumn => ({
    title: said(localize, times[index] as Span, waiting && mean(waiting.mean)),
    parts: waiting && [{ kind: 'pending', value: waiting.mean }],
  }));
  return {
    name: localize.term('stats.depth'),
    summary: mostWaiting === null ? '' : localize.term('stats.longest', { count: mostWaiting }),
    top: localize.number(top),
    plot: renderSteps(columns, top, 'pending'),
    heads: [localize.term('stats.mean'), localize.term('stats.most')],
    rows: buckets.map(({ waiting }) => waiting && [mean(waiting.mean), localize.number(waiting.max)]),
  };
}

function renderChart({ name, summary, top, plot, heads, rows }: Chart, times: readonly Span[], ends: Span, localize: Localize): TemplateResult {
  // Time runs from left to right also where the words do not, as the drawing does.
  return html`<figure class="chart" part="chart">
    <figcaption><span>${name}</span> <strong dir="auto">${summary}</strong></figcaption>
    <div class="frame" dir="ltr" aria-hidden="true"><span>${top}</span>${plot}<span>${localize.number(0)}</span></div>
    <div class="times" dir="ltr" aria-hidden="true"><span>${ends.from}</span><span>${ends.to}</span></div>
    ${renderTable(name, localize, html`<thead>
        <tr>
          <th scope="col">${localize.term('stats.time')}</th>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells, index) =>
            html`<tr>
              <th scope="row">${spanText(times[index] as Span, localize)}</th>
              ${cells === null
                ? html`<td colspan=${heads.length}>${localize.term('stats.notCounted')}</td>`
                : cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>`)}
  </figure>`;
}

/** All statuses in one bar, and the same as a table. */
export function renderStack(statuses: readonly StatusCount[], wordOf: (status: StatusCount) => string, localize: Localize): TemplateResult {
  const name = localize.term('stats.byStatus');
  const parts = statuses.map((status) => ({
    kind: kindOf(status.status),
    share: status.share,
    title: localize.term('stats.of', { name: wordOf(status), value: status.count }),
  }));
  return html`<figure class="whole" part="bar">
    <figcaption class="hidden-text">${name}</figcaption>
    ${renderStackParts(parts)}
    ${renderTable(name, localize, html`<thead>
        <tr>
          ${(['stats.status', 'stats.count', 'stats.share'] as const).map((key) => html`<th scope="col">${localize.term(key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${statuses.map(
          (status) =>
            html`<tr>
              <th scope="row" dir="auto">${wordOf(status)}</th>
              <td>${localize.number(status.count)}</td>
              <td>${localize.number(status.share, { style: 'percent', maximumFractionDigits: 1 })}</td>
            </tr>`,
        )}
      </tbody>`)}
  </figure>`;
}

function renderTable(name: string, localize: Localize, content: TemplateResult): TemplateResult {
  return html`<details class="behind">
    <summary part="table-toggle">${localize.term('stats.asTable')}<span class="hidden-text">: ${name}</span></summary>
    <div class="scroll" tabindex="0" role="group" aria-label=${name}>
      <table part="table">
        <caption class="hidden-text">${name}</caption>
        ${content}
      </table>
    </div>
  </details>`;
}

/** Start and end of each bucket, with as much of the date as tells them apart. */
function timesOf(buckets: readonly HistoryBucket[], localize: Localize): readonly Span[] {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (!first || !last) return [];
  const format = formatFor(last.end - first.start, first.end - first.start);
  return buckets.map(({ start, end }) => ({ from: localize.date(start, format), to: localize.date(end, format) }));
}

/** What stands below a chart, in one line also on a phone: with the day as well, where it began on another one. */
function endsOf(buckets: readonly HistoryBucket[], localize: Localize): Span {
  const [start = 0, end = 0] = [buckets[0]?.start, buckets.at(-1)?.end];
  const sameDay = new Date(start).toDateString() === new Date(end).toDateString();
  const span = end - start;
  const format = sameDay || span > 8 * DAY ? formatFor(span, (buckets[0]?.end ?? 0) - start) : DAY_AND_TIME;
  return { from: localize.date(start, format), to: localize.date(end, format) };
}

function formatFor(span: number, step: number): Intl.DateTimeFormatOptions {
  if (span > 8 * DAY) return { dateStyle: 'medium' };
  if (span > DAY + HOUR) return { dateStyle: 'short', timeStyle: 'short' };
  return { timeStyle: step < MINUTE ? 'medium' : 'short' };
}

function spanText({ from, to }: Span, localize: Localize): string {
  return from === to ? from : localize.term('stats.span', { from, to });
}

function said(localize: Localize, times: Span, value: string | null): string {
  return localize.term('stats.of', { name: spanText(times, localize), value: value ?? localize.term('stats.notCounted') });
}

/** The larger unit where there would be nothing before the point. `pace`: jobs per ms. */
function paceText(pace: number, localize: Localize): string {
  const perMinute = pace * MINUTE;
  const key = perMinute >= 1 || pace === 0 ? 'stats.perMinute' : 'stats.perHour';
  return localize.term(key, { count: localize.number(perMinute >= 1 ? perMinute : pace * HOUR, { maximumFractionDigits: 1 }) });
}
