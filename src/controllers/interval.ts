const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };
/** Nobody is served by more than four questions a second, in ms. */
const SHORTEST = 250;
/** A day, in ms. Far beyond it, timers would fire at once. */
const LONGEST = 86_400_000;

/** Milliseconds from `3000`, `"3000"`, `"3s"`, `"500ms"` or `"1m"`; `undefined` when it is none of these. */
export function readInterval(value: string | number | null | undefined): number | undefined {
  const [, number, unit = 'ms'] = /^\s*(\d*\.?\d+)\s*(ms|s|m)?\s*$/.exec(String(value ?? '')) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 1);
  return ms > 0 ? Math.min(LONGEST, Math.max(SHORTEST, ms)) : undefined;
}
