import { css } from 'lit';

export const jobCreateFormStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--_text);
    line-height: 1.5;
  }

  /* Columns may become narrower than what is in them. */
  form,
  .fields,
  .done {
    grid-template-columns: minmax(0, 1fr);
  }

  form {
    display: grid;
    gap: calc(var(--_u) * 5);
    padding: calc(var(--_u) * 5);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .fields {
    display: grid;
    gap: calc(var(--_u) * 4.5) calc(var(--_u) * 4);
  }

  @container (inline-size > 34em) {
    form {
      padding: calc(var(--_u) * 6);
    }

    .fields {
      grid-template-columns: repeat(3, minmax(0, 1fr));
      align-items: start;
    }

    .wide {
      grid-column: 1 / -1;
    }
  }

  .field {
    display: grid;
    gap: calc(var(--_u) * 1.25);
    min-inline-size: 0;
  }

  label {
    font-size: 0.9375em;
    font-weight: 600;
  }

  .hint {
    color: var(--_muted);
    font-size: 0.875em;
  }

  input,
  textarea,
  select {
    inline-size: 100%;
    min-block-size: 2.75em;
    margin: 0;
    padding: calc(var(--_u) * 2) calc(var(--_u) * 2.5);
    /* The edge alone shows where to type, so it has the contrast of an icon. */
    border: var(--_line) solid color-mix(in srgb, var(--_text) 56%, var(--_surface));
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    line-height: 1.4;
  }

  textarea {
    min-block-size: 9em;
    max-block-size: 28em;
    field-sizing: content;
    resize: vertical;
  }

  :is(input, textarea, select):hover {
    border-color: var(--_text);
  }

  :is(input, textarea, select):focus-visible {
    border-color: var(--_accent);
    outline-offset: 0;
  }

  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
    box-shadow: inset 0 0 0 1px var(--_danger);
  }

  .problem {
    display: flex;
    gap: var(--_u);
    color: var(--_danger);
    font-size: 0.875em;
    font-weight: 500;
  }

  .problem .icon {
    margin-block-start: 0.1em;
  }

  .speech {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--_u) * 3);
    min-block-size: 1.75em;
    color: var(--_muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  .fits {
    display: inline-flex;
    align-items: center;
    gap: var(--_u);
    color: var(--_success);
  }

  .misfit {
    color: var(--_warning);
  }

  .link {
    min-block-size: 1.75em;
    padding: 0;
    border: 0;
    border-radius: 0.125em;
    background: none;
    color: var(--_accent);
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  .refusal {
    display: flex;
    gap: calc(var(--_u) * 2);
    padding: calc(var(--_u) * 3);
    border: var(--_line) solid color-mix(in srgb, var(--_danger) 45%, var(--_surface));
    border-radius: var(--_radius-small);
    background: color-mix(in srgb, var(--_danger) 7%, var(--_surface));
  }

  .refusal > .icon {
    color: var(--_danger);
  }

  .refusal > div {
    display: grid;
    gap: var(--_u);
    min-inline-size: 0;
  }

  .detail {
    overflow-wrap: anywhere;
  }

  .send {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2) calc(var(--_u) * 4);
  }

  .send .button {
    min-block-size: 2.75em;
    padding-inline: calc(var(--_u) * 5);
    font-size: 1em;
  }

  .note:empty {
    display: none;
  }

  .note {
    color: var(--_muted);
    font-size: 0.9375em;
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

  .done {
    display: grid;
    justify-items: start;
    gap: calc(var(--_u) * 4);
    border-radius: var(--_radius);
  }

  .done job-status {
    inline-size: 100%;
  }

  .done:focus-visible {
    outline-offset: 4px;
  }
`;
