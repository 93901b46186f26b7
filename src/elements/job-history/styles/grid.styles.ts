import { css } from 'lit';

/** The rows as a table. */
export const gridStyles = css`
  .frame {
    position: relative;
  }

  .grid {
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  /* What is on show is not what was asked for any more. It stays as it can be read; only a line runs over it. */
  .frame:has(.busy)::before {
    position: absolute;
    inset: 0 var(--_radius) auto;
    z-index: 1;
    block-size: 0.1875em;
    border-radius: 99em;
    background: var(--_accent);
    content: '';
    animation: run 1.4s ease-in-out infinite;
  }

  @keyframes run {
    from {
      scale: 0 1;
    }

    to {
      opacity: 0;
      scale: 1 1;
    }
  }

  /* Fixed and shared widths, the same in each row: rows that are off the screen are not laid out, so none can wait for another. */
  .row {
    display: grid;
    grid-template-columns: 1.125em 4em minmax(8em, 2.2fr) 8.5em minmax(7em, 1.6fr) 7.5em 7em 4.75em;
    align-items: center;
    column-gap: calc(var(--_u) * 3);
    padding-inline: calc(var(--_u) * 4) calc(var(--_u) * 2);
  }

  .body .row {
    min-block-size: calc(var(--_u) * 15);
    padding-block: calc(var(--_u) * 1.5);
    border-block-start: var(--_line) solid var(--_border);
  }

  .group {
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(var(--_u) * 15 * 20);
  }

  /* What stands over the edges must not be cut off: the ring of the focus, the exact time, the question. */
  .group:is(:hover, :focus-within, :has(.question)) {
    content-visibility: visible;
  }

  .body .row:hover {
    background: color-mix(in srgb, var(--_text) 3%, transparent);
  }

  .body .row.chosen {
    background: color-mix(in srgb, var(--_accent) 8%, transparent);
  }

  .body > :last-child,
  .group:last-child > :last-child {
    border-end-start-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
  }

  .row > * {
    min-inline-size: 0;
    border-radius: var(--_radius-small);
  }

  .row > [data-stop] {
    align-content: center;
    min-block-size: 1.5em;
  }

  /* The tray and the news stand over the edges of the screen: the focus must not get under them. */
  [data-stop] {
    scroll-margin-block: calc(var(--_u) * 12) calc(var(--_u) * 24);
  }

  .head .row {
    min-block-size: calc(var(--_u) * 10);
    color: var(--_muted);
    font-size: 1em;
  }

  .head button {
    display: inline-flex;
    align-items: center;
    gap: var(--_u);
    max-inline-size: 100%;
    margin-inline-start: calc(var(--_u) * -1.5);
    padding: calc(var(--_u) * 1) calc(var(--_u) * 1.5);
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: inherit;
    font: inherit;
    font-size: 0.8125em;
    font-weight: 600;
    white-space: nowrap;
    cursor: pointer;
  }

  .head button:hover,
  .head [aria-sort$='ending'] button {
    color: var(--_text);
  }

  .arrow {
    inline-size: 1em;
    block-size: 1em;
    opacity: 0;
    transition: transform var(--_motion);
  }

  .arrow.descending {
    transform: rotate(180deg);
  }

  .arrow:is(.ascending, .descending) {
    opacity: 1;
  }

  .head button:is(:hover, :focus-visible) .arrow.none {
    opacity: 0.5;
  }

  .details {
    padding: 0 calc(var(--_u) * 4) calc(var(--_u) * 4);
  }

  .row.open {
    background: none !important;
  }

  .room {
    padding: calc(var(--_u) * 6);
    color: var(--_muted);
    text-align: center;
  }

  .card-only {
    display: none;
  }

  @media (forced-colors: active) {
    .body .row.chosen {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :is(.chevron, .arrow, .exact) {
      transition: none;
    }

    .frame:has(.busy)::before {
      animation: none;
    }
  }

  /* A little less room: how long it took stands below when it was created. */
  @container (inline-size < 62em) {
    .row {
      grid-template-columns: 1.125em 4em minmax(7em, 2fr) 8.5em minmax(6em, 1.4fr) 7.5em 4.75em;
    }

    .head .duration,
    .duration.bare {
      display: none;
    }

    .body .row > * {
      grid-row: 1 / 3;
    }

    .body .row > .created:not(:has(+ .bare)) {
      grid-area: 1 / 6 / 2 / 7;
      align-self: end;
    }

    .body .row > .duration {
      grid-area: 2 / 6 / 3 / 7;
      align-self: start;
    }

    .duration {
      unicode-bidi: plaintext;
      text-align: -webkit-match-parent;
      text-align: match-parent;
    }

    .duration::before {
      content: attr(data-label) ' ';
    }
  }
`;
