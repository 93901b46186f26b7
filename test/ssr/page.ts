/** Runs in the browser: what an element shows first, and how server-rendered markup comes to life. */

interface Reactive extends HTMLElement {
  hasUpdated: boolean;
  updateComplete: Promise<boolean>;
}

interface ReactiveClass {
  prototype: { performUpdate(): void };
}

/**
 * Markup without what only Lit reads: its comments, the styles (adopted in a browser), the mark of a deferred hydration.
 * Attributes and classes are sorted: their order means nothing.
 */
function plain(root: ShadowRoot): string {
  const copy = document.createElement('div');
  for (const node of root.childNodes) copy.append(node.cloneNode(true));
  for (const style of copy.querySelectorAll('style')) style.remove();
  for (const element of copy.querySelectorAll('*')) {
    element.removeAttribute('defer-hydration');
    // What a browser sets as a property, a server can only write as an attribute.
    if (element instanceof HTMLInputElement) element.setAttribute('value', element.value);
    if (element.hasAttribute('class')) element.setAttribute('class', [...element.classList].sort().join(' '));
    const attributes = [...element.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const attribute of attributes) element.removeAttributeNode(attribute);
    for (const attribute of attributes) element.setAttributeNode(attribute);
  }
  const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
  copy.normalize();
  return copy.innerHTML;
}

/** Every element with a shadow root below `root`, outermost first. */
function* shadowHosts(root: ParentNode): Generator<Element & { shadowRoot: ShadowRoot }> {
  for (const element of root.querySelectorAll('*')) {
    if (!element.shadowRoot) continue;
    yield element as Element & { shadowRoot: ShadowRoot };
    yield* shadowHosts(element.shadowRoot);
  }
}

/** The markup of each shadow root as the server wrote it, before any element is defined. */
export function readServerMarkup(html: string): Record<string, string>[] {
  const host = document.createElement('div');
  host.setHTMLUnsafe(html);
  return [...shadowHosts(host)].map((element) => ({ tag: element.localName, markup: plain(element.shadowRoot) }));
}

/** Defines the elements so that each tells the markup of its first rendering, the very first. */
export async function defineElements(url: string): Promise<void> {
  const define = customElements.define.bind(customElements);
  customElements.define = (name, element) => {
    const { prototype } = element as unknown as ReactiveClass;
    const original = prototype.performUpdate;
    prototype.performUpdate = function (this: Reactive & { firstMarkup?: string }) {
      original.call(this);
      if (this.hasUpdated) this.firstMarkup ??= plain(this.shadowRoot!).replace(/ style="[^"]*"/g, '');
    };
    define(name, element);
  };
  await import(url);
}

/**
 * The markup of each shadow root as the browser renders it first, without inline styles: elements set those through the
 * CSSOM, as a policy without `unsafe-inline` demands, so no markup has them.
 */
export async function readFirstMarkup(html: string): Promise<Record<string, string>[]> {
  const host = document.createElement('div');
  document.body.append(host);
  host.innerHTML = html;
  await new Promise((resolve) => setTimeout(resolve, 50));
  const found = [...shadowHosts(host)].map((element) => ({
    tag: element.localName,
    markup: (element as unknown as { firstMarkup?: string }).firstMarkup ?? 'never rendered',
  }));
  host.remove();
  return found;
}

/** Puts server-rendered markup on the page and lets it hydrate; tells how many elements did, and which of their nodes were thrown away. */
export async function hydrate(html: string): Promise<{ hosts: number; lost: string[] }> {
  const host = document.createElement('div');
  const inert = document.implementation.createHTMLDocument().createElement('div');
  inert.setHTMLUnsafe(html);
  const before = [...shadowHosts(inert)].map((element) => ({ element, kept: [...element.shadowRoot.children] }));
  document.body.append(host);
  host.append(...inert.childNodes);
  await Promise.all(before.map(({ element }) => (element as Reactive).updateComplete));
  const lost = before.flatMap(({ element, kept }) => kept.filter((node) => !element.shadowRoot.contains(node)).map((node) => `${element.localName}: ${node.outerHTML}`));
  host.remove();
  return { hosts: before.length, lost };
}
