import type { LocalizeOptions } from '../localize.ts';
import { createFormEn, type CreateFormTerms } from './en.ts';

/** The words of `<job-create-form>`, for its `LocalizeController`. */
export const createFormWords: LocalizeOptions<CreateFormTerms> = {
  terms: createFormEn,
  translations: { ne: () => import('./ne.ts').then((module) => module.createFormNe) },
};

export type { CreateFormTerms };
