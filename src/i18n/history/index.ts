import type { LocalizeOptions } from '../localize.ts';
import { historyEn, type HistoryTerms } from './en.ts';

/** The words of `<job-history>`, for its `LocalizeController`. */
export const historyWords: LocalizeOptions<HistoryTerms> = {
  terms: historyEn,
  translations: { ne: () => import('./ne.ts').then((module) => module.historyNe) },
};

export type { HistoryTerms };
