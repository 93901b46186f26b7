import type { SKRSContext2D } from '@napi-rs/canvas';
import { drawBlock, layoutText, type TextBlock, type TextStyle } from '../text/layout.ts';
import { clamp01 } from './motion.ts';
import type { Stage } from './stage.ts';
import type { Palette } from './template.ts';

/** More parts than this make a line of crumbs: then it is drawn in one piece. */
const MOST_PARTS = 14;

/** What frames every scene: the title and a counter on top, the progress line at the foot. */
export class FrameLine {
  private readonly stage: Stage;
  private readonly palette: Palette;
  private readonly style: TextStyle;
  private readonly title: TextBlock;
  private readonly counters = new Map<number, TextBlock>();
  private readonly scenes: number;

  constructor(stage: Stage, palette: Palette, title: string, scenes: number, style: TextStyle) {
    this.stage = stage;
    this.palette = palette;
    this.scenes = scenes;
    this.style = style;
    this.title = this.small(title, stage.header.width * 0.74);
  }

  /** `scene` counts from 0; `done` is how much of it is over, 0..1. */
  draw(context: SKRSContext2D, alpha: number, scene: number, done: number): void {
    if (alpha <= 0) return;
    const { header } = this.stage;
    const rtl = this.title.face.dir === 'rtl';
    context.save();
    context.fillStyle = this.palette.ink;
    context.globalAlpha = alpha * 0.72;
    drawBlock(context, this.title, header.x, header.y, header.width);
    if (this.scenes > 1) {
      const counter = this.counter(scene);
      context.globalAlpha = alpha * 0.5;
      drawBlock(context, counter, rtl ? header.x : header.x + header.width - counter.width, header.y, counter.width);
    }
    this.drawProgress(context, alpha, scene, done, rtl);
    context.restore();
  }

  /** The scene's number, large and thin, for pictures without large text. */
  drawNumber(context: SKRSContext2D, alpha: number, scene: number): void {
    const { body, unit } = this.stage;
    const size = 150 * unit;
    const box = { width: body.width, height: size * 1.3, largest: size, smallest: size };
    const block = layoutText(String(scene + 1), box, { ...this.style, weight: 250 });
    const x = this.title.face.dir === 'rtl' ? body.x + body.width - block.width : body.x - size * 0.04;
    context.save();
    context.globalAlpha = alpha * 0.9;
    context.fillStyle = this.palette.accent;
    drawBlock(context, block, x, body.y, block.width);
    context.restore();
  }

  private drawProgress(context: SKRSContext2D, alpha: number, scene: number, done: number, rtl: boolean): void {
    const { footer, unit } = this.stage;
    const parts = this.scenes <= MOST_PARTS ? this.scenes : 1;
    const gap = 8 * unit;
    const length = (footer.width - gap * (parts - 1)) / parts;
    const reached = parts === 1 ? [(scene + done) / this.scenes] : Array.from({ length: parts }, (_, i) => clamp01(scene + done - i));
    for (const [i, share] of reached.entries()) {
      const offset = i * (length + gap);
      const piece = (size: number, colour: string, strength: number): void => {
        const x = rtl ? footer.x + footer.width - offset - size : footer.x + offset;
        context.fillStyle = colour;
        context.globalAlpha = alpha * strength;
        context.beginPath();
        context.roundRect(x, footer.y, size, footer.height, footer.height / 2);
        context.fill();
      };
      piece(length, this.palette.ink, 0.18);
      if (share > 0) piece(Math.max(footer.height, length * share), this.palette.accent, 1);
    }
  }

  private counter(scene: number): TextBlock {
    let block = this.counters.get(scene);
    if (!block) {
      block = this.small(`${scene + 1} / ${this.scenes}`, this.stage.header.width * 0.25);
      this.counters.set(scene, block);
    }
    return block;
  }

  private small(text: string, width: number): TextBlock {
    const size = 22 * this.stage.unit;
    return layoutText(text, { width, height: this.stage.header.height * 1.3, largest: size, smallest: size }, { ...this.style, weight: 560 });
  }
}
