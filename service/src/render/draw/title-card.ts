import type { SKRSContext2D } from '@napi-rs/canvas';
import { drawBlock, layoutText, type TextBlock, type TextStyle } from '../text/layout.ts';
import { easeOut } from './motion.ts';
import { drawArcs } from './ornament.ts';
import type { Stage } from './stage.ts';
import type { Palette } from './template.ts';

/** The title, large, under a short bar, with two fine arcs on the far side. Also the thumbnail. */
export class TitleCard {
  private readonly stage: Stage;
  private readonly palette: Palette;
  private readonly block: TextBlock;

  constructor(stage: Stage, palette: Palette, title: string, style: TextStyle) {
    this.stage = stage;
    this.palette = palette;
    const { body, unit, width, height } = stage;
    const share = width > height ? 0.86 : 1;
    this.block = layoutText(
      title,
      { width: body.width * share, height: body.height * 0.84, largest: (width > height ? 104 : 90) * unit, smallest: 34 * unit },
      { ...style, weight: 750 },
    );
  }

  /** `entered` runs from 0 to 1 while the title comes in; `alpha` fades it as a whole; `time` in seconds turns the arcs. */
  draw(context: SKRSContext2D, entered: number, alpha: number, time: number): void {
    const { body, unit } = this.stage;
    const rtl = this.block.face.dir === 'rtl';
    const bar = { width: 84 * unit * easeOut(entered * 1.4), height: 7 * unit, gap: 30 * unit };
    const top = body.y + (body.height - this.block.height - bar.gap) / 2;
    context.save();
    drawArcs(context, this.stage, this.palette, alpha * easeOut(entered), time, rtl);
    context.globalAlpha = alpha;
    context.fillStyle = this.palette.accent;
    context.beginPath();
    context.roundRect(rtl ? body.x + body.width - bar.width : body.x, top - bar.height, bar.width, bar.height, bar.height / 2);
    context.fill();
    context.globalAlpha = alpha * easeOut(entered);
    context.fillStyle = this.palette.ink;
    drawBlock(context, this.block, body.x, top + bar.gap + 26 * unit * (1 - easeOut(entered)), body.width);
    context.restore();
  }
}
