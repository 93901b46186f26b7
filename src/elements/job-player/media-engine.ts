/** What the controls read. Fields are absent until the engine has seen the video; times are in seconds. */
export interface PlayerState {
  readonly mediaPaused?: boolean;
  readonly mediaEnded?: boolean;
  readonly mediaLoading?: boolean;
  readonly mediaCurrentTime?: number;
  readonly mediaDuration?: number;
  readonly mediaBuffered?: readonly (readonly number[])[];
  /** 0..1 */
  readonly mediaVolume?: number;
  readonly mediaVolumeLevel?: string;
  /** Set, like the others of its kind, where the browser cannot do it. */
  readonly mediaVolumeUnavailable?: string | undefined;
  readonly mediaSubtitlesList?: readonly object[];
  readonly mediaSubtitlesShowing?: readonly object[];
  readonly mediaIsPip?: boolean;
  readonly mediaPipUnavailable?: string | undefined;
  readonly mediaIsFullscreen?: boolean;
  readonly mediaFullscreenUnavailable?: string | undefined;
}

export interface MediaEngine {
  dispatch(request: { type: string; detail?: unknown }): void;
  subscribe(listener: (state: PlayerState) => void): () => void;
}

/**
 * Media Chrome's media store: what is playing, and play, seek, captions, full screen and picture-in-picture across browsers.
 * Its elements are left out: they put `<style>` into their shadow roots, which a strict Content-Security-Policy refuses, and
 * their language is one per page.
 */
export async function createMediaEngine(media: HTMLVideoElement, fullscreenElement: HTMLElement): Promise<MediaEngine> {
  const { createMediaStore } = await import('media-chrome/media-store/media-store');
  return createMediaStore({
    media,
    fullscreenElement,
    documentElement: document,
    // The page's storage is the page's own.
    options: { noVolumePref: true, noMutedPref: true, noSubtitlesLangPref: true },
  });
}

/** Takes the engine's listeners off the video and the document; leaving it unsubscribed would keep them there. */
export function disposeMediaEngine(engine: MediaEngine): void {
  engine.dispatch({ type: 'mediaelementchangerequest', detail: undefined });
  engine.dispatch({ type: 'documentelementchangerequest', detail: undefined });
}
