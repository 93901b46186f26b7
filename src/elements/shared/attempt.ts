import { tellFailure } from './failure.ts';

/** Work that an element has begun and does not wait for. When it is rejected, the element has failed. */
export function attempt(element: EventTarget, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!tellFailure(element, error)) throw error;
  });
}
