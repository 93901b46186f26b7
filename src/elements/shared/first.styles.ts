import { css } from 'lit';

/**
 * The looks that a page can change, each by a `--job-*` custom property set anywhere above the element. Inside, styles read
 * the private twin (`--_text` for `--job-text`), which has the default.
 *
 * | property | meaning |
 * | --- | --- |
 * | `--job-surface`, `--job-text`, `--job-text-muted`, `--job-border` | the ground, the words on it, its lines |
 * | `--job-accent`, `--job-on-accent` | progress, links and the main button; the words on that button |
 * | `--job-success`, `--job-danger`, `--job-warning` | how it went |
 * | `--job-radius`, `--job-radius-small` | corners of panels, and of buttons and the like |
 * | `--job-border-width` | all lines |
 * | `--job-space` | one step of space; everything else is a multiple |
 * | `--job-density` | factor on all space: 0.75 is tight, 1.25 is airy |
 * | `--job-motion-duration` | length of movements; 0s stands still |
 *
 * Light or dark follows the page's `color-scheme`.
 */
export const firstTokens = css`
  :host {
    --_surface: var(--job-surface, light-dark(#fff, #16181d));
    --_text: var(--job-text, light-dark(#1a1f29, #e8eaf0));
    --_muted: var(--job-text-muted, light-dark(#596275, #a3abbb));
    --_border: var(--job-border, light-dark(#dde1e9, #363b47));
    --_accent: var(--job-accent, light-dark(#3457d5, #8ea8ff));
    --_success: var(--job-success, light-dark(#1a7146, #62cf97));
    --_danger: var(--job-danger, light-dark(#b42524, #ff9a92));
    --_warning: var(--job-warning, light-dark(#865600, #edc264));
    --_track: color-mix(in srgb, var(--_text) 10%, transparent);
    --_radius: var(--job-radius, 0.75rem);
    --_radius-small: var(--job-radius-small, 0.375rem);
    --_line: var(--job-border-width, 1px);
    --_u: calc(var(--job-space, 0.25em) * var(--job-density, 1));
    --_motion: var(--job-motion-duration, 0.3s);
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0s;
    }
  }
`;

/** Ground rules of every element: box model, `hidden`, text that only screen readers hear. */
export const base = css`
  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  p,
  dl,
  dd,
  ol,
  ul {
    margin: 0;
    padding: 0;
  }

  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;
