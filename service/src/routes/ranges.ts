export interface RangeRequest {
  /** The header `Range`. */
  header: string | undefined;
  /** The header `If-Range`: the range counts only while the file is still this one. */
  condition: string | undefined;
  etag: string;
  modified: Date | null;
  /** Bytes. */
  size: number;
}

/** One range of bytes; either end may be missing, not both. */
const SINGLE_RANGE = /^bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * The bytes to send, both ends included; `null` for the whole file; `'outside'` when no byte of the range exists. A header that is
 * no range, or several ranges at once, gets the whole file, as HTTP allows.
 */
export function wantedRange({ header, condition, etag, modified, size }: RangeRequest): { start: number; end: number } | 'outside' | null {
  if (header === undefined || (condition !== undefined && !stillTheSame(condition, etag, modified))) return null;
  const [match, first = '', last = ''] = SINGLE_RANGE.exec(header) ?? [];
  if (match === undefined || (first === '' && last === '')) return null;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  // Without a start it is the last bytes, of which there may be fewer than asked for.
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'outside' : { start, end };
}

/** A date is as exact as a second, and a weak tag proves nothing about bytes. */
function stillTheSame(condition: string, etag: string, modified: Date | null): boolean {
  if (condition.startsWith('"')) return condition === etag;
  if (condition.startsWith('W/') || !modified) return false;
  return Date.parse(condition) === Math.floor(modified.getTime() / 1000) * 1000;
}
