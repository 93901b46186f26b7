/** How long a script takes to say, roughly: enough to see whether it fits the video. */
export interface SpeechEstimate {
  /** Words, or characters in languages that are counted so. */
  readonly count: number;
  readonly unit: 'words' | 'characters';
  /** Seconds, 0 for nothing to say. */
  readonly seconds: number;
}

/** A calm narrator, in words a minute; languages with long words get through fewer. */
const WORDS_A_MINUTE: Readonly<Record<string, number>> = {
  ar: 115,
  de: 130,
  en: 150,
  es: 155,
  fi: 105,
  fr: 155,
  hi: 135,
  hu: 110,
  it: 150,
  ne: 115,
  pl: 120,
  pt: 150,
  ru: 115,
  tr: 110,
};
const USUAL_RATE = 140;

/** Written without spaces between words: counted by characters, as their speakers do. */
const CHARACTERS_A_MINUTE: Readonly<Record<string, number>> = { ja: 330, zh: 245, yue: 245, th: 600, lo: 600, km: 600, my: 600 };

/** Pauses that a voice makes after a sentence and between paragraphs, in seconds. */
const SENTENCE_PAUSE = 0.35;

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’\-.]*/gu;
const CHARACTER = /[\p{L}\p{N}]\p{M}*/gu;
const SENTENCE_END = /[.!?…。！？।॥؟۔]+(?=\s|$)|[。！？]|\n\s*\n/gu;

const matches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** @param language BCP 47; the voice's language, not that of the page */
export function estimateSpeech(text: string, language: string): SpeechEstimate {
  const primary = language.toLowerCase().split('-', 1)[0] ?? '';
  const characterRate = CHARACTERS_A_MINUTE[primary];
  const unit = characterRate === undefined ? 'words' : 'characters';
  const count = matches(text, unit === 'words' ? WORD : CHARACTER);
  const rate = characterRate ?? WORDS_A_MINUTE[primary] ?? USUAL_RATE;
  const pauses = Math.max(0, matches(text.trim(), SENTENCE_END) - 1) * SENTENCE_PAUSE;
  return { count, unit, seconds: count === 0 ? 0 : Math.max(1, Math.round((count / rate) * 60 + pauses)) };
}

export type SpeechFit = 'fits' | 'long' | 'short';

/** Whether spoken words fit a video of `duration` seconds. A sixth more or less is a matter of the voice's pace. */
export function fitOf(seconds: number, duration: number): SpeechFit {
  const slack = Math.max(3, duration / 6);
  if (seconds > duration + slack) return 'long';
  return seconds < duration - slack ? 'short' : 'fits';
}
