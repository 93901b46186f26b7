/** What the first picture does without: the store, and with it all that asks, waits and merges. Only ever imported dynamically. */
export { readInterval } from './interval.ts';
export { getStore, releaseStore } from '../store/registry.ts';
