import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { isFinal, type Job } from '../../../core/job.ts';
import { splitRelative } from '../../../i18n/formats.ts';
import { drawIcon } from '../../shared/status-icons.ts';
import { titleOf, type HistoryHost } from '../history-contract.ts';
import { sortOf, type SortKey } from '../history-view.ts';
import { renderCreated, renderDuration, renderPreview, renderProgress, renderStatus } from './cells.ts';
import { renderRowActions } from './row-actions.ts';

const CHEVRON = 'M7.5 4.5l5.5 5.5-5.5 5.5';
const ARROW = 'M10 4v12M5.5 8.5L10 4l4.5 4.5';

/** So many rows are laid out at once without anybody noticing; of more, those off the screen are left out. */
const FEW = 50;
const GROUP = 20;

/** The columns of words, and what they are sorted by. */
const COLUMNS: readonly (readonly [name: 'title' | 'status' | 'progress' | 'created' | 'duration', sort: SortKey])[] = [
  ['title', 'title'],
  ['status', 'status'],
  ['progress', 'progress'],
  ['created', 'created_at'],
  ['duration', 'duration'],
];

/**
 * A grid, drawn as a table where there is room and as cards where there is none. Roles are written out: rows that are no
 * table rows can be left out of the drawing while they are off the screen.
 */
export function renderTable(host: HistoryHost, busy: boolean): TemplateResult {
  const { localize, jobs, shown } = host;
  const first = shown ? (shown.page - 1) * shown.pageSize : 0;
  const counted = shown?.exact ? shown.total + 1 : -1;
  return html`<div
    class="grid ${busy ? 'busy' : ''}"
    part="table"
    role="grid"
    aria-label=${localize.term('history.label')}
    aria-multiselectable="true"
    aria-rowcount=${counted}
  >
    <div role="rowgroup" class="head">${renderHead(host)}</div>
    <div role="rowgroup" class="body" part="body">
      ${jobs.length > FEW ? renderGroups(jobs, first, host) : renderRows(jobs, first, host)}
    </div>
  </div>`;
}

function renderRows(jobs: readonly Job[], first: number, host: HistoryHost): unknown {
  return repeat(jobs, (job) => job.id, (job, index) => renderJob(job, first + index + 2, host));
}

/** In groups, each of which the browser leaves out as a whole: to look at every row for itself would cost as much as it spares. */
function renderGroups(jobs: readonly Job[], first: number, host: HistoryHost): readonly TemplateResult[] {
  const starts = Array.from({ length: Math.ceil(jobs.length / GROUP) }, (_, index) => index * GROUP);
  return starts.map((start) => html`<div class="group" role="presentation">${renderRows(jobs.slice(start, start + GROUP), first + start, host)}</div>`);
}

function renderHead(host: HistoryHost): TemplateResult {
  const { localize, jobs, selection, view } = host;
  const chosen = jobs.filter(({ id }) => selection.has(id)).length;
  const { sort, order } = sortOf(view);
  const checkbox = html`<input
    type="checkbox"
    part="select-page"
    tabindex="-1"
    data-stop="select"
    aria-label=${localize.term('history.selectPage')}
    .checked=${live(chosen > 0 && chosen === jobs.length)}
    .indeterminate=${live(chosen > 0 && chosen < jobs.length)}
    @change=${host.onSelectPage}
  />`;
  return html`<div role="row" class="row" aria-rowindex="1" data-grid-row="">
    <div role="columnheader" class="select">
      <label>${checkbox}<span class="card-only">${localize.term('history.selectPage')}</span></label>
    </div>
    <div role="columnheader" class="picture"><span class="hidden-text">${localize.term('history.preview')}</span></div>
    ${COLUMNS.map(([name, key]) => {
      const label = localize.term(`history.${name}`);
      const sorted = key === sort ? (order === 'asc' ? 'ascending' : 'descending') : 'none';
      return html`<div role="columnheader" class=${name} aria-sort=${sorted}>
        <button type="button" part="sort" tabindex="-1" data-stop=${name} data-sort=${key} @click=${host.onSort}>
          ${label}${drawIcon(ARROW, `arrow ${sorted}`)}
        </button>
      </div>`;
    })}
    <div role="columnheader" class="actions"><span class="hidden-text">${localize.term('history.actions')}</span></div>
  </div>`;
}

/** Redrawn only when something on it has changed: with 500 rows, each second would count. */
function renderJob(job: Job, index: number, host: HistoryHost): TemplateResult {
  const { localize, selection, bulk, view, asking, now } = host;
  const chosen = selection.has(job.id);
  const open = view.openJob === job.id;
  const outcome = bulk.outcome(job.id);
  const age = splitRelative(Math.min((job.createdAt ?? now) - now, 0)).join(' ');
  const basis = [job, index, chosen, outcome, age, asking === job.id, localize.term('history.open'), localize.lang, host.media.map, host.media.baseUrl];
  return html`<div
      role="row"
      part="row"
      class="row ${open ? 'open' : ''} ${chosen ? 'chosen' : ''}"
      aria-rowindex=${index}
      aria-selected=${chosen ? 'true' : 'false'}
      data-grid-row=${job.id}
      ?data-unfinished=${!isFinal(job)}
    >
      ${guard([...basis, open], () => renderCells(job, host, open, chosen))}
    </div>
    ${open ? renderDetails(job, host) : nothing}`;
}

function renderCells(job: Job, host: HistoryHost, open: boolean, chosen: boolean): TemplateResult {
  const { localize } = host;
  const title = titleOf(job, localize);
  const outcome = host.bulk.outcome(job.id);
  return html`<div role="gridcell" class="select">
      <input
        type="checkbox"
        part="select"
        tabindex="-1"
        data-stop="select"
        data-job=${job.id}
        aria-label=${localize.term('history.selectRow', { title })}
        .checked=${live(chosen)}
        @click=${host.onSelect}
      />
    </div>
    <div role="gridcell" class="picture">${renderPreview(job, host)}</div>
    <div role="gridcell" class="title">
      <button
        type="button"
        part="open"
        tabindex="-1"
        data-stop="title"
        data-opens
        data-job=${job.id}
        aria-expanded=${open ? 'true' : 'false'}
        @click=${host.onToggle}
      >
        ${drawIcon(CHEVRON, 'chevron')}<span dir="auto">${title}</span>
      </button>
    </div>
    <div role="gridcell" class="status" tabindex="-1" data-stop="status">${renderStatus(job, outcome, host)}</div>
    <div role="gridcell" class="progress" tabindex="-1" data-stop="progress">${renderProgress(job, title, outcome, host)}</div>
    <div role="gridcell" class="created" tabindex="-1" data-stop="created">${renderCreated(job, host)}</div>
    ${renderDuration(job, host)}
    <div role="gridcell" class="actions">${renderRowActions(job, title, host)}</div>`;
}

/** The job itself, in place. Its code is fetched when the first is opened; until then its room is kept. */
function renderDetails(job: Job, { apiUrl, token, canShowDetails, localize }: HistoryHost): TemplateResult {
  return html`<div role="row" class="details" part="details">
    <div role="gridcell">
      ${canShowDetails
        ? html`<job-status hide-title job-id=${job.id} api-url=${apiUrl || nothing} .token=${token}></job-status>`
        : html`<p class="room" role="status">${localize.term('status.loading')}</p>`}
    </div>
  </div>`;
}
