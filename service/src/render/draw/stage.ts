import type { FrameSize } from '../frame-size.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where things may stand in the picture. */
export interface Stage extends FrameSize {
  /** Pixels of one design unit: the short side is 720 of them. */
  unit: number;
  /** The part that no platform covers with its own buttons and texts. */
  safe: Box;
  /** The line on top: title and counter. */
  header: Box;
  /** Where captions stand. */
  body: Box;
  /** The progress line. */
  footer: Box;
}

/** Shares of the picture that stay free, by its shape. Upright videos lie under a phone application's own controls. */
function margins(ratio: number): { side: number; top: number; bottom: number } {
  if (ratio > 1.2) return { side: 0.075, top: 0.1, bottom: 0.1 };
  if (ratio < 0.7) return { side: 0.11, top: 0.12, bottom: 0.2 };
  return { side: 0.09, top: 0.09, bottom: 0.09 };
}

export function stageFor({ width, height }: FrameSize): Stage {
  const unit = Math.min(width, height) / 720;
  const { side, top, bottom } = margins(width / height);
  const safe: Box = {
    x: Math.round(width * side),
    y: Math.round(height * top),
    width: Math.round(width * (1 - 2 * side)),
    height: Math.round(height * (1 - top - bottom)),
  };
  const header: Box = { ...safe, height: 32 * unit };
  const footer: Box = { ...safe, y: safe.y + safe.height - 4 * unit, height: 4 * unit };
  const gap = 36 * unit;
  const body: Box = {
    ...safe,
    y: header.y + header.height + gap,
    height: footer.y - header.y - header.height - 2 * gap,
  };
  return { width, height, unit, safe, header, body, footer };
}
