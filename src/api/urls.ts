import type { Job } from '../core/job.ts';
import { pathUrl } from './job-url.ts';

export { DEFAULT_BASE_URL, jobPath, segment } from './job-url.ts';

export type MediaKind = 'video' | 'thumbnail' | 'captions';

/**
 * A page's own say about media. It gets what the backend sent (a link, a URL or a path; `null` when nothing), and
 * answers with a URL (relative to the page), with `null` for "no such media", or with `undefined` to leave it to the
 * usual rules.
 */
export type MediaUrlMap = (path: string | null, kind: MediaKind, job: Job) => string | null | undefined;

export interface MediaUrlOptions {
  /** Address of the API, as for `JobClient`. */
  baseUrl: string;
  map?: MediaUrlMap;
}

export type QueryParams = Readonly<Record<string, string | number | readonly string[] | null | undefined>>;

/** As `pathUrl`, with a query. */
export function apiUrl(baseUrl: string, path: string, params: QueryParams = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    const values = Array.isArray(value) ? (value as readonly string[]) : [value as string | number | null | undefined];
    for (const one of values) if (one !== undefined && one !== null && one !== '') query.append(key, String(one));
  }
  const text = query.toString();
  return `${pathUrl(baseUrl, path)}${text && `?${text}`}`;
}

/**
 * A link from a job as an absolute URL: links are relative to the API's origin, not to the prefix its address may have.
 * `null` unless it is http or https at that very origin, since requests to links carry the caller's token.
 */
export function linkUrl(link: string | undefined, baseUrl: string): string | null {
  if (!link) return null;
  const origin = apiOrigin(baseUrl);
  const url = parse(link, origin);
  return url && url.origin === origin && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** A relative address means the page's own origin. Without a page (on a server) there is none. */
export function apiOrigin(baseUrl: string): string {
  // As requests read it: `//` is no host, but a slash too many.
  return parse(apiUrl(baseUrl, '/'), pageUrl())?.origin ?? 'null';
}

export function pageUrl(): string | undefined {
  return (globalThis as { document?: { baseURI: string } }).document?.baseURI;
}

export function parse(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
