import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../../shared/icons.ts';
import type { StatusActions } from '../status-actions.ts';
import type { StatusModel } from '../status-model.ts';

interface Look {
  readonly name: string;
  readonly icon: IconName;
  readonly label: string;
  readonly extra?: string;
}

export function renderActions(model: StatusModel, host: StatusActions): TemplateResult {
  if (host.asking && model.mayCancel) return renderQuestion(model, host);
  return html`<div class="actions" part="actions">
    ${renderDownload(model, host)} ${renderCopy(model, host)} ${renderRetry(model, host)} ${renderRefresh(model, host)}
    ${renderNotice(model, host)} ${renderCancel(model, host)}
    <slot name="actions"></slot>
  </div>`;
}

/** In place of the buttons, so that the eye and the pointer stay where they are. */
function renderQuestion({ localize }: StatusModel, host: StatusActions): TemplateResult {
  return html`<div class="question" part="question" role="group" aria-labelledby="question" @keydown=${host.onQuestionKey}>
    <span id="question">${localize.term('cancel.question')}</span>
    <button class="button danger" part="button cancel-yes" type="button" ?disabled=${host.disabled} @click=${host.onCancel}>
      ${localize.term('cancel.yes')}
    </button>
    <button class="button" part="button cancel-no" type="button" data-focus="question" @click=${host.onKeep}>
      ${localize.term('cancel.no')}
    </button>
  </div>`;
}

function content(look: Look, small: boolean): TemplateResult {
  return html`${icon(look.icon)}<span class=${small ? 'hidden-text' : ''}>${look.label}</span>`;
}

const classes = (look: Look, small: boolean): string => `button ${small ? 'icon-only' : (look.extra ?? '')}`;

function renderButton(look: Look, host: StatusActions, onClick: () => void): TemplateResult {
  return html`<button
    class=${classes(look, host.small)}
    part="button ${look.name}"
    type="button"
    data-focus=${look.name}
    title=${host.small ? look.label : nothing}
    ?disabled=${host.disabled}
    @click=${onClick}
  >${content(look, host.small)}</button>`;
}

/** Another origin's file cannot be forced to download: it opens in a tab of its own instead of taking the page away. */
function renderDownload({ showing, localize, kind }: StatusModel, host: StatusActions): TemplateResult | typeof nothing {
  if (kind !== 'success' || showing.kind === 'nothing') return nothing;
  const video = showing.kind === 'video';
  const look: Look = video
    ? { name: 'download', icon: 'download', label: localize.term('action.download'), extra: 'main' }
    : { name: 'open', icon: 'open', label: localize.term('action.open'), extra: 'main' };
  if (host.disabled) return renderButton(look, host, () => undefined);
  const away = !video || new URL(showing.url).origin !== location.origin;
  return html`<a
    class=${classes(look, host.small)}
    part="button ${look.name}"
    data-focus=${look.name}
    title=${host.small ? look.label : nothing}
    href=${showing.url}
    download=${video ? host.downloadName : nothing}
    target=${away ? '_blank' : nothing}
    rel=${away ? 'noopener' : nothing}
  >${content(look, host.small)}</a>`;
}

function renderCopy({ localize, kind }: StatusModel, host: StatusActions): TemplateResult | typeof nothing {
  if (kind !== 'success' || host.link === null) return nothing;
  const look: Look = host.copied
    ? { name: 'copy', icon: 'done', label: localize.term('action.copied') }
    : { name: 'copy', icon: 'link', label: localize.term('action.copyLink') };
  return renderButton(look, host, host.onCopy);
}

function renderRetry(model: StatusModel, host: StatusActions): TemplateResult | typeof nothing {
  if (!model.mayRetry) return nothing;
  const extra = model.kind === 'failure' ? 'main' : '';
  return renderButton({ name: 'retry', icon: 'retry', label: model.localize.term('action.retry'), extra }, host, host.onRetry);
}

function renderRefresh({ kind, trouble, localize }: StatusModel, host: StatusActions): TemplateResult | typeof nothing {
  const useful = ['not-found', 'unauthorized', 'forbidden', 'unreachable'].includes(kind) || trouble !== null;
  if (!useful) return nothing;
  return renderButton({ name: 'refresh', icon: 'retry', label: localize.term('action.check') }, host, host.onRefresh);
}

function renderNotice({ running, localize }: StatusModel, host: StatusActions): TemplateResult | typeof nothing {
  if (!running || !host.offersNotice) return nothing;
  const label = localize.term(host.telling ? 'action.notifyOff' : 'action.notify');
  return renderButton({ name: 'notify', icon: 'bell', label }, host, host.onNotice);
}

function renderCancel(model: StatusModel, host: StatusActions): TemplateResult | typeof nothing {
  if (!model.mayCancel) return nothing;
  return renderButton({ name: 'cancel', icon: 'cross', label: model.localize.term('action.cancel') }, host, host.onAsk);
}
