export { LocalizeController, type Direction, type LocalizeOptions } from './localize.ts';
export { loadLocale, registerLocale, registerTerms, type LocaleLoader } from './locales.ts';
export { en, type EnglishTerms } from './en.ts';
export type { PluralTerm, Term, TermTable, TermValue, TranslationOf } from './terms.ts';
