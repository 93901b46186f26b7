import { rangeIn, splitBytes, splitDuration, splitRelative } from './formats.ts';
import { intl } from './intl.ts';
import { fill } from './terms.ts';
import type { WordsController } from './words.ts';

/** What this needs of a controller, whatever words it has. */
export type Words = Pick<WordsController, 'lang' | 'strangeDigits' | 'number' | 'numbers' | 'optionalTerm' | 'ownSentence'>;

/** Bytes in a decimal unit: "48.2 MB". */
export function bytes(words: Words, count: number): string {
  const [unit, value] = splitBytes(count);
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return words.number(value, { style: 'unit', unit, unitDisplay, maximumSignificantDigits: 3 });
}

/** A time in ms since the epoch, as date and time unless told otherwise. */
export function date(words: Words, time: number, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }): string {
  const digits = words.strangeDigits;
  if (digits === null) return intl('DateTimeFormat', words.lang, options).format(time);
  // Digits only, as in ISO 8601: the words of another language have no place here.
  const plain = options.dateStyle ? { ...options, dateStyle: 'short' as const } : options;
  return intl('DateTimeFormat', `sv-u-nu-${digits}`, plain).format(time);
}

/** The time of day ("14:05"), with the date when it is another day than that of `now`. */
export function moment(words: Words, time: number, now: number): string {
  const sameDay = new Date(time).toDateString() === new Date(now).toDateString();
  return date(words, time, sameDay ? { timeStyle: 'short' } : undefined);
}

/** How long ago or ahead: "5 minutes ago", "now". */
export function relativeTime(words: Words, time: number, now: number): string {
  const [unit, count] = splitRelative(time - now);
  if (words.strangeDigits === null) return intl('RelativeTimeFormat', words.lang, { numeric: 'auto' }).format(count, unit);
  const key = count === 0 ? 'intl.now' : count < 0 ? 'intl.ago' : 'intl.ahead';
  return words.optionalTerm(key, { time: inUnit(words, unit, Math.abs(count), Math.abs(count), 'long') }) ?? date(words, time);
}

/** A span in ms as its two largest units: "1 min 20 s". `long` writes the units out. */
export function duration(words: Words, ms: number, style: 'short' | 'long' = 'short'): string {
  const parts = splitDuration(ms).map(([unit, count]) => inUnit(words, unit, count, count, style));
  return intl('ListFormat', words.lang, { type: 'unit', style: 'narrow' }).format(parts);
}

/** A span that is known roughly: "2–3 min", or "3 min" when both ends round to the same. */
export function durationRange(words: Words, low: number, high: number): string {
  return inUnit(words, ...rangeIn(low, high), 'short');
}

export function list(words: Words, items: readonly string[]): string {
  return intl('ListFormat', words.lang, words.strangeDigits === null ? {} : { type: 'unit' }).format(items);
}

/** Where `Intl` has no word for a unit, or a clumsy one, the language has its own. */
function inUnit(words: Words, unit: Intl.RelativeTimeFormatUnit, low: number, high: number, style: 'short' | 'long'): string {
  const count = (options?: Intl.NumberFormatOptions): string => {
    const format = words.numbers(options);
    return low === high ? format.format(high) : format.formatRange(low, high);
  };
  const own = style === 'short' || words.strangeDigits !== null ? words.ownSentence(`unit.${unit}`, high) : undefined;
  return own === undefined ? count({ style: 'unit', unit, unitDisplay: style }) : fill(own, { value: count() });
}
