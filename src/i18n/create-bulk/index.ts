import type { LocalizeOptions } from '../localize.ts';
import { createBulkEn, type CreateBulkTerms } from './en.ts';

/** The words of `<job-create-bulk>`, for its `LocalizeController`. */
export const createBulkWords: LocalizeOptions<CreateBulkTerms> = {
  terms: createBulkEn,
  translations: { ne: () => import('./ne.ts').then((module) => module.createBulkNe) },
};

export type { CreateBulkTerms };
