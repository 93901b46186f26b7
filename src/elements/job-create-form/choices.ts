import type { CreateFormTerms } from '../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import { Lazy } from '../../core/lazy.ts';
import type { Choice, PlannedField } from './field-plan.ts';
import type { FieldName } from './fields.ts';
import type * as voicesModule from './voices.ts';

export interface NamedChoice {
  readonly value: string;
  readonly label: string;
}

/** What a page may offer instead of the voices that are known here. */
export type VoicesFor = (provider: string, language: string) => readonly Choice[];

/** The table of voices, when it is here: it comes when somebody turns to the form. */
export const voiceTable = new Lazy<typeof voicesModule>(() => import('./voices.ts'));

/** The name of a language in another: "English (United States)"; the tag itself where that is unknown. */
export function languageName(tag: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang, 'en'], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** How a value is called, in the words of the page's language. */
export function nameOf(name: FieldName, value: string, localize: LocalizeController<CreateFormTerms>): string {
  if (name === 'language') return languageName(value, localize.lang);
  if (name === 'enable_subtitles') return localize.term(value === 'true' ? 'choice.on' : 'choice.off');
  const word = localize.optionalTerm(`choice.${name}.${value}`);
  if (word !== null || name !== 'priority' || !/^\d+$/.test(value)) return word ?? value;
  // Between the words stands what the queues make of it: 1-3 high, 4-7 normal, 8-10 low.
  const near = Number(value) <= 3 ? '3' : Number(value) <= 7 ? '5' : '8';
  return `${localize.optionalTerm(`choice.priority.${near}`)} (${value})`;
}

export function withLabel(choice: Choice, label: (value: string) => string): NamedChoice {
  if (typeof choice === 'string') return { value: choice, label: label(choice) };
  return { value: String(choice.value), label: choice.label ?? label(String(choice.value)) };
}

/**
 * What a field offers: what the page says, else what is usual. What stands there at the moment is always among it.
 *
 * @param offered what the element knows beyond the field itself: its `platforms`, `languages` or voices
 */
export function choicesOf(
  field: PlannedField,
  offered: readonly Choice[],
  current: string,
  localize: LocalizeController<CreateFormTerms>,
): readonly NamedChoice[] {
  const { options, choices = [], name } = field;
  const label = (value: string): string => nameOf(name, value, localize);
  const own = options.choices ?? (offered.length > 0 ? offered : choices);
  const named = own.map((choice) => withLabel(choice, label));
  if (current !== '' && !named.some(({ value }) => value === current)) named.push({ value: current, label: label(current) });
  return named;
}
