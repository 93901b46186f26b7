import type { TermTable } from './terms.ts';

/** The words of each language, by its tag in lower case. */
export const tables = new Map<string, TermTable>();
const listeners = new Set<() => void>();

/** The language that every element has words for. */
export const SOURCE_LOCALE = 'en';

export const normal = (tag: string): string => tag.toLowerCase();

/** True when words of this (matched) language can be shown; more of them may still be on their way. */
export function hasTerms(match: string): boolean {
  return match === SOURCE_LOCALE || tables.has(match);
}

/** What a language brings of its own, for what `Intl` does not know. */
export interface OwnWords {
  readonly lang: string;
  ownSentence(key: string, count: number): string | undefined;
}

/**
 * Finds and brings languages. Until the first page in another language than English has loaded `locales.ts`, which takes
 * over, only words that the page registered are known, and no direction and digits but English's.
 */
export const languages = {
  match(tag: string): string | null {
    for (let rest = normal(tag); rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')))) {
      if (hasTerms(rest)) return rest;
    }
    return null;
  },

  directionOf(_lang: string): 'ltr' | 'rtl' {
    return 'ltr';
  },

  strangeDigits(_words: OwnWords): string | null {
    return null;
  },

  /** Fetches what is missing; `false` when some of it could not be fetched, or there is none. */
  async load(tag: string): Promise<boolean> {
    if (normal(tag).split('-', 1)[0] === SOURCE_LOCALE) return true;
    const { loadLocale } = await import('./locales-code.ts');
    tellAll();
    return loadLocale(tag);
  },
};

/** Called when words were added, or can be found. The function returned takes the listener back. */
export function onTermsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellAll(): void {
  for (const listener of [...listeners]) listener();
}
