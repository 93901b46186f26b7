/** Different words for the same address are one. */
export function addressOf(apiUrl: string): string {
  try {
    return new URL(apiUrl || '/', globalThis.document?.baseURI).href.replace(/\/+$/, '');
  } catch {
    return apiUrl;
  }
}
