import { html, nothing, type TemplateResult } from 'lit';
import { moment } from '../../../i18n/amounts.ts';
import { icon } from '../../shared/icons.ts';
import type { StatusModel } from '../status-model.ts';

/** Longer than this, or in several lines, an error folds: its first line tells enough. */
const LONG = 240;

/** What the backend said of the failure, as plain text. */
export function renderError({ kind, job, localize }: StatusModel): TemplateResult | typeof nothing {
  if (kind !== 'failure') return nothing;
  const text = job?.error?.trim() || localize.term('failure.noReason');
  const first = text.split('\n', 1)[0] as string;
  const short = first.length > LONG ? `${first.slice(0, LONG)}…` : first;
  return html`<div class="panel" part="error" data-tone="danger">
    ${icon('failure')}
    <div class="panel-text">
      <slot name="error"><p>${short}</p>
      ${short === text
        ? nothing
        : html`<details><summary>${localize.term('failure.details')}</summary><pre tabindex="0">${text}</pre></details>`}</slot>
    </div>
  </div>`;
}

/** The page's own connection: what is shown stays, with the time as of which it is true. */
export function renderConnection(model: StatusModel, now: number): TemplateResult | typeof nothing {
  const text = connectionText(model, now);
  if (text === null) return nothing;
  return html`<div class="panel" part="connection" data-tone="warning">${icon('offline')}<p class="panel-text">${text}</p></div>`;
}

/** The connection note where there is no room for words: they are there on hover, and for screen readers. */
export function renderTrouble(model: StatusModel, now: number): TemplateResult | typeof nothing {
  const text = connectionText(model, now);
  if (text === null) return nothing;
  return html`<span class="trouble" part="connection" title=${text}>${icon('offline')}<span class="hidden-text">${text}</span></span>`;
}

export function connectionText({ trouble, job, snapshot, localize }: StatusModel, now: number): string | null {
  if (trouble === null || job === null) return null;
  const since = snapshot?.freshness.since ?? null;
  const asOf = since === null ? '' : ` ${localize.term('connection.asOf', { time: moment(localize, since, now) })}`;
  return (trouble === 'offline' ? localize.term('connection.offline') : staleText(snapshot, localize)) + asOf;
}

/** An answer that refuses is another thing than no answer. */
function staleText(snapshot: StatusModel['snapshot'], localize: StatusModel['localize']): string {
  const code = snapshot?.error?.code;
  if (code === undefined || code === 'network' || code === 'offline') return localize.term('connection.lost');
  return localize.term(`error.${code}`);
}

/** What came of an action: a refusal, or the truth about a cancel that came too late. */
export interface Notice {
  readonly tone: 'warning' | 'info';
  readonly text: string;
}

export function renderNoticePanel(notice: Notice | null): TemplateResult | typeof nothing {
  if (notice === null) return nothing;
  return html`<div class="panel" part="notice" data-tone=${notice.tone}>${icon('failure')}<p class="panel-text">${notice.text}</p></div>`;
}
