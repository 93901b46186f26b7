import type { Job } from '../core/job.ts';

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

/** The API's address with a path, whether the address ends in a slash or not; a prefix in it stays. */
export function apiUrl(baseUrl: string, path: string, params: QueryParams = {}): string {
  const base = baseUrl.trim().replace(/[?#].*$/s, '').replace(/\/+$/, '');
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    const values = Array.isArray(value) ? (value as readonly string[]) : [value as string | number | null | undefined];
    for (const one of values) if (one !== undefined && one !== null && one !== '') query.append(key, String(one));
  }
  const text = query.toString();
  return `${base}/${path.replace(/^\/+/, '')}${text && `?${text}`}`;
}

/** Path of one job. The id may hold anything, and stays one segment. */
export function jobPath(id: string, action = ''): string {
  return `/api/v1/jobs/${segment(id)}${action}`;
}

/**
 * A link from a job as an absolute URL: links are relative to the API's origin, not to the prefix its address may have.
 * `null` unless it is http or https at that very origin, since requests to links carry the caller's token.
 */
export function linkUrl(link: string | undefined, baseUrl: string): string | null {
  const origin = apiOrigin(baseUrl);
  const url = link ? parse(link, origin) : null;
  return url && url.origin === origin && /^https?:$/.test(url.protocol) ? url.href : null;
}

/**
 * An id as one segment of a path. Nothing, `.` and `..` would lead to another route, even when encoded: a blank, which is
 * no job's id, stands for them. Halves of a surrogate pair cannot be encoded.
 */
export function segment(id: string): string {
  return /^\.{0,2}$/.test(id) ? '%20' : encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, '\ufffd'));
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
