import { css } from 'lit';

/** The table of rows, and what a list on its way shows. */
export const bulkTableStyles = css`
  .scroll {
    /* Holds what is only heard, too: it would widen the page otherwise. */
    position: relative;
    overflow-x: auto;
    background: var(--_surface);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-small);
  }

  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: 0.875em;
  }

  caption {
    padding: calc(var(--_u) * 2) calc(var(--_u) * 2.5);
    font-weight: 600;
    text-align: start;
  }

  th,
  td {
    padding: calc(var(--_u) * 2) calc(var(--_u) * 2.5);
    border-block-end: var(--_line) solid var(--_border);
    text-align: start;
    vertical-align: top;
  }

  tbody tr:last-child > * {
    border-block-end: 0;
  }

  thead th {
    background: color-mix(in srgb, var(--_text) 4%, var(--_surface));
    color: var(--_muted);
    font-weight: 600;
    white-space: nowrap;
  }

  .number {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    background: var(--_surface);
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    font-weight: 500;
    text-align: end;
  }

  thead .number {
    background: color-mix(in srgb, var(--_text) 4%, var(--_surface));
  }

  .bad > * {
    background: color-mix(in srgb, var(--_danger) 5%, var(--_surface));
  }

  .verdict {
    min-inline-size: 9em;
    color: var(--_tone);
    font-weight: 500;
  }

  .bad .verdict {
    min-inline-size: min(18em, 50cqi);
  }

  .verdict > .icon {
    float: inline-start;
    margin-inline-end: calc(var(--_u) * 1.5);
  }

  .reason {
    display: block;
    margin-inline-start: calc(1.25em + var(--_u) * 1.5);
  }

  .cell .text {
    display: -webkit-box;
    overflow: hidden;
    min-inline-size: 5em;
    max-inline-size: 22em;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  .cell.long .text {
    min-inline-size: 14em;
  }

  .wrong .text {
    color: var(--_danger);
    font-weight: 600;
  }

  .default .text {
    color: var(--_muted);
  }

  td input,
  td textarea {
    min-inline-size: 8em;
  }

  td textarea {
    min-inline-size: 16em;
    resize: vertical;
  }

  .actions {
    white-space: nowrap;
    text-align: end;
  }

  .range {
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  .progress {
    display: grid;
    gap: calc(var(--_u) * 1.5);
    font-variant-numeric: tabular-nums;
  }

  progress {
    inline-size: 100%;
    block-size: 0.625em;
    border: 0;
    border-radius: 99em;
    overflow: hidden;
    background: var(--_track);
    color: var(--_accent);
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--_track);
  }

  progress::-webkit-progress-value {
    border-radius: 99em;
    background: var(--_accent);
    transition: inline-size var(--_motion);
  }

  progress::-moz-progress-bar {
    border-radius: 99em;
    background: var(--_accent);
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 8em), 1fr));
    gap: calc(var(--_u) * 2);
  }

  .tile {
    display: flex;
    flex-direction: column;
    padding: calc(var(--_u) * 2) calc(var(--_u) * 3);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-small);
  }

  .tile dt {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .tile dd {
    color: var(--_tone, inherit);
    font-size: 1.375em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 1.25;
  }

  /* Without room for a table each row is a card: its number and its verdict, then what it says. */
  @container (inline-size <= 34em) {
    .scroll {
      border: 0;
      overflow: visible;
      background: none;
    }

    table,
    caption,
    tbody,
    tr,
    th,
    td {
      display: block;
    }

    thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    caption {
      padding-inline: 0;
    }

    tbody {
      display: grid;
      gap: calc(var(--_u) * 2.5);
    }

    tr {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: var(--_u) calc(var(--_u) * 2.5);
      padding: calc(var(--_u) * 3);
      border: var(--_line) solid var(--_border);
      border-radius: var(--_radius-small);
      background: var(--_surface);
    }

    .bad {
      border-color: color-mix(in srgb, var(--_danger) 40%, var(--_surface));
      background: color-mix(in srgb, var(--_danger) 5%, var(--_surface));
    }

    tbody tr > *,
    .bad > * {
      position: static;
      min-inline-size: 0;
      padding: 0;
      border: 0;
      background: none;
      text-align: start;
    }

    .bad .verdict {
      min-inline-size: 0;
    }

    td[data-label] {
      display: grid;
      grid-column: 1 / -1;
      grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
      gap: calc(var(--_u) * 2.5);
    }

    td[data-label]::before {
      color: var(--_muted);
      content: attr(data-label);
    }

    .cell .text,
    .cell.long .text,
    td input,
    td textarea {
      min-inline-size: 0;
    }

    .actions {
      grid-column: 1 / -1;
    }
  }

  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }

    progress::-webkit-progress-value {
      background: Highlight;
      forced-color-adjust: none;
    }

    .drop.over {
      border-color: Highlight;
    }
  }
`;
