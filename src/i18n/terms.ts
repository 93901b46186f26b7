/**
 * The shape of words. A term is a sentence with `{placeholders}`, or one sentence for each plural category of its
 * language, chosen by `{count}`. The English table is the source: its keys and placeholders are what `term()` accepts.
 */

/** One sentence for each `Intl.PluralRules` category that the language has; `other` is always there. */
export interface PluralTerm {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Term = string | PluralTerm;

/** The words of one language, or some of them. */
export type TermTable = Readonly<Record<string, Term>>;

/** What may stand in a placeholder: text goes in as it is, numbers in the digits of the language. */
export type TermValue = string | number;

type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

type Sentences<T extends Term> = T extends string ? T : Extract<T[keyof T], string>;

/** The values that a term needs, by the names of its placeholders. */
export type TermValues<T extends Term> = Record<Placeholders<Sentences<T>>, TermValue> &
  (T extends PluralTerm ? { count: number } : unknown);

/** The arguments of `term()` after the key: none for a plain sentence. */
export type TermArguments<T extends Term> = keyof TermValues<T> extends never ? [] : [values: TermValues<T>];

/**
 * A translation of `Source`: the same keys, each a sentence or a set of plural forms. Beside them, where `Intl` is clumsy or a
 * browser's `Intl` may not know the language: `unit.second` … `unit.year` with `{value}`, `intl.now`, `intl.ago` and
 * `intl.ahead` with `{time}`, and `intl.digits`, the name of the numbering system.
 */
export type TranslationOf<Source extends TermTable> = TermTable & {
  readonly [Key in Exclude<keyof Source, `unit.${string}`>]: Term;
};

/** Fills the placeholders of a sentence, numbers as `write` has it. One that has no value stays visible, so that a mistake shows. */
export function fill(sentence: string, values: Readonly<Record<string, TermValue>>, write: (value: number) => string = String): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return typeof value === 'number' ? write(value) : value;
  });
}
