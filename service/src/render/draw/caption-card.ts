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
    if (this.look !== 'sweep') {
      context.globalAlpha = alpha;
      this.copy(context, top);
    } else {
      context.globalAlpha = alpha * this.palette.waiting;
      this.copy(context, top);
      this.drawSaid(context, alpha, top, said);
    }
    context.restore();
  }

  /** The said part again, in full strength. A soft edge runs along each line in reading direction. */
  private drawSaid(context: SKRSContext2D, alpha: number, top: number, said: number): void {
    const { lines, leading, face } = this.block;
    const total = lines.reduce((sum, line) => sum + line.width, 0);
    const soft = face.size * 1.6;
    let reached = clamp01(said) * (total + soft);
    // What is drawn over the waiting text adds up to full strength.
    const rest = (alpha * (1 - this.palette.waiting)) / (1 - alpha * this.palette.waiting || 1);
    for (const [i, line] of lines.entries()) {
      if (reached <= 0) break;
      const start = lineStart(this.block, line, this.left, this.width);
      const y = top + i * leading;
      const first = i === 0 ? this.pad : 0;
      const last = i === lines.length - 1 ? this.pad : 0;
      const strip = (from: number, to: number, strength: number): void => {
        if (to <= from) return;
        const x = face.dir === 'rtl' ? start + line.width - to : start + from;
        context.save();
        context.globalAlpha = rest * strength;
        context.beginPath();
        context.rect(x, y - first, to - from, leading + first + last);
        context.clip();
        this.copy(context, top);
        context.restore();
      };
      const overhang = this.pad;
      const full = Math.min(line.width, reached - soft);
      if (full >= line.width) {
        strip(-overhang, line.width + overhang, 1);
      } else {
        if (full > 0) strip(-overhang, full, 1);
        for (let step = 0; step < EDGE_STEPS; step++) {
          const from = Math.max(full > 0 ? full : -overhang, reached - soft + (soft * step) / EDGE_STEPS);
          const to = Math.min(line.width + overhang, reached - soft + (soft * (step + 1)) / EDGE_STEPS);
          strip(from, to, 1 - (step + 0.5) / EDGE_STEPS);
        }
      }
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
