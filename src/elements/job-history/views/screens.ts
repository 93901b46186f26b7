import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icons.ts';
import type { HistoryHost } from '../history-contract.ts';

/** What stands in the list's place before anything is known. */
export function renderLoading({ localize }: HistoryHost): TemplateResult {
  return html`<div class="loading" part="loading" role="status">
    <span class="hidden-text">${localize.term('status.loading')}</span>
    ${[1, 2, 3, 4, 5].map(() => html`<div class="ghost"><i></i><i></i><i></i><i></i></div>`)}
  </div>`;
}

export function renderEmpty({ localize }: HistoryHost): TemplateResult {
  return html`<slot name="empty"
    ><div class="screen" part="screen">
      ${icon('empty')}
      <p class="headline">${localize.term('history.empty.title')}</p>
      <p>${localize.term('history.empty.text')}</p>
    </div></slot
  >`;
}

export function renderNoMatch({ localize, onClearFilters }: HistoryHost): TemplateResult {
  return html`<div class="screen" part="screen">
    ${icon('missing')}
    <p class="headline">${localize.term('history.noMatch.title')}</p>
    <p>${localize.term('history.noMatch.text')}</p>
    <button type="button" class="button" part="clear-filters" @click=${onClearFilters}>${localize.term('history.clearFilters')}</button>
  </div>`;
}

export function renderNoUser({ localize }: HistoryHost): TemplateResult {
  return html`<div class="screen" part="screen">${icon('locked')}<p>${localize.term('history.noUser')}</p></div>`;
}

export function renderError({ localize, snapshot, onRefresh }: HistoryHost): TemplateResult {
  const { error = null, loading = false } = snapshot ?? {};
  return html`<div class="screen" part="screen" role="alert">
    ${icon(error?.code === 'unauthorized' || error?.code === 'forbidden' ? 'locked' : 'offline')}
    <p class="headline">${localize.term('history.error.title')}</p>
    ${error ? html`<p>${localize.term(`error.${error.code}`)}</p>` : nothing}
    <button type="button" class="button" part="again" aria-disabled=${loading ? 'true' : 'false'} @click=${onRefresh}>
      ${icon('retry')}${localize.term('history.retry')}
    </button>
  </div>`;
}

/** Says that the browser filtered, over how many, and offers to look further back. */
export function renderSearched({ localize, snapshot, onFurther }: HistoryHost): TemplateResult | typeof nothing {
  if (snapshot?.by !== 'browser') return nothing;
  const { searched, exact, mayGoFurther, loading } = snapshot;
  return html`<p class="note searched" part="note" role="status">
    <span dir="auto">${localize.term(exact ? 'history.searchedAll' : 'history.searched', { count: searched })}</span>
    ${mayGoFurther
      ? html`<button type="button" class="button" part="further" aria-disabled=${loading ? 'true' : 'false'} @click=${onFurther}>
          ${loading ? icon('running', 'turning') : nothing}${localize.term('history.further')}
        </button>`
      : nothing}
  </p>`;
}
