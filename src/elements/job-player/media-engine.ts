import type { MediaState, MediaStore } from 'media-chrome/media-store/media-store';

export type { MediaStore };

/** What the controls read. Fields are absent until the engine has seen the video. */
export type PlayerState = Partial<MediaState>;

/**
 * Media Chrome's media store: what is playing, and play, seek, captions, full screen and picture-in-picture across browsers.
 * Its elements are left out: they put `<style>` into their shadow roots, which a strict Content-Security-Policy refuses, and
 * their language is one per page.
 */
export async function createMediaEngine(media: HTMLVideoElement, fullscreenElement: HTMLElement): Promise<MediaStore> {
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
export function disposeMediaEngine(engine: MediaStore): void {
  engine.dispatch({ type: 'mediaelementchangerequest', detail: undefined });
  engine.dispatch({ type: 'documentelementchangerequest', detail: undefined });
}
