import type { TranslationOf } from '../terms.ts';
import type { CreateBulkTerms } from './en.ts';

/** Nepali words of `<job-create-bulk>`. */
export const createBulkNe: TranslationOf<CreateBulkTerms> = {
  'bulk.label': 'फाइलबाट धेरै भिडियो',
};
