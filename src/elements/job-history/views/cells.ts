import { html, nothing, type TemplateResult } from 'lit';
import { mediaUrl } from '../../../api/media-url.ts';
import { isFinal, type Job } from '../../../core/job.ts';
import { KINDS, statusKind } from '../../job-status/status-kind.ts';
import { icon } from '../../shared/icons.ts';
import type { RowOutcome } from '../bulk-actions.ts';
import type { HistoryHost } from '../history-contract.ts';

type Content = TemplateResult | typeof nothing;

/** The picture of the video, or what stands for it. One that cannot be loaded goes away by itself. */
export function renderPreview(job: Job, host: HistoryHost): TemplateResult {
  const url = job.status === 'success' ? mediaUrl(job, 'thumbnail', host.media) : null;
  return html`<span class="preview" part="preview">
    ${icon(KINDS[rowKind(job, null)].icon)}${url === null
      ? nothing
      : html`<img src=${url} alt="" loading="lazy" decoding="async" width="96" height="54" @load=${onLoad} @error=${onMissing} />`}
  </span>`;
}

function onMissing(event: Event): void {
  (event.currentTarget as HTMLElement).hidden = true;
}

function onLoad(event: Event): void {
  (event.currentTarget as HTMLElement).hidden = false;
}

function rowKind(job: Job, outcome: RowOutcome | null): keyof typeof KINDS {
  const cancelling = outcome?.action === 'cancel' && (outcome.state === 'running' || outcome.state === 'done');
  const known = { id: job.id, job, freshness: { state: 'live', since: null }, error: null, pending: null, actionError: null } as const;
  return statusKind(job.id, known, cancelling);
}

export function renderStatus(job: Job, outcome: RowOutcome | null, { localize }: HistoryHost): TemplateResult {
  const kind = rowKind(job, outcome);
  const { tone, icon: image } = KINDS[kind];
  return html`<span class="badge" part="badge" data-tone=${tone}>
    ${icon(image, image === 'running' ? 'turning' : '')}
    <span>${kind === 'unknown' ? job.status : localize.term(`status.${kind}`)}</span>
  </span>`;
}

/** What became of the last action, else how far the job is while it runs, and why it failed. */
export function renderProgress(job: Job, title: string, outcome: RowOutcome | null, host: HistoryHost): Content {
  const told = outcomeText(job, outcome, host);
  return html`${renderState(job, title, host)}${told === ''
    ? nothing
    : html`<span class="outcome" part="outcome" data-state=${outcome?.state ?? ''}>${told}</span>`}`;
}

function outcomeText(job: Job, outcome: RowOutcome | null, { localize }: HistoryHost): string {
  switch (outcome?.state) {
    case 'waiting':
      return localize.term('history.waits');
    case 'running':
      return outcome.action === 'retry' ? localize.term('history.retrying') : '';
    case 'failed':
      if (outcome.action === 'retry') return `${localize.term('retry.refused')} ${localize.term(`error.${outcome.error}`)}`;
      if (outcome.error === 'conflict' && isFinal(job)) return localize.term('cancel.late');
      return `${localize.term('cancel.refused')} ${localize.term(`error.${outcome.error}`)}`;
    default:
      return '';
  }
}

function renderState(job: Job, title: string, { localize }: HistoryHost): Content {
  if (job.status === 'failure') {
    const reason = job.error ?? localize.term('failure.noReason');
    return html`<span class="reason" dir="auto" title=${reason}>${reason}</span>`;
  }
  if (isFinal(job)) return nothing;
  if (job.status === 'pending') {
    const position = job.queuePosition;
    if (position === null) return nothing;
    return html`<span>${position === 1 ? localize.term('queue.next') : localize.term('queue.position', { position })}</span>`;
  }
  // A job that has only just started says 0, and knows nothing yet.
  const share = job.progress === 0 ? null : job.progress;
  return html`<span class="running">
    <progress part="progress" aria-label=${localize.term('job.progress', { title })} max="1" value=${share ?? nothing}></progress>
    ${share === null ? nothing : html`<span class="percent">${localize.percent(share)}</span>`}
    ${job.message ? html`<span class="message" dir="auto" title=${job.message}>${job.message}</span>` : nothing}
  </span>`;
}

/** How long ago; the exact time comes with the pointer or the focus on the row, and is always there for screen readers. */
export function renderCreated(job: Job, { localize, now }: HistoryHost): TemplateResult {
  const { createdAt } = job;
  if (createdAt === null) return html`<span>${localize.term('history.unknownTime')}</span>`;
  return html`<time datetime=${new Date(createdAt).toISOString()}>
    <span dir="auto">${localize.relativeTime(Math.min(createdAt, now), now)}</span>
    <span class="exact" part="exact"><span dir="auto">${localize.date(createdAt)}</span></span>
  </time>`;
}

/** How long it ran, once it has ended. Where there is no column of its own for that, its name stands before it. */
export function renderDuration(job: Job, { localize }: HistoryHost): TemplateResult {
  const seconds = isFinal(job) ? secondsOf(job) : 0;
  return html`<div
    role="gridcell"
    class="duration ${seconds < 1 ? 'bare' : ''}"
    tabindex="-1"
    data-stop="duration"
    data-label=${localize.term('history.duration')}
  >${seconds < 1 ? nothing : html`<span dir="auto">${localize.duration(seconds * 1000)}</span>`}</div>`;
}

function secondsOf({ duration, startedAt, completedAt }: Job): number {
  if (duration !== null) return duration;
  return startedAt !== null && completedAt !== null ? (completedAt - startedAt) / 1000 : 0;
}
