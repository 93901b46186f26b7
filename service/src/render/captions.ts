import type { Card } from './timeline.ts';

function timestamp(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const part = (value: number, digits = 2): string => String(Math.floor(value)).padStart(digits, '0');
  return `${part(ms / 3_600_000)}:${part((ms / 60_000) % 60)}:${part((ms / 1000) % 60)}.${part(ms % 1000, 3)}`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The captions as a WebVTT file. */
export function webvtt(cards: readonly Card[], fps: number): string {
  const cues = cards.map((card, i) => {
    const times = `${timestamp(card.start / fps)} --> ${timestamp(card.end / fps)}`;
    return `${i + 1}\n${times}\n${escape(card.text)}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}
