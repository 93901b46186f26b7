import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../shared/icons.ts';
import type { Notice } from '../hub.ts';
import { moveInList } from '../list-keys.ts';
import { textOf, type NoticeWords } from '../words.ts';
import { renderLink, renderReason, renderTone } from './notice.ts';

export interface PanelModel {
  readonly notices: readonly Notice[];
  readonly unread: number;
  /** Ms since the epoch. */
  readonly now: number;
  readonly jobUrl: string;
  readonly desktop: { readonly on: boolean; readonly permission: NotificationPermission | 'unsupported' };
  readonly onRead: (event: Event) => void;
  readonly onReadAll: () => void;
  readonly onDesktop: () => void;
}

/** The list behind the bell. */
export function renderPanel(model: PanelModel, localize: NoticeWords): TemplateResult {
  const { notices, unread } = model;
  return html`<header>
      <h2>${localize.term('notices.label')}</h2>
      ${notices.length === 0
        ? nothing
        : html`<button type="button" class="button" part="read-all" aria-disabled=${unread === 0 ? 'true' : 'false'} @click=${model.onReadAll}>
            ${localize.term('notices.readAll')}
          </button>`}
    </header>
    ${notices.length === 0
      ? html`<div class="empty" part="empty">
          ${icon('bell')}
          <p class="headline">${localize.term('notices.empty.title')}</p>
          <p>${localize.term('notices.empty.text')}</p>
        </div>`
      : html`<ul class="list" part="list" aria-label=${localize.term('notices.label')} @keydown=${moveInList}>
          ${repeat(notices, ({ name }) => name, (notice, index) => renderItem(notice, index, model, localize))}
        </ul>`}
    ${renderDesktop(model, localize)}`;
}

function renderItem(notice: Notice, index: number, { now, jobUrl, onRead }: PanelModel, localize: NoticeWords): TemplateResult {
  const { name, at, read } = notice;
  const text = textOf(notice, localize);
  const label = localize.term('notices.read', { text });
  return html`<li class=${read ? 'item' : 'item unread'} part="item" data-name=${name} tabindex=${index === 0 ? '0' : '-1'}>
    ${renderTone(notice)}
    <div class="words">
      <p dir="auto" class="text">${read ? nothing : html`<span class="hidden-text">${localize.term('notices.new')}: </span>`}${text}</p>
      ${renderReason(notice, localize)}
      <p class="about">
        <time datetime=${new Date(at).toISOString()} dir="auto">${localize.relativeTime(Math.min(at, now), now)}</time>
        ${renderLink(notice, jobUrl, localize, onRead)}
      </p>
    </div>
    ${read
      ? nothing
      : html`<button type="button" class="button icon-only" part="read" aria-label=${label} title=${label} @click=${onRead}>${icon('done')}</button>`}
  </li>`;
}

/** Asked for by the user's own click alone. */
function renderDesktop({ desktop: { on, permission }, onDesktop }: PanelModel, localize: NoticeWords): TemplateResult {
  const possible = permission === 'granted' || permission === 'default';
  const text = possible ? 'notices.desktop.text' : permission === 'denied' ? 'notices.desktop.denied' : 'notices.desktop.unsupported';
  return html`<footer>
    <button
      type="button"
      class="switch"
      part="desktop"
      role="switch"
      aria-checked=${on ? 'true' : 'false'}
      aria-disabled=${possible ? 'false' : 'true'}
      aria-describedby="desktop-text"
      @click=${onDesktop}
    >
      <span>${localize.term('notices.desktop')}</span><span class="knob" aria-hidden="true"></span>
    </button>
    <p id="desktop-text">${localize.term(text)}</p>
  </footer>`;
}
