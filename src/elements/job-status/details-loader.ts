import { Lazy } from '../../core/lazy.ts';

/** The second stage. */
export const details = new Lazy(() => import('./details.ts').then((code) => code.StatusDetails));
