import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../shared/icons.ts';
import { pageOf, type RowBrowser } from '../browser.ts';
import { fieldLabel } from '../words.ts';
import { renderMapping, type MappingContext } from './mapping-view.ts';
import { renderPager } from './pager.ts';
import { renderRow, type RowContext } from './preview-row.ts';

export interface CheckContext extends Omit<MappingContext, 'list'>, RowContext {
  readonly name: string;
  readonly browser: RowBrowser;
  /** The rows are being looked at. */
  readonly checking: boolean;
  /** The requests are being made. */
  readonly preparing: boolean;
  readonly onOther: () => void;
  readonly onOnlyBad: (event: Event) => void;
  readonly onPage: (event: Event) => void;
  readonly onRestore: () => void;
  readonly onSend: () => void;
}

/** The rows before they are sent: what is what, what is wrong, and how to put it right. */
export function renderCheck(context: CheckContext): TemplateResult {
  const { words, name, browser, checking, preparing } = context;
  const good = browser.good.length;
  const bad = browser.bad.length;
  return html`<div class="head">
      <h3 dir="auto">${words.term('check.title', { name })}</h3>
      <button type="button" class="button" @click=${context.onOther}>${words.term('check.other')}</button>
    </div>
    ${renderMapping({ ...context, list: browser.list })}
    ${checking
      ? html`<p class="muted waiting">${icon('running', 'turning')}${words.term('check.checking')}</p>`
      : html`<div class="counts">
            <span class="tone-success">${icon('success')}<bdi>${words.term('check.good', { count: good })}</bdi></span>
            ${bad > 0 ? html`<span class="tone-danger">${icon('failure')}<bdi>${words.term('check.bad', { count: bad })}</bdi></span>` : nothing}
            ${bad > 0 || browser.onlyBad
              ? html`<label class="check"
                  ><input type="checkbox" part="only-bad" .checked=${browser.onlyBad} @change=${context.onOnlyBad} />${words.term('check.onlyBad')}</label
                >`
              : nothing}
          </div>
          ${renderTable(context)}`}
    <div class="send">
      <button type="button" class="button main" part="send" aria-disabled=${good === 0 || checking || preparing ? 'true' : 'false'} @click=${context.onSend}>
        ${preparing ? icon('running', 'turning') : nothing}
        ${preparing ? words.term('check.preparing') : good === 0 ? words.term('check.sendNone') : words.term('check.send', { count: good })}
      </button>
      ${bad > 0 && !checking ? html`<p class="muted"><bdi>${words.term('check.leftOut', { count: bad })}</bdi></p>` : nothing}
    </div>`;
}

function renderTable(context: CheckContext): TemplateResult {
  const { words, browser } = context;
  const page = pageOf(browser.rows, browser.page);
  const { fields } = browser.list;
  const dropped = browser.dropped.length;
  return html`${page.total === 0
      ? html`<p class="muted">${words.term('check.noneBad')}</p>`
      : html`<div class="scroll" part="table" role="region" tabindex="0" aria-label=${words.term('check.table')}>
          <table role="table">
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col" class="number">${words.term('check.row')}</th>
                <th role="columnheader" scope="col">${words.term('check.state')}</th>
                ${fields.map((field) => html`<th role="columnheader" scope="col">${fieldLabel(field, words)}</th>`)}
                <th role="columnheader" scope="col"><span class="hidden-text">${words.term('check.actions')}</span></th>
              </tr>
            </thead>
            <tbody role="rowgroup" @keydown=${context.onKeydown}>
              ${page.items.map((row) => renderRow(row, fields, browser, context))}
            </tbody>
          </table>
        </div>`}
    <div class="below">
      ${renderPager(page, words, context.onPage)}
      ${dropped > 0
        ? html`<p class="muted">
            <bdi>${words.term('check.dropped', { count: dropped })}</bdi>
            <button type="button" class="link" @click=${context.onRestore}>${words.term('check.restore')}</button>
          </p>`
        : nothing}
    </div>`;
}
