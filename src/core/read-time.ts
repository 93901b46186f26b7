import { readNumber } from './read-values.ts';

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(?:(Z|UTC)|([+-]\d\d):?(\d\d)?)?$/i;

/** Numbers below are no times (a bare year, a counter). */
const FIRST_SECONDS = 1e8;
/** Numbers below are seconds since the epoch (up to the year 5138), from here milliseconds (since 1973). */
const FIRST_MILLISECONDS = 1e11;

/**
 * Milliseconds since the epoch from ISO 8601 (also with a space for the `T`, and with microseconds), or from a number of
 * seconds or milliseconds. A time without a zone is UTC, which `Date.parse` would take for local time.
 */
export function readTime(value: unknown): number | null {
  const number = readNumber(value);
  if (number !== null) {
    if (number < FIRST_SECONDS) return null;
    return Math.round(number < FIRST_MILLISECONDS ? number * 1000 : number);
  }
  if (typeof value !== 'string') return null;
  const parts = ISO.exec(value.trim());
  if (!parts) return null;
  const [, day, minutes = '00:00', seconds = '00', fraction = '', , hoursOff, minutesOff = '00'] = parts;
  const zone = hoursOff ? `${hoursOff}:${minutesOff}` : 'Z';
  const time = Date.parse(`${day}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
  return Number.isNaN(time) ? null : time;
}
