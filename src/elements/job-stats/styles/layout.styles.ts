import { css } from 'lit';

/** Frame, tiles, and the screens without numbers. */
export const layoutStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* Where the host is as wide as its content (in a flex row, say), containment would leave nothing of it; it may still shrink. */
    contain-intrinsic-inline-size: 60em;
    min-inline-size: 0;
    color: var(--_text);
    line-height: 1.45;
    --_waiting: color-mix(in srgb, var(--_muted) 70%, var(--_surface));
    --_started: color-mix(in srgb, var(--_accent) 62%, var(--_surface));
    --_cancelled: color-mix(in srgb, var(--_muted) 45%, var(--_surface));
  }

  section,
  .loading {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 4);
  }

  slot[name='heading'] {
    display: block;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2) calc(var(--_u) * 4);
  }

  .health {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2);
  }

  .why {
    color: var(--_danger);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }

  .load {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_u) * 4);
    color: var(--_muted);
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
  }

  select {
    min-block-size: 2.25em;
    max-inline-size: 100%;
    margin-inline-start: auto;
    padding-inline: calc(var(--_u) * 2);
    border: var(--_line) solid color-mix(in srgb, var(--_text) 56%, var(--_surface));
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 0.875em;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(var(--_u) * 2.5);
  }

  .tile {
    --_tone: var(--_muted);
    display: grid;
    gap: var(--_u);
    padding: calc(var(--_u) * 3) calc(var(--_u) * 3.5);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .tile dt {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 1.5);
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
  }

  .tile dt span {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .tile dt .icon {
    color: var(--_tone);
    stroke-width: 2;
  }

  .tile dd {
    font-size: 1.625em;
    font-weight: 650;
    line-height: 1.15;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums;
  }

  .tile.all {
    background: color-mix(in srgb, var(--_text) 4%, var(--_surface));
  }

  .tile:is(.started, .processing) {
    --_tone: var(--_accent);
  }

  .tile.success {
    --_tone: var(--_success);
  }

  .tile.failure {
    --_tone: var(--_danger);
  }

  .tile.other {
    --_tone: var(--_warning);
  }

  .ghost {
    box-sizing: border-box;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .ghost:is(.load, .whole) {
    border-radius: 99em;
    background: var(--_track);
  }

  .ghost.load {
    inline-size: 14em;
    block-size: 1.25em;
    margin-block: 0.5em;
  }

  .ghost.whole {
    block-size: 0.875em;
    margin-block-end: 1.75em;
  }

  .tile.ghost {
    block-size: 4.875em;
  }

  .chart.ghost {
    block-size: 12.375em;
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  .note {
    color: var(--_muted);
    font-size: 0.875em;
  }

  .stale {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2);
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

  @container (inline-size < 30em) {
    .tile.all {
      grid-column: 1 / -1;
    }
  }

  @container (inline-size >= 30em) {
    .tiles {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }

    .tile.all:nth-child(7) {
      grid-column: span 2;
    }
  }

  @container (inline-size >= 60em) {
    .tile.all:nth-child(7) {
      grid-column: auto;
    }

    .tiles {
      grid-template-columns: repeat(auto-fit, minmax(6.5em, 1fr));
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .ghost {
      animation: none;
    }
  }
`;
