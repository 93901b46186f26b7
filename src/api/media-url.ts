import type { Job } from '../core/job.ts';
import { apiOrigin, apiUrl, pageUrl, parse, segment } from './urls.ts';
import type { MediaKind, MediaUrlMap, MediaUrlOptions } from './urls.ts';

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
