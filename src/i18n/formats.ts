const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type DurationUnit = 'second' | 'minute' | 'hour' | 'day';

const UNITS: readonly (readonly [DurationUnit, number])[] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
];

/** A span as its two largest units that follow each other: 80,000 ms → 1 minute, 20 seconds. Zero units are left out. */
export function splitDuration(ms: number): readonly (readonly [DurationUnit, number])[] {
  let rest = Math.max(0, Math.floor(ms / SECOND)) * SECOND;
  const first = UNITS.findIndex(([, size]) => rest >= size);
  if (first === -1) return [['second', 0]];
  const parts: [DurationUnit, number][] = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push([unit, count]);
  }
  return parts;
}

/** The unit in which a range of spans is told, and both ends in it, never below 1. */
export function rangeIn(low: number, high: number): readonly [DurationUnit, number, number] {
  const [unit, size] = UNITS.find(([, ms]) => high >= ms * 1.5) ?? ['second', SECOND];
  const step = unit === 'second' ? 5 : 1;
  const round = (ms: number): number => Math.max(step, Math.round(ms / size / step) * step);
  return [unit, round(low), round(high)];
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in the largest decimal unit that leaves at least 1: 48,200,000 → 48.2 megabyte. */
export function splitBytes(bytes: number): readonly [(typeof BYTE_UNITS)[number], number] {
  const power = bytes < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return [BYTE_UNITS[power] ?? 'byte', bytes / 1000 ** power];
}

const RELATIVE: readonly (readonly [Intl.RelativeTimeFormatUnit, number, number])[] = [
  // unit, its length, and below which distance it is used
  ['second', SECOND, 45 * SECOND],
  ['minute', MINUTE, 45 * MINUTE],
  ['hour', HOUR, 22 * HOUR],
  ['day', DAY, 26 * DAY],
  ['month', 30.44 * DAY, 320 * DAY],
  ['year', 365.25 * DAY, Infinity],
];

/** A distance in time in one unit. Below 45 seconds it is 0 seconds, which languages have a word for ("now"). */
export function splitRelative(ms: number): readonly [Intl.RelativeTimeFormatUnit, number] {
  const [unit, size] = RELATIVE.find(([, , below]) => Math.abs(ms) < below) ?? ['second', SECOND];
  return unit === 'second' ? [unit, 0] : [unit, Math.sign(ms) * Math.max(1, Math.round(Math.abs(ms) / size))];
}
