import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icons.ts';
import { allows } from '../bulk-actions.ts';
import { fileOf } from '../downloads.ts';
import type { HistoryHost } from '../history-contract.ts';

/**
 * What comes and goes while somebody reads: below the rows, and while they reach further down, at the lower edge of the screen.
 * So no row moves, and nothing gets out of sight.
 */
export function renderTray(host: HistoryHost): TemplateResult {
  return html`<div class="tray" part="tray">
    ${renderStale(host)} ${renderFiles(host)}
    ${host.selection.size === 0 ? nothing : host.asking === '' ? renderQuestion(host) : renderSelection(host)}
  </div>`;
}

/** What is known stays on show while answers fail, with its age. */
function renderStale({ localize, snapshot, now, onRefresh }: HistoryHost): TemplateResult {
  const { freshness, error, loading = false } = snapshot ?? {};
  const code = error?.code ?? 'network';
  const trouble = freshness?.state === 'stale' || freshness?.state === 'offline';
  const since = freshness?.since ?? null;
  return html`<p class="note stale" part="note" role="status">
    ${trouble
      ? html`${icon('offline')}<span>
            ${localize.term(freshness.state === 'offline' ? 'connection.offline' : code === 'network' ? 'connection.lost' : `error.${code}`)}
            ${since === null ? nothing : localize.term('connection.asOf', { time: localize.moment(since, now) })}
          </span>
          <button type="button" class="button" part="again" aria-disabled=${loading ? 'true' : 'false'} @click=${onRefresh}>
            ${localize.term('history.retry')}
          </button>`
      : nothing}
  </p>`;
}

function renderSelection(host: HistoryHost): TemplateResult {
  const { localize, selection, bulk } = host;
  const { jobs } = selection;
  const cancel = jobs.filter((job) => allows('cancel', job)).length;
  const retry = jobs.filter((job) => allows('retry', job)).length;
  const files = jobs.filter((job) => fileOf(job, '', host.media) !== null).length;
  const { progress } = bulk;
  return html`<div class="selection" part="selection" role="group" aria-label=${localize.term('history.select')}>
    <span class="count"><span dir="auto">
      ${bulk.running && progress
        ? localize.term('history.working', { done: progress.done + progress.failed, total: progress.total })
        : localize.term('history.selected', { count: selection.size })}
    </span></span>
    ${cancel > 0
      ? html`<button type="button" class="button" part="button cancel-some" data-job="" aria-disabled=${String(bulk.running)} @click=${host.onAsk}>
          ${icon('cross')}${localize.term('history.cancelSome', { count: cancel })}
        </button>`
      : nothing}
    ${retry > 0
      ? html`<button type="button" class="button" part="button retry-some" data-job="" aria-disabled=${String(bulk.running)} @click=${host.onRetry}>
          ${icon('retry')}${localize.term('history.retrySome', { count: retry })}
        </button>`
      : nothing}
    ${files > 0
      ? html`<button type="button" class="button" part="button download-some" @click=${host.onDownloadSome}>
          ${icon('download')}${localize.term('history.downloadSome', { count: files })}
        </button>`
      : nothing}
    <button type="button" class="button" part="button clear-selection" @click=${host.onClearSelection}>
      ${localize.term('history.clearSelection')}
    </button>
  </div>`;
}

/** In place of the buttons, so that the eye and the pointer stay where they are. */
function renderQuestion({ localize, selection, onCancel, onKeep, onKeydown }: HistoryHost): TemplateResult {
  const count = selection.jobs.filter((job) => allows('cancel', job)).length;
  return html`<div class="selection" part="question" role="group" aria-labelledby="question" @keydown=${onKeydown}>
    <span id="question" dir="auto">${localize.term('history.cancelQuestion', { count })}</span>
    <button type="button" class="button danger" part="button cancel-yes" data-job="" @click=${onCancel}>${localize.term('cancel.yes')}</button>
    <button type="button" class="button" part="button cancel-no" data-job="" @click=${onKeep}>${localize.term('cancel.no')}</button>
  </div>`;
}

/** The files of a download of many: what was started, and a link for each, since a browser may block some. */
function renderFiles({ localize, files, started, onCloseFiles }: HistoryHost): TemplateResult | typeof nothing {
  if (files === null) return nothing;
  return html`<div class="files" part="files" role="region" aria-label=${localize.term('history.downloads', { count: files.length })}>
    <div class="notes">
      ${started > 0 ? html`<p>${localize.term('history.downloadsStarted', { count: started })}</p>` : nothing}
      ${files.some(({ away }) => away) ? html`<p>${localize.term('history.downloadsAway')}</p>` : nothing}
    </div>
    <button type="button" class="button icon-only" part="button close-files" aria-label=${localize.term('history.close')} @click=${onCloseFiles}>
      ${icon('cross')}
    </button>
    <ul role="list">
      ${files.map(
        ({ url, title, away }) => html`<li>
          <a href=${url} download=${away ? nothing : ''} target=${away ? '_blank' : nothing} rel=${away ? 'noopener' : nothing} dir="auto">
            ${icon(away ? 'open' : 'download')}<span>${title}</span>
          </a>
        </li>`,
      )}
    </ul>
  </div>`;
}
