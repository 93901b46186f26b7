/** How a script becomes scenes (one per sentence) and captions (what fits on the screen at once). */
import { breakable, graphemes, knownLanguage, opticalLength } from './text/language.ts';

export interface Scene {
  /** The whole sentence, as it is said. */
  text: string;
  /** The sentence in pieces that fit on the screen, in order. */
  captions: string[];
}

/** Words whose full stop ends no sentence; the segmenter takes it for one. */
const ABBREVIATION = /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|e\.g|i\.e|approx|No|Fig|[A-HJ-Z])\.\s*$/u;
const CLAUSE_END = /[,;:–—،؛、，；：।]\s*$/u;
const SAYS_SOMETHING = /[\p{L}\p{N}\p{Emoji_Presentation}]/u;

/** Optical length of a caption that is comfortable to read at once. */
const CAPTION_LENGTH = 120;

function tidy(text: string): string {
  return text.normalize('NFC').replaceAll(/[\p{Cc}\p{Zs}]+/gu, ' ').trim();
}

/** The sentences of a script, in order. A line break always ends one. */
export function sentences(script: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(knownLanguage(language), { granularity: 'sentence' });
  const found: string[] = [];
  for (const line of script.split(/[\r\n\u2028\u2029]+/)) {
    let open = '';
    const close = (): void => {
      if (SAYS_SOMETHING.test(open)) found.push(open.trim());
      else if (found.length > 0 && open.trim()) found[found.length - 1] += ` ${open.trim()}`; // "…" alone is no sentence
      open = '';
    };
    for (const { segment } of segmenter.segment(tidy(line))) {
      open += segment;
      if (ABBREVIATION.test(open)) continue;
      // The segmenter leaves a quotation mark that opens the next sentence at the end of this one.
      const opening = /[\p{Ps}\p{Pi}]+\s*$/u.exec(open)?.[0] ?? '';
      open = open.slice(0, open.length - opening.length);
      close();
      open = opening;
    }
    close();
  }
  return found;
}

/** Splits a sentence into captions of about the same length, at clauses where it can, else between words. */
export function captions(sentence: string, language: string, limit = CAPTION_LENGTH): string[] {
  const total = opticalLength(sentence);
  const pieces = Math.ceil(total / limit);
  if (pieces <= 1) return [sentence];
  const target = total / pieces;
  const parts = breakable(sentence, language).flatMap((piece) => (opticalLength(piece) > limit ? cut(piece, limit) : [piece]));
  const result: string[] = [];
  let open = '';
  let length = 0;
  const close = (): void => {
    if (open.trim()) result.push(open.trim());
    open = '';
    length = 0;
  };
  for (const [i, part] of parts.entries()) {
    const added = opticalLength(part);
    if (length > 0 && length + added > limit) close();
    open += part;
    length += added;
    if (CLAUSE_END.test(open) ? length >= target * 0.75 : length >= target && !clauseEndsSoon(parts, i + 1, Math.min(limit - length, target / 4))) close();
  }
  close();
  return result;
}

function clauseEndsSoon(parts: readonly string[], from: number, within: number): boolean {
  let length = 0;
  for (let i = from; i < parts.length; i++) {
    length += opticalLength(parts[i]!);
    if (length > within) return false;
    if (CLAUSE_END.test(parts[i]!)) return true;
  }
  return length <= within;
}

/** A "word" without any place to break (a long address, say) is cut between characters. */
function cut(text: string, limit: number): string[] {
  const characters = graphemes(text);
  const result: string[] = [];
  for (let at = 0; at < characters.length; at += limit / 2) result.push(characters.slice(at, at + limit / 2).join(''));
  return result;
}

export function readScript(script: string, language: string): Scene[] {
  return sentences(script, language).map((text) => ({ text, captions: captions(text, language) }));
}
