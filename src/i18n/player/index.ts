import type { LocalizeOptions } from '../localize.ts';
import { playerEn, type PlayerTerms } from './en.ts';

/** The words of `<job-player>`, for its `LocalizeController`. */
export const playerWords: LocalizeOptions<PlayerTerms> = {
  terms: playerEn,
  translations: { ne: () => import('./ne.ts').then((module) => module.playerNe) },
};

export type { PlayerTerms };
