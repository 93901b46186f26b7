import type { LocalizeOptions } from '../localize.ts';
import { statsEn, type StatsTerms } from './en.ts';

/** The words of `<job-stats>`, for its `LocalizeController`. */
export const statsWords: LocalizeOptions<StatsTerms> = {
  terms: statsEn,
  translations: { ne: () => import('./ne.ts').then((module) => module.statsNe) },
};

export type { StatsTerms };
