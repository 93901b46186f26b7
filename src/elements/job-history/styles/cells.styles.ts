import { css } from 'lit';

/** What stands in the rows. */
export const cellStyles = css`
  input[type='checkbox'] {
    display: block;
    inline-size: 1.125em;
    block-size: 1.125em;
    margin: 0;
    accent-color: var(--_accent);
    cursor: pointer;
  }

  /* The box is small, the place that a finger hits is not. */
  .select {
    position: relative;
  }

  .select input::after {
    position: absolute;
    inset: calc(var(--_u) * -2.5);
    content: '';
  }

  .preview {
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 9;
    inline-size: 4em;
    border-radius: var(--_radius-small);
    background: color-mix(in srgb, var(--_text) 7%, var(--_surface));
    color: var(--_muted);
    overflow: hidden;
  }

  .preview > * {
    grid-area: 1 / 1;
  }

  .preview img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .body .title button {
    display: flex;
    align-items: center;
    gap: var(--_u);
    inline-size: 100%;
    min-block-size: 2.25em;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-align: start;
    cursor: pointer;
  }

  .body .title button span,
  .reason,
  .message {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  /* At the page's own edge, whichever way their words run. */
  .body .title button span,
  .reason,
  .message {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .body .title button span {
    flex: 1;
  }

  .body .title button:hover span {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  .chevron {
    color: var(--_muted);
    transition: transform var(--_motion);
  }

  :host(:dir(rtl)) :is(.chevron, .turns) {
    transform: scaleX(-1);
  }

  .row.open .chevron {
    transform: rotate(90deg) !important;
  }

  :is(.progress, .created, .duration) {
    color: var(--_muted);
  }

  .body .row > :is(.progress, .created, .duration) {
    font-size: 0.875em;
  }

  .running {
    display: grid;
    grid-template-columns: minmax(3em, 1fr) auto;
    align-items: center;
    gap: 0 calc(var(--_u) * 2);
  }

  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 0.375em;
    border: 0;
    border-radius: 99em;
    background: var(--_track);
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: none;
  }

  progress::-webkit-progress-value {
    border-radius: 99em;
    background: var(--_accent);
  }

  progress::-moz-progress-bar {
    border-radius: 99em;
    background: var(--_accent);
  }

  .percent {
    color: var(--_text);
    font-variant-numeric: tabular-nums;
  }

  .message {
    grid-column: 1 / -1;
    -webkit-line-clamp: 1;
  }

  /* Nobody knows how far it is: neither empty nor full. */
  progress:indeterminate {
    grid-column: 1 / -1;
    margin-block: 0.4375em;
    background: linear-gradient(to right, var(--_track), color-mix(in srgb, var(--_accent) 65%, var(--_track)), var(--_track));
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  progress:indeterminate::-moz-progress-bar {
    background: none;
  }

  .outcome {
    display: block;
  }

  .outcome[data-state='failed'] {
    color: var(--_danger);
  }

  time {
    display: inline-grid;
    position: relative;
  }

  /* Over the age: nothing moves. */
  .exact {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: calc(var(--_u) * -2);
    z-index: 1;
    translate: 0 -50%;
    padding: var(--_u) calc(var(--_u) * 2);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    white-space: nowrap;
    opacity: 0;
    pointer-events: none;
    transition: opacity calc(var(--_motion) / 2);
  }

  time:hover .exact,
  .row:focus-within .exact {
    opacity: 1;
  }

  .duration {
    font-variant-numeric: tabular-nums;
  }

  .actions {
    display: flex;
    justify-content: flex-end;
  }

  .actions .icon-only {
    min-inline-size: 2.25em;
    color: var(--_muted);
  }

  .actions .icon-only:is(:hover, :focus-visible) {
    color: var(--_text);
  }

  .question {
    display: flex;
    flex: none;
    gap: calc(var(--_u) * 1.5);
  }

  /* It lies over what is beside it, on narrow tables a little further. */
  .row:has(.question) > :is(.created, .duration) {
    opacity: 0;
  }

  @container (46em <= inline-size < 62em) {
    .row:has(.question) > .progress {
      opacity: 0;
    }

    .exact {
      inset-inline: auto calc(var(--_u) * -2);
    }
  }

  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }

    progress:indeterminate {
      forced-color-adjust: none;
      background: repeating-linear-gradient(to right, Highlight 0 0.5em, Canvas 0.5em 1em);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    progress:indeterminate {
      animation: none;
    }
  }
`;
