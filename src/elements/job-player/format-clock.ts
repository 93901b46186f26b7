/** `0:05`, `12:34`, `1:02:03` in the digits of the language. */
export function formatClock(
  seconds: number,
  localize: { number(value: number, options?: Intl.NumberFormatOptions): string },
): string {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const padded = (value: number): string => localize.number(value, { minimumIntegerDigits: 2 });
  const tail = padded(whole % 60);
  return hours > 0 ? `${localize.number(hours)}:${padded(minutes)}:${tail}` : `${localize.number(minutes)}:${tail}`;
}
