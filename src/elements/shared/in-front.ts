/** The user looks at this page. */
export function isInFront(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
