import { html, nothing, type TemplateResult } from 'lit';
import type { CreateFormTerms } from '../../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../../i18n/localize.ts';
import { icon, type IconName } from '../../shared/icons.ts';
import type { Sender } from '../sender.ts';

export interface PanelContext {
  readonly localize: LocalizeController<CreateFormTerms>;
  readonly sender: Sender;
  readonly now: number;
  readonly onSendNow: () => void;
}

/** Why nothing is on its way yet, or what is waited for; nothing while all is well. */
export function renderSendState(context: PanelContext): TemplateResult | typeof nothing {
  const { localize, sender, now, onSendNow } = context;
  const { state } = sender;
  switch (state.kind) {
    case 'refused': {
      const { error, sentences } = state;
      return html`<div class="panel refusal" part="refusal" role="alert">
        ${icon('failure')}
        <div>
          <p><strong>${localize.term('form.refused')}</strong> ${localize.optionalTerm(`error.${error.code}`)}</p>
          ${sentences.map((sentence) => html`<p class="detail" dir="auto">${sentence}</p>`)}
          <p>${localize.term('form.retryHint')}</p>
        </div>
      </div>`;
    }
    case 'paused': {
      const left = Math.max(0, Math.ceil((state.until - now) / 1000));
      const time = localize.duration(left * 1000);
      return panel('waiting', 'pause', [
        // Spoken once: a countdown that is read out each second keeps nobody informed.
        html`<p role="timer" aria-live="off">${localize.term(state.again ? 'pause.auto' : 'pause.manual', { time })}</p>`,
        button(localize.term(state.again ? 'pause.stop' : 'pause.go'), sender.toggleAgain),
      ]);
    }
    case 'offline': {
      const text = state.back ? 'offline.back' : state.again ? 'offline.auto' : 'offline.text';
      const [word, act] = state.back
        ? [localize.term('offline.now'), onSendNow]
        : [localize.term(state.again ? 'pause.stop' : 'offline.go'), sender.toggleAgain];
      return panel('offline', 'offline', [html`<p>${localize.term(text)}</p>`, button(word, act)]);
    }
    case 'generating': {
      const time = localize.duration(now - state.since);
      return panel('running', 'generating', [
        html`<p>${localize.term('generate.text')}</p>`,
        html`<div class="bar" role="progressbar" aria-label=${localize.term('form.submitting')}><span></span></div>`,
        html`<p role="timer" aria-live="off">${localize.term('generate.elapsed', { time })}</p>`,
        button(localize.term('generate.stop'), sender.stop),
      ]);
    }
    default:
      return nothing;
  }
}

function panel(name: IconName, part: string, content: readonly TemplateResult[]): TemplateResult {
  return html`<div class="panel note-panel" part=${part}>${icon(name)}<div>${content}</div></div>`;
}

function button(word: string, act: () => void): TemplateResult {
  return html`<button type="button" class="button" @click=${act}>${word}</button>`;
}

/** What was there before a reload: since when, and whether it may already be on its way. */
export function renderRestored(
  { localize, now }: Pick<PanelContext, 'localize' | 'now'>,
  { savedAt, pending }: { readonly savedAt: number; readonly pending: boolean },
  onDiscard: () => void,
): TemplateResult {
  return html`<div class="panel note-panel" part="restored">
    ${icon('retry')}
    <div>
      <p role="status">
        ${localize.term('draft.restored', { time: localize.moment(savedAt, now) })} ${pending ? localize.term('draft.pending') : nothing}
      </p>
      <button type="button" class="button" @click=${onDiscard}>${localize.term('draft.discard')}</button>
    </div>
  </div>`;
}
