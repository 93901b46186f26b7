import { bytes, date, duration, durationRange, list, moment, relativeTime } from './amounts.ts';
import { en, type EnglishTerms } from './en.ts';
import { watchLanguage } from './page-language.ts';
import { registerLocale, type LocaleLoader } from './locales.ts';
import type { TermTable } from './terms.ts';
import { WordsController, type LocalizedHost, type WordsOptions } from './words.ts';

export type { Direction } from './words.ts';

export interface LocalizeOptions<Terms extends TermTable> extends WordsOptions {
  /** English words of the element's own, over the shared ones. */
  terms?: Terms;
  /** The same in other languages, each fetched when it is first needed. Give one object for all hosts, not one for each. */
  translations?: Readonly<Record<string, LocaleLoader>>;
}

/**
 * Words, numbers, dates and spans in the language of the place where the host stands: its own `lang`, the nearest
 * ancestor's through shadow roots, the provider's, the document's, else English. A change at run time updates the host.
 * Where a language has no words here, everything is English: words and numbers never come in two languages.
 */
export class LocalizeController<Terms extends TermTable = EnglishTerms> extends WordsController<Terms> {
  constructor(host: LocalizedHost, options: LocalizeOptions<Terms> = {}) {
    for (const [tag, loader] of Object.entries(options.translations ?? {})) registerLocale(tag, loader);
    super(host, options.terms ? { ...en, ...options.terms } : en, options);
    this.watch(watchLanguage);
  }

  /** Bytes in a decimal unit: "48.2 MB". */
  bytes(count: number): string {
    return bytes(this, count);
  }

  /** A time in ms since the epoch, as date and time unless told otherwise. */
  date(time: number, options?: Intl.DateTimeFormatOptions): string {
    return date(this, time, options);
  }

  /** The time of day ("14:05"), with the date when it is another day than that of `now`. */
  moment(time: number, now: number): string {
    return moment(this, time, now);
  }

  /** How long ago or ahead: "5 minutes ago", "now". */
  relativeTime(time: number, now: number): string {
    return relativeTime(this, time, now);
  }

  /** A span in ms as its two largest units: "1 min 20 s". `long` writes the units out. */
  duration(ms: number, style?: 'short' | 'long'): string {
    return duration(this, ms, style);
  }

  /** A span that is known roughly: "2–3 min", or "3 min" when both ends round to the same. */
  durationRange(low: number, high: number): string {
    return durationRange(this, low, high);
  }

  list(items: readonly string[]): string {
    return list(this, items);
  }
}
