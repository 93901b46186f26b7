import { html, isServer, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { systemClock, type Clock } from '../../core/clock.ts';
import type { JobErrorEvent, JobEventDetails } from '../../events/events.ts';
import { boundaryWords, type BoundaryTerms } from '../../i18n/boundary/index.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import { buttons } from '../shared/controls.styles.ts';
import { icon } from '../shared/icons.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { boundaryStyles } from './job-error-boundary.styles.ts';
import { renew } from './renew.ts';
import { RunningListeners } from './running-listeners.ts';

/** A failure this soon after a new try is the same one again, in ms. */
const SOON = 10_000;
/** So many times in a row it may be tried without a rest, and this long is the rest, in ms. */
const TRIES = 3;
const REST = 30_000;

/**
 * Keeps a fault within: when a widget inside fails, in drawing, in a handler or in work that it began, something else stands in the
 * place of the content, with a button to try again. The page goes on.
 *
 * ```html
 * <job-error-boundary>
 *   <job-history user-id="u-1"></job-history>
 *   <p slot="fallback">The list cannot be shown at the moment.</p>
 * </job-error-boundary>
 * ```
 *
 * It hears of failures by `job-error`, which the widgets dispatch, and which elements of the page's own may dispatch as well
 * (`detail: {error}`, bubbling, composed, cancelable); errors in a widget's handlers it finds by itself. Of several boundaries around a
 * widget, the nearest takes the failure. A failure in the fallback goes to the next one around. While the fallback stands, the content
 * stays in the page, not shown, and keeps its state; "try again" lets the widget that failed begin anew, as the same element. After
 * three failures in a row, each within 10 s of the try, the next one has to wait 30 s.
 *
 * @element job-error-boundary
 *
 * @slot - The widgets.
 * @slot fallback - In place of the words that stand beside "try again".
 *
 * @fires job-error-boundary - A widget failed: `{error, source}`. `preventDefault()` leaves the content as it is; the failure is then the
 * page's to deal with.
 *
 * @csspart fallback - What stands in the place of the content.
 * @csspart retry - The button.
 *
 * @cssstate failed - The fallback stands.
 */
export class JobErrorBoundary extends LitElement {
  static override styles = [tokens, base, buttons, boundaryStyles];

  /** Time, for tests. */
  @property({ attribute: false }) clock: Clock = systemClock;

  @state() private failure: JobEventDetails['job-error-boundary'] | null = null;
  @state() private resting = false;

  private readonly internals = this.attachInternals();
  private readonly localize: LocalizeController<BoundaryTerms> = new LocalizeController(this, boundaryWords);
  /** All that failed since the fallback stands. */
  private readonly broken = new Set<Element>();
  private running: RunningListeners | null = null;
  private tries = 0;
  private triedAt = -Infinity;
  private stopRest: (() => void) | null = null;
  /** Where the focus goes with the next update. */
  private focusNext: 'fallback' | Element | null = null;

  constructor() {
    super();
    if (!isServer) this.addEventListener('job-error', this.onJobError);
  }

  /** What was thrown, while the fallback stands. */
  get error(): unknown {
    return this.failure?.error ?? null;
  }

  /** The widget that failed first, while the fallback stands. */
  get source(): Element | null {
    return this.failure?.source ?? null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (isServer) return;
    this.running = new RunningListeners(this);
    window.addEventListener('error', this.onWindowError, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('error', this.onWindowError, true);
    this.running?.close();
    this.running = null;
    this.stopRest?.();
    this.stopRest = null;
    this.resting = false;
  }

  /** Shows the content again; what failed begins anew. `false` when there is nothing to try, or it has to wait. */
  retry(): boolean {
    if (this.failure === null || this.resting) return false;
    const broken = [...this.broken];
    if (this.internals.shadowRoot?.activeElement) this.focusNext = broken[0] ?? null;
    this.triedAt = this.clock.now();
    this.failure = null;
    this.broken.clear();
    this.internals.states?.delete('failed');
    for (const widget of broken) renew(widget);
    return true;
  }

  private readonly onRetry = (): void => {
    this.retry();
  };

  private readonly onJobError = (event: JobErrorEvent): void => {
    const [source] = event.composedPath();
    if (!(source instanceof Element) || !this.isMine(source)) return;
    event.stopPropagation();
    if (this.take(event.detail.error, source)) event.preventDefault();
  };

  private readonly onWindowError = ({ error }: ErrorEvent): void => {
    const source = this.running?.host ?? null;
    if (source !== null && this.isMine(source)) this.take(error, source);
  };

  /** Its content is this boundary's, unless a nearer one is around it; what stands in the fallback is not. */
  private isMine(source: Element): boolean {
    let inner: Element | null = null;
    for (let node: Node | null = source; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null) {
      if (!(node instanceof Element)) continue;
      const isContent = inner !== null && inner.getAttribute('slot') !== 'fallback';
      if (node === this) return isContent;
      if (node.localName === this.localName && isContent) return false;
      inner = node;
    }
    return false;
  }

  /** `false` when the page wants to deal with it. */
  private take(error: unknown, source: Element): boolean {
    if (this.failure !== null) {
      this.broken.add(source);
      return true;
    }
    const detail = { error, source };
    const options = { detail, bubbles: true, composed: true, cancelable: true };
    if (!this.dispatchEvent(new CustomEvent('job-error-boundary', options))) return false;
    console.warn(`<${source.localName}> failed, and <job-error-boundary> took its place:`, error);
    this.broken.add(source);
    this.failure = detail;
    this.internals.states?.add('failed');
    if (this.matches(':focus-within')) this.focusNext = 'fallback';
    this.tries = this.clock.now() - this.triedAt <= SOON ? this.tries + 1 : 0;
    if (this.tries >= TRIES) this.rest();
    return true;
  }

  private rest(): void {
    this.resting = true;
    this.tries = 0;
    this.stopRest = this.clock.setTimeout(() => {
      this.stopRest = null;
      this.resting = false;
    }, REST);
  }

  protected override updated(): void {
    const next = this.focusNext;
    this.focusNext = null;
    if (next === 'fallback') this.renderRoot.querySelector<HTMLElement>('.fallback')?.focus();
    else if (next !== null) void this.focusOn(next as LitElement);
  }

  /** Once it has drawn; a widget that takes no focus itself gets it for this time. */
  private async focusOn(widget: LitElement): Promise<void> {
    await widget.updateComplete?.catch(() => undefined);
    if (this.failure !== null) return;
    widget.focus();
    if (widget.matches(':focus-within')) return;
    widget.tabIndex = -1;
    widget.focus();
    widget.addEventListener('blur', () => widget.removeAttribute('tabindex'), { once: true });
  }

  protected override render(): TemplateResult {
    return this.failure === null ? html`<slot></slot>` : this.renderFallback();
  }

  private renderFallback(): TemplateResult {
    const { localize, resting } = this;
    return html`<div
      class="fallback"
      part="fallback"
      role="alert"
      tabindex="-1"
      lang=${localize.lang}
      dir=${localize.dir === 'rtl' ? 'rtl' : nothing}
    >
      ${icon('failure')}
      <div class="beside">
        <div class="words">
          <slot name="fallback"
            ><p class="title">${localize.term('boundary.title')}</p>
            <p class="text">${localize.term('boundary.text')}</p></slot
          >
        </div>
        <button type="button" class="button" part="retry" aria-disabled=${resting ? 'true' : 'false'} @click=${this.onRetry}>
          ${icon('retry')}${localize.term('action.retry')}
        </button>
      </div>
      ${resting ? html`<p class="again">${localize.term('boundary.again')}</p>` : nothing}
    </div>`;
  }
}
