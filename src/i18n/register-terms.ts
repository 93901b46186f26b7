import { normal, tables, tellAll } from './tables.ts';
import type { TermTable } from './terms.ts';

/**
 * Adds words of a language, over those it may have: a new language, or other words of the page's own. Elements on the
 * page change at once. English is `en`; a regional tag (`en-GB`) adds to its language.
 */
export function registerTerms(tag: string, table: TermTable): void {
  const key = normal(tag);
  tables.set(key, { ...tables.get(key), ...table });
  tellAll();
}
