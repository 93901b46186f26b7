import type { JobEventDetails } from './events.ts';

/** Dispatches `job-duplicate`. `false` when a listener prevented what the element does by itself. */
export function dispatchDuplicate(target: EventTarget, detail: JobEventDetails['job-duplicate']): boolean {
  return target.dispatchEvent(new CustomEvent('job-duplicate', { detail, bubbles: true, composed: true, cancelable: true }));
}
