/** What the renderer must know of languages and scripts. */

/** Characters twice as wide as a Latin letter. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;
/** Scripts written without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uff60]/u;
const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Small kana and the long-vowel mark never start a line. */
const NOT_FIRST = /^[\p{Pe}\p{Pf}\p{Po}\p{M}ぁぃぅぇぉっゃゅょァィゥェォッャュョー々〻…‥]/u;
const NOT_LAST = /[\p{Ps}\p{Pi}]$/u;

/** A language tag that `Intl` accepts: the asked one, or "und". */
export function knownLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? 'und';
  } catch {
    return 'und';
  }
}

/** The direction of a text: that of its first letter. */
export function direction(text: string): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0];
  return first !== undefined && RTL.test(first) ? 'rtl' : 'ltr';
}

/** How long a text looks and reads: marks count nothing, wide characters double. */
export function opticalLength(text: string): number {
  let length = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    length += WIDE.test(character) ? 2 : 1;
  }
  return length;
}

/** Seconds that a calm reader needs: about 15 letters a second, and a moment to find the line. */
export function readingTime(text: string): number {
  return 0.6 + opticalLength(text) / 15;
}

export function graphemes(text: string): string[] {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}

/**
 * The pieces between which a line may break, spaces kept at their ends: at spaces everywhere, between words in scripts that write
 * no spaces, never before closing or after opening punctuation.
 */
export function breakable(text: string, language: string): string[] {
  const pieces: string[] = [];
  let open = '';
  for (const { segment } of new Intl.Segmenter(knownLanguage(language), { granularity: 'word' }).segment(text)) {
    const mayBreak =
      /\s$/u.test(open)
        ? !/^\s/u.test(segment)
        : !/^\s/u.test(segment) && !NOT_FIRST.test(segment) && !NOT_LAST.test(open) && (UNSPACED.test(segment[0] ?? '') || UNSPACED.test(open.at(-1) ?? ''));
    if (open && mayBreak) {
      pieces.push(open);
      open = '';
    }
    open += segment;
  }
  return open ? [...pieces, open] : pieces;
}
