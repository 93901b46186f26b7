import type { AxeResults, RunOptions } from 'axe-core';

const options: RunOptions = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // A test page is no page: it has neither landmarks nor a first heading.
  rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'heading-order': { enabled: false } },
};

/** Fails when axe finds anything against WCAG 2.2 AA, on a light page or on a dark one. */
export async function expectAccessible(element: Element): Promise<void> {
  await import('axe-core/axe.min.js' as string);
  const { axe } = globalThis as unknown as { axe: { run(context: Element, options: RunOptions): Promise<AxeResults> } };
  const page = document.documentElement;
  const before = page.style.cssText;
  const found: string[] = [];
  try {
    for (const scheme of ['light', 'dark']) {
      page.style.cssText = `color-scheme: ${scheme}; background: Canvas; color: CanvasText`;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      finishTransitions(document);
      const { violations } = await axe.run(element, options);
      for (const { id, help, nodes } of violations) {
        for (const node of nodes) found.push(`${scheme}: ${id}: ${help}\n  ${node.html}\n  ${node.failureSummary ?? ''}`);
      }
    }
  } finally {
    page.style.cssText = before;
  }
  if (found.length > 0) throw new Error(`axe found ${found.length}:\n${found.join('\n')}`);
}

/** Colours that are on their way from the other scheme are nobody's. */
function finishTransitions(root: Document | ShadowRoot): void {
  for (const animation of root.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) finishTransitions(shadowRoot);
}
