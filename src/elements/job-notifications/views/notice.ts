import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icons.ts';
import type { Notice } from '../hub.ts';
import { linkOf, lookOf, reasonOf, textOf, type NoticeWords } from '../words.ts';

/** The mark of how it went. */
export function renderTone(notice: Notice): TemplateResult {
  const { tone, icon: image } = lookOf(notice);
  return html`<span class="tone" data-tone=${tone}>${icon(image)}</span>`;
}

export function renderReason(notice: Notice, localize: NoticeWords): TemplateResult | typeof nothing {
  const reason = reasonOf(notice, localize);
  return reason === null ? nothing : html`<p dir="auto" class="reason">${reason}</p>`;
}

/** @param onClick called beside following the link */
export function renderLink(notice: Notice, jobUrl: string, localize: NoticeWords, onClick: (event: Event) => void): TemplateResult | typeof nothing {
  const link = linkOf(notice, jobUrl, localize);
  if (link === null) return nothing;
  return html`<a
    part="link"
    href=${link.url}
    target=${link.away ? '_blank' : nothing}
    rel=${link.away ? 'noopener' : nothing}
    aria-label=${localize.term('notices.about', { action: link.label, text: textOf(notice, localize) })}
    @click=${onClick}
    >${link.label}</a
  >`;
}
