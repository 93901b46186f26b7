import { css } from 'lit';

export { badge } from './badge.styles.ts';

/** Buttons, and links that look like them: `.button`, `.button.main` for the one that matters most, `.button.icon-only`. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_u) * 1.5);
    min-block-size: 2.25em;
    min-inline-size: 2.25em;
    margin: 0;
    padding: calc(var(--_u) * 0.5) calc(var(--_u) * 3);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 0.875em;
    font-weight: 500;
    line-height: 1.3;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition: background-color calc(var(--_motion) / 2);
  }

  .button:hover {
    background: color-mix(in srgb, var(--_text) 6%, var(--_surface));
  }

  .button:active {
    background: color-mix(in srgb, var(--_text) 11%, var(--_surface));
  }

  .button.main {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .button.main:hover {
    background: color-mix(in srgb, var(--_text) 14%, var(--_accent));
  }

  .button.danger {
    border-color: color-mix(in srgb, var(--_danger) 45%, var(--_surface));
    color: var(--_danger);
  }

  .button.danger:hover {
    background: color-mix(in srgb, var(--_danger) 8%, var(--_surface));
  }

  .button.icon-only {
    padding: 0;
    border-color: transparent;
    background: transparent;
  }

  .button.icon-only:hover {
    background: color-mix(in srgb, var(--_text) 8%, transparent);
  }

  .button:disabled,
  .button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: not-allowed;
  }

  @media (forced-colors: active) {
    .button.main {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    .button:disabled,
    .button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
