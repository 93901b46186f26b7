import { html, nothing, type TemplateResult } from 'lit';
import { drawIcon } from '../../shared/status-icons.ts';
import type { HistoryHost } from '../history-contract.ts';

const UP = 'M10 16V4M5 8.6L10 4l5 4.6';

/** The line above the list: how many there are, and over it, without room of its own, that there are new ones. */
export function renderSummary(host: HistoryHost): TemplateResult {
  return html`<div class="ahead">${host.news > 0 ? renderNews(host) : nothing}</div>
    <p class="summary" part="summary"><span dir="auto" class="range">${rangeText(host)}</span></p>`;
}

/** "21–40 of 300", as far as anybody knows how many there are. */
export function rangeText({ localize, shown }: HistoryHost): string {
  if (!shown || shown.jobs.length === 0) return '';
  const { page, pageSize, jobs, total, by } = shown;
  const from = (page - 1) * pageSize + 1;
  const to = from + jobs.length - 1;
  // Of those that the browser has looked through, it knows the number; how many they are is said beside it.
  const exact = shown.exact || by === 'browser';
  if (from === 1 && total <= to && exact) return localize.term('history.found', { count: jobs.length });
  // One more than are on show is what a full page tells, not what anybody has counted.
  if (!exact && total <= to + 1) return localize.term('history.rangeMore', { from, to });
  return localize.term(exact ? 'history.range' : 'history.rangeAbout', { from, to, total: Math.max(total, to) });
}

function renderNews({ localize, news, onNews }: HistoryHost): TemplateResult {
  const label = localize.term('history.newsHint', { count: news });
  return html`<button type="button" class="news" part="news" aria-label=${label} title=${label} @click=${onNews}>
    ${drawIcon(UP)}<span dir="auto">${localize.term('history.news', { count: news })}</span>
  </button>`;
}
