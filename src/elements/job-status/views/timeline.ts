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

/** The steps in their order. A step that has a share of its own shows it while it runs. */
export function renderTimeline(model: StatusModel): TemplateResult | typeof nothing {
  const steps = model.job?.steps ?? [];
  if (steps.length === 0) return nothing;
  return html`<ol class="steps ${steps.length <= 6 ? 'few' : ''}" part="steps" role="list" aria-label=${model.localize.term('steps')}>
    ${steps.map((step) => renderStep(step, model))}
  </ol>`;
}

function renderStep(step: JobStep, { localize, running }: StatusModel): TemplateResult {
  const state = stateOf(step, running);
  const share = state === 'active' && step.progress !== null && step.progress > 0 ? localize.percent(step.progress) : null;
  return html`<li class="step" part="step-item" data-state=${state} aria-current=${state === 'active' ? 'step' : nothing}>
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
