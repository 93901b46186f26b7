import { Lazy } from './core/lazy.ts';
import './elements/job-status/define.ts';

/**
 * The entry of the script-tag bundle. `<job-status>` comes with it: what that is built on is needed by whatever element the
 * page has, and asking for it first would be a round trip more before anything is seen. The code of another element is fetched
 * when the page first has one, also one that is added later. This looks at the document, not into the shadow roots of the
 * page's own components: those call `define`.
 */
const elements: Record<string, Lazy<unknown>> = {
  'job-create-form': new Lazy<unknown>(() => import('./elements/job-create-form/define.ts')),
  'job-error-boundary': new Lazy<unknown>(() => import('./elements/job-error-boundary/define.ts')),
  'job-history': new Lazy<unknown>(() => import('./elements/job-history/define.ts')),
  'job-notifications': new Lazy<unknown>(() => import('./elements/job-notifications/define.ts')),
  'job-player': new Lazy<unknown>(() => import('./elements/job-player/define.ts')),
  'job-provider': new Lazy<unknown>(() => import('./elements/job-provider/define.ts')),
  'job-stats': new Lazy<unknown>(() => import('./elements/job-stats/define.ts')),
};

const selector = Object.keys(elements).join();

/** Registers the elements of these names, all where none is named. Resolves when they are defined. */
export async function define(...names: string[]): Promise<void> {
  const wanted = names.length > 0 ? names : Object.keys(elements);
  await Promise.all(wanted.map((name) => customElements.get(name) ?? elements[name]?.load()));
}

function look(node: ParentNode & Node): void {
  const found = [...node.querySelectorAll(selector)];
  if (node instanceof Element && node.matches(selector)) found.push(node);
  for (const name of new Set(found.map(({ localName }) => localName))) {
    // Until it is here: the widgets inside a provider wait for it.
    if (!customElements.get(name)) elements[name]?.when(() => {});
  }
}

new MutationObserver((records) => {
  for (const { addedNodes } of records) {
    for (const node of addedNodes) if (node instanceof Element) look(node);
  }
}).observe(document, { childList: true, subtree: true });
look(document);
