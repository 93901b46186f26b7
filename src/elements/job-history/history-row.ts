import { html, nothing, type TemplateResult } from 'lit';
import { isFinal, type Job } from '../../core/job.ts';
import type { HistoryTerms } from '../../i18n/history/index.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import { KINDS, statusKind } from '../job-status/status-kind.ts';
import { icon } from '../shared/icons.ts';

export interface RowContext {
  readonly localize: LocalizeController<HistoryTerms>;
  /** Ms since the epoch. */
  readonly now: number;
  readonly openJob: string;
  readonly apiUrl: string;
  readonly token: string | null;
  readonly onToggle: (event: Event) => void;
}

const chevron = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
  <path d="M7.5 4.5l5.5 5.5-5.5 5.5"></path>
</svg>`;

export function titleOf(job: Job, localize: LocalizeController<HistoryTerms>): string {
  return job.title || localize.term('job.untitled', { id: job.id.slice(0, 8) });
}

/**
 * One job, and below it its details while they are open. Roles are written out: on narrow screens rows are drawn as cards,
 * and a table that is not drawn as one loses its roles in some browsers.
 */
export function renderRow(job: Job, index: number, context: RowContext): TemplateResult {
  const { localize } = context;
  const open = context.openJob === job.id;
  const title = titleOf(job, localize);
  return html`<tr role="row" part="row" class="row ${open ? 'open' : ''}">
      <td role="cell" class="title">
        <button
          type="button"
          part="open"
          data-job=${job.id}
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls=${open ? `details-${index}` : nothing}
          @click=${context.onToggle}
        >
          ${chevron}<span dir="auto">${title}</span>
        </button>
      </td>
      <td role="cell" class="status">${renderStatus(job, localize)}</td>
      <td role="cell" class="progress">${renderProgress(job, title, localize)}</td>
      <td role="cell" class="created">${renderCreated(job, context)}</td>
    </tr>
    ${open
      ? html`<tr role="row" class="details">
          <td role="cell" colspan="4" id="details-${index}">
            <job-status hide-title job-id=${job.id} api-url=${context.apiUrl || nothing} .token=${context.token}></job-status>
          </td>
        </tr>`
      : nothing}`;
}

function renderStatus(job: Job, localize: LocalizeController<HistoryTerms>): TemplateResult {
  const known = { id: job.id, job, freshness: { state: 'live', since: null }, error: null, pending: null, actionError: null } as const;
  const kind = statusKind(job.id, known, false);
  const { tone, icon: image, word } = KINDS[kind];
  return html`<span class="badge" part="badge" data-tone=${tone}>
    ${icon(image, image === 'running' ? 'turning' : '')}
    <span>${kind === 'unknown' ? job.status : localize.term(word)}</span>
  </span>`;
}

/** How far it is while it runs; how it went once it has ended. */
function renderProgress(job: Job, title: string, localize: LocalizeController<HistoryTerms>): TemplateResult | typeof nothing {
  if (job.status === 'failure') return html`<span class="reason" dir="auto">${job.error ?? localize.term('failure.noReason')}</span>`;
  if (isFinal(job)) {
    const took = job.duration ?? (job.startedAt !== null && job.completedAt !== null ? (job.completedAt - job.startedAt) / 1000 : 0);
    return took >= 1 ? html`<span dir="auto">${localize.term('time.took', { time: localize.duration(took * 1000) })}</span>` : nothing;
  }
  if (job.status === 'pending') {
    const position = job.queuePosition;
    if (position === null) return nothing;
    return html`<span>${position === 1 ? localize.term('queue.next') : localize.term('queue.position', { position })}</span>`;
  }
  // A job that has only just started says 0, and knows nothing yet.
  const share = job.progress === 0 ? null : job.progress;
  return html`<span class="running">
    <progress
      part="progress"
      aria-label=${localize.term('job.progress', { title })}
      max="1"
      value=${share ?? nothing}
    ></progress>
    ${share === null ? nothing : html`<span class="percent">${localize.percent(share)}</span>`}
    ${job.message ? html`<span class="message" dir="auto">${job.message}</span>` : nothing}
  </span>`;
}

/** How long ago; the exact time comes with the pointer or the focus on the row, and is always there for screen readers. */
function renderCreated(job: Job, { localize, now }: RowContext): TemplateResult {
  const { createdAt } = job;
  if (createdAt === null) return html`<span>${localize.term('history.unknownTime')}</span>`;
  return html`<time datetime=${new Date(createdAt).toISOString()}>
    <span dir="auto">${localize.relativeTime(Math.min(createdAt, now), now)}</span>
    <span class="exact" part="exact" dir="auto">${localize.date(createdAt)}</span>
  </time>`;
}
