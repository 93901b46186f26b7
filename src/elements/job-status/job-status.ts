import { html, isServer, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { systemClock, type Clock } from '../../core/clock.ts';
import type { Job } from '../../core/job.ts';
import { JobController } from '../../controllers/job-controller.ts';
import { enFirst } from '../../i18n/en-first.ts';
import { WordsController } from '../../i18n/words.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import { firstBadge } from '../shared/first-badge.styles.ts';
import { base, firstTokens } from '../shared/first.styles.ts';
import type { Details } from './details-contract.ts';
import { details } from './details-loader.ts';
import { shownProgress } from './shown-progress.ts';
import { statusModel, type StatusModel } from './status-model.ts';
import { layoutStyles } from './styles/layout.styles.ts';
import { progressStyles } from './styles/progress.styles.ts';
import { renderLayout, type StatusVariant } from './views/layout.ts';
import { paintBar } from './views/progress.ts';

export type { StatusVariant };

const VARIANTS: readonly string[] = ['compact', 'inline', 'bar'];
/** For so long the second stage may be under way before that is called a lost connection, in ms. */
const PATIENCE = 10_000;

/**
 * One job, live: what it does, how far it is, how long it will take, what became of it. It reads and acts through the store
 * of the nearest `<job-provider>`, or of its own `api-url`; ten of them on one job cost one request.
 *
 * ```html
 * <job-status job-id="7c3a9f10-…" api-url="https://jobs.example.com"></job-status>
 * ```
 *
 * The result's player is loaded when there is a video, not before. Words are found by the nearest `lang`.
 *
 * @element job-status
 *
 * @slot title - In place of the job's title.
 * @slot empty - In place of the words shown while there is no `job-id`.
 * @slot error - In place of the text in the error panel.
 * @slot result - In place of the player, or below a finished job that has no video. Card only.
 * @slot actions - Buttons of the page's own, after those of the widget.
 *
 * @fires job-change - The job has changed, or is known for the first time: `{job, previous}`.
 * @fires job-end - The job ended while it was shown; once per attempt: `{job}`.
 * @fires job-success - Follows `job-end` when it went well: `{job}`.
 * @fires job-failure - Follows `job-end` when it failed: `{job}`.
 * @fires job-cancelled - Follows `job-end` when it was cancelled: `{job}`.
 * @fires job-cancel-request - The user wants to cancel; `preventDefault()` keeps the widget from doing it: `{jobId}`.
 * @fires job-retry-request - The user wants another attempt; can be prevented: `{jobId}`.
 * @fires job-refresh-request - The user wants a new look; can be prevented: `{jobId}`.
 *
 * @csspart base - The widget's frame.
 * @csspart title - The title.
 * @csspart badge - Icon and word of the status.
 * @csspart step - The line that says what goes on.
 * @csspart percent - The percentage.
 * @csspart track - The bar, and the ground of its fill.
 * @csspart fill - The part of the bar that is done.
 * @csspart facts - Times and attempts; each is a part too: `elapsed`, `remaining`, `attempt`.
 * @csspart actions - The row of buttons.
 * @csspart question - What stands in its place while the widget asks whether to cancel.
 * @csspart button - Each button; it is a part by its name too: `cancel`, `cancel-yes`, `cancel-no`, `retry`, `download`, `open`,
 * `copy`, `refresh`, `notify`.
 * @csspart connection - The note on a lost connection.
 * @csspart notice - What came of an action that did not go as asked.
 * @csspart error - The error panel.
 * @csspart result - The frame of the video.
 * @csspart player - The player.
 * @csspart steps - The list of steps; each of them is a `step-item`. More than twelve are folded to those around the current one; `steps-all` is the
 *   button that shows them all.
 *
 * @cssprop [--job-surface] - Ground. Light and dark by the page's `color-scheme`, as all colours.
 * @cssprop [--job-text] - Words.
 * @cssprop [--job-text-muted] - Words that matter less.
 * @cssprop [--job-border] - Lines.
 * @cssprop [--job-accent] - Progress and the main button.
 * @cssprop [--job-on-accent] - Words on the main button.
 * @cssprop [--job-success] - It went well.
 * @cssprop [--job-danger] - It failed.
 * @cssprop [--job-warning] - Something needs attention.
 * @cssprop [--job-radius=0.75rem] - Corners of the frame.
 * @cssprop [--job-radius-small=0.375rem] - Corners of buttons.
 * @cssprop [--job-border-width=1px] - Width of lines.
 * @cssprop [--job-space=0.25em] - One step of space.
 * @cssprop [--job-density=1] - Factor on all space.
 * @cssprop [--job-motion-duration=0.3s] - Length of movements.
 * @cssprop [--job-bar-size=0.5em] - Height of the bar.
 *
 * @cssstate empty - There is no `job-id`. One of these is set at any time: `loading`, `not-found`, `unauthorized`, `forbidden`,
 * `unreachable`, `pending`, `retrying`, `started`, `processing`, `cancelling`, `success`, `failure`, `cancelled`, `unknown`.
 * @cssstate running - The job has not ended.
 * @cssstate stale - The connection is lost; the job is as of an earlier time.
 * @cssstate offline - The browser has no network.
 */
export class JobStatus extends LitElement {
  static override styles = [firstTokens, base, firstBadge, layoutStyles, progressStyles];

  // Not as decorators, whose helpers and calls are half a kilobyte of the first load. The fields below are assigned in the constructor
  // (`useDefineForClassFields` is off), so they shadow nothing.
  // oxlint-disable lit/no-classfield-shadowing
  static override properties: PropertyDeclarations = {
    jobId: { attribute: 'job-id' },
    apiUrl: { attribute: 'api-url' },
    token: { attribute: false },
    pollInterval: { attribute: 'poll-interval' },
    variant: { reflect: true },
    heading: {},
    headingLevel: { type: Number, attribute: 'heading-level' },
    maxAttempts: { type: Number, attribute: 'max-attempts' },
    downloadName: { attribute: 'download-name' },
    link: {},
    captionsLang: { attribute: 'captions-lang' },
    notify: { type: Boolean },
    quiet: { type: Boolean },
    disabled: { type: Boolean, reflect: true },
    hideTitle: { type: Boolean, attribute: 'hide-title' },
    hideTimes: { type: Boolean, attribute: 'hide-times' },
    hideSteps: { type: Boolean, attribute: 'hide-steps' },
    hideActions: { type: Boolean, attribute: 'hide-actions' },
    hideResult: { type: Boolean, attribute: 'hide-result' },
  };
  // oxlint-enable lit/no-classfield-shadowing

  /** Which job. Without it the widget says that there is none yet. */
  jobId = '';

  /** Address of the API, over the provider's. */
  apiUrl = '';

  /** Bearer token for the API, over the provider's. A property only: markup is no place for secrets. */
  token: string | null = null;

  /**
   * Pause between two polls: milliseconds, or with a unit (`3s`, `500ms`, `1m`), at least 250 ms. Default: the provider's, else by
   * the job's own estimate, 1 s to 15 s. Widgets that share a store poll at the shortest pause among them.
   */
  pollInterval: string | number | null = null;

  /** `card`, `compact` (one row), `inline` (badge and percentage) or `bar` (the bar alone). Anything else is `card`. */
  variant: StatusVariant = 'card';

  /** Title to show, over the job's own. */
  heading = '';

  /** Level of the title as a heading, 1 to 6; 0 makes it plain text. */
  headingLevel = 3;

  /** How many attempts the backend makes at most, for "attempt 2 of 4"; 0 leaves the total out. */
  maxAttempts = 4;

  /** File name for the download; without it the server's. */
  downloadName = '';

  /** Address that "copy link" copies, such as the page of this job; without it that of the result. */
  link = '';

  /** Language of the captions, BCP 47. */
  captionsLang = '';

  /**
   * Offers to tell when the job ends while the page is not in front: by a desktop notification, the page's title and its
   * icon. The user's own click turns it on. Needs `img-src data:` for the icon where a Content-Security-Policy is set.
   */
  notify = false;

  /** Says nothing to screen readers by itself, for pages with many widgets. */
  quiet = false;

  /** All actions are off. */
  disabled = false;

  hideTitle = false;
  hideTimes = false;
  hideSteps = false;
  hideActions = false;
  hideResult = false;

  /** @internal */
  readonly internals = this.attachInternals();
  /** @internal What the second stage adds; `null` until it is here, and on a server. */
  details: Details | null = null;
  private ends!: readonly (() => void)[];
  private late: boolean | undefined;

  /** @internal */
  readonly jobs = new JobController(this, () => this, {
    onChange: (job, previous) => void details.when((stage) => stage.tellChange(this, job, previous)),
    onEnd: (job) => void details.when((stage) => stage.tellEnd(this, job)),
  });
  /** @internal */
  readonly localize = new WordsController(this, enFirst, { locale: () => this.jobs.environment?.locale });
  /** @internal */
  model!: StatusModel;
  /** @internal */
  firstSeen: { readonly job: Job; readonly at: number } | null = null;

  constructor() {
    super();
    // After the controllers above have found the job of this update.
    this.addController({ hostUpdate: () => this.prepare() });
  }

  /** What is known of the job and of the connection; `null` without a job id. */
  get snapshot(): JobSnapshot | null {
    return this.jobs.snapshot;
  }

  /** The job as last known. */
  get job(): Job | null {
    return this.snapshot?.job ?? null;
  }

  /** Reads the job now. */
  refresh(): Promise<void> {
    return this.jobs.refresh();
  }

  /** Asks the server to cancel the job, without asking the user. */
  cancel(): Promise<void> {
    return (this.details ?? this.jobs).cancel();
  }

  /** Asks the server for another attempt. */
  retry(): Promise<void> {
    return (this.details ?? this.jobs).retry();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.base')?.focus(options);
  }

  /** @internal */
  get currentId(): string {
    return this.jobs.id;
  }

  /** @internal */
  get clock(): Clock {
    return this.jobs.store?.clock ?? systemClock;
  }

  private get currentVariant(): StatusVariant {
    return VARIANTS.includes(this.variant) ? this.variant : 'card';
  }

  override connectedCallback(): void {
    // First, so that where one file brings both, the store finds the second stage there, and one update is enough.
    const forget = details.when(() => this.jobs.store && this.requestUpdate());
    const waitNoMore = systemClock.setTimeout(() => {
      this.late = true;
      if (this.details === null) this.requestUpdate();
    }, PATIENCE);
    this.ends = [forget, waitNoMore];
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.ends) end();
  }

  protected override willUpdate(): void {
    if (isServer) this.prepare();
  }

  protected override render(): TemplateResult {
    const { model, localize, currentVariant } = this;
    const titled = !this.hideTitle && (currentVariant === 'card' || currentVariant === 'compact');
    return html`<div
        class="base ${currentVariant}"
        part="base"
        role=${currentVariant === 'bar' ? nothing : 'group'}
        aria-labelledby=${titled ? 'title' : nothing}
        aria-label=${titled || currentVariant === 'bar' ? nothing : model.title}
        aria-busy=${model.kind === 'loading' ? 'true' : nothing}
        data-kind=${model.kind}
        ?data-absent=${model.absence}
        data-trouble=${model.trouble ?? nothing}
        lang=${localize.lang}
        dir=${localize.dir === 'rtl' ? 'rtl' : nothing}
        tabindex="-1"
      >${renderLayout(currentVariant, model, this, this.details)}</div
      ><span class="hidden-text" role="status" lang=${localize.lang}>${this.quiet ? '' : (this.details?.spoken ?? '')}</span>`;
  }

  protected override updated(): void {
    paintBar(this.renderRoot, this.model.progress);
  }

  /** Works out what to show, once for each update. */
  private prepare(): void {
    this.complete();
    const { currentId, details, heading, localize } = this;
    const { snapshot, first } = this.jobs;
    const known = snapshot?.job ?? null;
    const job = known ?? first;
    const now = this.clock.now();
    if (details === null && known?.id !== this.firstSeen?.job.id) this.firstSeen = known && { job: known, at: now };
    this.model = statusModel({
      jobId: currentId,
      snapshot,
      job,
      heading: heading ?? '',
      progress: job === null ? null : shownProgress(job),
      localize,
      insight: details?.take(snapshot, now),
      late: this.late && snapshot?.freshness.state !== 'live',
    });
    details?.shown(this.model);
  }

  /** Takes the second stage in as soon as it is here, and the store that it acts through, which knows the whole job. */
  private complete(): void {
    if (isServer || this.details !== null || this.jobs.store === null || this.jobs.first !== null || details.value === null) return;
    this.details = new details.value(this);
  }
}
