import { html, nothing, type TemplateResult } from 'lit';
import type { Page } from '../browser.ts';
import { PAGE } from '../browser.ts';
import type { BulkWords } from '../words.ts';
import { bulkIcon } from './icons.ts';

/** Back and forth between pages; nothing where one is enough. `onPage` finds the step in `data-step`. */
export function renderPager({ from, to, total }: Page<unknown>, words: BulkWords, onPage: (event: Event) => void): TemplateResult | typeof nothing {
  if (total <= PAGE) return nothing;
  return html`<nav class="pager" part="pager" aria-label=${words.term('pages.label')}>
    ${step(-1, 'pages.previous', 'back', from <= 1)}
    <bdi class="range">${words.term('pages.range', { from, to, total })}</bdi>
    ${step(1, 'pages.next', 'forth', to >= total)}
  </nav>`;

  function step(by: number, label: 'pages.previous' | 'pages.next', icon: 'back' | 'forth', end: boolean): TemplateResult {
    return html`<button
      type="button"
      class="button icon-only"
      data-step=${by}
      aria-label=${words.term(label)}
      aria-disabled=${end ? 'true' : 'false'}
      @click=${end ? null : onPage}
    >
      ${bulkIcon(icon, 'directed')}
    </button>`;
  }
}
