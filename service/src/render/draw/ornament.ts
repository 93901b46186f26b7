import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Stage } from './stage.ts';
import type { Palette } from './template.ts';

/** Two fine arcs that turn slowly on the side where no text is. */
export function drawArcs(context: SKRSContext2D, stage: Stage, palette: Palette, alpha: number, time: number, rtl: boolean): void {
  const { width, height, unit } = stage;
  context.save();
  if (rtl) {
    context.translate(width, 0);
    context.scale(-1, 1);
  }
  const x = width * 0.94;
  const y = width > height ? height * 0.86 : height * 0.9;
  const radius = Math.max(width, height) * 0.3;
  context.strokeStyle = palette.accent;
  context.lineWidth = 2 * unit;
  context.lineCap = 'round';
  for (const [i, size] of [1, 0.8].entries()) {
    const turn = time * (i === 0 ? 0.12 : -0.09) + i;
    context.globalAlpha = alpha * (i === 0 ? 0.34 : 0.2);
    context.beginPath();
    context.arc(x, y, radius * size, turn, turn + Math.PI * 1.45);
    context.stroke();
  }
  context.restore();
}
