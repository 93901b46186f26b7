import { html, nothing, type TemplateResult } from 'lit';
import type { StatusModel } from '../status-model.ts';

/** `waiting` until the player's code is here; `failed` when it cannot be loaded: the browser's own player stands in. */
export type PlayerState = 'waiting' | 'ready' | 'failed';

export function renderResult(model: StatusModel, player: PlayerState, captionsLang: string): TemplateResult | typeof nothing {
  const { showing, kind } = model;
  if (kind !== 'success') return nothing;
  if (showing.kind !== 'video') return html`<slot name="result"></slot>`;
  return html`<div class="result" part="result">
    <slot name="result">${renderVideo(model, showing, player, captionsLang)}</slot>
  </div>`;
}

function renderVideo(
  { job, localize, title }: StatusModel,
  { url, poster, captions }: Extract<StatusModel['showing'], { kind: 'video' }>,
  player: PlayerState,
  captionsLang: string,
): TemplateResult {
  const label = localize.term('result.video', { title });
  if (player === 'ready') {
    return html`<job-player
      class="video"
      part="player"
      exportparts="stage, video, controls"
      src=${url}
      poster=${poster ?? nothing}
      captions=${captions ?? nothing}
      captions-lang=${captionsLang || nothing}
      label=${label}
      resolution=${job?.result?.resolution ?? nothing}
    ></job-player>`;
  }
  if (player === 'failed') {
    return html`<video class="video plain" part="player" controls playsinline preload="metadata" aria-label=${label} src=${url} poster=${poster ?? nothing}></video>`;
  }
  return html`<div class="video plain">${poster === null ? nothing : html`<img src=${poster} alt="" />`}</div>`;
}

/**
 * Gives the picture its room before it has loaded: `"1080x1920"` → `1080 / 1920`. Only sane shapes count. By script: a style
 * attribute would be against a strict policy.
 */
export function shapeVideo(root: ParentNode, resolution: string | null | undefined): void {
  const video = root.querySelector<HTMLElement>('.video.plain');
  const [, width, height] = /^(\d{2,5})\s*[x×]\s*(\d{2,5})$/i.exec(resolution?.trim() ?? '') ?? [];
  if (video === null || width === undefined || height === undefined) return;
  const ratio = Number(width) / Number(height);
  if (ratio > 0.2 && ratio < 5) video.style.aspectRatio = `${width} / ${height}`;
}
