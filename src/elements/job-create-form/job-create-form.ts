import type { PropertyValues, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { EnvironmentController } from '../../controllers/environment-controller.ts';
import { systemClock, type Clock } from '../../core/clock.ts';
import type { JobApiError } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import { dispatchJobEvent } from '../../events/events.ts';
import { createFormWords, type CreateFormTerms } from '../../i18n/create-form/index.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import type { JobEntry } from '../../store/job-entry.ts';
import type { JobStore } from '../../store/job-store.ts';
import { buttons } from '../shared/controls.styles.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { BulkLoader } from './bulk-loader.ts';
import { voiceTable } from './choices.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { FieldInput } from './field-input.ts';
import type { FormValues } from './fields.ts';
import { FormContent } from './form-content.ts';
import { FormControl } from './form-control.ts';
import { isUntouched, restoredTexts } from './form-part.ts';
import { jobCreateFormStyles } from './job-create-form.styles.ts';
import { firstInvalid, readOwn, restoreOwn } from './own-fields.ts';
import { PresetBar } from './preset-bar.ts';
import { OwnPresets } from './presets.ts';
import { Problems } from './problems.ts';
import { Sender } from './sender.ts';
import { newKey, submissionOf, Submissions, type Settings, type Submission } from './submission.ts';
import { loadSchema, refusedFields, type FieldProblem } from './validation.ts';
import { textsOf, valuesOf, valuesOfJob, type Texts } from './values.ts';
import { renderCard, renderDone, type CardHandlers } from './views/card.ts';
import { problemText } from './views/field.ts';
import { syncControls } from './views/sync.ts';

/**
 * Asks for a new video and hands over to `<job-status>` in its place. Fields are checked when they are left and when the
 * form is sent, by the schema that the service checks by; what the server refuses lands at the field that it names. Sending
 * twice creates one job, also when the first answer was lost on its way, and also after a reload. What is typed is kept in the
 * browser, per user and API, until a job has been created of it.
 *
 * ```html
 * <job-create-form user-id="u-1" api-url="https://jobs.example"></job-create-form>
 * ```
 *
 * **Fields** go by their names on the wire: `title`, `script_content`, `platform`, `language`, `duration`, `voice_provider`;
 * folded: `voice_name`, `background_music`, `aspect_ratio`, `resolution`, `template_id`, `enable_subtitles`, `subtitle_style`,
 * `priority`, `script_id`. A page presets them (`value`), hides, locks, orders and names them (`hide`, `lock`, `order`,
 * `fields`), and adds its own in the slot `fields`: controls with a `name`, whose values go along as
 * `video_request.metadata` (`own-key` names another key), and which are kept with the draft.
 *
 * **In a `<form>`** it behaves like a control: it resets, is off in a disabled `<fieldset>`, has `validity`, and comes back with
 * the browser's own restoring. With a `name`, one entry is submitted: the create request as JSON, with `job_id` once a job
 * has been created. Without, each field of `video_request`, `priority` and `job_id` are entries of their own. A form in which
 * nobody wrote submits nothing, unless it is `required`.
 *
 * @element job-create-form
 *
 * @fires {CustomEvent} job-created - A job was created: `detail` is `{job, request}`.
 * @fires {CustomEvent} job-create-request - A request is about to be sent: `detail` is `{request}`. `preventDefault()` keeps the
 *   element from sending it.
 * @fires {CustomEvent} job-create-failed - A request was not taken up: `detail` is `{request, error}`.
 * @fires {Event} change - A field was changed, as of a native control; `input` comes with each keystroke.
 *
 * @slot heading - Stands above the fields.
 * @slot fields - The page's own fields, behind those that are always open.
 * @slot footer - Stands below the button.
 *
 * @csspart base - Everything but what takes the form's place.
 * @csspart form - The form.
 * @csspart modes - The choice between one video and many.
 * @csspart presets - The choice of presets and what can be done with them.
 * @csspart restored - Tells that what had been typed is back.
 * @csspart field - Each field with its label and messages; `field-<name>` is a single one.
 * @csspart control - Each input, text area and choice.
 * @csspart problem - What is wrong with a field.
 * @csspart speech - Count of words and time to say them.
 * @csspart more - The folded fields; `more-summary` opens them, `group` is each of their groups.
 * @csspart refusal - Why the server did not take the request up.
 * @csspart pause - The service asked for a pause.
 * @csspart offline - There is no network.
 * @csspart generating - The video is made while the page waits.
 * @csspart submit - The button that sends.
 * @csspart done - What takes the form's place: the job that was created.
 */
export class JobCreateForm extends FormControl {
  static override styles = [tokens, base, buttons, jobCreateFormStyles];

  static override shadowRootOptions: ShadowRootInit = { ...FormControl.shadowRootOptions, delegatesFocus: true };

  @state() private created: JobEntry | null = null;
  /** What is said beside the button. */
  @state() private said = '';
  @state() private unfolded = false;
  /** It is being checked, or is on its way. */
  @state() private submitting = false;
  /** It was sent before the code of the store was there. */
  private onStore: ((store: JobStore) => void) | null = null;

  private readonly environment = new EnvironmentController(this, () => ({ apiUrl: this.apiUrl, token: this.token }));
  private readonly localize: LocalizeController<CreateFormTerms> = new LocalizeController(this, {
    ...createFormWords,
    locale: () => this.environment.environment?.locale,
  });
  private readonly ownPresets = new OwnPresets(this);
  private readonly presetBar = new PresetBar(this, {
    localize: this.localize,
    own: this.ownPresets,
    page: () => this.presets,
    disabled: () => this.isDisabled,
    apply: ({ name, values }) => {
      this.prefill(values);
      this.said = this.localize.term('form.filled', { name });
    },
    values: () => valuesOf({ ...this.content.texts, title: '', script_content: '', script_id: '' }),
    say: (sentence) => (this.said = sentence),
  });
  private readonly content = new FormContent(this, (id) => this.presetBar.find(id));
  private readonly problems = new Problems(this, () => this.content.names, this.content.text);
  private readonly submissions = new Submissions();
  /** Stands in for the id of a script in what a form around it sends. */
  private readonly formKey = newKey();
  private readonly sender = new Sender(this, {
    fallback: () => this.syncFallback,
    again: () => void this.submit(),
    refused: (error, submission) => this.refused(error, submission),
    taken: (entry, submission) => this.taken(entry, submission),
  });
  private readonly bulkLoader = new BulkLoader(this);
  private readonly draft = new DraftKeeper(this, {
    clock: () => this.clock,
    submissions: this.submissions,
    texts: () => (this.created ? null : this.content.kept),
    own: () => readOwn(this.ownSlot),
    restore: (texts, own) => {
      this.content.replace(texts);
      void this.updateComplete.then(() => restoreOwn(this.ownSlot, own));
    },
    forget: () => this.startOver({}),
  });

  /** What is filled in, by the names on the wire. Setting it replaces all that was typed. */
  get value(): FormValues {
    return valuesOf(this.content.texts);
  }

  set value(values: FormValues | null) {
    this.startOver({});
    this.prefill(values ?? {});
  }

  /** Puts values into fields, as if they were typed: an example, say. What is not named stays. */
  prefill(values: FormValues | Readonly<Record<string, unknown>>): void {
    this.content.fill(textsOf(values));
    this.problems.clear();
    this.edited();
  }

  /**
   * Fills in what a job was made from, to make the like of it: title, script, platform and whatever else its answer tells
   * (as `video_request`, as `request`, or as fields of the job).
   */
  fillFrom(job: Job): void {
    this.value = valuesOfJob(job);
  }

  /** Back to what the page gave, also when a job has taken the form's place; what was typed is gone, and so is its draft. */
  override reset(): void {
    this.startOver({});
    this.draft.clear();
  }

  /** Checks and sends, as the button does. Resolves when that has come to an end, whatever it is. */
  async submit(): Promise<void> {
    if (this.submitting || this.isDisabled || this.created || !this.isConnected) return;
    this.submitting = true;
    this.said = '';
    try {
      await this.send(this.environment.store ?? (await new Promise<JobStore>((resolve) => (this.onStore = resolve))));
    } finally {
      this.submitting = false;
    }
  }

  private async send(store: JobStore): Promise<void> {
    const { state: sending } = this.sender;
    if (sending.kind === 'paused' && this.clock.now() < sending.until) return;
    if (this.user === '') {
      this.said = this.localize.term('form.noUser');
      return;
    }
    if (!(await this.isRight())) return;
    const submission = this.submissions.next(this.content.texts, this.settings, this.clock.now());
    this.draft.write();
    if (!dispatchJobEvent(this, 'job-create-request', { request: submission.request })) return;
    await this.sender.send(submission, store);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('open') && this.open) this.unfolded = true;
    if (this.mode === 'bulk') this.bulkLoader.load();
    else if (this.bulk) this.bulkLoader.look(this.environment.store?.apiUrl ?? '', this.environment.store ? this.user : '', () => (this.mode = 'bulk'));
    const { store } = this.environment;
    if (store) this.onStore?.(store);
    this.ownPresets.open(store, this.user);
    this.draft.follow(store, this.user, { name: this.draftKey, off: this.noDraft });
  }

  protected override updated(changed: PropertyValues): void {
    const { text, isTyped } = this.content;
    syncControls(this.renderRoot, { mode: this.mode, text: text as (name: string) => string, isTyped: isTyped as (name: string) => boolean });
    this.presetBar.updated(this.renderRoot);
    this.tellForm();
    if (changed.has('created') && changed.get('created') !== undefined) this.keepFocus();
  }

  /** The button that had the focus is gone: what took its place has it now. */
  private keepFocus(): void {
    if (this.shadowRoot?.activeElement || document.activeElement !== document.body) return;
    this.renderRoot.querySelector<HTMLElement>(this.created ? '.done' : '.field [part~=control]')?.focus();
  }

  /** Something that will be sent is another than before. */
  private readonly edited = (): void => {
    this.said = '';
    this.sender.hold();
    this.draft.touch();
    this.requestUpdate();
  };

  private readonly input = new FieldInput(this, { content: this.content, problems: this.problems, edited: this.edited });

  /** Somebody turns to the form: what is needed from now on is fetched. */
  private readonly onInterest = (): void => {
    void loadSchema();
    void this.ownPresets.load();
    if (voiceTable.value) return;
    voiceTable.load().then(
      () => this.requestUpdate(),
      () => {},
    );
  };

  /** Without a button of its own, Enter in a line sends the form around, as in a native control. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const { target } = event;
    if (!this.noSubmit || event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
    if (target instanceof HTMLInputElement && ['text', 'number'].includes(target.type)) this.form?.requestSubmit();
  };

  private readonly on: CardHandlers = {
    interest: this.onInterest,
    key: this.onKey,
    toggle: (event) => {
      this.unfolded = (event.currentTarget as HTMLDetailsElement).open;
      if (this.unfolded) this.onInterest();
    },
    // `change` does not leave a shadow root by itself.
    change: (event) => {
      if ((event.target as Node).getRootNode() === this.shadowRoot) this.dispatchEvent(new Event('change', { bubbles: true }));
    },
    // What is typed into a field of the page's own is part of the draft.
    anyInput: (event) => {
      if ((event.target as Node).getRootNode() !== this.shadowRoot) this.edited();
    },
    submit: (event) => {
      event.preventDefault();
      void this.submit();
    },
    sendNow: () => void this.submit(),
    discard: () => {
      this.reset();
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.field [part~=control]')?.focus());
    },
    mode: (event) => {
      this.mode = (event.target as HTMLInputElement).value as 'single' | 'bulk';
    },
    ownFields: () => this.requestUpdate(),
  };

  private readonly onAnother = (): void => {
    this.startOver(this.content.nextOne());
  };

  private get clock(): Clock {
    return this.environment.store?.clock ?? systemClock;
  }

  private get user(): string {
    return this.userId || this.environment.environment?.userId || '';
  }

  private get settings(): Settings {
    const own = readOwn(this.ownSlot);
    const extras = Object.keys(own).length > 0 ? { ...this.extras, [this.ownKey]: own } : this.extras;
    return { userId: this.user, extras };
  }

  private get ownSlot(): HTMLSlotElement | null {
    return this.shadowRoot?.querySelector<HTMLSlotElement>('slot[name=fields]') ?? null;
  }

  private taken(entry: JobEntry, { request }: Submission): void {
    this.created = entry;
    this.draft.clear();
    const { job } = entry.snapshot;
    if (job) dispatchJobEvent(this, 'job-created', { job, request });
  }

  private refused(error: JobApiError, { request }: Submission): readonly string[] | null {
    const shown = this.content.plan.shown.map(({ name }) => name);
    const { problems, rest } = refusedFields(error, shown);
    dispatchJobEvent(this, 'job-create-failed', { request, error });
    this.problems.show(problems);
    if (problems.size > 0) void this.focusFirstProblem();
    if (problems.size > 0 && rest.length === 0) return null;
    return error.fields.length === 0 && error.detail ? [error.detail] : rest;
  }

  /** Checks everything; goes to the first that is wrong. */
  private async isRight(): Promise<boolean> {
    const right = await this.problems.checkAll();
    const own = firstInvalid(this.ownSlot);
    if (!right) await this.focusFirstProblem();
    else own?.reportValidity?.();
    return right && own === null;
  }

  private async focusFirstProblem(): Promise<void> {
    const folded = this.content.plan.shown.filter(({ group }) => group !== 'main');
    if (folded.some(({ name }) => this.problems.of(name))) this.unfolded = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  private startOver(texts: Texts): void {
    this.content.replace(texts);
    this.submissions.done();
    this.sender.reset();
    this.presetBar.reset();
    this.problems.clear();
    this.said = '';
    this.created = null;
  }

  protected override tellForm(): void {
    const { content } = this;
    const leftOut = !this.required && isUntouched(content.text);
    this.formPart.update({
      name: this.name,
      request: submissionOf(content.texts, this.settings, this.formKey).request,
      jobId: this.created?.id ?? null,
      texts: content.kept,
      leftOut,
      problems: leftOut ? new Map() : this.problems.found,
      words: this.wordsFor,
      control: (name) => this.renderRoot?.querySelector<HTMLElement>(`#${name}`) ?? null,
    });
  }

  protected override showProblems(): void {
    this.problems.show(this.problems.found);
    void this.focusFirstProblem();
  }

  protected override restore(kept: unknown): void {
    this.prefill(restoredTexts(kept));
  }

  private readonly wordsFor = (problem: FieldProblem): string => problemText(problem, this.localize);

  protected override render(): TemplateResult {
    const { localize, created, sender, content } = this;
    const title = created?.snapshot.job?.title ?? content.text('title');
    if (created) return renderDone(this, created, title, localize, this.onAnother);
    return renderCard({
      settings: this,
      localize,
      sender,
      problems: this.problems,
      content,
      draft: this.draft,
      presetBar: this.presetBar,
      bulkLoader: this.bulkLoader,
      input: this.input,
      now: this.clock.now(),
      submitting: this.submitting || sender.busy,
      disabled: this.isDisabled,
      said: this.said,
      unfolded: this.unfolded,
      on: this.on,
    });
  }
}
