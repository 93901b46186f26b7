import { isRecord } from '../../core/read-values.ts';
import type { Pending } from './submission.ts';
import { textsOf, type Texts } from './values.ts';

/** What is kept of a form that has not been sent, or not been taken up. */
export interface Draft {
  readonly texts: Texts;
  /** Values of the page's own fields, by their names. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly pending: Pending | null;
  /** ms since the epoch. */
  readonly savedAt: number;
}

/** A draft that is older is nobody's any more, in ms. */
const MAX_AGE = 30 * 24 * 3600 * 1000;

/** Where the drafts of a user at an API lie. */
export function storageKey(kind: 'draft' | 'presets', apiUrl: string, userId: string, name = ''): string {
  const address = URL.canParse(apiUrl || '/', document.baseURI) ? new URL(apiUrl || '/', document.baseURI).href : apiUrl;
  return ['job-elements', kind, address.replace(/\/+$/, ''), userId, ...(name ? [name] : [])].map(encodeURIComponent).join(' ');
}

/** `null` for nothing, for what is no JSON, and where the browser keeps nothing for pages. */
export function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** `null` removes. `false` when the browser keeps nothing, or no more. */
export function writeStored(key: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The draft under a key. Anything could stand there, so it is read as if it came from outside. */
export function readDraft(key: string, now: number): Draft | null {
  const stored = readStored(key);
  if (!isRecord(stored) || typeof stored.savedAt !== 'number' || now - stored.savedAt > MAX_AGE) return null;
  const { pending } = stored;
  const known = isRecord(pending) && typeof pending.hash === 'string' && typeof pending.key === 'string' && typeof pending.at === 'number';
  return {
    texts: textsOf(isRecord(stored.texts) ? stored.texts : {}),
    own: isRecord(stored.own) ? stored.own : {},
    pending: known ? (pending as unknown as Pending) : null,
    savedAt: stored.savedAt,
  };
}
