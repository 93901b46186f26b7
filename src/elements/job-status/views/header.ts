import { html, nothing, type TemplateResult } from 'lit';
import { drawIcon } from '../../shared/status-icons.ts';
import type { StatusModel } from '../status-model.ts';

const TURNING = ['processing', 'retrying', 'cancelling'];

/** An icon and a word: colour alone says nothing. */
export function renderBadge({ kind, tone, word, icon }: StatusModel): TemplateResult {
  return html`<span class="badge" part="badge" data-tone=${tone}>
    ${drawIcon(icon, TURNING.includes(kind) ? 'turning' : '')}<span class="word">${word}</span>
  </span>`;
}

/** @param level 1 to 6; anything else is no heading */
export function renderTitle(model: StatusModel, level: number): TemplateResult {
  const heading = [1, 2, 3, 4, 5, 6].includes(level);
  return html`<div
    id="title"
    class="title ${model.kind === 'loading' ? 'waits' : ''}"
    part="title"
    title=${model.kind === 'loading' ? nothing : model.title}
    role=${heading ? 'heading' : nothing}
    aria-level=${heading ? level : nothing}
    ><slot name="title"><span class="clip" dir="auto">${model.title}</span></slot></div
  >`;
}
