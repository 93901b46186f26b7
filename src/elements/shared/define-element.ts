/**
 * Registers an element under its tag, unless another copy of it (a second bundle on the page, a second module graph) was
 * there first: that one stays, and both copies' tags work.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}
