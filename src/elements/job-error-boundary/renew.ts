import { nothing, render, type LitElement } from 'lit';

/**
 * Lets a widget begin anew, as the same element, so that whoever holds it or listens to it need not know: what it drew is thrown
 * away, it leaves the page and comes back, and draws again.
 */
export function renew(widget: Element): void {
  if (!widget.isConnected) return;
  const lit = widget as LitElement;
  if (lit.shadowRoot && lit.renderOptions) render(nothing, lit.shadowRoot, lit.renderOptions);
  const { parentNode, nextSibling } = widget;
  widget.remove();
  parentNode?.insertBefore(widget, nextSibling);
  lit.requestUpdate?.();
}
