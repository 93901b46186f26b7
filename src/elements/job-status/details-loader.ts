import { Lazy } from '../../core/lazy.ts';

/** The second stage. */
export const details = new Lazy(async () => (await import('./details.ts')).StatusDetails);
