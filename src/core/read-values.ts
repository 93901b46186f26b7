/** Readers of single values from the wire. Each gives `null` for what it cannot make sense of, and none throws. */

/** An object whose fields can be asked for. Arrays are none. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field, or `undefined` when asking for it fails. */
export function field(record: object, key: string): unknown {
  try {
    return (record as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** Text with something in it. Numbers count, since ids are sometimes sent as such. */
export function readText(value: unknown): string | null {
  if (typeof value === 'string') return /\S/.test(value) ? value : null;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** A finite number, also when sent as text, brought into the range. */
export function readNumber(value: unknown, min = -Infinity, max = Infinity): number | null {
  const number = typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  return Math.min(max, Math.max(min, number));
}

/** A finite number without its fraction. */
export function readInteger(value: unknown, min = 0, max = Number.MAX_SAFE_INTEGER): number | null {
  const number = readNumber(value, min, max);
  return number === null ? null : Math.trunc(number);
}

/** From here on a progress can only be meant on the scale 0..100: nothing on the scale 0..1 overshoots to double. */
const SURELY_PERCENT = 2;

/**
 * A share 0..1. Values from 2 up, and text with a `%`, are read as percentages; what lies between 1 and 2 is a rounding
 * error of a share and becomes 1.
 */
export function readShare(value: unknown): number | null {
  const percent = typeof value === 'string' && /%\s*$/.test(value);
  const number = readNumber(percent ? value.replace(/%\s*$/, '') : value);
  if (number === null) return null;
  return readNumber(percent || number >= SURELY_PERCENT ? number / 100 : number, 0, 1);
}
