import { html, nothing, type TemplateResult } from 'lit';
import type { Details } from '../details-contract.ts';
import type { StatusModel } from '../status-model.ts';
import { renderBadge, renderTitle } from './header.ts';
import { percentText, renderBar, stepText } from './progress.ts';

export type StatusVariant = 'card' | 'compact' | 'inline' | 'bar';

/** What the layouts need of the element, beside the model. */
export interface LayoutHost {
  readonly headingLevel: number;
  readonly hideTitle: boolean;
  readonly hideTimes: boolean;
  readonly hideActions: boolean;
}

/** `more`: the second stage. What it will bring has its room until it is here. */
export function renderLayout(variant: StatusVariant, model: StatusModel, host: LayoutHost, more: Details | null): TemplateResult {
  switch (variant) {
    case 'card':
      return renderCard(model, host, more);
    case 'compact':
      return renderCompact(model, host, more);
    case 'inline':
      return html`${renderBadge(model)}${renderPercent(model)}${more?.renderTrouble(model)}`;
    case 'bar':
      return html`${renderBar(model)}<span class="hidden-text">${model.word}</span>`;
  }
}

/**
 * What is always there comes first and keeps its place from the skeleton on; what some jobs have (notes, an error, a video,
 * steps) is added below it.
 */
function renderCard(model: StatusModel, host: LayoutHost, more: Details | null): TemplateResult {
  return html`
    <div class="head">
      ${host.hideTitle ? nothing : renderTitle(model, host.headingLevel)} ${model.kind === 'empty' ? nothing : renderBadge(model)}
    </div>
    <div class="line">${renderStep(model, stepText(model, more))}${renderPercent(model)}</div>
    ${renderBar(model)}
    <div class="foot">
      ${host.hideTimes ? nothing : renderFacts(model, more)} ${host.hideActions ? nothing : renderActions(model, more)}
    </div>
    ${model.job === null ? nothing : more?.renderBelow(model)}
  `;
}

/** One row: where there is no room for the bar in it, the bar lies on its lower edge. */
function renderCompact(model: StatusModel, host: LayoutHost, more: Details | null): TemplateResult {
  const moving = model.running || model.kind === 'loading';
  return html`
    ${model.kind === 'empty' ? nothing : renderBadge(model)} ${host.hideTitle ? nothing : renderTitle(model, host.headingLevel)}
    ${more?.asking && model.mayCancel
      ? nothing
      : html`${moving ? renderBar(model) : renderStep(model, errorLine(model) ?? stepText(model, more))} ${moving ? renderPercent(model) : nothing}
        ${moving && !host.hideTimes ? more?.renderFact(model) : nothing}
        ${more?.renderTrouble(model)}`}
    ${host.hideActions ? nothing : renderActions(model, more)}
  `;
}

function renderFacts(model: StatusModel, more: Details | null): TemplateResult {
  return html`<div class="times">
    <ul class="facts" part="facts" role="list">
      ${more?.renderFacts(model)}
    </ul>
  </div>`;
}

/** Room for a button: nothing moves when one comes. Without a job there is none, whatever has been loaded. */
function renderActions(model: StatusModel, more: Details | null): TemplateResult {
  if (model.kind === 'empty') return html`<div class="actions" part="actions"><slot name="actions"></slot></div>`;
  if (model.kind === 'loading' || more === null) return html`<div class="actions room" aria-hidden="true"></div>`;
  return more.renderActions(model);
}

/** One line, whatever the backend sends; the whole text is there on hover. */
function renderStep(model: StatusModel, text: string): TemplateResult {
  if (model.kind === 'empty') return html`<span class="step-text" part="step"><slot name="empty">${text}</slot></span>`;
  return html`<span class="step-text ${model.kind === 'loading' ? 'waits' : ''}" part="step" dir=${text && 'auto'} title=${text || nothing}>${text}</span>`;
}

/** Where there is no room for a panel, the error itself says more than "failed". */
function errorLine({ kind, job }: StatusModel): string | undefined {
  return kind === 'failure' ? job?.error?.trim().split('\n', 1)[0] : undefined;
}

function renderPercent(model: StatusModel): TemplateResult | typeof nothing {
  const text = percentText(model);
  return text === '' ? nothing : html`<span class="percent" part="percent">${text}</span>`;
}
