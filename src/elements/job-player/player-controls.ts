import { html, nothing, type TemplateResult } from 'lit';
import type { LocalizeController } from '../../i18n/localize.ts';
import type { PlayerTerms } from '../../i18n/player/index.ts';
import { icon, type PlayerIcon } from './icons.ts';
import { formatClock } from './format-clock.ts';
import type { PlayerState } from './media-engine.ts';

/** What the controls need of the player: words, the state of the video, and where requests go. */
export interface ControlsContext {
  readonly state: PlayerState;
  readonly localize: LocalizeController<PlayerTerms>;
  /** Where the user is dragging the time slider to, in seconds; `null` while not dragging. */
  readonly seekingTo: number | null;
  readonly request: (type: string, detail?: unknown) => void;
  readonly onSeekInput: (event: Event) => void;
  readonly onSeekEnd: () => void;
  readonly onVolumeInput: (event: Event) => void;
}

function button(
  part: string,
  image: PlayerIcon,
  label: string,
  onClick: () => void,
  pressed?: boolean,
): TemplateResult {
  return html`<button
    type="button"
    class=${part}
    part="button ${part}"
    aria-label=${label}
    title=${label}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${onClick}
  >
    ${icon(image)}
  </button>`;
}

/** The control bar. Times run from left to right in every language, as on every other player. */
export function renderControls(context: ControlsContext): TemplateResult {
  const { state, localize, request } = context;
  const duration = Number.isFinite(state.mediaDuration) ? (state.mediaDuration ?? 0) : 0;
  const at = Math.min(context.seekingTo ?? state.mediaCurrentTime ?? 0, duration || Infinity);
  const now = formatClock(at, localize);
  const total = formatClock(duration, localize);
  const paused = state.mediaPaused ?? true;
  const silent = state.mediaVolumeLevel === 'off';
  const captioned = (state.mediaSubtitlesShowing?.length ?? 0) > 0;

  return html`<div class="controls" part="controls" dir="ltr">
    <input
      class="seek"
      part="seek"
      type="range"
      min="0"
      max=${duration || 1}
      step="any"
      .value=${String(at)}
      ?disabled=${duration === 0}
      aria-label=${localize.term('player.seek')}
      aria-valuetext=${localize.term('player.position', { time: now, total })}
      @input=${context.onSeekInput}
      @change=${context.onSeekEnd}
    />
    <div class="row">
      ${paused
        ? button('play', state.mediaEnded ? 'replay' : 'play', localize.term('player.play'), () => request('mediaplayrequest'))
        : button('play', 'pause', localize.term('player.pause'), () => request('mediapauserequest'))}
      <span class="time" part="time">${now}<span class="total"> / ${total}</span></span>
      <span class="gap"></span>
      ${silent
        ? button('mute', 'muted', localize.term('player.unmute'), () => request('mediaunmuterequest'))
        : button('mute', 'sound', localize.term('player.mute'), () => request('mediamuterequest'))}
      ${state.mediaVolumeUnavailable
        ? nothing
        : html`<input
            class="volume"
            part="volume"
            type="range"
            min="0"
            max="1"
            step="0.05"
            .value=${String(silent ? 0 : (state.mediaVolume ?? 1))}
            aria-label=${localize.term('player.volume')}
            aria-valuetext=${localize.percent(silent ? 0 : (state.mediaVolume ?? 1))}
            @input=${context.onVolumeInput}
          />`}
      ${state.mediaSubtitlesList?.length
        ? button(
            'captions',
            'captions',
            localize.term('player.captions'),
            () => request('mediatogglesubtitlesrequest'),
            captioned,
          )
        : nothing}
      ${state.mediaPipUnavailable
        ? nothing
        : button(
            'pip',
            'pip',
            localize.term('player.pip'),
            () => request(state.mediaIsPip ? 'mediaexitpiprequest' : 'mediaenterpiprequest'),
            state.mediaIsPip ?? false,
          )}
      ${state.mediaFullscreenUnavailable
        ? nothing
        : state.mediaIsFullscreen
          ? button('fullscreen', 'windowed', localize.term('player.exitFullscreen'), () =>
              request('mediaexitfullscreenrequest'),
            )
          : button('fullscreen', 'fullscreen', localize.term('player.fullscreen'), () =>
              request('mediaenterfullscreenrequest'),
            )}
    </div>
  </div>`;
}
