import { html, nothing, type TemplateResult } from 'lit';
import type { JobStep } from '../../../core/job.ts';
import { icon, type IconName } from '../../shared/icons.ts';
import type { StatusModel } from '../status-model.ts';

type StepState = 'pending' | 'active' | 'success' | 'failure' | 'cancelled';

const ICONS: Record<StepState, IconName> = {
  pending: 'dot',
  active: 'running',
  success: 'done',
  failure: 'cross',
  cancelled: 'cross',
};

/** More steps than this are folded to those around the current one, */
const FOLDED_FROM = 12;
/** so many on each side of it. */
const AROUND = 3;

/** The steps in their order. A step that has a share of its own shows it while it runs. */
export function renderTimeline(model: StatusModel, all: boolean, onAll: () => void): TemplateResult | typeof nothing {
  const steps = model.job?.steps ?? [];
  if (steps.length === 0) return nothing;
  const { localize } = model;
  const folds = steps.length > FOLDED_FROM;
  const [from, to] = folds && !all ? around(steps, model) : [0, steps.length];
  return html`<ol class="steps ${steps.length <= 6 ? 'few' : ''}" part="steps" role="list" aria-label=${localize.term('steps')}>
    ${steps.slice(from, to).map((step, index) => renderStep(step, model, folds ? [from + index + 1, steps.length] : null))}
  </ol>
  ${folds
    ? html`<button class="button steps-all" part="button steps-all" type="button" data-focus="steps-all" aria-expanded=${all} @click=${onAll}>
        ${all ? localize.term('steps.fewer') : localize.term('steps.all', { count: steps.length })}
      </button>`
    : nothing}`;
}

/** The bounds of the steps around the one that matters now: the first that runs, else the first that failed or is to come, else the last. */
function around(steps: readonly JobStep[], { running }: StatusModel): [number, number] {
  const states = steps.map((step) => stateOf(step, running));
  const found = (['active', 'failure', 'cancelled', 'pending'] as const).map((state) => states.indexOf(state)).find((index) => index >= 0);
  const size = 2 * AROUND + 1;
  const from = Math.max(0, Math.min((found ?? steps.length) - AROUND, steps.length - size));
  return [from, from + size];
}

/** `place`: its number and how many there are, where not all are on show. */
function renderStep(step: JobStep, { localize, running }: StatusModel, place: readonly [number, number] | null): TemplateResult {
  const state = stateOf(step, running);
  const share = state === 'active' && step.progress !== null && step.progress > 0 ? localize.percent(step.progress) : null;
  return html`<li
    class="step"
    part="step-item"
    data-state=${state}
    aria-current=${state === 'active' ? 'step' : nothing}
    aria-posinset=${place?.[0] ?? nothing}
    aria-setsize=${place?.[1] ?? nothing}
  >
    <span class="mark">${icon(ICONS[state], state === 'active' ? 'turning' : '')}</span>
    <span class="name"><bdi>${step.name}</bdi>${share === null ? nothing : html`<span class="share">${share}</span>`}</span>
    <span class="hidden-text">${localize.term(`step.${state}`)}</span>
  </li>`;
}

/** A step that never ended in a job that has is no longer under way. */
function stateOf({ status }: JobStep, running: boolean): StepState {
  if (status === 'success' || status === 'failure' || status === 'cancelled') return status as StepState;
  if (status === 'pending') return 'pending';
  return running ? 'active' : 'cancelled';
}
