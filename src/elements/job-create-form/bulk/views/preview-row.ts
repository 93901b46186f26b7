import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../shared/icons.ts';
import type { RowBrowser } from '../browser.ts';
import { cellText } from '../cells.ts';
import { isLong } from '../columns.ts';
import type { BulkField } from '../fields.ts';
import type { ListRow } from '../list.ts';
import { fieldLabel, problemText, type BulkWords } from '../words.ts';
import { bulkIcon } from './icons.ts';

export interface RowContext {
  readonly words: BulkWords;
  readonly locked: readonly string[];
  readonly onEdit: (event: Event) => void;
  readonly onDropRow: (event: Event) => void;
  readonly onSave: () => void;
  readonly onUndo: () => void;
  /** Enter keeps, Escape undoes. */
  readonly onKeydown: (event: KeyboardEvent) => void;
}

/** A row to look at, or, one at a time, to change in place. */
export function renderRow(row: ListRow, fields: readonly BulkField[], browser: RowBrowser, context: RowContext): TemplateResult {
  const { words } = context;
  const { line } = row;
  const problems = row.problems ?? [];
  const bad = problems.length > 0;
  const editing = browser.editing === row;
  const wrong = new Set(problems.map(({ field }) => field));
  return html`<tr role="row" class=${bad ? 'bad' : ''} data-line=${line}>
    <th role="rowheader" scope="row" class="number">${words.number(line)}</th>
    <td role="cell" class="verdict ${bad ? 'tone-danger' : 'tone-success'}">
      ${bad
        ? html`${icon('failure')}<span><span class="hidden-text">${words.term('check.isBad')}: </span>${problems.map((problem) => html`<span class="reason" id="reason-${line}-${problem.field}"><bdi>${problemText(problem, words)}</bdi></span>`)}</span>`
        : html`${icon('success')}<span>${words.term('check.isGood')}</span>`}
    </td>
    ${fields.map((field) =>
      editing && !context.locked.includes(field)
        ? html`<td role="cell" data-label=${fieldLabel(field, words)}>${renderControl(row, field, wrong.has(field), browser, words)}</td>`
        : renderCell(row, field, wrong.has(field), browser, words),
    )}
    <td role="cell" class="actions">
      ${editing
        ? html`<button type="button" class="button main" @click=${context.onSave}>${words.term('check.save')}</button>
            <button type="button" class="button" @click=${context.onUndo}>${words.term('check.cancel')}</button>`
        : html`<button type="button" class="button icon-only" data-line=${line} data-action="edit" aria-label=${words.term('check.editRow', { line })} title=${words.term('check.edit')} @click=${context.onEdit}>
              ${bulkIcon('pen')}
            </button>
            <button type="button" class="button icon-only" data-line=${line} data-action="drop" aria-label=${words.term('check.dropRow', { line })} title=${words.term('check.drop')} @click=${context.onDropRow}>
              ${icon('cross')}
            </button>`}
    </td>
  </tr>`;
}

/** What the row says; what stands for all rows is paler. */
function renderCell(row: ListRow, field: BulkField, wrong: boolean, { list }: RowBrowser, words: BulkWords): TemplateResult {
  const { value, own } = list.value(row, field);
  const text = cellText(value).slice(0, 240);
  const said = !own && text !== '' ? html`<span class="hidden-text"> (${words.term('check.byDefault')})</span>` : nothing;
  return html`<td role="cell" data-label=${fieldLabel(field, words)} class="cell ${isLong(field) ? 'long' : ''} ${wrong ? 'wrong' : ''} ${own ? '' : 'default'}">
    <span class="text" dir="auto">${text || '–'}</span>${said}
  </td>`;
}

function renderControl(row: ListRow, field: BulkField, wrong: boolean, { list }: RowBrowser, words: BulkWords): TemplateResult {
  const label = `${fieldLabel(field, words)}, ${words.term('check.row')} ${words.number(row.line)}`;
  const text = list.text(row, field);
  const describedBy = wrong ? `reason-${row.line}-${field}` : nothing;
  return isLong(field)
    ? html`<textarea name=${field} part="control" rows="3" dir="auto" aria-label=${label} aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${describedBy} .value=${text}></textarea>`
    : html`<input name=${field} part="control" dir="auto" autocomplete="off" aria-label=${label} aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${describedBy} .value=${text} />`;
}
