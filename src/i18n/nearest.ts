/** Where an element stands decides its language: the nearest `lang` and `dir`, through shadow roots, as in HTML. */

/** The value of `lang` or `dir` on the element or the nearest ancestor that has one, the document's own left out. */
export function nearest(element: Element, name: 'lang' | 'dir'): string | null {
  for (let node: Node | null = element; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node instanceof Element && node !== node.ownerDocument.documentElement) {
      const value = node.getAttribute(name);
      if (value) return value;
    }
  }
  return null;
}
