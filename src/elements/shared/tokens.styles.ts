import { css } from 'lit';
import { firstTokens } from './first.styles.ts';

export { base } from './first.styles.ts';

/** The tokens where the reader asks for more contrast, or sets the colours. */
export const tokensContrast = css`
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
export const tokens = [firstTokens, tokensContrast];
