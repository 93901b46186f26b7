import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../shared/icons.ts';
import type { Notice } from '../hub.ts';
import { endingOf, textOf, type NoticeWords } from '../words.ts';
import { renderLink, renderReason, renderTone } from './notice.ts';

export interface ToastActions {
  readonly jobUrl: string;
  readonly onClose: (event: Event) => void;
  readonly onCloseAll: () => void;
}

/** Those on show, the newest last. */
export function renderToasts(notices: readonly Notice[], waiting: number, localize: NoticeWords, actions: ToastActions): TemplateResult {
  return html`${waiting > 0 || notices.length > 1
      ? html`<p class="rest">
          ${waiting > 0 ? html`<span>${localize.term('notices.more', { count: waiting })}</span>` : nothing}
          <button type="button" class="button" part="close-all" @click=${actions.onCloseAll}>${localize.term('notices.closeAll')}</button>
        </p>`
      : nothing}
    <ol class="stack">
      ${repeat(notices, ({ name }) => name, (notice) => renderToast(notice, localize, actions))}
    </ol>`;
}

function renderToast(notice: Notice, localize: NoticeWords, { jobUrl, onClose }: ToastActions): TemplateResult {
  const text = textOf(notice, localize);
  const close = localize.term('notices.close', { text });
  return html`<li class="toast" part="toast" data-name=${notice.name} data-status=${endingOf(notice)}>
    ${renderTone(notice)}
    <div class="words">
      <p dir="auto" class="text">${text}</p>
      ${renderReason(notice, localize)} ${renderLink(notice, jobUrl, localize, onClose)}
    </div>
    <button type="button" class="button icon-only close" part="close" aria-label=${close} title=${close} @click=${onClose}>
      ${icon('cross')}
    </button>
  </li>`;
}
