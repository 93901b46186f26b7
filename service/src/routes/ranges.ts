import parseRange from 'range-parser';

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

/**
 * The bytes to send, both ends included; `null` for the whole file; `'outside'` when no byte of the range exists. Of several
 * ranges in one request none is sent alone, so the whole file goes out, as HTTP allows.
 */
export function wantedRange({ header, condition, etag, modified, size }: RangeRequest): { start: number; end: number } | 'outside' | null {
  if (header === undefined || (condition !== undefined && !stillTheSame(condition, etag, modified))) return null;
  const ranges = parseRange(size, header, { combine: true });
  if (ranges === -1) return 'outside';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}

/** A date is as exact as a second, and a weak tag proves nothing about bytes. */
function stillTheSame(condition: string, etag: string, modified: Date | null): boolean {
  if (condition.startsWith('"')) return condition === etag;
  if (condition.startsWith('W/') || !modified) return false;
  return Date.parse(condition) === Math.floor(modified.getTime() / 1000) * 1000;
}
