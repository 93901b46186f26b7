import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { isKnownStatus } from '../../../core/job.ts';
import { chosen } from '../../shared/chosen.ts';
import { drawIcon } from '../../shared/status-icons.ts';
import type { HistoryHost } from '../history-contract.ts';
import { PAGE_SIZES, pageSizeOf, SORTS, sortOf, STATUS_CHOICES, statusesOf, type SortKey, type StatusChoice } from '../history-view.ts';

const LENS = 'M8.8 3.4a5.4 5.4 0 1 0 0 10.8 5.4 5.4 0 0 0 0-10.8M12.8 12.8l3.8 3.8';
const SLIDERS = 'M3.4 6h7.2M14.6 6h2M3.4 14h2M9.4 14h7.2M12.6 4v4M7.4 12v4';

const WORDS = {
  pending: 'status.pending',
  processing: 'status.processing',
  success: 'status.success',
  failure: 'status.failure',
  cancelled: 'status.cancelled',
} as const satisfies Record<StatusChoice, string>;

const SORT_WORDS = {
  created_at: 'history.created',
  title: 'history.title',
  status: 'history.status',
  progress: 'history.progress',
  duration: 'history.duration',
} as const satisfies Record<SortKey, string>;

/** What is looked for: words, status, and folded away the days and the order. */
export function renderFilters(host: HistoryHost): TemplateResult {
  const { localize, view, unfolded } = host;
  const set = Number(view.from !== '') + Number(view.to !== '');
  return html`<div class="filters" part="filters" role="search" aria-label=${localize.term('history.filters')}>
    <div class="first">
      <label class="search">
        <span class="hidden-text">${localize.term('history.search')}</span>
        ${drawIcon(LENS)}
        <input
          type="search"
          part="search"
          maxlength="200"
          autocomplete="off"
          spellcheck="false"
          placeholder=${localize.term('history.searchHint')}
          .value=${live(host.typed)}
          @input=${host.onSearch}
          @change=${host.onSearchNow}
        />
      </label>
      <button type="button" class="button" part="unfold" aria-expanded=${unfolded ? 'true' : 'false'} @click=${host.onUnfold}>
        ${drawIcon(SLIDERS)}<span>
          ${set > 0 ? localize.term('history.moreFilters', { count: set }) : localize.term('history.filters')}
        </span>
      </button>
    </div>
    ${unfolded ? renderFields(host) : nothing} ${renderStatuses(host)}
  </div>`;
}

function renderFields({ localize, view, onField, onClearFilters }: HistoryHost): TemplateResult {
  const { sort, order } = sortOf(view);
  const choose = (key: SortKey) => html`<option value=${key} ?selected=${chosen(key === sort)}>${localize.term(SORT_WORDS[key])}</option>`;
  return html`<div class="fields" part="fields">
    <label><span>${localize.term('history.from')}</span><input type="date" data-field="from" .value=${live(view.from)} @change=${onField} /></label>
    <label><span>${localize.term('history.to')}</span><input type="date" data-field="to" .value=${live(view.to)} @change=${onField} /></label>
    <label>
      <span>${localize.term('history.sortBy')}</span>
      <select data-field="sort" .value=${live(sort)} @change=${onField}>
        ${(Object.keys(SORTS) as SortKey[]).map(choose)}
      </select>
    </label>
    <label>
      <span class="hidden-text">${localize.term('history.sortBy')}</span>
      <select data-field="order" .value=${live(order)} @change=${onField}>
        <option value="asc" ?selected=${chosen(order === 'asc')}>${localize.term('history.ascending')}</option>
        <option value="desc" ?selected=${chosen(order === 'desc')}>${localize.term('history.descending')}</option>
      </select>
    </label>
    <label>
      <span>${localize.term('history.pageSize')}</span>
      <select data-field="pageSize" .value=${live(String(pageSizeOf(view)))} @change=${onField}>
        ${sizes(pageSizeOf(view)).map((size) => html`<option value=${size} ?selected=${chosen(size === pageSizeOf(view))}>${localize.number(size)}</option>`)}
      </select>
    </label>
    <button type="button" class="button" part="clear-filters" @click=${onClearFilters}>${localize.term('history.clearFilters')}</button>
  </div>`;
}

function sizes(own: number): readonly number[] {
  return [...new Set([...PAGE_SIZES, own])].sort((a, b) => a - b);
}

function renderStatuses({ localize, view, shown, onStatus }: HistoryHost): TemplateResult {
  const chosen = statusesOf(view);
  const counts = shown?.counts ? gather(shown.counts) : null;
  // A status that nobody counts is among all of them, too.
  const least = shown?.exact && !shown.query.status?.length ? shown.total : 0;
  const all = counts && Math.max(least, Object.values(counts).reduce((sum, count) => sum + count, 0));
  const chip = (choice: string, label: string, count: number | null | undefined, pressed: boolean): TemplateResult => html`<button
    type="button"
    class="chip"
    part="status-choice"
    data-status=${choice}
    aria-pressed=${pressed ? 'true' : 'false'}
    @click=${onStatus}
  >
    ${label}${count === null || count === undefined ? nothing : html`<span class="count">&nbsp;${localize.number(count)}</span>`}
  </button>`;
  return html`<div class="chips" role="group" aria-label=${localize.term('history.status')}>
    ${chip('', localize.term('history.all'), all, chosen.length === 0)}
    ${STATUS_CHOICES.map((choice) => chip(choice, localize.term(WORDS[choice]), counts?.[choice], chosen.includes(choice)))}
  </div>`;
}

/** What a backend counts apart is one choice here; a status that nobody documented is being worked on. */
function gather(counts: Readonly<Record<string, number>>): Record<StatusChoice, number> {
  const gathered: Record<StatusChoice, number> = { pending: 0, processing: 0, success: 0, failure: 0, cancelled: 0 };
  for (const [status, count] of Object.entries(counts)) {
    const choice = isKnownStatus(status) && status !== 'started' ? status : 'processing';
    gathered[choice] += count;
  }
  return gathered;
}
