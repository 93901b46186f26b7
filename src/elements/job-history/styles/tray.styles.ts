import { css } from 'lit';

/** What stands below the rows, and while they reach further down, over the lower edge of the screen. */
export const trayStyles = css`
  .tray {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 2);
    position: sticky;
    inset-block-end: calc(var(--_u) * 2);
    z-index: 3;
  }

  .tray:not(:has(.files, .selection, .stale > *)) {
    display: none;
  }

  :is(.stale, .files, .selection) {
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 2px 10px rgb(0 0 0 / 10%);
  }

  .stale {
    padding: calc(var(--_u) * 1.5) calc(var(--_u) * 2) calc(var(--_u) * 1.5) calc(var(--_u) * 4);
    color: var(--_warning);
  }

  .stale:not(:has(*)) {
    display: none;
  }

  .selection {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 1.5) calc(var(--_u) * 2);
    padding: calc(var(--_u) * 1.5) calc(var(--_u) * 2) calc(var(--_u) * 1.5) calc(var(--_u) * 4);
    border-color: color-mix(in srgb, var(--_accent) 40%, var(--_surface));
    background: color-mix(in srgb, var(--_accent) 7%, var(--_surface));
  }

  .selection .count,
  #question {
    margin-inline-end: auto;
    font-weight: 600;
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
  }

  .selection [part~='clear-selection'] {
    border-color: transparent;
    background: transparent;
  }

  .files {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: calc(var(--_u) * 2);
    padding: calc(var(--_u) * 3) calc(var(--_u) * 4);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    font-size: 0.9375em;
  }

  .files ul {
    display: grid;
    grid-column: 1 / -1;
    gap: calc(var(--_u) * 1.5);
    max-block-size: 14em;
    overflow-y: auto;
    list-style: none;
  }

  .files a {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 1.5);
    color: var(--_accent);
    overflow-wrap: anywhere;
  }

  @container (inline-size < 46em) {
    :is(.stale, .selection) {
      padding-inline-start: calc(var(--_u) * 2.5);
    }

    /* Beside the number; what can be done has the next line. */
    .selection [part~='clear-selection'] {
      order: -1;
    }

    .selection .count {
      order: -2;
    }

    #question {
      flex: 1 0 100%;
    }

    .selection .button:not([part~='clear-selection']) {
      flex: 1 1 40%;
      padding-inline: calc(var(--_u) * 1.5);
      white-space: nowrap;
    }
  }
`;
