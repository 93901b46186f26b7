import { css } from 'lit';

/** What stands above and below the rows. */
export const controlStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* Where the host is as wide as its content (in a flex row, say), containment would leave nothing of it; it may still shrink. */
    contain-intrinsic-inline-size: 60em;
    min-inline-size: 0;
    color: var(--_text);
    line-height: 1.45;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 3);
  }

  .filters {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 2.5);
  }

  .first {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 2);
  }

  .search {
    display: flex;
    flex: 1 1 14em;
    align-items: center;
    position: relative;
  }

  .search .icon {
    position: absolute;
    inset-inline-start: calc(var(--_u) * 2.5);
    color: var(--_muted);
    pointer-events: none;
  }

  :is(.search, .fields) :is(input, select) {
    inline-size: 100%;
    min-block-size: 2.5em;
    padding-inline: calc(var(--_u) * 2.5);
    border: var(--_line) solid color-mix(in srgb, var(--_text) 56%, var(--_surface));
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 0.9375em;
    font-weight: 400;
  }

  .fields :is(input, select) {
    font-size: 1.125em;
  }

  .search input {
    padding-inline-start: calc(var(--_u) * 9);
    text-overflow: ellipsis;
  }

  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .fields {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: calc(var(--_u) * 2.5);
    padding: calc(var(--_u) * 3) calc(var(--_u) * 3.5);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
  }

  .fields label {
    display: grid;
    flex: 1 1 8.5em;
    gap: calc(var(--_u) * 0.5);
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
  }

  .fields .button {
    min-block-size: 2.5em;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 1.5);
  }

  .chip {
    min-block-size: 2.25em;
    padding: calc(var(--_u) * 0.75) calc(var(--_u) * 3);
    border: var(--_line) solid var(--_border);
    border-radius: 99em;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 0.875em;
    line-height: 1.3;
    cursor: pointer;
  }

  .chip:hover {
    background: color-mix(in srgb, var(--_text) 6%, var(--_surface));
  }

  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 12%, var(--_surface));
    color: var(--_accent);
    font-weight: 600;
  }

  .chip .count {
    margin-inline-start: calc(var(--_u) * 0.5);
    color: var(--_muted);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }

  .chip[aria-pressed='true'] .count {
    color: inherit;
  }

  .top {
    block-size: 1px;
    margin-block-end: -1px;
    scroll-margin-block-start: calc(var(--_u) * 3);
  }

  .summary {
    display: flex;
    align-items: center;
    min-block-size: 2.5em;
    /* Two parts without room of their own stand before it, each with the gap of the section. */
    margin-block: calc(var(--_u) * -7.5) calc(var(--_u) * -1.5);
  }

  .range {
    color: var(--_muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  /* New ones are told over the list, also while it is scrolled, without moving it. */
  .ahead {
    display: flex;
    align-items: start;
    justify-content: center;
    block-size: 0;
    margin-block-start: calc(var(--_u) * -4);
    position: sticky;
    inset-block-start: calc(var(--_u) * 2);
    z-index: 3;
  }

  .news {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: var(--_u);
    min-block-size: 2.25em;
    padding: calc(var(--_u) * 0.75) calc(var(--_u) * 3.5) calc(var(--_u) * 0.75) calc(var(--_u) * 2.5);
    border: 0;
    border-radius: 99em;
    background: var(--_accent);
    box-shadow: 0 2px 10px rgb(0 0 0 / 22%);
    color: var(--_on-accent);
    font: inherit;
    font-size: 0.875em;
    font-weight: 600;
    cursor: pointer;
  }

  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--_u);
  }

  .where {
    min-inline-size: 7em;
    color: var(--_muted);
    font-size: 0.875em;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  @media (forced-colors: active) {
    .chip[aria-pressed='true'],
    .news {
      forced-color-adjust: none;
      border: var(--_line) solid Highlight;
      background: Highlight;
      color: HighlightText;
    }

    .chip[aria-pressed='true'] .count {
      color: HighlightText;
    }
  }

  @container (inline-size < 46em) {
    .search {
      flex-basis: 9em;
    }

    /* Beside each other as far as they go: a second line would push the list down. What fades out can be moved into sight. */
    .chips {
      flex-wrap: nowrap;
      padding-inline-end: 2.5em;
      overflow-x: auto;
      scrollbar-width: none;
      mask-image: linear-gradient(to right, black calc(100% - 2.5em), transparent);
    }

    :host(:dir(rtl)) .chips {
      mask-image: linear-gradient(to left, black calc(100% - 2.5em), transparent);
    }

    .chip {
      flex: none;
    }

    .chip:focus-visible {
      outline-offset: -2px;
    }
  }
`;
