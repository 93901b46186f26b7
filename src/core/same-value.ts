/** Values looked at before two structures are taken as different: the answer only saves work, it is never needed. */
const BUDGET = 10_000;

/** Whether two values from the wire are the same through and through. Anything but plain data counts as different. */
export function sameValue(a: unknown, b: unknown): boolean {
  let budget = BUDGET;
  const same = (left: unknown, right: unknown): boolean => {
    if (Object.is(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || !left || !right || --budget < 0) return false;
    if (Array.isArray(left) !== Array.isArray(right)) return false;
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && same(left[key as never], right[key as never]))
    );
  };
  try {
    return same(a, b);
  } catch {
    return false;
  }
}
