import type { ReactiveControllerHost } from 'lit';
import type { FieldName } from './fields.ts';
import type { FormContent } from './form-content.ts';
import type { Problems } from './problems.ts';
import { OTHER } from './views/field.ts';

export interface FieldInputHooks {
  readonly content: FormContent;
  readonly problems: Problems;
  /** Something that will be sent is another than before. */
  readonly edited: () => void;
}

/** What is typed and chosen in the fields. */
export class FieldInput {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #hooks: FieldInputHooks;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: FieldInputHooks) {
    this.#host = host;
    this.#hooks = hooks;
  }

  readonly onInput = (event: Event): void => {
    const { name, value, type, checked } = event.target as HTMLInputElement;
    this.#change(name as FieldName, type === 'checkbox' ? String(checked) : value);
  };

  /** The last entry of some lists opens a line for what is not in them. */
  readonly onChoose = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const name = select.name as FieldName;
    const other = select.value === OTHER;
    this.#hooks.content.type(name, other);
    this.#change(name, other ? '' : select.value);
    if (other) void this.#host.updateComplete.then(() => this.#focus(`#${name}-other`));
  };

  readonly onBlur = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    // On the way into the line that has just been opened nothing is missing yet.
    const into = (event as FocusEvent).relatedTarget as Element | null;
    if (into?.id !== `${name}-other`) void this.#hooks.problems.check([name as FieldName]);
  };

  readonly onUseLength = (event: Event): void => {
    this.#change('duration', (event.currentTarget as HTMLElement).dataset['seconds'] ?? '');
    void this.#hooks.problems.check(['duration']);
    this.#focus('#duration');
  };

  #change(name: FieldName, text: string): void {
    const { content, problems, edited } = this.#hooks;
    content.change(name, text);
    // A message goes as soon as it is no longer true; a new one waits until the field is left.
    if (problems.of(name)) void problems.check([name]);
    edited();
  }

  #focus(selector: string): void {
    this.#host.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }
}
