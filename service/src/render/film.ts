/** The video as pictures: which frame shows what. */
import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { Background } from './draw/background.ts';
import { CaptionCard, type CaptionStyle } from './draw/caption-card.ts';
import { FrameLine } from './draw/frame-line.ts';
import { clamp01, presence } from './draw/motion.ts';
import { drawArcs } from './draw/ornament.ts';
import { stageFor, type Stage } from './draw/stage.ts';
import type { Palette } from './draw/template.ts';
import { TitleCard } from './draw/title-card.ts';
import type { FrameSize } from './frame-size.ts';
import type { Pace } from './pacing.ts';
import { direction } from './text/language.ts';
import type { TextStyle } from './text/layout.ts';
import type { Card } from './timeline.ts';

export interface FilmPlan {
  size: FrameSize;
  fps: number;
  pace: Pace;
  title: string;
  cards: readonly Card[];
  palette: Palette;
  /** `null` leaves the captions out of the picture. */
  captions: CaptionStyle | null;
  style: Omit<TextStyle, 'weight'>;
}

/** Side of the thumbnail's short edge, in pixels. */
const THUMBNAIL_SIDE = 720;

export class Film {
  private readonly plan: FilmPlan;
  private readonly stage: Stage;
  private readonly canvas: Canvas;
  private readonly context: SKRSContext2D;
  private readonly background: Background;
  private readonly titleCard: TitleCard;
  private readonly frameLine: FrameLine;
  private readonly rtl: boolean;
  private at = 0;
  private shown: { index: number; card: CaptionCard } | undefined;

  constructor(plan: FilmPlan) {
    this.plan = plan;
    this.stage = stageFor(plan.size);
    this.canvas = createCanvas(plan.size.width, plan.size.height);
    this.context = this.canvas.getContext('2d', { alpha: false });
    const style: TextStyle = { ...plan.style, weight: 400 };
    this.background = new Background(this.stage, plan.palette);
    this.titleCard = new TitleCard(this.stage, plan.palette, plan.title, style);
    this.rtl = direction(plan.title) === 'rtl';
    this.frameLine = new FrameLine(this.stage, plan.palette, plan.title, plan.pace.scenes.length, style);
  }

  /** The pixels of a frame, red, green, blue, alpha. Frames are asked for in order. */
  frame(index: number): Buffer {
    const { pace, fps } = this.plan;
    const time = index / fps;
    this.background.draw(this.context, time);
    if (index < pace.title.end) this.drawTitle(time, pace.title.end / fps);
    else if (index >= pace.outro.start) this.drawOutro(time, pace.outro.start / fps, pace.outro.end / fps);
    else this.drawScene(index, time);
    return this.canvas.data();
  }

  /** A JPEG of the title at rest. */
  thumbnail(): Buffer {
    const { size, palette, title, style } = this.plan;
    const scale = THUMBNAIL_SIDE / Math.min(size.width, size.height);
    const stage = stageFor({ width: Math.round(size.width * scale), height: Math.round(size.height * scale) });
    const canvas = createCanvas(stage.width, stage.height);
    const context = canvas.getContext('2d', { alpha: false });
    new Background(stage, palette).draw(context, 1);
    new TitleCard(stage, palette, title, { ...style, weight: 400 }).draw(context, 1, 1, 1);
    return canvas.toBuffer('image/jpeg', 88);
  }

  private drawTitle(time: number, end: number): void {
    this.titleCard.draw(this.context, clamp01((time + 0.1) / 0.8), clamp01((end - time) / 0.3), time);
  }

  private drawOutro(time: number, start: number, end: number): void {
    const alpha = presence(time, start, end + 1, 0.6, 0.6);
    this.titleCard.draw(this.context, clamp01((time - start) / 0.9), alpha, time);
  }

  private drawScene(index: number, time: number): void {
    const { pace, fps, cards, captions } = this.plan;
    while (this.at < cards.length - 1 && index >= cards[this.at]!.end) this.at++;
    const card = cards[this.at]!;
    const scene = pace.scenes[card.scene]!;
    const first = pace.scenes[0]!.start / fps;
    const last = pace.scenes.at(-1)!.end / fps;
    const framed = presence(time, first, last + (pace.outro.end > pace.outro.start ? 0 : 1), 0.5, 0.3);
    this.frameLine.draw(this.context, framed, card.scene, (index - scene.start) / (scene.end - scene.start));
    // Where no large text fills the picture, the arcs and the scene's number do.
    if (captions === null || captions === 'boxed') {
      drawArcs(this.context, this.stage, this.plan.palette, framed, time, this.rtl);
      this.frameLine.drawNumber(this.context, presence(time, scene.start / fps, scene.end / fps, 0.5, 0.25), card.scene);
    }
    if (!captions) return;
    if (this.shown?.index !== this.at) {
      const { palette, style } = this.plan;
      this.shown = { index: this.at, card: new CaptionCard(this.stage, palette, captions, card.text, { ...style, weight: 400 }) };
    }
    const alpha = presence(time, card.start / fps, card.end / fps, 0.45, 0.22);
    const said = (index - card.speech.start) / Math.max(1, card.speech.end - card.speech.start);
    this.shown.card.draw(this.context, alpha, clamp01((time - card.start / fps) / 0.5), said);
  }
}
