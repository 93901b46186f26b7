import { html, type TemplateResult } from 'lit';
import type { CreateFormTerms } from '../../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../../i18n/localize.ts';

export type Mode = 'single' | 'bulk';

/** One video or many. */
export function renderModes(localize: LocalizeController<CreateFormTerms>, mode: Mode, onMode: (event: Event) => void): TemplateResult {
  const choice = (value: Mode): TemplateResult =>
    html`<label class="mode">
      <input type="radio" name="mode" .value=${value} ?checked=${mode === value} @change=${onMode} />
      <span>${localize.term(`mode.${value}`)}</span>
    </label>`;
  return html`<div class="modes" part="modes" role="radiogroup" aria-label=${localize.term('mode.label')}>
    ${choice('single')} ${choice('bulk')}
  </div>`;
}

/** While the code for many videos is on its way, or when it did not come. */
export function renderModeState(localize: LocalizeController<CreateFormTerms>, failed: boolean, onAgain: () => void): TemplateResult {
  if (!failed) return html`<p class="note" role="status">${localize.term('mode.loading')}</p>`;
  return html`<div class="panel refusal" role="alert">
    <div>
      <p>${localize.term('mode.failed')}</p>
      <button type="button" class="button" @click=${onAgain}>${localize.term('mode.again')}</button>
    </div>
  </div>`;
}
