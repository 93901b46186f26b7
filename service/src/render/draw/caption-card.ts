import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { drawBlock, layoutText, lineStart, type TextBlock, type TextStyle } from '../text/layout.ts';
import { clamp01, easeOut } from './motion.ts';
import type { Stage } from './stage.ts';
import type { Palette } from './template.ts';

/**
 * How captions look, by `subtitle_style`.
 * - `sweep`: large; the words light up as they are said
 * - `plain`: large, all at once
 * - `boxed`: smaller, on a plate at the foot of the picture
 */
export type CaptionStyle = 'sweep' | 'plain' | 'boxed';

export const CAPTION_STYLES: readonly CaptionStyle[] = ['sweep', 'plain', 'boxed'];

/** Steps of the soft edge between what is said and what is not. */
const EDGE_STEPS = 8;
/** Space between a plate's edge and its text, in design units. */
const PLATE_PAD = 26;

/** One caption, set once and then only copied into each frame. */
export class CaptionCard {
  private readonly stage: Stage;
  private readonly palette: Palette;
  private readonly look: CaptionStyle;
  private readonly block: TextBlock;
  private readonly top: number;
  private readonly pad: number;
  /** The column that the lines stand in. */
  private readonly left: number;
  private readonly width: number;
  private layer: Canvas | undefined;

  constructor(stage: Stage, palette: Palette, look: CaptionStyle, text: string, style: TextStyle) {
    this.stage = stage;
    this.palette = palette;
    this.look = look;
    const { body, unit, width, height } = stage;
    const boxed = look === 'boxed';
    const wide = width > height;
    this.left = body.x + (boxed ? PLATE_PAD * unit : 0);
    this.width = body.width - (boxed ? 2 * PLATE_PAD * unit : 0);
    this.block = layoutText(
      text,
      {
        width: this.width * (wide ? 0.92 : 1),
        height: body.height * (boxed ? 0.5 : 0.94),
        largest: (boxed ? 40 : wide ? 66 : 68) * unit,
        smallest: 24 * unit,
      },
      { ...style, weight: boxed ? 600 : 700 },
    );
    this.pad = Math.ceil(this.block.face.size * 0.5);
    this.top = boxed
      ? body.y + body.height - this.block.height - 26 * unit
      : body.y + (body.height - this.block.height) / 2;
  }

  /** `alpha` 0..1 as a whole, `entered` 0..1 while it comes in, `said` 0..1 of the text. */
  draw(context: SKRSContext2D, alpha: number, entered: number, said: number): void {
    if (alpha <= 0 || this.block.lines.length === 0) return;
    const { unit } = this.stage;
    const top = this.top + 20 * unit * (1 - easeOut(entered));
    context.save();
    if (this.look === 'boxed') this.drawPlate(context, alpha, top);
    if (this.look === 'sweep') {
      this.drawSweep(context, alpha, top, said);
    } else {
      context.globalAlpha = alpha;
      this.copy(context, top);
    }
    context.restore();
  }

  /** What is said in full strength, the rest waiting; a soft edge runs along each line in reading direction. */
  private drawSweep(context: SKRSContext2D, alpha: number, top: number, said: number): void {
    const { lines, leading, face } = this.block;
    const soft = face.size * 1.6;
    let reached = clamp01(said) * (lines.reduce((sum, line) => sum + line.width, 0) + soft);
    for (const [i, line] of lines.entries()) {
      const start = lineStart(this.block, line, this.left, this.width);
      const y = Math.round(top + i * leading) - (i === 0 ? this.pad : 0);
      const end = Math.round(top + (i + 1) * leading) + (i === lines.length - 1 ? this.pad : 0);
      // Strips meet at whole pixels: no seam shows, and no pixel is drawn twice.
      const strip = (from: number, to: number, strength: number): void => {
        const a = Math.round(face.dir === 'rtl' ? start + line.width - to : start + from);
        const b = Math.round(face.dir === 'rtl' ? start + line.width - from : start + to);
        if (b <= a) return;
        context.save();
        context.globalAlpha = alpha * (this.palette.waiting + (1 - this.palette.waiting) * strength);
        context.beginPath();
        context.rect(a, y, b - a, end - y);
        context.clip();
        this.copy(context, top);
        context.restore();
      };
      const first = -this.pad;
      const last = line.width + this.pad;
      const within = (position: number): number => Math.min(last, Math.max(first, position));
      const step = soft / EDGE_STEPS;
      const edge = reached - soft;
      strip(first, within(edge), 1);
      for (let n = 0; n < EDGE_STEPS; n++) strip(within(edge + n * step), within(edge + (n + 1) * step), 1 - (n + 0.5) / EDGE_STEPS);
      strip(within(reached), last, 0);
      reached -= line.width;
    }
  }

  private drawPlate(context: SKRSContext2D, alpha: number, top: number): void {
    const { unit } = this.stage;
    const pad = PLATE_PAD * unit;
    const width = this.block.width + 2 * pad;
    const x = this.block.face.dir === 'rtl' ? this.left + this.width + pad - width : this.left - pad;
    context.globalAlpha = alpha * 0.62;
    context.fillStyle = this.palette.plate;
    context.beginPath();
    context.roundRect(x, top - pad * 0.7, width, this.block.height + pad * 1.4, 14 * unit);
    context.fill();
  }

  private copy(context: SKRSContext2D, top: number): void {
    this.layer ??= this.paint();
    context.drawImage(this.layer, this.left - this.pad, top - this.pad);
  }

  private paint(): Canvas {
    const layer = createCanvas(Math.ceil(this.width) + 2 * this.pad, Math.ceil(this.block.height) + 2 * this.pad);
    const context = layer.getContext('2d');
    context.fillStyle = this.palette.ink;
    drawBlock(context, this.block, this.pad, this.pad, this.width);
    return layer;
  }
}
