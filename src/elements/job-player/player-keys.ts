import type { PlayerState } from './media-engine.ts';

/** Seconds that an arrow key moves the video by. */
const SEEK_STEP = 5;
const VOLUME_STEP = 0.05;

/** A request to the engine, or to do the opposite of what the video does now. */
export type PlayerAction = 'toggle-play' | EngineRequest;

interface EngineRequest {
  readonly type: string;
  readonly detail?: unknown;
}

/** What a key does here; `null` leaves it to the control that has the focus, or to the page. */
export function playerAction(event: KeyboardEvent, state: PlayerState): PlayerAction | null {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return null;
  const target = event.composedPath()[0] as HTMLElement;
  const onVolume = target.classList.contains('volume');
  const onSeek = target.classList.contains('seek');
  const seek = (by: number): PlayerAction => ({
    type: 'mediaseekrequest',
    detail: Math.min(Math.max((state.mediaCurrentTime ?? 0) + by, 0), state.mediaDuration || Infinity),
  });
  const volume = (by: number): PlayerAction => ({
    type: 'mediavolumerequest',
    detail: Math.min(Math.max((state.mediaVolume ?? 1) + by, 0), 1),
  });

  switch (event.key) {
    case ' ':
      // Space presses the button that has the focus.
      return target.localName === 'button' || target.localName === 'a' ? null : 'toggle-play';
    case 'k':
      return 'toggle-play';
    case 'ArrowLeft':
      return onVolume ? null : seek(-SEEK_STEP);
    case 'ArrowRight':
      return onVolume ? null : seek(SEEK_STEP);
    case 'ArrowDown':
      if (onVolume) return null;
      return onSeek ? seek(-SEEK_STEP) : volume(-VOLUME_STEP);
    case 'ArrowUp':
      if (onVolume) return null;
      return onSeek ? seek(SEEK_STEP) : volume(VOLUME_STEP);
    case 'm':
      return { type: state.mediaVolumeLevel === 'off' ? 'mediaunmuterequest' : 'mediamuterequest' };
    case 'c':
      return state.mediaSubtitlesList?.length ? { type: 'mediatogglesubtitlesrequest' } : null;
    case 'f':
      if (state.mediaFullscreenUnavailable) return null;
      return { type: state.mediaIsFullscreen ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest' };
    default:
      return null;
  }
}
