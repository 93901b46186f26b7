import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { EnglishTerms } from './en.ts';
import { intl } from './intl.ts';
import { nearest } from './nearest.ts';
import { hasTerms, languages, onTermsChange, SOURCE_LOCALE, tables } from './tables.ts';
import { fill, type Term, type TermArguments, type TermTable, type TermValue } from './terms.ts';

export type Direction = 'ltr' | 'rtl';

export interface WordsOptions {
  /** The language that the provider asks for; counts where no element around the host names one. */
  locale?: () => string | null | undefined;
}

/** Calls back whenever a `lang` or `dir` changes around the element. The function returned ends it. */
export type WatchLanguage = (element: Element, callback: () => void) => () => void;

/** A Lit element, as far as this needs one. */
export type LocalizedHost = ReactiveControllerHost & HTMLElement & { readonly hasUpdated: boolean };

/**
 * Words and numbers in the language of the place where the host stands: its own `lang`, the nearest ancestor's through
 * shadow roots, the provider's, the document's, else English. A change at run time updates the host. Where a language has
 * no words here, everything is English: words and numbers never come in two languages.
 */
export class WordsController<Terms extends TermTable = EnglishTerms> implements ReactiveController {
  readonly #host: LocalizedHost;
  #source: TermTable;
  readonly #options: WordsOptions;
  #lang: string = SOURCE_LOCALE;
  #dir: Direction = 'ltr';
  #match: string = SOURCE_LOCALE;
  #asked: string | null | undefined;
  #release: (() => void)[] = [];
  #watch: WatchLanguage | null = null;
  /** The host has come with what a server rendered: its first update must give the same, from the host's own attributes. */
  #hydrating: boolean;

  /** `source`: the English words that there are. */
  constructor(host: LocalizedHost, source: TermTable, options: WordsOptions = {}) {
    this.#host = host;
    this.#options = options;
    this.#source = source;
    this.#hydrating = !isServer && host.shadowRoot !== null;
    host.addController(this);
  }

  /** The language that is shown, as a BCP 47 tag: for `lang` on what the element renders, and for `Intl`. */
  get lang(): string {
    if (isServer) this.#settleByHost();
    return this.#lang;
  }

  /** The direction of the place where the host stands, else that of the language. */
  get dir(): Direction {
    if (isServer) this.#settleByHost();
    return this.#dir;
  }

  hostConnected(): void {
    if (isServer) return;
    this.#release = [onTermsChange(() => this.#termsChanged())];
    this.#follow();
    if (this.#hydrating) this.#settleByHost();
    else this.#resolve();
  }

  hostDisconnected(): void {
    for (const release of this.#release) release();
    this.#release = [];
  }

  hostUpdated(): void {
    if (this.#hydrating) void this.#host.updateComplete.then(() => this.#hydrated());
  }

  hostUpdate(): void {
    if (!this.#hydrating && this.#options.locale?.() !== this.#asked) this.#resolve();
  }

  /** The words for a key. Numbers among the values come in the digits of the language. */
  term<Key extends keyof (EnglishTerms & Terms) & string>(
    key: Key,
    ...[values]: TermArguments<(EnglishTerms & Terms)[Key]>
  ): string {
    return this.optionalTerm(key, values) ?? key;
  }

  /** The words for a key that was put together at run time; `null` when there are none. */
  optionalTerm(key: string, values: Readonly<Record<string, TermValue>> = {}): string | null {
    const own = this.#own(key);
    const count = Number(values['count']);
    const sentence =
      own === undefined
        ? sentenceOf(tables.get(SOURCE_LOCALE)?.[key] ?? this.#source[key], SOURCE_LOCALE, count)
        : sentenceOf(own, this.#match, count);
    return sentence === undefined ? null : fill(sentence, values, (value) => this.number(value));
  }

  number(value: number, options?: Intl.NumberFormatOptions): string {
    return this.numbers(options).format(value);
  }

  /** 0..1 as whole percent. Rounds down: 100 % means done. */
  percent(share: number): string {
    return this.number(Math.floor(share * 100 + 1e-9) / 100, { style: 'percent' });
  }

  /** A format for numbers in the digits of the language. */
  numbers(options?: Intl.NumberFormatOptions): Intl.NumberFormat {
    const digits = this.strangeDigits;
    return intl('NumberFormat', digits === null ? this.lang : `en-u-nu-${digits}`, options);
  }

  /** Where `Intl` of this browser does not know the language: the name of its numbering system, so that the digits at least are right. */
  get strangeDigits(): string | null {
    return languages.strangeDigits(this);
  }

  /** The sentence that the language has of its own for a key, its placeholders still in it; `undefined` when it has none. */
  ownSentence(key: string, count: number): string | undefined {
    return sentenceOf(this.#own(key), this.#match, count);
  }

  /** From now on, a language that changes around the host is heard of, by `watchLanguage` of `page-language.ts`. */
  watch(watch: WatchLanguage): void {
    this.#watch = watch;
    if (this.#release.length === 0) return;
    this.#follow();
    if (!this.#hydrating) this.#resolve();
  }

  #follow(): void {
    if (this.#watch) this.#release.push(this.#watch(this.#host, () => this.#resolve()));
  }

  /** More English words for this host, under those it has. */
  addTerms(table: TermTable): void {
    this.#source = { ...table, ...this.#source };
  }

  /** The term in the language that is shown, from the most special words to the most general: `pt-br`, `pt`. */
  #own(key: string): Term | undefined {
    if (isServer) this.#settleByHost();
    for (let tag = this.#match; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const term = tables.get(tag)?.[key];
      if (term !== undefined) return term;
    }
    return this.#match.split('-', 1)[0] === SOURCE_LOCALE ? this.#source[key] : undefined;
  }

  #hydrated(): void {
    this.#hydrating = false;
    this.#resolve();
  }

  #termsChanged(): void {
    this.#resolve();
    this.#host.requestUpdate();
  }

  #resolve(): void {
    const host = this.#host;
    const root = host.ownerDocument.documentElement;
    this.#asked = this.#options.locale?.();
    const [lang, dir] = [this.#lang, this.#dir];
    this.#settle(nearest(host, 'lang') ?? this.#asked ?? root.lang, nearest(host, 'dir') ?? root.dir);
    if (lang !== this.#lang || dir !== this.#dir) host.requestUpdate();
  }

  /** All that a server knows of the place. */
  #settleByHost(): void {
    this.#settle(this.#host.getAttribute('lang'), this.#host.getAttribute('dir'));
  }

  /** Takes a language and a direction as found, whatever they are. Words that are not here yet are sent for. */
  #settle(lang: string | null | undefined, dir: string | null): void {
    const wanted = lang || SOURCE_LOCALE;
    const match = languages.match(wanted);
    languages.load(match ?? wanted).catch(() => undefined);
    this.#match = match !== null && hasTerms(match) ? match : SOURCE_LOCALE;
    this.#lang = showAs(wanted, this.#match);
    const own = dir?.toLowerCase();
    this.#dir = own === 'rtl' || own === 'ltr' ? own : languages.directionOf(this.#lang);
  }
}

function sentenceOf(term: Term | undefined, language: string, count: number): string | undefined {
  return typeof term === 'object' ? (term[intl('PluralRules', language).select(count)] ?? term.other) : term;
}

/** The tag asked for when it is the language that is shown (`en-GB` for `en`), so that its region counts in `Intl`. */
function showAs(wanted: string, match: string): string {
  try {
    return Intl.getCanonicalLocales(wanted.toLowerCase().startsWith(match) ? wanted : match)[0] ?? match;
  } catch {
    return match;
  }
}
