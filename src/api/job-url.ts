/** Where the backend is when nobody says otherwise. */
export const DEFAULT_BASE_URL = 'http://localhost:8012';

/** The API's address with a path, whether the address ends in a slash or not; a prefix in it stays. */
export function pathUrl(baseUrl: string, path: string): string {
  const base = baseUrl.trim().replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return `${base}/${path.replace(/^\/+/, '')}`;
}

/** Path of one job. The id may hold anything, and stays one segment. */
export function jobPath(id: string, action = ''): string {
  return `/api/v1/jobs/${segment(id)}${action}`;
}

/**
 * An id as one segment of a path. Nothing, `.` and `..` would lead to another route, even when encoded: a blank, which is
 * no job's id, stands for them. Halves of a surrogate pair cannot be encoded.
 */
export function segment(id: string): string {
  return /^\.{0,2}$/.test(id) ? '%20' : encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}
