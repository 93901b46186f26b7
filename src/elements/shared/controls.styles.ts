import { css } from 'lit';

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

/** The status badge: an icon and a word, coloured by `data-tone`: `info`, `success`, `danger`, `warning` or none. */
export const badge = css`
  .badge {
    --_tone: var(--_muted);
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: var(--_u);
    max-inline-size: 100%;
    padding-block: calc(var(--_u) * 0.75);
    padding-inline: calc(var(--_u) * 1.75) calc(var(--_u) * 2.5);
    border: var(--_line) solid transparent;
    border-radius: 99em;
    background: color-mix(in srgb, var(--_tone) 11%, var(--_surface));
    color: var(--_tone);
    font-size: 0.8125em;
    font-weight: 600;
    line-height: 1.35;
    white-space: nowrap;
  }

  .badge > :last-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .badge .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    stroke-width: 2;
  }

  .badge[data-tone='info'] {
    --_tone: var(--_accent);
  }

  .badge[data-tone='success'] {
    --_tone: var(--_success);
  }

  .badge[data-tone='danger'] {
    --_tone: var(--_danger);
  }

  .badge[data-tone='warning'] {
    --_tone: var(--_warning);
  }

  .turning {
    animation: job-turn 1.6s linear infinite;
  }

  @keyframes job-turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .turning {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .badge {
      --_tone: CanvasText !important;
      border-color: CanvasText;
    }
  }
`;
