import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { FieldPlan, PlannedField } from '../field-plan.ts';
import type { FieldContext } from './field-context.ts';
import { renderField } from './field.ts';

export interface FieldsetsContext extends FieldContext {
  readonly plan: FieldPlan;
  readonly unfolded: boolean;
  /** What has been chosen among what is folded away, in words. */
  readonly chosen: string;
  readonly onToggle: (event: Event) => void;
  readonly onOwnFields: () => void;
}

/** What must be given, open; the page's own fields; the rest folded, group by group. */
export function renderFieldsets(context: FieldsetsContext): TemplateResult {
  const { plan, localize, unfolded, chosen } = context;
  const main = plan.groups.find(({ name }) => name === 'main');
  const others = plan.groups.filter(({ name }) => name !== 'main');
  return html`
    ${main ? html`<div class="fields">${fieldsOf(main.fields, context)}</div>` : nothing}
    <slot name="fields" @slotchange=${context.onOwnFields}></slot>
    ${others.length === 0
      ? nothing
      : html`<details class="more" part="more" ?open=${unfolded} @toggle=${context.onToggle}>
          <summary part="more-summary"><span>${localize.term('form.more')}</span> <span class="chosen" dir="auto">${chosen}</span></summary>
          ${others.map(
            ({ name, fields }) =>
              html`<fieldset class="group" part="group">
                <legend>${localize.optionalTerm(`group.${name}`)}</legend>
                <div class="fields">${fieldsOf(fields, context)}</div>
              </fieldset>`,
          )}
        </details>`}
  `;
}

function fieldsOf(fields: readonly PlannedField[], context: FieldsetsContext): unknown {
  // A style of what is not shown is no choice.
  const shown = fields.filter(({ name }) => name !== 'subtitle_style' || context.text('enable_subtitles') !== 'false');
  return repeat(
    shown,
    ({ name }) => name,
    (field) => renderField(field, context),
  );
}
