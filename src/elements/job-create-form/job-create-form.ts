import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { EnvironmentController } from '../../controllers/environment-controller.ts';
import { JobApiError } from '../../core/errors.ts';
import { dispatchJobEvent } from '../../events/events.ts';
import { createFormWords, type CreateFormTerms } from '../../i18n/create-form/index.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import type { JobEntry } from '../../store/job-entry.ts';
import { buttons } from '../shared/controls.styles.ts';
import { icon } from '../shared/icons.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { FIELDS, LANGUAGES, listAttribute, PLATFORMS, type FieldName, type FieldValues } from './fields.ts';
import { renderField } from './form-field.ts';
import { jobCreateFormStyles } from './job-create-form.styles.ts';
import { Submissions, type Submission } from './submission.ts';
import { checkFields, loadSchema, refusedFields, type FieldProblem, type FieldProblems } from './validation.ts';

/** Why the server did not take a request up, beyond what stands at the fields. */
interface Refusal {
  readonly error: JobApiError;
  readonly sentences: readonly string[];
}

const NO_PROBLEMS: FieldProblems = new Map();

/**
 * Asks for a new video and hands over to `<job-status>` in its place. Fields are checked when they are left and when the
 * form is sent, by the schema that the service checks by; what the server refuses lands at the field that it names. Sending
 * twice creates one job, also when the first answer was lost on its way.
 *
 * ```html
 * <job-create-form user-id="u-1" api-url="https://jobs.example"></job-create-form>
 * ```
 *
 * @element job-create-form
 *
 * @fires {CustomEvent} job-created - A job was created: `detail` is `{job, request}`.
 *
 * @slot heading - Stands above the fields.
 * @slot footer - Stands below the button.
 *
 * @csspart form - The form.
 * @csspart field - Each field with its label and messages.
 * @csspart control - Each input, text area and choice.
 * @csspart problem - What is wrong with a field.
 * @csspart speech - Count of words and time to say them.
 * @csspart refusal - Why the server did not take the request up.
 * @csspart submit - The button that sends.
 * @csspart done - What takes the form's place: the job that was created.
 */
export class JobCreateForm extends LitElement {
  static override styles = [tokens, base, buttons, jobCreateFormStyles];

  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Address of the API. Empty: that of the provider around, without one `http://localhost:8012`. */
  @property({ attribute: 'api-url' }) apiUrl = '';

  /** Bearer token for the API. A property only, so that it does not stand in the page. */
  @property({ attribute: false }) token: string | null = null;

  /** Whose job it will be. Empty: the provider's user. */
  @property({ attribute: 'user-id' }) userId = '';

  /** Platform chosen at first. */
  @property() platform = 'youtube';

  /** Language chosen at first, BCP 47. */
  @property() language = 'en-US';

  /** Length at first, in seconds. */
  @property({ type: Number }) duration = 60;

  /** Platforms to choose from; in the attribute with spaces or commas between. Empty: the usual four. */
  @property({ converter: listAttribute }) platforms: readonly string[] = [];

  /** Languages to choose from, BCP 47; in the attribute with spaces or commas between. Empty: eleven large ones. */
  @property({ converter: listAttribute }) languages: readonly string[] = [];

  /** Sent with every request: `azure`, `google` or `elevenlabs`. */
  @property({ attribute: 'voice-provider' }) voiceProvider = 'azure';

  /** Sent with every request: 1 (first) to 10. Absent: the service's default. */
  @property({ type: Number }) priority: number | null = null;

  /** Further fields of `video_request`, sent with every request. */
  @property({ attribute: false }) extras: Readonly<Record<string, unknown>> = {};

  @state() private typed: Partial<Record<FieldName, string>> = {};
  @state() private problems: FieldProblems = NO_PROBLEMS;
  @state() private refusal: Refusal | null = null;
  @state() private submitting = false;
  @state() private created: JobEntry | null = null;
  /** How many fields were wrong when the form was last sent, for the note at the button. */
  @state() private wrongAtSubmit = 0;
  /** The form was sent, and nobody is known whose job it would be. */
  @state() private nobody = false;

  private readonly environment = new EnvironmentController(this, () => ({ apiUrl: this.apiUrl, token: this.token }));
  private readonly localize: LocalizeController<CreateFormTerms> = new LocalizeController(this, {
    ...createFormWords,
    locale: () => this.environment.environment?.locale,
  });
  private readonly submissions = new Submissions();

  /** Puts values into fields, as if they were typed: an example, say. */
  prefill(values: Partial<FieldValues>): void {
    this.typed = { ...this.typed, ...values };
    this.problems = NO_PROBLEMS;
    this.wrongAtSubmit = 0;
  }

  /** Empties the form, or takes it back when a job has taken its place. Platform, language and length stay as chosen. */
  reset(): void {
    const { title: _title, script_content: _script, ...choices } = this.typed;
    this.typed = choices;
    this.problems = NO_PROBLEMS;
    this.refusal = null;
    this.wrongAtSubmit = 0;
    this.created = null;
  }

  private get values(): FieldValues {
    return {
      title: '',
      script_content: '',
      platform: this.platform,
      language: this.language,
      duration: Number.isFinite(this.duration) ? String(this.duration) : '',
      ...this.typed,
    };
  }

  protected override updated(changed: PropertyValues): void {
    // A choice that was made by hand no longer follows its options' `selected`.
    for (const select of this.renderRoot.querySelectorAll('select')) select.value = this.values[select.name as FieldName];
    if (changed.has('created') && changed.get('created') !== undefined) this.keepFocus();
  }

  /** The button that had the focus is gone: what took its place has it now. */
  private keepFocus(): void {
    if (this.shadowRoot?.activeElement) return;
    this.renderRoot.querySelector<HTMLElement>(this.created ? '.done' : '#title')?.focus();
  }

  private readonly onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    this.typed = { ...this.typed, [name as FieldName]: value };
    // A message goes as soon as it is no longer true; a new one waits until the field is left.
    if (this.problems.has(name as FieldName)) void this.check([name as FieldName]);
  };

  private readonly onBlur = (event: Event): void => {
    void this.check([(event.target as HTMLInputElement).name as FieldName]);
  };

  private readonly onUseLength = (event: Event): void => {
    const { seconds } = (event.currentTarget as HTMLElement).dataset;
    this.typed = { ...this.typed, duration: seconds ?? '' };
    void this.check(['duration']);
    this.renderRoot.querySelector<HTMLElement>('#duration')?.focus();
  };

  private readonly onFocusin = (): void => {
    void loadSchema();
  };

  /** Renews what is said about these fields, and leaves the others as they are. */
  private async check(names: readonly FieldName[]): Promise<void> {
    const found = await checkFields(this.values);
    const problems = new Map(this.problems);
    for (const name of names) setOrDelete(problems, name, found.get(name));
    this.problems = problems;
    if (problems.size === 0) this.wrongAtSubmit = 0;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.submitting) return;
    this.submitting = true;
    try {
      await this.submit();
    } finally {
      this.submitting = false;
    }
  };

  private async submit(): Promise<void> {
    const { store, environment } = this.environment;
    const userId = this.userId || environment?.userId || '';
    this.nobody = store !== null && userId === '';
    if (!store || this.nobody) return;
    this.refusal = null;
    const { values } = this;
    this.problems = await checkFields(values);
    this.wrongAtSubmit = this.problems.size;
    if (this.problems.size > 0) {
      await this.focusFirstProblem();
      return;
    }
    const { voiceProvider, priority, extras } = this;
    const submission = this.submissions.next(values, { userId, voiceProvider, priority, extras });
    try {
      const { request, idempotencyKey } = submission;
      this.taken(await store.create(request, { idempotencyKey }), submission);
    } catch (error) {
      if (!(error instanceof JobApiError)) throw error;
      await this.refused(error);
    }
  }

  private taken(entry: JobEntry, { request }: Submission): void {
    this.submissions.done();
    this.created = entry;
    const { job } = entry.snapshot;
    if (job) dispatchJobEvent(this, 'job-created', { job, request });
  }

  private async refused(error: JobApiError): Promise<void> {
    const { problems, rest } = refusedFields(error);
    this.problems = problems;
    this.wrongAtSubmit = problems.size;
    const detail = error.fields.length === 0 && error.detail ? [error.detail] : rest;
    this.refusal = problems.size > 0 && rest.length === 0 ? null : { error, sentences: detail };
    if (problems.size > 0) await this.focusFirstProblem();
  }

  private async focusFirstProblem(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  private readonly onAnother = (): void => {
    this.reset();
  };

  private readonly valueFor = (name: FieldName): string => this.values[name];

  private readonly problemFor = (name: FieldName): FieldProblem | undefined => this.problems.get(name);

  /** What there is to choose from; a value set from outside is always among it. */
  private readonly choicesFor = (name: FieldName): readonly string[] => {
    const [own, usual] = name === 'platform' ? [this.platforms, PLATFORMS] : [this.languages, LANGUAGES];
    return [...new Set([...(own.length > 0 ? own : usual), this.values[name]])];
  };

  protected override render(): TemplateResult {
    return this.created ? this.renderCreated(this.created) : this.renderForm();
  }

  private renderForm(): TemplateResult {
    const { localize, submitting } = this;
    const field = {
      localize,
      value: this.valueFor,
      problem: this.problemFor,
      choices: this.choicesFor,
      onInput: this.onInput,
      onBlur: this.onBlur,
      onUseLength: this.onUseLength,
    };
    return html`<form
      part="form"
      novalidate
      aria-label=${localize.term('form.label')}
      aria-busy=${submitting ? 'true' : 'false'}
      @submit=${this.onSubmit}
      @focusin=${this.onFocusin}
    >
      <slot name="heading"></slot>
      <div class="fields">${FIELDS.map((spec) => renderField(spec, field))}</div>
      ${this.refusal ? this.renderRefusal(this.refusal) : nothing}
      <div class="send">
        <button
          type="submit"
          class="button main"
          part="submit"
          aria-disabled=${submitting ? 'true' : 'false'}
        >
          ${submitting ? icon('running', 'turning') : nothing}
          ${localize.term(submitting ? 'form.submitting' : 'form.submit')}
        </button>
        <p role="status" class="note">${this.note}</p>
      </div>
      <slot name="footer"></slot>
    </form>`;
  }

  /** What is said beside the button. */
  private get note(): string {
    if (this.nobody) return this.localize.term('form.noUser');
    return this.wrongAtSubmit > 0 ? this.localize.term('form.problems', { count: this.wrongAtSubmit }) : '';
  }

  private renderRefusal({ error, sentences }: Refusal): TemplateResult {
    return html`<div class="refusal" part="refusal" role="alert">
      ${icon('failure')}
      <div>
        <p><strong>${this.localize.term('form.refused')}</strong> ${this.localize.term(`error.${error.code}`)}</p>
        ${sentences.map((sentence) => html`<p class="detail" dir="auto">${sentence}</p>`)}
        <p>${this.localize.term('form.retryHint')}</p>
      </div>
    </div>`;
  }

  private renderCreated(entry: JobEntry): TemplateResult {
    const title = entry.snapshot.job?.title ?? this.values.title;
    return html`<section class="done" part="done" tabindex="-1" aria-label=${this.localize.term('form.created', { title })}>
      <job-status job-id=${entry.id} api-url=${this.apiUrl || nothing} .token=${this.token}></job-status>
      <button type="button" class="button" @click=${this.onAnother}>${this.localize.term('form.another')}</button>
    </section>`;
  }
}

function setOrDelete<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
