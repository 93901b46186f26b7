import { LitElement, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { createBulkWords, type CreateBulkTerms } from '../../../i18n/create-bulk/index.ts';
import { LocalizeController } from '../../../i18n/localize.ts';
import { EnvironmentController } from '../../../controllers/environment-controller.ts';
import { buttons } from '../../shared/controls.styles.ts';
import { base, tokens } from '../../shared/tokens.styles.ts';

/**
 * Creates many videos from a file or from pasted rows. Inside `<job-create-form>`, which loads it when somebody asks for it.
 *
 * @element job-create-bulk
 */
export class JobCreateBulk extends LitElement {
  static override styles = [tokens, base, buttons];

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
  @property({ attribute: false }) defaults: Readonly<Record<string, unknown>> = {};

  /** Fields that no row may change: their value is that of `defaults`. By the names on the wire. */
  @property({ attribute: false }) locked: readonly string[] = [];

  private readonly environment = new EnvironmentController(this, () => ({ apiUrl: this.apiUrl, token: this.token }));
  private readonly localize: LocalizeController<CreateBulkTerms> = new LocalizeController(this, {
    ...createBulkWords,
    locale: () => this.environment.environment?.locale,
  });

  protected override render(): TemplateResult {
    return html`<section aria-label=${this.localize.term('bulk.label')}></section>`;
  }
}
