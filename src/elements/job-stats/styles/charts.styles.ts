import { css } from 'lit';

/** Drawings, and the tables behind them. Colours of statuses are those of the tiles. */
export const chartStyles = css`
  figure {
    margin: 0;
  }

  .charts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: start;
    gap: calc(var(--_u) * 2.5);
  }

  .chart {
    padding: calc(var(--_u) * 3) calc(var(--_u) * 3.5);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  figcaption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 calc(var(--_u) * 3);
    min-block-size: 2em;
    margin-block-end: calc(var(--_u) * 2);
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
  }

  figcaption strong {
    color: var(--_text);
    font-size: 1.1538em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .frame {
    display: grid;
    grid-template-columns: minmax(2.5em, auto) minmax(0, 1fr);
    grid-template-rows: 1fr auto;
    gap: 0 calc(var(--_u) * 1.5);
    color: var(--_muted);
    font-size: 0.75em;
    line-height: 1;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .plot {
    grid-area: 1 / 2 / 3;
    display: block;
    inline-size: 100%;
    block-size: 7.5em;
    overflow: visible;
  }

  .times :last-child {
    text-align: end;
  }

  .times {
    display: flex;
    justify-content: space-between;
    gap: 0 calc(var(--_u) * 2);
    margin-block-start: calc(var(--_u) * 1.5);
    margin-inline-start: calc(2.5em + var(--_u) * 1.5);
    color: var(--_muted);
    font-size: 0.75em;
  }

  .stack {
    display: block;
    inline-size: 100%;
    block-size: 0.875em;
    border-radius: 99em;
    background: var(--_track);
  }

  [dir='rtl'] .stack {
    transform: scaleX(-1);
  }

  .fill,
  .area {
    fill: var(--_tone);
  }

  .stack .fill {
    stroke: var(--_surface);
    stroke-width: 1;
  }

  .area {
    opacity: 0.16;
  }

  .line {
    fill: none;
    stroke: var(--_tone);
    stroke-width: 1.75;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }

  .pending {
    --_tone: var(--_waiting);
  }

  .line.pending {
    --_tone: var(--_accent);
  }

  .area.pending {
    --_tone: var(--_accent);
  }

  .fill.started {
    --_tone: var(--_started);
  }

  .fill.processing {
    --_tone: var(--_accent);
  }

  .fill.success {
    --_tone: var(--_success);
  }

  :is(.fill, .line, .area).failure {
    --_tone: var(--_danger);
  }

  .fill.cancelled {
    --_tone: var(--_cancelled);
  }

  .fill.other {
    --_tone: var(--_warning);
  }

  .grid {
    fill: none;
    stroke: var(--_border);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }

  .hit {
    fill: transparent;
  }

  .hit.gap {
    fill: color-mix(in srgb, var(--_text) 4%, transparent);
  }

  .column:hover .hit {
    fill: color-mix(in srgb, var(--_text) 10%, transparent);
  }

  .behind {
    margin-block-start: calc(var(--_u) * 1.5);
    font-size: 0.8125em;
  }

  summary {
    inline-size: fit-content;
    min-block-size: 1.846em;
    padding-block: calc(var(--_u) * 0.75);
    border-radius: var(--_radius-small);
    color: var(--_muted);
    cursor: pointer;
  }

  summary:hover {
    color: var(--_text);
  }

  .scroll {
    max-block-size: 16em;
    margin-block-start: var(--_u);
    overflow: auto;
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: calc(var(--_u) * 1.25) calc(var(--_u) * 2);
    border-block-end: var(--_line) solid var(--_border);
    text-align: end;
    font-weight: 400;
  }

  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface);
    color: var(--_muted);
    font-weight: 600;
  }

  :is(th, td):first-child {
    padding-inline-start: 0;
    text-align: start;
  }

  td[colspan] {
    color: var(--_muted);
    text-align: start;
  }

  @container (inline-size >= 40em) {
    .charts {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr));
    }
  }

  @media (forced-colors: active) {
    .fill,
    .line,
    .area {
      --_tone: CanvasText !important;
      forced-color-adjust: none;
    }

    :is(.fill, .line, .area).failure {
      --_tone: Highlight !important;
    }

    .fill:is(.cancelled, .pending) {
      --_tone: GrayText !important;
    }

    .stack {
      border: 1px solid CanvasText;
    }
  }
`;
