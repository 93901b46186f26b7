import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icons.ts';
import { drawIcon } from '../../shared/status-icons.ts';
import { allows } from '../bulk-actions.ts';
import { fileOf } from '../downloads.ts';
import type { HistoryHost } from '../history-contract.ts';

const UP = 'M10 16V4M5 8.6L10 4l5 4.6';

/** The line above the list: how many there are, or what can be done with those that are chosen. It keeps its room. */
export function renderSummary(host: HistoryHost): TemplateResult {
  return html`<div class="summary" part="summary">
    ${host.selection.size > 0 ? renderSelection(host) : html`<p class="range"><span dir="auto">${rangeText(host)}</span></p>`}
    ${host.news > 0 ? renderNews(host) : nothing}
  </div>`;
}

/** "21–40 of 300", as far as anybody knows how many there are. */
export function rangeText({ localize, snapshot }: HistoryHost): string {
  if (!snapshot || snapshot.jobs.length === 0) return '';
  const { page, pageSize, jobs, total, by } = snapshot;
  const from = (page - 1) * pageSize + 1;
  const to = from + jobs.length - 1;
  // Of those that the browser has looked through, it knows the number; how many they are is said beside it.
  const exact = snapshot.exact || by === 'browser';
  if (from === 1 && total <= to && exact) return localize.term('history.found', { count: jobs.length });
  return localize.term(exact ? 'history.range' : 'history.rangeAbout', { from, to, total: Math.max(total, to) });
}

function renderNews({ localize, news, onNews }: HistoryHost): TemplateResult {
  const label = localize.term('history.newsHint', { count: news });
  return html`<button type="button" class="news" part="news" aria-label=${label} title=${label} @click=${onNews}>
    ${drawIcon(UP)}${localize.term('history.news', { count: news })}
  </button>`;
}

function renderSelection(host: HistoryHost): TemplateResult {
  const { localize, selection, bulk } = host;
  const { jobs } = selection;
  if (host.asking === '') return renderQuestion(host);
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
function renderQuestion({ localize, selection, onCancel, onKeep }: HistoryHost): TemplateResult {
  const count = selection.jobs.filter((job) => allows('cancel', job)).length;
  return html`<div class="selection" part="question" role="group" aria-labelledby="question">
    <span id="question" dir="auto">${localize.term('history.cancelQuestion', { count })}</span>
    <button type="button" class="button danger" part="button cancel-yes" data-job="" @click=${onCancel}>${localize.term('cancel.yes')}</button>
    <button type="button" class="button" part="button cancel-no" data-job="" @click=${onKeep}>${localize.term('cancel.no')}</button>
  </div>`;
}

/** The files of a download of many: what was started, and a link for each, since a browser may block some. */
export function renderFiles({ localize, files, started, onCloseFiles }: HistoryHost): TemplateResult | typeof nothing {
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
