import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Job } from '../../../core/job.ts';
import { drawIcon } from '../../shared/status-icons.ts';
import { icon, type IconName } from '../../shared/icons.ts';
import { allows } from '../bulk-actions.ts';
import { fileOf } from '../downloads.ts';
import type { HistoryHost } from '../history-contract.ts';

const COPY = 'M7.4 7.4h9.2v9.2H7.4zM4.6 12.6H3.4V3.4h9.2v1.2';

interface Look {
  readonly name: 'cancel' | 'download' | 'retry' | 'duplicate';
  readonly image: TemplateResult;
  readonly label: string;
}

/** What can be done with one job; in its place, whether it shall really be cancelled. */
export function renderRowActions(job: Job, title: string, host: HistoryHost): TemplateResult {
  const { localize } = host;
  if (host.asking === job.id && allows('cancel', job)) {
    return html`<span class="question" part="question" role="group" aria-label=${localize.term('cancel.question')}>
      <button
        type="button"
        class="button danger"
        part="button cancel-yes"
        tabindex="-1"
        data-stop="cancel"
        data-job=${job.id}
        @click=${host.onCancel}
      >
        ${localize.term('cancel.yes')}
      </button>
      <button type="button" class="button" part="button cancel-no" tabindex="-1" data-stop="keep" data-job=${job.id} @click=${host.onKeep}>
        ${localize.term('cancel.no')}
      </button>
    </span>`;
  }
  const file = fileOf(job, title, host.media);
  const look = (name: Look['name'], image: IconName, label: string): Look => ({ name, image: icon(image), label });
  return html`${allows('cancel', job)
    ? renderButton(look('cancel', 'cross', localize.term('action.cancel')), job, title, host, host.onAsk)
    : nothing}
  ${file ? renderDownload(file.url, file.away, job, title, host) : nothing}
  ${allows('retry', job) ? renderButton(look('retry', 'retry', localize.term('action.retry')), job, title, host, host.onRetry) : nothing}
  ${renderButton({ name: 'duplicate', image: drawIcon(COPY), label: localize.term('history.duplicate') }, job, title, host, host.onDuplicate)}`;
}

function renderButton({ name, image, label }: Look, job: Job, title: string, host: HistoryHost, onClick: (event: Event) => void): TemplateResult {
  return html`<button
    type="button"
    class="button icon-only"
    part="button ${name}"
    tabindex="-1"
    data-stop=${name}
    data-job=${job.id}
    title=${label}
    aria-label=${host.localize.term('history.actionOf', { action: label, title })}
    @click=${onClick}
  >
    ${image}
  </button>`;
}

/** Another origin's file cannot be forced to download: it opens in a tab of its own instead of taking the page away. */
function renderDownload(url: string, away: boolean, job: Job, title: string, { localize }: HistoryHost): TemplateResult {
  const label = localize.term('action.download');
  return html`<a
    class="button icon-only"
    part="button download"
    tabindex="-1"
    data-stop="download"
    data-job=${job.id}
    title=${label}
    aria-label=${localize.term('history.actionOf', { action: label, title })}
    href=${url}
    download=${away ? nothing : ''}
    target=${ifDefined(away ? '_blank' : undefined)}
    rel=${ifDefined(away ? 'noopener' : undefined)}
    >${icon('download')}</a
  >`;
}
