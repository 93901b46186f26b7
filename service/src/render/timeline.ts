import { share, MIN_CAPTION, type Pace, type Span } from './pacing.ts';
import type { Scene } from './script.ts';
import { opticalLength } from './text/language.ts';

/** One caption and when it stands on the screen. */
export interface Card extends Span {
  text: string;
  /** Index of its scene. */
  scene: number;
  /** When it is said or read. */
  speech: Span;
}

/** Spreads each scene's captions over its time, as long as each takes to say. */
export function cardsFor(scenes: readonly Scene[], pace: Pace, fps: number): Card[] {
  return scenes.flatMap((scene, index) => {
    const { start, end, speech } = pace.scenes[index]!;
    const lengths = scene.captions.map(opticalLength);
    const frames = end - start;
    const floor = Math.min(MIN_CAPTION * fps, frames / lengths.length);
    const shares = share(speech.end - speech.start, lengths, lengths.map(() => Math.min(floor, (speech.end - speech.start) / lengths.length)));
    let at = speech.start;
    const turns = shares.map((part, i) => {
      const from = Math.round(at);
      at += part;
      return { from, to: i === shares.length - 1 ? speech.end : Math.round(at) };
    });
    return scene.captions.map((text, i) => ({
      text,
      scene: index,
      start: i === 0 ? start : turns[i]!.from,
      end: i === scene.captions.length - 1 ? end : turns[i]!.to,
      speech: { start: turns[i]!.from, end: turns[i]!.to },
    }));
  });
}
