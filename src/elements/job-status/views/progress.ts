import { html, nothing, type TemplateResult } from 'lit';
import { currentStep } from '../current-step.ts';
import type { Details } from '../details-contract.ts';
import type { StatusModel } from '../status-model.ts';

/**
 * The bar. Where there is nothing to measure its room is kept, so that nothing moves when it comes or goes. Its fill is moved by `paintBar` after the update: a style attribute in the markup would need `unsafe-inline`.
 * While nothing is known there is no fill, so that it does not grow from nothing to what was done before anybody looked.
 * Without a known value the bar carries none, so that screen readers do not read "0 %".
 */
export function renderBar(model: StatusModel): TemplateResult | typeof nothing {
  const { kind, progress, localize, title } = model;
  if (kind === 'empty' || model.absence) return html`<div class="track void" part="track"></div>`;
  const known = progress !== null;
  return html`<div
    class="track ${model.indeterminate ? 'moving' : ''}"
    part="track"
    role="progressbar"
    data-tone=${model.tone}
    data-kind=${kind}
    aria-label=${kind === 'loading' ? model.word : localize.term('job.progress', { title })}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${known ? Math.floor(progress * 100 + 1e-9) : nothing}
    aria-valuetext=${known ? localize.percent(progress) : nothing}
  >${kind === 'loading' ? nothing : html`<div class="fill" part="fill"></div>`}</div>`;
}

/** Smaller moves are not animated: nobody sees it, and a hundred rows that each glide by a hair keep a page busy. */
const SEEN = 0.01;

/** Moves the fill by transform alone. Skipped when nothing changed. */
export function paintBar(root: ParentNode, progress: number | null): void {
  const style = root.querySelector<HTMLElement>('.fill')?.style;
  const share = Number(progress);
  const way = Math.abs(share - Number(style?.getPropertyValue('--_share')));
  if (!style || way === 0) return;
  style.transition = way < SEEN ? 'none' : '';
  style.setProperty('--_share', String(share));
}

export function percentText({ progress, kind, localize }: StatusModel): string {
  return progress === null || kind === 'success' ? '' : localize.percent(progress);
}

/**
 * What goes on right now, or what became of it, in one line. What takes the second stage's words is `more`'s to say: of a
 * job that cannot be shown, and of a result.
 */
export function stepText(model: StatusModel, more: Details | null): string {
  const { kind, job, localize } = model;
  if (model.absence || kind === 'success') return more?.stepText(model) ?? '';
  switch (kind) {
    case 'empty':
      return localize.term('empty.text');
    case 'loading':
      return '';
    case 'pending':
      return queueText(model) || (job?.message ?? '');
    case 'retrying':
      return localize.term('retrying.text');
    case 'failure':
      return failedStep(model) ?? localize.term('failure.text');
    case 'cancelled':
      return localize.term('cancelled.text');
    default:
      return (job && (job.message ?? currentStep(job))) || '';
  }
}

export function queueText({ job, localize }: StatusModel): string {
  const position = job?.queuePosition ?? null;
  if (position === null || position < 1) return '';
  return position === 1 ? localize.term('queue.next') : localize.term('queue.position', { position });
}

/** The step that broke, where the backend tells it apart from the error itself. */
function failedStep({ job, localize }: StatusModel): string | null {
  const step = job?.steps.find(({ status }) => status === 'failure')?.name;
  return step === undefined ? null : localize.term('failure.at', { step });
}
