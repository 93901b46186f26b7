import { enFirst } from './en-first.ts';
import { enMore } from './en-more.ts';
import type { TermTable } from './terms.ts';

/**
 * English: the words that every element shares, and those of `<job-status>`. Other elements keep theirs in a table of
 * their own and hand it to their `LocalizeController`, so that a page loads only the words it shows.
 */
export const en = { ...enFirst, ...enMore } as const satisfies TermTable;

export type EnglishTerms = typeof en;
