/** Calm movement: everything starts at once and comes to rest slowly. */

export const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));

/** Decelerates to rest. */
export const easeOut = (at: number): number => 1 - (1 - clamp01(at)) ** 3;

/** How present something is, 0..1, that comes and goes within `[start, end)`; all in seconds. */
export function presence(time: number, start: number, end: number, arrive: number, leave: number): number {
  const scale = Math.min(1, (end - start) / 2 / Math.max(arrive, leave));
  return Math.min(easeOut((time - start) / (arrive * scale)), clamp01((end - time) / (leave * scale)));
}
