const SAFE_SCHEMES = new Set(['http:', 'https:', 'blob:']);

/** The address itself when it is relative or has a scheme that media may have, otherwise nothing. */
export function safeUrl(value: string): string {
  // Browsers drop white space and control characters inside a scheme, so it is judged without them.
  // oxlint-disable-next-line no-control-regex
  const compact = value.replace(/[\u0000-\u0020]/g, '');
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(compact)?.[0].toLowerCase();
  return scheme === undefined || SAFE_SCHEMES.has(scheme) ? value.trim() : '';
}

/** Whether a browser counts the address as another origin's. Only to be asked in a browser. */
export function isForeign(url: string): boolean {
  const absolute = URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI) : null;
  return absolute !== null && absolute.origin !== location.origin;
}

/** `"1920x1080"` as numbers; `null` when it is nothing of the kind. */
export function readResolution(value: string): { width: number; height: number } | null {
  const match = /^\s*(\d{1,5})\s*[x×]\s*(\d{1,5})\s*$/i.exec(value);
  const width = Number(match?.[1]);
  const height = Number(match?.[2]);
  return width > 0 && height > 0 ? { width, height } : null;
}
