import { css } from 'lit';
import { base as firstBase, firstTokens } from './first.styles.ts';

/** Sentences run in their own direction (English on an Arabic page, say), so that they end where they should, and stand at the page's own edge. */
const sentences = css`
  p,
  p > span {
    unicode-bidi: plaintext;
  }

  p {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
`;

/** Ground rules of all elements but the first picture of `<job-status>`. */
export const base = [firstBase, sentences];

/** The tokens that no first picture has, and those where the reader asks for more contrast, or sets the colours. */
export const laterTokens = css`
  :host {
    --_on-accent: var(--job-on-accent, light-dark(#fff, #10152b));
  }

  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_border: var(--_text);
      --_track: color-mix(in srgb, var(--_text) 25%, transparent);
    }
  }

  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_text: CanvasText;
      --_muted: CanvasText;
      --_border: CanvasText;
      --_accent: Highlight;
      --_on-accent: HighlightText;
      --_success: CanvasText;
      --_danger: CanvasText;
      --_warning: CanvasText;
      --_track: Canvas;
    }
  }
`;

/** All tokens; `first.styles.ts` lists them. */
export const tokens = [firstTokens, laterTokens];
