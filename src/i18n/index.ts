export { LocalizeController, type Direction, type LocalizeOptions } from './localize.ts';
export { loadLocale, registerLocale, type LocaleLoader } from './locales.ts';
export { registerTerms } from './register-terms.ts';
export { en, type EnglishTerms } from './en.ts';
export type { PluralTerm, Term, TermTable, TermValue, TranslationOf } from './terms.ts';
