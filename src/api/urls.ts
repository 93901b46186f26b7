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
 * The one place where a media path from the wire becomes a URL for a browser, or `null`. The page's `map` is asked
 * first; then come the job's link, and the path in its result:
 * - http, https and blob URLs (also `//host/…`) are taken as they are
 * - paths on the backend's disk become the API's `download` and `thumbnail` routes: `file:`, `C:\…`, `~/…`, relative
 *   paths, and absolute ones below a folder where Unix systems and containers keep files (`/tmp`, `/var`, `/app`, …)
 * - every other path from the root is server-relative, `/media/x.mp4`
 * - any other scheme (`javascript:`, `data:`, `s3:`) is nothing
 */
export function mediaUrl(job: Job, kind: MediaKind, options: MediaUrlOptions): string | null {
  const link = job.links?.[kind];
  const path = resultPath(job, kind);
  const mapped = ask(options.map, link ?? path, kind, job);
  if (mapped === null) return null;
  // What the page itself wrote is relative to the page, what the backend wrote to the API.
  if (mapped !== undefined) return safeUrl(mapped, pageUrl() ?? apiOrigin(options.baseUrl));
  if (link) return safeUrl(link, apiOrigin(options.baseUrl));
  if (!path) return null;
  if (!isDiskPath(path)) return safeUrl(path, apiOrigin(options.baseUrl));
  if (kind === 'captions') return null;
  const route = kind === 'video' ? 'download' : 'thumbnail';
  return safeUrl(apiUrl(options.baseUrl, `/api/v1/videos/${segment(job.id)}/${route}`), pageUrl());
}

function resultPath(job: Job, kind: MediaKind): string | null {
  if (kind === 'video') return job.result?.videoPath?.trim() ?? null;
  if (kind === 'thumbnail') return job.result?.thumbnailPath?.trim() ?? null;
  const captions = job.result?.extra.captions_path;
  return typeof captions === 'string' && captions.trim() ? captions.trim() : null;
}

/** A page's function that throws must not take the widget with it. */
function ask(map: MediaUrlMap | undefined, path: string | null, kind: MediaKind, job: Job): string | null | undefined {
  try {
    return map?.(path, kind, job);
  } catch {
    return undefined;
  }
}

/** Folders at the root of a disk, not of a web site. `/media`, `/static`, `/files` and the like are left to the web. */
const DISK_ROOT = /^\/(tmp|var|home|root|usr|opt|mnt|srv|etc|dev|run|app|data|workspace|private|Users|Volumes)\//;

function isDiskPath(path: string): boolean {
  if (/^(file:|[a-z]:[\\/]|\\\\)/i.test(path)) return true;
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return false;
  return !path.startsWith('/') || DISK_ROOT.test(path);
}

function safeUrl(text: string, base?: string): string | null {
  const url = parse(text, base);
  return url && /^(https?|blob):$/.test(url.protocol) ? url.href : null;
}

/**
 * An id as one segment of a path. Nothing, `.` and `..` would lead to another route, even when encoded: a blank, which is
 * no job's id, stands for them. Halves of a surrogate pair cannot be encoded.
 */
function segment(id: string): string {
  return /^\.{0,2}$/.test(id) ? '%20' : encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

/** A relative address means the page's own origin. Without a page (on a server) there is none. */
function apiOrigin(baseUrl: string): string {
  return parse(baseUrl.trim(), pageUrl())?.origin ?? 'null';
}

function pageUrl(): string | undefined {
  return (globalThis as { document?: { baseURI: string } }).document?.baseURI;
}

function parse(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
