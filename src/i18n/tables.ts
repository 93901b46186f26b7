import type { TermTable } from './terms.ts';

/** The words of each language, by its tag in lower case. */
export const tables = new Map<string, TermTable>();
const listeners = new Set<() => void>();

/** The language that every element has words for. */
export const SOURCE_LOCALE = 'en';

export const normal = (tag: string): string => tag.toLowerCase();

/**
 * Finds and brings languages. Until the first page in another language than English has loaded `locales.ts`, which takes
 * over, only words that the page registered are known, and no direction but English's.
 */
export const languages = {
  match(tag: string): string | null {
    for (let rest = normal(tag); rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')))) {
      if (rest === SOURCE_LOCALE || tables.has(rest)) return rest;
    }
    return null;
  },

  directionOf(_lang: string): 'ltr' | 'rtl' {
    return 'ltr';
  },

  /** Fetches what is missing; `false` when some of it could not be fetched, or there is none. */
  async load(tag: string): Promise<boolean> {
    if (normal(tag).split('-', 1)[0] === SOURCE_LOCALE) return true;
    const { loadLocale } = await import('./locales-code.ts');
    tellAll();
    return loadLocale(tag);
  },
};

/**
 * Adds words of a language, over those it may have: a new language, or other words of the page's own. Elements on the
 * page change at once. English is `en`; a regional tag (`en-GB`) adds to its language.
 */
export function registerTerms(tag: string, table: TermTable): void {
  const key = normal(tag);
  tables.set(key, { ...tables.get(key), ...table });
  tellAll();
}

/** True when words of this (matched) language can be shown; more of them may still be on their way. */
export function hasTerms(match: string): boolean {
  return match === SOURCE_LOCALE || tables.has(match);
}

/** The words that were registered for exactly this tag. */
export function termsOf(tag: string): TermTable | undefined {
  return tables.get(normal(tag));
}

/** Called when words were added, or can be found. The function returned takes the listener back. */
export function onTermsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellAll(): void {
  for (const listener of [...listeners]) listener();
}
