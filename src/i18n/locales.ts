import { registerTerms } from './register-terms.ts';
import { languages, normal, SOURCE_LOCALE, tables, tellAll, type OwnWords } from './tables.ts';
import type { TermTable } from './terms.ts';

/** Brings the words of a language; called at most once at a time, and again if it failed. */
export type LocaleLoader = () => Promise<TermTable>;

/** What is still to be fetched for a language; each part once. */
const loaders = new Map<string, Set<LocaleLoader>>([['ne', new Set([() => import('./ne.ts').then((module) => module.ne)])]]);
const seen = new Set<LocaleLoader>();
const loading = new Map<string, Promise<boolean>>();

/**
 * Names words that are fetched when the first element needs their language. A language may have several parts, each
 * with the words of some elements; naming the same loader again changes nothing.
 */
export function registerLocale(tag: string, loader: LocaleLoader): void {
  if (seen.has(loader)) return;
  seen.add(loader);
  const key = normal(tag);
  loaders.set(key, (loaders.get(key) ?? new Set()).add(loader));
  // Elements name theirs when they are made, which may be in the middle of another one's update.
  queueMicrotask(tellAll);
}

/**
 * Fetches the words of the best known match for `tag` that are not here yet. `false` when there is no match or some
 * could not be fetched; the next call tries again.
 */
export function loadLocale(tag: string): Promise<boolean> {
  const match = matchLocale(tag);
  if (match === null) return Promise.resolve(false);
  const missing = loaders.get(match);
  if (missing === undefined || missing.size === 0) return Promise.resolve(true);
  let running = loading.get(match);
  if (running === undefined) {
    running = fetchParts(match, missing).finally(() => loading.delete(match));
    loading.set(match, running);
  }
  return running;
}

async function fetchParts(match: string, missing: Set<LocaleLoader>): Promise<boolean> {
  const fetched = await Promise.all(
    [...missing].map(async (load) => {
      try {
        const table = await load();
        missing.delete(load);
        return table;
      } catch {
        return null;
      }
    }),
  );
  const tables = fetched.filter((table) => table !== null);
  if (tables.length > 0) addFetched(match, tables);
  return tables.length === fetched.length;
}

/** Words that the page registered itself win over those fetched. */
function addFetched(match: string, fetched: readonly TermTable[]): void {
  registerTerms(match, Object.assign({}, ...fetched, tables.get(match)) as TermTable);
}

/**
 * The known language nearest to a BCP 47 tag, in lower case: itself, without its last parts (`ne-NP` → `ne`), or another
 * region in the same script (`pt` → `pt-br`, but not `zh-TW` → `zh-cn`). `null` when none is known.
 */
export function matchLocale(tag: string): string | null {
  const known = new Set([SOURCE_LOCALE, ...tables.keys(), ...loaders.keys()]);
  for (let rest = normal(tag); rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')))) {
    if (known.has(rest)) return rest;
  }
  const wanted = likely(tag);
  if (wanted === null) return null;
  for (const candidate of known) {
    const other = likely(candidate);
    if (other !== null && other.language === wanted.language && other.script === wanted.script) return candidate;
  }
  return null;
}

/** The tag with its likely script; `null` when it is no language tag at all. */
function likely(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return null;
  }
}

const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);

function directionOf(lang: string): 'ltr' | 'rtl' {
  return RTL_SCRIPTS.has(new Intl.Locale(lang).maximize().script ?? '') ? 'rtl' : 'ltr';
}

const known = new Map<string, boolean>();

/** Browsers leave out languages: then `Intl` speaks that of the system, in the middle of ours. */
function isKnown(lang: string): boolean {
  let answer = known.get(lang);
  if (answer === undefined) {
    answer = Intl.NumberFormat.supportedLocalesOf(lang).length > 0;
    known.set(lang, answer);
  }
  return answer;
}

function strangeDigits(words: OwnWords): string | null {
  return isKnown(words.lang) ? null : (words.ownSentence('intl.digits', 0) ?? 'latn');
}

languages.match = matchLocale;
languages.directionOf = directionOf;
languages.load = loadLocale;
languages.strangeDigits = strangeDigits;
