/** The fields of a request that the form asks for, by their names on the wire. */
export type FieldName = 'title' | 'script_content' | 'platform' | 'language' | 'duration';

/** What is typed, as text: a duration may be nonsense until it is checked. */
export type FieldValues = Readonly<Record<FieldName, string>>;

/** One field as data; the form draws it, checks it and sends it by this alone. */
export interface FieldSpec {
  readonly name: FieldName;
  readonly control: 'line' | 'text' | 'choice' | 'number';
  readonly label: 'form.title' | 'form.script' | 'form.platform' | 'form.language' | 'form.duration';
  readonly hint?: 'form.script.hint';
  /** It takes the whole width; others share a line with their neighbours where there is room. */
  readonly wide?: boolean;
}

/** In the order in which they are asked. */
export const FIELDS: readonly FieldSpec[] = [
  { name: 'title', control: 'line', label: 'form.title', wide: true },
  { name: 'script_content', control: 'text', label: 'form.script', hint: 'form.script.hint', wide: true },
  { name: 'platform', control: 'choice', label: 'form.platform' },
  { name: 'language', control: 'choice', label: 'form.language' },
  { name: 'duration', control: 'number', label: 'form.duration' },
];

/** The value of a field as the request has it; `undefined` when nothing is given. */
export function wireValue(spec: FieldSpec, text: string): string | number | undefined {
  if (spec.control !== 'number') return text;
  return text.trim() === '' ? undefined : Number(text);
}

export const PLATFORMS: readonly string[] = ['youtube', 'youtube_shorts', 'tiktok', 'instagram'];

export const LANGUAGES: readonly string[] = [
  'en-US',
  'en-GB',
  'ne-NP',
  'hi-IN',
  'es-ES',
  'fr-FR',
  'de-DE',
  'pt-BR',
  'ja-JP',
  'zh-CN',
  'ar-SA',
];

/** The name of a language in another: "English (United States)"; the tag itself where that is unknown. */
export function languageName(tag: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang, 'en'], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A list in an attribute: words between spaces or commas. Anything else gives an empty list, which means the default. */
export const listAttribute = {
  fromAttribute: (value: string | null): readonly string[] => value?.split(/[\s,]+/).filter(Boolean) ?? [],
};
