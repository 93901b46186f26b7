import type { ReactiveElement } from 'lit';
import { tellFailure } from './failure.ts';

/**
 * Registers an element under its tag, unless another copy of it (a second bundle on the page, a second module graph) was
 * there first: that one stays, and both copies' tags work. An update that throws is told of by `job-error`.
 */
export function defineElement(tag: string, element: typeof ReactiveElement): void {
  if (customElements.get(tag) !== undefined) return;
  const prototype = element.prototype as unknown as { performUpdate(): void };
  const update = prototype.performUpdate;
  prototype.performUpdate = function (this: ReactiveElement) {
    try {
      update.call(this);
    } catch (error) {
      if (!tellFailure(this, error)) throw error;
    }
  };
  customElements.define(tag, element as unknown as CustomElementConstructor);
}
