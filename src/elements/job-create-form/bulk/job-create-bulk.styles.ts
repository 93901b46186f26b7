import { css } from 'lit';

export const jobCreateBulkStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--_text);
    line-height: 1.5;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 4.5);
  }

  h3 {
    margin: 0;
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  h3:focus {
    outline: none;
  }

  .strong,
  .danger bdi:first-of-type:not(:only-child),
  label {
    font-weight: 600;
  }

  .muted {
    color: var(--_muted);
    font-size: 0.875em;
  }

  .large {
    inline-size: 2em;
    block-size: 2em;
    color: var(--_accent);
  }

  :dir(rtl) .directed {
    transform: scaleX(-1);
  }

  .head,
  .row,
  .counts,
  .send,
  .below,
  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2) calc(var(--_u) * 3);
  }

  .head,
  .below {
    justify-content: space-between;
  }

  .drop {
    display: grid;
    justify-items: center;
    gap: calc(var(--_u) * 2);
    padding: calc(var(--_u) * 8) calc(var(--_u) * 4);
    border: 2px dashed color-mix(in srgb, var(--_text) 34%, var(--_surface));
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_text) 2.5%, var(--_surface));
    text-align: center;
    transition: background-color calc(var(--_motion) / 2);
  }

  .drop .row {
    justify-content: center;
    margin-block-start: calc(var(--_u) * 2);
  }

  .drop.over {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 9%, var(--_surface));
  }

  .paste {
    display: grid;
    justify-items: start;
    gap: calc(var(--_u) * 1.5);
  }

  .paste label {
    font-size: 0.9375em;
  }

  input:not([type='checkbox']),
  textarea,
  select {
    inline-size: 100%;
    min-block-size: 2.5em;
    margin: 0;
    padding: calc(var(--_u) * 1.5) calc(var(--_u) * 2);
    border: var(--_line) solid color-mix(in srgb, var(--_text) 56%, var(--_surface));
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    line-height: 1.4;
  }

  .paste textarea {
    font-family: ui-monospace, monospace;
    font-size: 0.875em;
    resize: vertical;
  }

  input[type='checkbox'] {
    inline-size: 1.125em;
    block-size: 1.125em;
    margin: 0;
    accent-color: var(--_accent);
  }

  :is(input, textarea, select):focus-visible {
    border-color: var(--_accent);
    outline-offset: 0;
  }

  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
    box-shadow: inset 0 0 0 1px var(--_danger);
  }

  .check {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    min-block-size: 2em;
    font-size: 0.9375em;
    font-weight: 500;
    cursor: pointer;
  }

  .busy,
  .waiting {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 3);
    min-block-size: 4em;
  }

  .message {
    display: flex;
    gap: calc(var(--_u) * 2);
    padding: calc(var(--_u) * 3);
    border: var(--_line) solid color-mix(in srgb, var(--_tone) 45%, var(--_surface));
    border-radius: var(--_radius-small);
    background: color-mix(in srgb, var(--_tone) 7%, var(--_surface));
    overflow-wrap: anywhere;
  }

  .message > .icon {
    margin-block-start: 0.125em;
    color: var(--_tone);
  }

  .danger {
    --_tone: var(--_danger);
  }

  .warning {
    --_tone: var(--_warning);
  }

  .tone-success {
    --_tone: var(--_success);
  }

  .tone-danger {
    --_tone: var(--_danger);
  }

  .tone-warning {
    --_tone: var(--_warning);
  }

  .counts > span {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 1.5);
    color: var(--_tone);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  .mapping {
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-small);
  }

  .mapping summary {
    padding: calc(var(--_u) * 2.5) calc(var(--_u) * 3);
    border-radius: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  .mapping > .check {
    margin-inline: calc(var(--_u) * 3);
  }

  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15em), 1fr));
    gap: calc(var(--_u) * 3);
    padding: calc(var(--_u) * 3);
  }

  .column {
    display: grid;
    align-content: start;
    gap: var(--_u);
    min-inline-size: 0;
    font-size: 0.9375em;
  }

  .column label,
  .sample {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .send .button,
  .row .button.main {
    min-block-size: 2.75em;
    padding-inline: calc(var(--_u) * 5);
    font-size: 1em;
  }

  .link {
    min-block-size: 1.75em;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  .ask {
    display: grid;
    gap: calc(var(--_u) * 2);
  }

  .turning {
    animation: turn 1.2s linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .turning {
      animation: none;
    }
  }
`;
