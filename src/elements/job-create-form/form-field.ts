import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CreateFormTerms } from '../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import { icon } from '../shared/icons.ts';
import { languageName, type FieldName, type FieldSpec } from './fields.ts';
import { estimateSpeech, fitOf } from './speech.ts';
import type { FieldProblem } from './validation.ts';

export interface FieldContext {
  readonly localize: LocalizeController<CreateFormTerms>;
  readonly value: (name: FieldName) => string;
  readonly problem: (name: FieldName) => FieldProblem | undefined;
  readonly choices: (name: FieldName) => readonly string[];
  readonly onInput: (event: Event) => void;
  readonly onBlur: (event: Event) => void;
  readonly onUseLength: (event: Event) => void;
}

/** A label, the control, and beside it what it is for or what is wrong with it. */
export function renderField(spec: FieldSpec, context: FieldContext): TemplateResult {
  const { name } = spec;
  const problem = context.problem(name);
  const describedBy = [
    problem && `${name}-problem`,
    spec.hint && `${name}-hint`,
    name === 'script_content' && `${name}-speech`,
  ].filter(Boolean);
  return html`<div class="field ${spec.wide ? 'wide' : ''}" part="field">
    <label for=${name}>${context.localize.term(spec.label)}</label>
    ${spec.hint ? html`<p class="hint" id="${name}-hint">${context.localize.term(spec.hint)}</p>` : nothing}
    ${renderControl(spec, context, describedBy.join(' '), problem !== undefined)}
    ${problem
      ? html`<p class="problem" part="problem" id="${name}-problem">
          ${icon('failure')}<span dir="auto">${problemText(problem, context.localize)}</span>
        </p>`
      : nothing}
    ${name === 'script_content' ? renderSpeech(context) : nothing}
  </div>`;
}

function renderControl(spec: FieldSpec, context: FieldContext, describedBy: string, invalid: boolean): TemplateResult {
  const { name } = spec;
  const value = context.value(name);
  switch (spec.control) {
    case 'text':
      return html`<textarea
        id=${name}
        name=${name}
        part="control"
        rows="6"
        dir="auto"
        lang=${context.value('language')}
        required
        aria-invalid=${invalid ? 'true' : nothing}
        aria-describedby=${describedBy || nothing}
        .value=${live(value)}
        @input=${context.onInput}
        @blur=${context.onBlur}
      ></textarea>`;
    case 'choice':
      return html`<select
        id=${name}
        name=${name}
        part="control"
        required
        aria-invalid=${invalid ? 'true' : nothing}
        aria-describedby=${describedBy || nothing}
        @change=${context.onInput}
        @blur=${context.onBlur}
      >
        ${context
          .choices(name)
          .map((choice) => html`<option value=${choice} ?selected=${choice === value}>${choiceName(name, choice, context)}</option>`)}
      </select>`;
    default:
      return html`<input
        id=${name}
        name=${name}
        part="control"
        type=${spec.control === 'number' ? 'number' : 'text'}
        inputmode=${spec.control === 'number' ? 'numeric' : nothing}
        min=${spec.control === 'number' ? '1' : nothing}
        step=${spec.control === 'number' ? '1' : nothing}
        autocomplete="off"
        dir="auto"
        lang=${spec.control === 'line' ? context.value('language') : nothing}
        required
        aria-invalid=${invalid ? 'true' : nothing}
        aria-describedby=${describedBy || nothing}
        .value=${live(value)}
        @input=${context.onInput}
        @blur=${context.onBlur}
      />`;
  }
}

function choiceName(name: FieldName, choice: string, { localize }: FieldContext): string {
  if (name === 'language') return languageName(choice, localize.lang);
  return localize.optionalTerm(`platform.${choice}`) ?? choice;
}

function problemText(problem: FieldProblem, localize: LocalizeController<CreateFormTerms>): string {
  if ('text' in problem) return problem.text;
  return localize.optionalTerm(problem.key, problem.values) ?? localize.term('problem.required');
}

/** How much there is to say, and whether it fits the length asked for. */
function renderSpeech({ localize, value, onUseLength }: FieldContext): TemplateResult {
  const { count, unit, seconds } = estimateSpeech(value('script_content'), value('language'));
  const duration = Number(value('duration'));
  const comparable = seconds > 0 && duration > 0;
  const fit = comparable ? fitOf(seconds, duration) : null;
  const apart = localize.duration(Math.abs(seconds - duration) * 1000);
  return html`<p class="speech" id="script_content-speech" part="speech">
    <span>${localize.term(unit === 'words' ? 'speech.words' : 'speech.characters', { count })}</span>
    ${seconds > 0 ? html`<span>${localize.term('speech.spoken', { time: localize.duration(seconds * 1000) })}</span>` : nothing}
    ${fit === 'fits' ? html`<span class="fits">${icon('done')}${localize.term('speech.fits')}</span>` : nothing}
    ${fit === 'long' ? html`<span class="misfit">${localize.term('speech.long', { time: apart })}</span>` : nothing}
    ${fit === 'short' ? html`<span class="misfit">${localize.term('speech.short', { time: apart })}</span>` : nothing}
    ${fit === 'long' || fit === 'short'
      ? html`<button type="button" class="link" data-seconds=${seconds} @click=${onUseLength}>
          ${localize.term('speech.use', { time: localize.duration(seconds * 1000) })}
        </button>`
      : nothing}
  </p>`;
}
