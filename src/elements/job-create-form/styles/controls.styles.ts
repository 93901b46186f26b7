import { css } from 'lit';

/** Fields with their labels and messages, the choice of presets, and that between one video and many. */
export const controls = css`
  .field {
    display: grid;
    gap: calc(var(--_u) * 1.25);
    min-inline-size: 0;
  }

  label {
    font-size: 0.9375em;
    font-weight: 600;
  }

  .mark {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 0.5);
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 400;
  }

  .mark .icon {
    inline-size: 1em;
    block-size: 1em;
    align-self: center;
  }

  .hint {
    color: var(--_muted);
    font-size: 0.875em;
  }

  :is(input, textarea, select) {
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

  select {
    text-overflow: ellipsis;
  }

  textarea {
    min-block-size: 9em;
    max-block-size: 28em;
    field-sizing: content;
    resize: vertical;
  }

  :is(input, textarea, select):hover:enabled {
    border-color: var(--_text);
  }

  :is(input, textarea, select):focus-visible {
    border-color: var(--_accent);
    outline-offset: 0;
  }

  :is(input, textarea, select):disabled {
    opacity: 0.6;
    cursor: not-allowed;
  }

  :is(input, textarea):read-only:enabled:not([type='checkbox'], [type='radio']) {
    border-style: dashed;
    background: color-mix(in srgb, var(--_text) 4%, var(--_surface));
  }

  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
    box-shadow: inset 0 0 0 1px var(--_danger);
  }

  :is([type='checkbox'], [type='radio']) {
    flex: none;
    inline-size: 1.125em;
    min-block-size: 0;
    block-size: 1.125em;
    padding: 0;
    accent-color: var(--_accent);
  }

  .check {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    min-block-size: 2.75em;
    cursor: pointer;
  }

  /* In line with the boxes beside it, which have their label above. */
  @container (inline-size > 34em) {
    .field.switch {
      padding-block-start: 1.7em;
    }
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

  .link:disabled {
    opacity: 0.6;
    cursor: not-allowed;
  }

  .presets {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2) calc(var(--_u) * 3);
  }

  .presets > label {
    color: var(--_muted);
    font-weight: 500;
  }

  .presets > :is(select, input) {
    flex: 1 1 10em;
    inline-size: auto;
    min-inline-size: 0;
    max-inline-size: 22em;
    min-block-size: 2.25em;
    padding-block: calc(var(--_u) * 1);
    font-size: 0.9375em;
  }

  .preset-actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 2) calc(var(--_u) * 3.5);
    font-size: 0.9375em;
  }

  .presets > .problem {
    flex-basis: 100%;
  }

  .modes {
    display: inline-flex;
    padding: calc(var(--_u) * 0.5);
    border-radius: calc(var(--_radius-small) + var(--_u) * 0.5);
    background: color-mix(in srgb, var(--_text) 8%, var(--_surface));
  }

  .mode {
    display: inline-flex;
    position: relative;
    cursor: pointer;
  }

  .mode input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }

  .mode span {
    padding: calc(var(--_u) * 1) calc(var(--_u) * 3.5);
    border-radius: var(--_radius-small);
    color: var(--_muted);
    font-size: 0.9375em;
    font-weight: 500;
  }

  .mode input:checked + span {
    background: var(--_surface);
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.18);
    color: var(--_text);
  }

  .mode input:focus-visible + span {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  @media (forced-colors: active) {
    .mode input:checked + span {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
