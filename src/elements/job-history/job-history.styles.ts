import { css } from 'lit';

export const jobHistoryStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--_text);
    line-height: 1.45;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 3);
  }

  table {
    inline-size: 100%;
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    border-spacing: 0;
    background: var(--_surface);
  }

  th {
    padding: calc(var(--_u) * 2.5) calc(var(--_u) * 3);
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
    text-align: start;
    white-space: nowrap;
  }

  td {
    padding: calc(var(--_u) * 2) calc(var(--_u) * 3);
    border-block-start: var(--_line) solid var(--_border);
    vertical-align: middle;
  }

  :is(th, td):first-child {
    padding-inline-start: calc(var(--_u) * 4);
  }

  :is(th, td):last-child {
    padding-inline-end: calc(var(--_u) * 4);
  }

  .title {
    inline-size: 40%;
  }

  .progress {
    inline-size: 30%;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .created {
    color: var(--_muted);
    font-size: 0.875em;
    white-space: nowrap;
  }

  .title button {
    display: inline-flex;
    align-items: flex-start;
    gap: calc(var(--_u) * 1.5);
    min-block-size: 2em;
    margin-inline-start: calc(var(--_u) * -2);
    padding: calc(var(--_u) * 0.75) var(--_u);
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .title button:hover span {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  .title .icon {
    block-size: 1.45em;
    color: var(--_muted);
    transition: transform var(--_motion);
  }

  :host(:dir(rtl)) .title .icon {
    transform: scaleX(-1);
  }

  .row.open .title .icon {
    transform: rotate(90deg);
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
  }

  /* At the page's own edge, whichever way their words run. */
  .message,
  .reason {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow: hidden;
    text-overflow: ellipsis;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }

  time {
    display: inline-grid;
    position: relative;
  }

  /* Over the age, at its end: nothing moves, nothing beside it is covered. */
  .exact {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-end: calc(var(--_u) * -2);
    translate: 0 -50%;
    padding: var(--_u) calc(var(--_u) * 2);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    opacity: 0;
    pointer-events: none;
    transition: opacity calc(var(--_motion) / 2);
  }

  time:hover .exact,
  .row:has(:focus-visible) .exact {
    opacity: 1;
  }

  .details td {
    padding: 0 calc(var(--_u) * 4) calc(var(--_u) * 4);
    border: 0;
  }

  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2);
    color: var(--_muted);
    font-size: 0.875em;
  }

  .stale {
    color: var(--_warning);
  }

  .stale:not(:has(*)) {
    display: none;
  }

  .screen {
    display: grid;
    justify-items: center;
    gap: calc(var(--_u) * 2);
    padding: calc(var(--_u) * 10) calc(var(--_u) * 5);
    border: var(--_line) dashed var(--_border);
    border-radius: var(--_radius);
    color: var(--_muted);
    text-align: center;
  }

  .screen > .icon {
    inline-size: 2em;
    block-size: 2em;
  }

  .headline {
    color: var(--_text);
    font-weight: 600;
  }

  .loading {
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .ghost {
    display: grid;
    grid-template-columns: 4fr 2fr 3fr;
    gap: calc(var(--_u) * 8);
    padding: calc(var(--_u) * 4.5) calc(var(--_u) * 4);
  }

  .ghost + .ghost {
    border-block-start: var(--_line) solid var(--_border);
  }

  .ghost i {
    block-size: 0.875em;
    border-radius: 99em;
    background: var(--_track);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .ghost i {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
  }

  @container (inline-size < 42em) {
    table,
    tbody {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: calc(var(--_u) * 3);
    }

    table {
      border: 0;
      background: none;
    }

    thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    tr.row {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
      gap: calc(var(--_u) * 2) calc(var(--_u) * 3);
      padding: calc(var(--_u) * 3) calc(var(--_u) * 4);
      border: var(--_line) solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_surface);
    }

    td,
    :is(td):is(:first-child, :last-child) {
      padding: 0;
      border: 0;
    }

    .title {
      grid-column: 1 / -1;
    }

    .title,
    .progress {
      inline-size: auto;
    }

    .status {
      grid-row: 2;
    }

    .created {
      grid-row: 2;
    }

    .progress {
      grid-column: 1 / -1;
    }

    .progress:not(:has(*)) {
      display: none;
    }

    tr.details,
    .details td {
      display: block;
    }
  }
`;
