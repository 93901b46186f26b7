/** For the first page in another language than English. Only ever imported dynamically. */
export { loadLocale } from './locales.ts';
