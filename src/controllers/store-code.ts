/** What the first picture does without: the store, and with it all that asks, waits and merges. Only ever imported dynamically. */
export { ownEnvironment } from './own-environment.ts';
export { releaseStore } from '../store/registry.ts';
