import { html, nothing, type TemplateResult } from 'lit';
import type { Clock } from '../../../core/clock.ts';
import { renderActions } from './actions.ts';
import { factsOf, renderFacts } from './facts.ts';
import { renderBadge, renderTitle } from './header.ts';
import { connectionText, renderConnection, renderError, renderNoticePanel } from './panels.ts';
import { percentText, renderBar, stepText } from './progress.ts';
import { renderResult, type PlayerState } from './result.ts';
import { renderTimeline } from './timeline.ts';
import { icon } from '../../shared/icons.ts';
import type { StatusActions } from '../status-actions.ts';
import type { StatusModel } from '../status-model.ts';

export type StatusVariant = 'card' | 'compact' | 'inline' | 'bar';

/** What the layouts need of the element, beside the model. */
export interface LayoutHost {
  readonly actions: StatusActions;
  readonly headingLevel: number;
  readonly maxAttempts: number;
  readonly hideTitle: boolean;
  readonly hideTimes: boolean;
  readonly hideSteps: boolean;
  readonly hideActions: boolean;
  readonly hideResult: boolean;
  readonly captionsLang: string;
  readonly playerState: PlayerState;
  readonly clock: Clock;
}

export function renderLayout(variant: StatusVariant, model: StatusModel, host: LayoutHost): TemplateResult {
  switch (variant) {
    case 'card':
      return renderCard(model, host);
    case 'compact':
      return renderCompact(model, host);
    case 'inline':
      return html`${renderBadge(model)}${renderPercent(model)}${renderTrouble(model, host)}`;
    case 'bar':
      return html`${renderBar(model)}<span class="hidden-text">${model.word}</span>`;
  }
}

/**
 * What is always there comes first and keeps its place from the skeleton on; what some jobs have (notes, an error, a video,
 * steps) is added below it.
 */
function renderCard(model: StatusModel, host: LayoutHost): TemplateResult {
  return html`
    <div class="head">
      ${host.hideTitle ? nothing : renderTitle(model, host.headingLevel)} ${model.kind === 'empty' ? nothing : renderBadge(model)}
    </div>
    <div class="line">${renderStep(model)}${renderPercent(model)}</div>
    ${renderBar(model)}
    <div class="foot">
      ${host.hideTimes ? nothing : renderFacts(factsOf(model, host.maxAttempts))}
      ${host.hideActions ? nothing : renderActions(model, host.actions)}
    </div>
    ${renderConnection(model, host.clock.now())} ${renderNoticePanel(host.actions.notice)} ${renderError(model)}
    ${host.hideResult ? nothing : renderResult(model, host.playerState, host.captionsLang)}
    ${host.hideSteps ? nothing : renderTimeline(model)}
  `;
}

/** One row: where there is no room for the bar in it, the bar lies on its lower edge. */
function renderCompact(model: StatusModel, host: LayoutHost): TemplateResult {
  const moving = model.running || model.kind === 'loading';
  const [fact] = host.hideTimes ? [] : factsOf(model, host.maxAttempts);
  return html`
    ${model.kind === 'empty' ? nothing : renderBadge(model)} ${host.hideTitle ? nothing : renderTitle(model, host.headingLevel)}
    ${host.actions.asking && model.mayCancel
      ? nothing
      : html`${moving ? renderBar(model) : renderStep(model, errorLine(model))} ${moving ? renderPercent(model) : nothing}
        ${fact && moving && model.trouble === null ? html`<span class="fact" part="facts">${fact.text}</span>` : nothing}
        ${renderTrouble(model, host)}`}
    ${host.hideActions ? nothing : renderActions(model, host.actions)}
  `;
}

/** One line, whatever the backend sends; the whole text is there on hover. */
function renderStep(model: StatusModel, text = stepText(model)): TemplateResult {
  if (model.kind === 'empty') return html`<span class="step-text" part="step"><slot name="empty">${text}</slot></span>`;
  return html`<span class="step-text ${model.kind === 'loading' ? 'waits' : ''}" part="step" dir="auto" title=${text || nothing}>${text}</span>`;
}

/** Where there is no room for a panel, the error itself says more than "failed". */
function errorLine({ kind, job }: StatusModel): string | undefined {
  return kind === 'failure' ? job?.error?.trim().split('\n', 1)[0] : undefined;
}

function renderPercent(model: StatusModel): TemplateResult | typeof nothing {
  const text = percentText(model);
  return text === '' ? nothing : html`<span class="percent" part="percent">${text}</span>`;
}

/** The connection note where there is no room for words: they are there on hover, and for screen readers. */
function renderTrouble(model: StatusModel, host: LayoutHost): TemplateResult | typeof nothing {
  const text = connectionText(model, host.clock.now());
  if (text === null) return nothing;
  return html`<span class="trouble" part="connection" title=${text}>${icon('offline')}<span class="hidden-text">${text}</span></span>`;
}
