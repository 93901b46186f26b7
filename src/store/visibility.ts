import type { Visibility } from '../channels/loop.ts';

/** Without a document, the page counts as seen. */
export const pageVisibility: Visibility = {
  get visible() {
    return globalThis.document?.visibilityState !== 'hidden';
  },
  subscribe(listener) {
    const page = globalThis.document;
    if (!page) return () => {};
    // A page that comes back from the back/forward cache was frozen; not every engine says so by visibility.
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) listener();
    };
    page.addEventListener('visibilitychange', listener);
    globalThis.addEventListener('pageshow', shown);
    return () => {
      page.removeEventListener('visibilitychange', listener);
      globalThis.removeEventListener('pageshow', shown);
    };
  },
};
