import { systemClock } from '../../core/clock.ts';

/** What was told, for all tabs of this origin: names with the time. */
const KEY = 'job-elements.told';
/** Forgotten after this long, in ms, and when there are more: enough for the ends of a whole page of jobs, told by toast and by desktop. */
const KEEP = 86_400_000;
const MOST = 1_000;

type Told = readonly (readonly [name: string, at: number])[];

/** For pages that may keep nothing: what this one told. */
const here = new Set<string>();

/**
 * Whether it is for this page to tell of `name`: true for one page of the origin, once a day. A Web Lock makes sure that of two
 * tabs that ask at the same moment only one is answered so.
 */
export async function claimNotice(name: string): Promise<boolean> {
  const { locks } = globalThis.navigator;
  // A page that is no secure context has no locks; then the other tab may be a moment too quick.
  if (!locks) return take(name);
  try {
    return await locks.request(KEY, () => take(name));
  } catch {
    return take(name);
  }
}

/** A clock that was set back a little makes nothing untold. */
function take(name: string): boolean {
  const now = systemClock.now();
  try {
    const told = read().filter(([, at]) => Math.abs(now - at) < KEEP);
    if (told.some(([known]) => known === name)) return false;
    localStorage.setItem(KEY, JSON.stringify([...told, [name, now]].slice(-MOST)));
    return true;
  } catch {
    if (here.has(name)) return false;
    here.add(name);
    return true;
  }
}

function read(): Told {
  const text = localStorage.getItem(KEY);
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((one): one is [string, number] => Array.isArray(one) && typeof one[1] === 'number') : [];
  } catch {
    return [];
  }
}
