import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CreateFormTerms } from '../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import { chosen } from '../shared/chosen.ts';
import { icon } from '../shared/icons.ts';
import type { FormValues } from './fields.ts';
import { BUILT_IN, type OwnPresets, type Preset } from './presets.ts';

/** What the bar needs of the form. */
export interface PresetHooks {
  readonly localize: LocalizeController<CreateFormTerms>;
  readonly own: OwnPresets;
  /** The page's own. */
  readonly page: () => readonly Preset[];
  readonly disabled: () => boolean;
  /** Fills the values in. */
  readonly apply: (preset: Preset) => void;
  /** What a preset of the user's keeps. */
  readonly values: () => FormValues;
  /** Says something beside the button that sends. */
  readonly say: (sentence: string) => void;
}

type Mode = 'choose' | 'save' | 'rename' | 'delete';

/** Chooses a preset; keeps, renames and deletes the user's own, each asked for in place. */
export class PresetBar {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #hooks: PresetHooks;
  #mode: Mode = 'choose';
  #chosen = '';
  #failed = false;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: PresetHooks) {
    this.#host = host;
    this.#hooks = hooks;
  }

  /** By its id, among all that there are; `null` where there is none. */
  find(id: string): Preset | null {
    const builtIn = BUILT_IN.find((preset) => preset.id === id);
    const others = [...this.#hooks.page(), ...this.#hooks.own.all].find((preset) => preset.id === id);
    return others ?? (builtIn ? { ...builtIn, name: this.#nameOf(id) } : null);
  }

  /** Nothing is chosen any more. */
  reset(): void {
    this.#chosen = '';
    this.#mode = 'choose';
    this.#failed = false;
  }

  /** A choice made by hand no longer follows its options' `selected`. */
  updated(root: ParentNode): void {
    const select = root.querySelector<HTMLSelectElement>('#preset');
    if (select && select.value !== this.#chosen) select.value = this.#chosen;
  }

  render(): TemplateResult {
    const { localize } = this.#hooks;
    const isDisabled = this.#hooks.disabled();
    return html`<div class="presets" part="presets" role="group" aria-label=${localize.term('presets.label')} @keydown=${this.#onKey}>
      ${this.#mode === 'choose' ? this.#renderChooser() : nothing} ${this.#mode === 'delete' ? this.#renderQuestion() : nothing}
      ${this.#mode === 'save' || this.#mode === 'rename' ? this.#renderNaming(isDisabled) : nothing}
      ${this.#failed ? html`<p class="problem" role="alert">${icon('failure')}<span>${localize.term('presets.failed')}</span></p>` : nothing}
    </div>`;
  }

  #renderChooser(): TemplateResult {
    const { localize, own: ownPresets } = this.#hooks;
    const isDisabled = this.#hooks.disabled();
    const own = ownPresets.all.some(({ id }) => id === this.#chosen);
    const groups: [string, readonly Pick<Preset, 'id' | 'name'>[]][] = [
      [localize.term('presets.own'), ownPresets.all],
      [localize.term('presets.page'), this.#hooks.page()],
      [localize.term('presets.builtIn'), BUILT_IN.map(({ id }) => ({ id, name: this.#nameOf(id) }))],
    ];
    return html`<label for="preset">${localize.term('presets.label')}</label>
      <select id="preset" part="preset" ?disabled=${isDisabled} @change=${this.#onChoose}>
        <option value="">${localize.term('presets.none')}</option>
        ${groups
          .filter(([, entries]) => entries.length > 0)
          .map(
            ([name, entries]) =>
              html`<optgroup label=${name}>
                ${entries.map((entry) => html`<option value=${entry.id} ?selected=${chosen(entry.id === this.#chosen)}>${entry.name}</option>`)}
              </optgroup>`,
          )}
      </select>
      <span class="preset-actions">
        ${this.#button('save', 'presets.save')} ${own ? this.#button('rename', 'presets.rename') : nothing}
        ${own ? this.#button('delete', 'presets.delete') : nothing}
      </span>`;
  }

  #button(mode: Mode, key: 'presets.save' | 'presets.rename' | 'presets.delete'): TemplateResult {
    return html`<button type="button" class="link" data-mode=${mode} ?disabled=${this.#hooks.disabled()} @click=${this.#onMode}>
      ${this.#hooks.localize.term(key)}
    </button>`;
  }

  #renderNaming(isDisabled: boolean): TemplateResult {
    const { localize } = this.#hooks;
    const name = this.#mode === 'rename' ? (this.find(this.#chosen)?.name ?? '') : '';
    return html`<label for="preset-name">${localize.term('presets.name')}</label>
      <input id="preset-name" type="text" maxlength="100" autocomplete="off" dir="auto" .value=${name} ?disabled=${isDisabled} />
      <span class="preset-actions">
        <button type="button" class="button main" ?disabled=${isDisabled} @click=${this.#onKeep}>${localize.term('presets.confirm')}</button>
        <button type="button" class="button" @click=${this.#onCancel}>${localize.term('presets.cancel')}</button>
      </span>`;
  }

  #renderQuestion(): TemplateResult {
    const { localize } = this.#hooks;
    const isDisabled = this.#hooks.disabled();
    const name = this.find(this.#chosen)?.name ?? '';
    return html`<p id="preset-question" dir="auto">${localize.term('presets.deleteQuestion', { name })}</p>
      <span class="preset-actions">
        <button type="button" class="button danger" aria-describedby="preset-question" ?disabled=${isDisabled} @click=${this.#onDelete}>
          ${localize.term('presets.delete')}
        </button>
        <button type="button" class="button" id="preset-keep" @click=${this.#onCancel}>${localize.term('presets.keep')}</button>
      </span>`;
  }

  readonly #onChoose = (event: Event): void => {
    this.#chosen = (event.target as HTMLSelectElement).value;
    const preset = this.find(this.#chosen);
    if (preset) this.#hooks.apply(preset);
    this.#host.requestUpdate();
  };

  readonly #onMode = (event: Event): void => {
    this.#go((event.currentTarget as HTMLElement).dataset['mode'] as Mode);
  };

  readonly #onCancel = (): void => {
    this.#go('choose');
  };

  /** Enter in the name keeps the preset and does not send the form; Escape leaves. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const naming = this.#mode === 'save' || this.#mode === 'rename';
    if (event.key === 'Enter' && naming && (event.target as Element).localName === 'input' && !event.isComposing) {
      event.preventDefault();
      this.#onKeep();
    } else if (event.key === 'Escape' && this.#mode !== 'choose') {
      event.stopPropagation();
      this.#go('choose');
    }
  };

  readonly #onKeep = (): void => {
    const input = this.#host.shadowRoot?.querySelector<HTMLInputElement>('#preset-name');
    const name = input?.value.trim() ?? '';
    if (name === '') {
      input?.focus();
      return;
    }
    const renamed = this.#mode === 'rename' ? this.find(this.#chosen) : null;
    const preset = renamed ? { ...renamed, name } : { name, values: this.#hooks.values() };
    void this.#try(async () => {
      this.#chosen = (await this.#hooks.own.save(preset))?.id ?? '';
      this.#hooks.say(this.#hooks.localize.term('presets.saved', { name }));
    });
  };

  readonly #onDelete = (): void => {
    const { name = '' } = this.find(this.#chosen) ?? {};
    void this.#try(async () => {
      await this.#hooks.own.remove(this.#chosen);
      this.#chosen = '';
      this.#hooks.say(this.#hooks.localize.term('presets.deleted', { name }));
    });
  };

  async #try(work: () => Promise<void>): Promise<void> {
    this.#failed = false;
    try {
      await work();
      this.#go('choose');
    } catch {
      this.#failed = true;
      this.#host.requestUpdate();
    }
  }

  /** The focus goes with what takes the place of the button that had it. */
  #go(mode: Mode): void {
    this.#mode = mode;
    this.#failed = false;
    this.#host.requestUpdate();
    const place = { choose: '#preset', save: '#preset-name', rename: '#preset-name', delete: '#preset-keep' }[mode];
    void this.#host.updateComplete.then(() => this.#host.shadowRoot?.querySelector<HTMLElement>(place)?.focus());
  }

  #nameOf(id: string): string {
    return this.#hooks.localize.optionalTerm(`preset.${id}`) ?? id;
  }
}
