import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Stage } from './stage.ts';
import type { Palette } from './template.ts';

/** Pixels of the picture per pixel of the soft lights: they have no edges, so a small picture of them is enough. */
const COARSE = 10;

/** Pictures a second of the lights. They move too slowly for more to be seen, and a still ground is quick to draw and encode. */
const RATE = 8;

/** A ground with soft lights that wander slowly through the whole video, without a cut. */
export class Background {
  private readonly stage: Stage;
  private readonly palette: Palette;
  private readonly ground: Canvas;
  private readonly lights: Canvas;
  private readonly picture: Canvas;
  private painted = -1;

  constructor(stage: Stage, palette: Palette) {
    this.stage = stage;
    this.palette = palette;
    const { width, height } = stage;
    this.picture = createCanvas(width, height);
    this.picture.getContext('2d', { alpha: false });
    // Half floats keep the gradients smooth when the small picture is enlarged.
    const small = (): Canvas => {
      const canvas = createCanvas(Math.ceil(width / COARSE), Math.ceil(height / COARSE));
      canvas.getContext('2d', { colorType: 'float16' });
      return canvas;
    };
    this.lights = small();
    this.ground = small();
    const context = this.ground.getContext('2d');
    const gradient = context.createLinearGradient(0, 0, this.ground.width, this.ground.height);
    gradient.addColorStop(0, palette.ground[0]);
    gradient.addColorStop(1, palette.ground[1]);
    context.fillStyle = gradient;
    context.fillRect(0, 0, this.ground.width, this.ground.height);
  }

  /** Draws the ground at `time` seconds. Covers the whole picture. */
  draw(context: SKRSContext2D, time: number): void {
    const step = this.palette.glows.length > 0 ? Math.floor(time * RATE) : 0;
    if (step !== this.painted) {
      this.paint(step / RATE);
      this.painted = step;
    }
    context.drawImage(this.picture, 0, 0);
  }

  private paint(time: number): void {
    const small = this.lights.getContext('2d');
    const w = this.lights.width;
    const h = this.lights.height;
    const reach = Math.max(w, h) * 0.62;
    small.drawImage(this.ground, 0, 0);
    for (const [i, colour] of this.palette.glows.entries()) {
      const turn = i * 2.1 + time * (0.11 + i * 0.023);
      const x = w * (0.72 + 0.3 * Math.cos(turn) - i * 0.22);
      const y = h * (0.42 + 0.38 * Math.sin(turn * 0.83 + i));
      const light = small.createRadialGradient(x, y, 0, x, y, reach * (1 - i * 0.14));
      light.addColorStop(0, `rgba(${colour}, ${this.palette.glow})`);
      light.addColorStop(0.45, `rgba(${colour}, ${this.palette.glow * 0.36})`);
      light.addColorStop(1, `rgba(${colour}, 0)`);
      small.fillStyle = light;
      small.fillRect(0, 0, w, h);
    }
    const picture = this.picture.getContext('2d');
    picture.imageSmoothingEnabled = true;
    picture.imageSmoothingQuality = 'low';
    picture.drawImage(this.lights, 0, 0, this.stage.width, this.stage.height);
  }
}
