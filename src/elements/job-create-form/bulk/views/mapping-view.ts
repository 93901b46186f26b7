import { html, type TemplateResult } from 'lit';
import { chosen } from '../../../shared/chosen.ts';
import { BULK_FIELDS } from '../fields.ts';
import type { BulkList } from '../list.ts';
import { fieldLabel, type BulkWords } from '../words.ts';

export interface MappingContext {
  readonly words: BulkWords;
  readonly list: BulkList;
  readonly locked: readonly string[];
  readonly onField: (event: Event) => void;
  readonly onNamed: (event: Event) => void;
}

/** Which column is what. It is open where that is not clear. */
export function renderMapping({ words, list, locked, onField, onNamed }: MappingContext): TemplateResult {
  const { columns, mapping, named } = list;
  const used = mapping.filter((field) => field !== null).length;
  const missing = !mapping.includes('title') || !mapping.includes('script_content');
  const choices = BULK_FIELDS.filter((field) => !locked.includes(field));
  return html`<details class="mapping" part="mapping" ?open=${missing}>
    <summary>${missing ? words.term('check.columnsMissing') : words.term('check.columns', { used, all: columns.length })}</summary>
    ${named === null
      ? null
      : html`<label class="check"><input type="checkbox" .checked=${named} @change=${onNamed} />${words.term('check.named')}</label>`}
    <div class="columns">
      ${columns.map(
        (column, index) => html`<div class="column">
          <label for="column-${index}" dir="auto">${words.term('check.column', { name: column })}</label>
          <select id="column-${index}" part="control" data-column=${index} aria-describedby="sample-${index}" @change=${onField}>
            <option value="" ?selected=${chosen(mapping[index] === null)}>${words.term('check.unused')}</option>
            ${choices.map((field) => html`<option value=${field} ?selected=${chosen(mapping[index] === field)}>${fieldLabel(field, words)}</option>`)}
          </select>
          <p class="muted sample" id="sample-${index}"><bdi>${words.term('check.example', { text: list.sample(index) || '–' })}</bdi></p>
        </div>`,
      )}
    </div>
  </details>`;
}
