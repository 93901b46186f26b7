import type { LocalizeOptions } from '../localize.ts';
import { boundaryEn, type BoundaryTerms } from './en.ts';

/** The words of `<job-error-boundary>`, for its `LocalizeController`. */
export const boundaryWords: LocalizeOptions<BoundaryTerms> = {
  terms: boundaryEn,
  translations: { ne: () => import('./ne.ts').then((module) => module.boundaryNe) },
};

export type { BoundaryTerms };
