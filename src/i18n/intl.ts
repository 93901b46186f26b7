/**
 * `Intl` objects are dear to build and cheap to use: one for each kind, language and set of options on the page.
 */
interface Kinds {
  NumberFormat: Intl.NumberFormat;
  DateTimeFormat: Intl.DateTimeFormat;
  RelativeTimeFormat: Intl.RelativeTimeFormat;
  ListFormat: Intl.ListFormat;
  PluralRules: Intl.PluralRules;
}

const cache = new Map<string, Kinds[keyof Kinds]>();

export function intl<Kind extends keyof Kinds>(
  kind: Kind,
  locale: string,
  options: ConstructorParameters<(typeof Intl)[Kind]>[1] = {},
): Kinds[Kind] {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  let format = cache.get(key) as Kinds[Kind] | undefined;
  if (format === undefined) {
    const Format = Intl[kind] as unknown as new (locale: string, options: object) => Kinds[Kind];
    format = new Format(locale, options);
    cache.set(key, format);
  }
  return format;
}
