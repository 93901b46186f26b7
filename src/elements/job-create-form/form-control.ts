import { state } from 'lit/decorators.js';
import { FormPart } from './form-part.ts';
import { CreateFormSettings } from './settings.ts';
import { loadSchema } from './validation.ts';

/** What makes the element a control of a form around it. */
export abstract class FormControl extends CreateFormSettings {
  static readonly formAssociated = true;

  /** A `<fieldset>` around is disabled. */
  @state() private formDisabled = false;

  protected readonly formPart = new FormPart(this);
  #asking = false;

  /** Back to what the page gave. */
  abstract reset(): void;

  /** Tells the form around what stands here now. */
  protected abstract tellForm(): void;

  /** The form around was about to be sent: shows what is wrong. */
  protected abstract showProblems(): void;

  /** Takes back what the browser kept. */
  protected abstract restore(kept: unknown): void;

  /** The form around it. */
  get form(): HTMLFormElement | null {
    return this.formPart.internals.form;
  }

  get labels(): NodeList {
    return this.formPart.internals.labels;
  }

  get validity(): ValidityState {
    this.tellForm();
    return this.formPart.internals.validity;
  }

  get validationMessage(): string {
    this.tellForm();
    return this.formPart.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.formPart.internals.willValidate;
  }

  /** Whether it could be sent. Says nothing. */
  checkValidity(): boolean {
    this.tellForm();
    this.#asking = true;
    const valid = this.formPart.internals.checkValidity();
    this.#asking = false;
    return valid;
  }

  /** Whether it could be sent; what is wrong is shown. */
  reportValidity(): boolean {
    this.tellForm();
    return this.formPart.internals.reportValidity();
  }

  /** A message of the page's own that keeps the form around from being sent; `''` takes it back. */
  setCustomValidity(message: string): void {
    this.formPart.setCustomValidity(message);
  }

  protected get isDisabled(): boolean {
    return this.disabled || this.formDisabled;
  }

  /** @internal */
  formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
  }

  /** @internal */
  formResetCallback(): void {
    this.reset();
  }

  /** @internal */
  formStateRestoreCallback(kept: unknown): void {
    this.restore(kept);
  }

  /** @internal */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    // A form can be sent at any moment: then it must be known at once what is wrong.
    if (form) void loadSchema().then(() => this.requestUpdate());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('invalid', this.#onInvalid);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('invalid', this.#onInvalid);
  }

  readonly #onInvalid = (): void => {
    if (!this.#asking) this.showProblems();
  };
}
