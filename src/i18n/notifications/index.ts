import type { LocalizeOptions } from '../localize.ts';
import { notificationsEn, type NotificationsTerms } from './en.ts';

/** The words of `<job-notifications>`, for its `LocalizeController`. */
export const notificationsWords: LocalizeOptions<NotificationsTerms> = {
  terms: notificationsEn,
  translations: { ne: () => import('./ne.ts').then((module) => module.notificationsNe) },
};

export type { NotificationsTerms };
