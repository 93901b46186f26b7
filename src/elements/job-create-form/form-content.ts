import { choicesOf, voiceTable, type NamedChoice } from './choices.ts';
import type { CreateFormTerms } from '../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import { planFields, type Choice, type FieldPlan, type PlannedField } from './field-plan.ts';
import { FIELD_NAMES, type FieldName } from './fields.ts';
import type { Preset } from './presets.ts';
import type { CreateFormSettings } from './settings.ts';
import { suggestedBy, textsOf, USUAL, type Texts } from './values.ts';

/** What stands in the fields: what the user has typed, over what the page gave, over what is usual. */
export class FormContent {
  /** What the user has typed or chosen, and nobody else; the page's word stands above it in fields that are fixed. */
  typed: Texts = {};
  /** The voice that was chosen does not speak the language chosen since. */
  voiceReset = false;
  readonly #settings: CreateFormSettings;
  readonly #findPreset: (id: string) => Preset | null;
  /** Fields in which a value is typed that is not in their list. */
  readonly #typing = new Set<FieldName>();
  #plan: { basis: readonly unknown[]; plan: FieldPlan } | null = null;

  constructor(settings: CreateFormSettings, findPreset: (id: string) => Preset | null) {
    this.#settings = settings;
    this.#findPreset = findPreset;
  }

  get plan(): FieldPlan {
    const { fields, hide, lock, order } = this.#settings;
    const basis = [fields, hide, lock, order];
    if (!basis.every((value, index) => value === this.#plan?.basis[index])) {
      this.#plan = { basis, plan: planFields({ fields, hide, lock, order }) };
    }
    return this.#plan!.plan;
  }

  /** Names of the fields that are checked: those on show in their order, then the hidden ones. */
  get names(): readonly FieldName[] {
    return [...new Set([...this.plan.shown.map(({ name }) => name), ...FIELD_NAMES])];
  }

  readonly text = (name: FieldName): string => {
    const said = this.#said(this.#fromPage())[name];
    if (said !== undefined || name === 'platform') return said ?? '';
    return suggestedBy(this.text('platform'))[name] ?? '';
  };

  /** Everything that stands there. */
  get texts(): Texts {
    const said = this.#said(this.#fromPage());
    return { ...suggestedBy(said.platform ?? ''), ...said };
  }

  /** What has been said, without what the platform suggests: what rows of a file start from. */
  get explicit(): Texts {
    const { title: _title, script_content: _script, script_id: _id, ...texts } = this.#said(this.#fromPage());
    return texts;
  }

  /** What is worth keeping of what was typed. */
  get kept(): Texts {
    return Object.fromEntries(Object.entries(this.typed).filter(([name]) => !this.plan.fixed.has(name as FieldName)));
  }

  isTyped = (name: FieldName): boolean => this.#typing.has(name);

  /** Whether the value of a field is typed, for want of it in the list. */
  type(name: FieldName, typed: boolean): void {
    if (typed) this.#typing.add(name);
    else this.#typing.delete(name);
  }

  change(name: FieldName, text: string): void {
    const before = this.#voices();
    this.typed = { ...this.typed, [name]: text };
    if (name === 'voice_name') this.voiceReset = false;
    if (name === 'voice_provider' || name === 'language') this.#dropForeignVoice(before);
  }

  fill(texts: Texts): void {
    for (const name of Object.keys(texts)) this.#typing.delete(name as FieldName);
    this.typed = { ...this.typed, ...texts };
    this.voiceReset = false;
  }

  /** Ready for the next video: what was said about this one goes, the choices stay. */
  nextOne(): Texts {
    const { title: _title, script_content: _script, script_id: _id, ...choices } = this.typed;
    return choices;
  }

  replace(texts: Texts): void {
    this.#typing.clear();
    this.typed = texts;
    this.voiceReset = false;
  }

  choices(field: PlannedField, localize: LocalizeController<CreateFormTerms>): readonly NamedChoice[] {
    const { platforms, languages } = this.#settings;
    const offered: readonly Choice[] =
      field.name === 'platform' ? platforms : field.name === 'language' ? languages : field.name === 'voice_name' ? this.#voices() : [];
    const current = this.isTyped(field.name) ? '' : this.text(field.name);
    return choicesOf(field, offered, current, localize);
  }

  #voices(): readonly Choice[] {
    const of: [string, string] = [this.text('voice_provider'), this.text('language')];
    return this.#settings.voices?.(...of) ?? voiceTable.value?.voicesFor(...of) ?? [];
  }

  /** A voice that was chosen from the list for another language speaks with an accent that nobody wants. */
  #dropForeignVoice(before: readonly Choice[]): void {
    const { voice_name: voice } = this.typed;
    const has = (list: readonly Choice[]): boolean => list.some((choice) => (typeof choice === 'string' ? choice : choice.value) === voice);
    if (!voice || !has(before) || has(this.#voices())) return;
    const { voice_name: _voice, ...others } = this.typed;
    this.typed = others;
    this.voiceReset = true;
  }

  #said(fromPage: Texts): Texts {
    return { ...USUAL, ...fromPage, ...this.kept };
  }

  #fromPage(): Texts {
    const { preset, platform, language, duration, voiceProvider, priority, defaultValue } = this.#settings;
    return {
      ...textsOf(preset ? this.#findPreset(preset)?.values : null),
      ...(platform && { platform }),
      ...(language && { language }),
      ...(voiceProvider && { voice_provider: voiceProvider }),
      ...(duration !== null && Number.isFinite(duration) && { duration: String(duration) }),
      ...(priority !== null && Number.isFinite(priority) && { priority: String(priority) }),
      ...textsOf(defaultValue),
    };
  }
}
