/**
 * Where an element stands decides its language (`nearest.ts`), and pages change theirs: one
 * observer serves all elements of the page; it exists while there is one.
 */
const changed = new Map<Element, () => void>();
const roots = new Map<Node, number>();
let observer: MutationObserver | null = null;

/** The document and the shadow roots around an element: an observer sees into none of them by itself. */
function rootsAround(element: Element): Node[] {
  const found: Node[] = [];
  for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
    found.push(root);
    if (!(root instanceof ShadowRoot)) return found;
  }
}

function observe(root: Node): void {
  observer?.observe(root, { attributes: true, attributeFilter: ['lang', 'dir'], subtree: true });
}

function tellAll(): void {
  for (const callback of [...changed.values()]) callback();
}

/** Calls back whenever a `lang` or `dir` changes around the element. The function returned ends it. */
export function watchLanguage(element: Element, callback: () => void): () => void {
  const mine = rootsAround(element);
  observer ??= new MutationObserver(tellAll);
  changed.set(element, callback);
  for (const root of mine) {
    const count = roots.get(root) ?? 0;
    roots.set(root, count + 1);
    if (count === 0) observe(root);
  }
  return () => {
    changed.delete(element);
    const gone = mine.filter((root) => {
      const count = (roots.get(root) ?? 1) - 1;
      if (count > 0) roots.set(root, count);
      else roots.delete(root);
      return count === 0;
    });
    if (observer === null || gone.length === 0) return;
    // A single root cannot be let go of, so the rest are taken up again; what was seen so far is not lost.
    const unseen = observer.takeRecords().length > 0;
    observer.disconnect();
    if (roots.size === 0) observer = null;
    else for (const root of roots.keys()) observe(root);
    if (unseen) tellAll();
  };
}

/** True while elements are watched; for tests of leaks. */
export function isWatching(): boolean {
  return observer !== null;
}
