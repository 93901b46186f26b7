/**
 * Tells those around an element that it has failed: `job-error`, which a `<job-error-boundary>` takes over. `false` when nobody
 * does; then the error is the page's, as any other.
 */
export function tellFailure(element: EventTarget, error: unknown): boolean {
  return !element.dispatchEvent(new CustomEvent('job-error', { detail: { error }, bubbles: true, composed: true, cancelable: true }));
}
