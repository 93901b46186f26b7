import { html, nothing, type TemplateResult } from 'lit';
import { drawIcon } from '../../shared/status-icons.ts';
import type { HistoryHost } from '../history-contract.ts';
import { pageOf } from '../history-view.ts';

const BACK = 'M12.5 4.5L7 10l5.5 5.5';
const FORTH = 'M7.5 4.5L13 10l-5.5 5.5';
const FIRST = 'M15 4.5L9.5 10l5.5 5.5M5.5 4.5v11';
const LAST = 'M5 4.5l5.5 5.5L5 15.5M14.5 4.5v11';

/**
 * Offers only pages that are there: the last one by name only where the number of jobs can be relied on, and none further on
 * while the answer that tells of them is on its way.
 */
export function renderPager(host: HistoryHost): TemplateResult | typeof nothing {
  const { localize, shown, view, waiting } = host;
  if (!shown || (shown.page === 1 && !shown.hasNext)) return nothing;
  const { pageSize, total, exact } = shown;
  const page = waiting ? pageOf(view) : shown.page;
  const hasNext = shown.hasNext && !waiting;
  const pages = exact ? Math.max(page, Math.ceil(total / pageSize)) : null;
  const button = (to: number, name: 'first' | 'previous' | 'next' | 'last', path: string, off: boolean): TemplateResult => html`<button
    type="button"
    class="button icon-only"
    part="button ${name}"
    data-page=${to}
    title=${localize.term(`history.${name}`)}
    aria-label=${localize.term(`history.${name}`)}
    aria-disabled=${off ? 'true' : 'false'}
    @click=${host.onPage}
  >
    ${drawIcon(path, 'turns')}
  </button>`;
  return html`<nav class="pager" part="pager" aria-label=${localize.term('history.pages')}>
    ${button(1, 'first', FIRST, page === 1)} ${button(page - 1, 'previous', BACK, page === 1)}
    <span class="where" dir="auto">
      ${pages === null ? localize.term('history.page', { page }) : localize.term('history.pageOf', { page, pages })}
    </span>
    ${button(page + 1, 'next', FORTH, !hasNext)} ${pages === null ? nothing : button(pages, 'last', LAST, !hasNext)}
  </nav>`;
}
