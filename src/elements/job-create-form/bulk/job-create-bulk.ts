import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { EnvironmentController } from '../../../controllers/environment-controller.ts';
import { createBulkWords } from '../../../i18n/create-bulk/index.ts';
import { LocalizeController } from '../../../i18n/localize.ts';
import { BeatController } from '../../shared/beat.ts';
import { buttons } from '../../shared/controls.styles.ts';
import { icon } from '../../shared/icons.ts';
import { base, tokens } from '../../shared/tokens.styles.ts';
import { Announcer } from './announcer.ts';
import { CheckPart } from './check-part.ts';
import { jobCreateBulkStyles } from './job-create-bulk.styles.ts';
import type { ListSettings } from './list.ts';
import { RunPart } from './run-part.ts';
import { SourcePart } from './source-part.ts';
import { bulkTableStyles } from './table.styles.ts';
import type { BulkWords } from './words.ts';

/** A form gives new objects at each of its updates; all rows are looked at again only where these say something else. */
const differs = (value: unknown, before: unknown): boolean => JSON.stringify(value) !== JSON.stringify(before);

/**
 * Creates many videos from a file or from pasted rows. Inside `<job-create-form>`, which loads it when somebody asks for it.
 * Three parts follow each other: where the rows come from, what they are and what is wrong with them, and their way to the
 * service. The last goes on when the element goes, and after a reload when told.
 *
 * @element job-create-bulk
 *
 * @fires {CustomEvent} job-bulk-started - Rows are being sent: `detail` has how many.
 * @fires {CustomEvent} job-bulk-progress - More is done: `detail` has how many rows are where, and `jobIds` of new jobs.
 * @fires {CustomEvent} job-bulk-finished - All is done, as far as it can be: `detail` as above.
 *
 * @csspart drop - Where files are dropped.
 * @csspart choose - The button that chooses a file.
 * @csspart paste - Where rows are pasted.
 * @csspart error - Why a file cannot be used.
 * @csspart mapping - Which column is what.
 * @csspart table - The rows before they are sent.
 * @csspart control - Each input, text area and choice of the mapping and the table.
 * @csspart send - The button that sends.
 * @csspart progress - The bar, and how many rows are done.
 * @csspart counts - How many rows are where.
 * @csspart note - Why nothing is sent at the moment.
 * @csspart actions - Pause, go on, cancel, retry, report.
 * @csspart problems - The rows that were not created, with the reason.
 */
export class JobCreateBulk extends LitElement {
  static override styles = [tokens, base, buttons, jobCreateBulkStyles, bulkTableStyles];

  /** Address of the API. Empty: that of the provider around, without one `http://localhost:8012`. */
  @property({ attribute: 'api-url' }) apiUrl = '';

  /** Bearer token for the API. A property only, so that it does not stand in the page. */
  @property({ attribute: false }) token: string | null = null;

  /** Whose jobs they will be. Empty: the provider's user. */
  @property({ attribute: 'user-id' }) userId = '';

  /**
   * What rows that say nothing get, by the names on the wire (`platform`, `duration`, `priority`, …): the single form's
   * values. Fields of the backend's own may be among them, too.
   */
  @property({ attribute: false, hasChanged: differs }) defaults: Readonly<Record<string, unknown>> = {};

  /** Fields that no row may change: their value is that of `defaults`. By the names on the wire. */
  @property({ attribute: false, hasChanged: differs }) locked: readonly string[] = [];

  /** Most rows sent in a second. Absent: 10 where the service takes them one by one, 200 where it takes many in a call. */
  @property({ type: Number }) rate: number | null = null;

  /** Requests at once where the service takes rows one by one, 1 to 16. */
  @property({ type: Number }) parallel = 4;

  /** Rows of a call where the service takes many in one, 1 to 500. */
  @property({ type: Number }) chunk = 100;

  @state() private announced = '';

  private readonly environment = new EnvironmentController(this, () => ({ apiUrl: this.apiUrl, token: this.token }));
  private readonly words: BulkWords = new LocalizeController(this, {
    ...createBulkWords,
    locale: () => this.environment.environment?.locale,
  });
  private readonly announcer = new Announcer(this.words, (text) => (this.announced = text));
  private readonly source = new SourcePart(
    this,
    this.words,
    (table, name) => this.check.begin(table, name),
    () => !this.check.shown && !this.run.shown,
  );
  private readonly check = new CheckPart(this, this.words, this.announcer, {
    settings: () => this.settings,
    back: () => this.source.clear(),
    send: (name, rows, left, id) => this.run.begin(name, rows, left, id),
  });
  private readonly run = new RunPart(this, this.words, this.announcer, {
    environment: () => this.environment.environment,
    userId: () => this.user,
    pace: () => ({
      rate: this.rate !== null && this.rate > 0 ? this.rate : null,
      parallel: within(this.parallel, 1, 16, 4),
      chunk: within(this.chunk, 1, 500, 100),
    }),
  });
  /** A wait is counted down while it lasts. */
  protected readonly beat = new BeatController(this, () => (this.run.waits ? (this.environment.store?.clock ?? null) : null));

  /** Takes a file or text as if it had been dropped or pasted. */
  async read(source: Blob | string, name = ''): Promise<void> {
    await this.source.read(source, name);
  }

  private get user(): string {
    return this.userId || this.environment.environment?.userId || '';
  }

  private get settings(): ListSettings {
    return { userId: this.user, defaults: this.defaults, locked: this.locked };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('paste', this.source.onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('paste', this.source.onPaste);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('defaults') || changed.has('locked') || changed.has('userId')) this.check.look();
  }

  protected override updated(): void {
    this.check.updated();
  }

  protected override render(): TemplateResult {
    return html`<section aria-label=${this.words.term('bulk.label')}>${this.renderPart()}</section>
      <p class="hidden-text" role="status">${this.announced}</p>`;
  }

  private renderPart(): TemplateResult {
    const { environment, run } = this;
    if (environment.environment && !this.user) {
      return html`<div class="message warning" part="note">${icon('unknown')}<p>${this.words.term('bulk.noUser')}</p></div>`;
    }
    if (run.shown) return run.render();
    return this.check.shown ? this.check.render() : html`${run.renderElsewhere() ?? nothing}${this.source.render()}`;
  }
}

function within(value: number, min: number, max: number, otherwise: number): number {
  return Number.isFinite(value) ? Math.min(max, Math.max(min, Math.round(value))) : otherwise;
}
