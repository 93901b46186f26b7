import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CreateFormTerms } from '../../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../../i18n/localize.ts';
import { chosen } from '../../shared/chosen.ts';
import { icon } from '../../shared/icons.ts';
import { nameOf } from '../choices.ts';
import type { PlannedField } from '../field-plan.ts';
import type { FieldProblem } from '../validation.ts';
import type { FieldContext } from './field-context.ts';
import { renderSpeech } from './speech.ts';

/** The value of the entry that opens a field for typing. What is sent is trimmed, so it is nobody's value. */
export const OTHER = ' ';

/** A label, the control, and beside it what it is for or what is wrong with it. */
export function renderField(field: PlannedField, context: FieldContext): TemplateResult {
  const { name, options, wide, hinted, required } = field;
  const { localize } = context;
  const problem = context.problem(name);
  const hint = options.hint ?? (hinted ? localize.optionalTerm(`hint.${name}`) : '');
  const isScript = name === 'script_content';
  const notice = name === 'voice_name' && context.voiceReset;
  const about = [problem && `${name}-problem`, hint && `${name}-hint`, isScript && `${name}-speech`, notice && `${name}-notice`];
  const describedBy = about.filter(Boolean).join(' ');
  const control = renderControl(field, context, describedBy, problem !== undefined);
  const label = labelOf(field, localize);
  // Where fields share a line, their controls do, too.
  const hintLine = hint ? html`<p class="hint" id="${name}-hint" dir=${options.hint ? 'auto' : nothing}>${hint}</p>` : nothing;
  return html`<div class="field ${wide ? 'wide' : ''} ${field.control}" part="field field-${name}">
    ${field.control === 'switch' && !field.locked
      ? html`<label class="check">${control}<span>${label}</span></label>`
      : html`<label for=${name}>${label}${renderMark(field, required, localize)}</label>`}
    ${wide ? hintLine : nothing} ${field.control === 'switch' && !field.locked ? nothing : control} ${wide ? nothing : hintLine}
    ${problem
      ? html`<p class="problem" part="problem" id="${name}-problem">
          ${icon('failure')}<span dir="auto">${problemText(problem, localize)}</span>
        </p>`
      : nothing}
    ${notice ? html`<p class="hint" id="${name}-notice" role="status">${localize.term('voice.reset')}</p>` : nothing}
    ${isScript ? renderSpeech(context) : nothing}
  </div>`;
}

export function labelOf({ name, options }: Pick<PlannedField, 'name' | 'options'>, localize: LocalizeController<CreateFormTerms>): string {
  return options.label ?? localize.term(`field.${name}`);
}

/** Behind the label: that the field may be left empty, where its neighbours may not, or that the page has set it. */
function renderMark(field: PlannedField, required: boolean, localize: LocalizeController<CreateFormTerms>): TemplateResult | typeof nothing {
  if (field.locked) return html` <span class="mark">${icon('locked')}<span>${localize.term('form.locked')}</span></span>`;
  if (field.group === 'main' && !required) return html` <span class="mark">(${localize.term('form.optional')})</span>`;
  return nothing;
}

function renderControl(field: PlannedField, context: FieldContext, describedBy: string, invalid: boolean): TemplateResult {
  const { name } = field;
  const text = context.text(name);
  if (field.locked) return renderLocked(field, text, context, describedBy);
  switch (field.control) {
    case 'text':
      return html`<textarea
        id=${name}
        name=${name}
        part="control"
        rows="6"
        dir="auto"
        lang=${context.text('language')}
        ?required=${field.required}
        ?disabled=${context.disabled}
        aria-invalid=${invalid ? 'true' : nothing}
        aria-describedby=${describedBy || nothing}
        .value=${live(text)}
        @input=${context.onInput}
        @blur=${context.onBlur}
      ></textarea>`;
    case 'switch':
      return html`<input
        id=${name}
        name=${name}
        part="control"
        type="checkbox"
        ?disabled=${context.disabled}
        aria-invalid=${invalid ? 'true' : nothing}
        aria-describedby=${describedBy || nothing}
        ?checked=${text === 'true'}
        @change=${context.onInput}
      />`;
    case 'choice':
    case 'open':
      return renderChoice(field, text, context, describedBy, invalid);
    default:
      return renderLine(field, text, context, describedBy, invalid);
  }
}

/** As the page has set it: to read and to copy, not to change. */
function renderLocked(field: PlannedField, text: string, context: FieldContext, describedBy: string): TemplateResult {
  const { name } = field;
  const lang = name === 'title' || name === 'script_content' ? context.text('language') : nothing;
  if (field.control === 'text') {
    return html`<textarea id=${name} part="control" rows="6" readonly dir="auto" lang=${lang} aria-describedby=${describedBy || nothing} .value=${live(text)}></textarea>`;
  }
  const shown = context.choices(field).find(({ value }) => value === text)?.label ?? (text && nameOf(name, text, context.localize));
  return html`<input id=${name} part="control" type="text" readonly dir="auto" lang=${lang} aria-describedby=${describedBy || nothing} .value=${live(shown)} />`;
}

function renderLine(
  field: PlannedField,
  text: string,
  context: FieldContext,
  describedBy: string,
  invalid: boolean,
  label?: string,
): TemplateResult {
  const { name, limits } = field;
  const isNumber = field.control === 'number';
  return html`<input
    id=${label === undefined ? name : `${name}-other`}
    name=${name}
    part="control"
    type=${isNumber ? 'number' : 'text'}
    inputmode=${isNumber ? 'numeric' : nothing}
    min=${(isNumber && limits?.min) || nothing}
    max=${(isNumber && limits?.max) || nothing}
    step=${isNumber ? '1' : nothing}
    autocomplete="off"
    dir=${isNumber ? nothing : 'auto'}
    lang=${name === 'title' ? context.text('language') : nothing}
    aria-label=${label ?? nothing}
    ?required=${field.required}
    ?disabled=${context.disabled}
    aria-invalid=${invalid ? 'true' : nothing}
    aria-describedby=${describedBy || nothing}
    .value=${live(text)}
    @input=${context.onInput}
    @blur=${context.onBlur}
  />`;
}

function renderChoice(field: PlannedField, text: string, context: FieldContext, describedBy: string, invalid: boolean): TemplateResult {
  const { name, required, control } = field;
  const { localize } = context;
  const typed = control === 'open' && context.isTyped(name);
  const entry = (value: string, label: string, isChosen: boolean): TemplateResult =>
    html`<option value=${value} ?selected=${chosen(isChosen)}>${label}</option>`;
  return html`<select
      id=${name}
      name=${name}
      part="control"
      ?required=${required}
      ?disabled=${context.disabled}
      aria-invalid=${invalid && !typed ? 'true' : nothing}
      aria-describedby=${describedBy && !typed ? describedBy : nothing}
      @change=${context.onChoose}
      @blur=${context.onBlur}
    >
      ${required && text !== '' ? nothing : entry('', localize.term('choice.unset'), text === '' && !typed)}
      ${context.choices(field).map(({ value, label }) => entry(value, label, value === text && !typed))}
      ${control === 'open' ? entry(OTHER, localize.term('choice.other'), typed) : nothing}
    </select>
    ${typed
      ? renderLine(field, text, context, describedBy, invalid, localize.term('choice.otherValue', { field: labelOf(field, localize) }))
      : nothing}`;
}

export function problemText(problem: FieldProblem, localize: LocalizeController<CreateFormTerms>): string {
  if ('text' in problem) return problem.text;
  return localize.optionalTerm(problem.key, problem.values) ?? localize.term('problem.required');
}
