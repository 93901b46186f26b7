import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icons.ts';
import { estimateSpeech, fitOf } from '../speech.ts';
import type { FieldContext } from './field-context.ts';

/** How much there is to say, and whether it fits the length asked for. */
export function renderSpeech({ localize, text, disabled, onUseLength }: Pick<FieldContext, 'localize' | 'text' | 'disabled' | 'onUseLength'>): TemplateResult {
  const { count, unit, seconds } = estimateSpeech(text('script_content'), text('language'));
  const duration = Number(text('duration'));
  const comparable = seconds > 0 && duration > 0;
  const fit = comparable ? fitOf(seconds, duration) : null;
  const apart = localize.duration(Math.abs(seconds - duration) * 1000);
  return html`<p class="speech" id="script_content-speech" part="speech">
    <span dir="auto">${localize.term(unit === 'words' ? 'speech.words' : 'speech.characters', { count })}</span>
    ${seconds > 0 ? html`<span dir="auto">${localize.term('speech.spoken', { time: localize.duration(seconds * 1000) })}</span>` : nothing}
    ${fit === 'fits' ? html`<span class="fits">${icon('done')}${localize.term('speech.fits')}</span>` : nothing}
    ${fit === 'long' ? html`<span class="misfit" dir="auto">${localize.term('speech.long', { time: apart })}</span>` : nothing}
    ${fit === 'short' ? html`<span class="misfit" dir="auto">${localize.term('speech.short', { time: apart })}</span>` : nothing}
    ${(fit === 'long' || fit === 'short') && onUseLength
      ? html`<button type="button" class="link" ?disabled=${disabled} data-seconds=${seconds} @click=${onUseLength}>
          ${localize.term('speech.use', { time: localize.duration(seconds * 1000) })}
        </button>`
      : nothing}
  </p>`;
}
