import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** One stretch of time in a chart. */
export interface PlotColumn {
  /** What the pointer is told: the time and the value. */
  readonly title: string;
  /** From the ground up, in the unit of the axis; `null` where nothing was counted. */
  readonly parts: readonly { readonly kind: string; readonly value: number }[] | null;
}

/** Drawn on a grid of 10 by 100 units for each column, and stretched to whatever room there is. */
const WIDTH = 10;
const HEIGHT = 100;
const GAP = 1.5;

/** Columns, each a stack of parts. */
export function renderColumns(columns: readonly PlotColumn[], top: number): TemplateResult {
  return plot(columns, (column, x) => {
    let y = HEIGHT;
    return (column.parts ?? []).map(({ kind, value }) => {
      const height = (Math.min(value, top) / top) * HEIGHT;
      y -= height;
      return height === 0
        ? nothing
        : svg`<rect class="fill ${kind}" x=${x + GAP / 2} y=${round(y)} width=${WIDTH - GAP} height=${round(height)}></rect>`;
    });
  });
}

/** A line in steps, so that a lone value is seen too; broken where nothing was counted. */
export function renderSteps(columns: readonly PlotColumn[], top: number, kind: string): TemplateResult {
  const heights = columns.map(({ parts }) => (parts === null ? null : round(HEIGHT - (Math.min(parts[0]?.value ?? 0, top) / top) * HEIGHT)));
  const line = heights
    .map((y, index) => (y === null ? '' : `${heights[index - 1] == null ? `M${index * WIDTH} ${y}` : `V${y}`}H${(index + 1) * WIDTH}`))
    .join('');
  const area = heights.map((y, index) => (y === null ? '' : `M${index * WIDTH} ${HEIGHT}V${y}h${WIDTH}V${HEIGHT}z`)).join('');
  return plot(columns, () => nothing, svg`<path class="area ${kind}" d=${area}></path><path class="line ${kind}" d=${line}></path>`);
}

/** One bar of parts beside each other. `share`: 0..1 of its whole. */
export function renderStackParts(parts: readonly { readonly kind: string; readonly share: number; readonly title: string }[]): TemplateResult {
  let from = 0;
  return html`<svg class="stack" aria-hidden="true" focusable="false">
    ${parts.map(({ kind, share, title }) => {
      const x = from;
      from += share;
      return share === 0
        ? nothing
        : svg`<rect class="fill ${kind}" x="${round(x * 100)}%" width="${round(share * 100)}%" height="100%"><title>${title}</title></rect>`;
    })}
  </svg>`;
}

function plot(
  columns: readonly PlotColumn[],
  draw: (column: PlotColumn, x: number) => unknown,
  below: SVGTemplateResult | typeof nothing = nothing,
): TemplateResult {
  const width = Math.max(1, columns.length) * WIDTH;
  return html`<svg
    class="plot"
    viewBox="0 0 ${width} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    ${[0, 50, 100].map((y) => svg`<path class="grid" d="M0 ${y}H${width}"></path>`)} ${below}
    ${columns.map(
      (column, index) =>
        svg`<g class="column"><title>${column.title}</title><rect class=${column.parts === null ? 'hit gap' : 'hit'} x=${index * WIDTH} y="0" width=${WIDTH} height=${HEIGHT}></rect>${draw(column, index * WIDTH)}</g>`,
    )}
  </svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
