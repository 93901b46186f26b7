import { html, LitElement, type TemplateResult } from 'lit';
import { attempt } from '../../src/elements/shared/attempt.ts';
import { defineElement } from '../../src/elements/shared/define-element.ts';

/** A widget that fails where it is told to: in an update, in a handler, or in work that it has begun. */
export class FailingWidget extends LitElement {
  static override properties = { fault: {}, text: {} };

  /** `update` or nothing. */
  declare fault: string;
  declare text: string;
  connections = 0;

  constructor() {
    super();
    this.fault = '';
    this.text = 'all is well';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.connections++;
  }

  readonly onClick = (): void => {
    throw new Error('in a handler');
  };

  readonly onChange = (): void => {
    throw new Error('in a handler of what stays inside');
  };

  readonly onWork = (): void => {
    attempt(this, Promise.reject(new Error('in its work')));
  };

  /** Tells the page, which may throw itself. */
  readonly onAsk = (): void => {
    this.dispatchEvent(new CustomEvent('job-cancel-request', { bubbles: true, composed: true, cancelable: true, detail: { jobId: 'x' } }));
  };

  protected override render(): TemplateResult {
    if (this.fault === 'update') throw new Error('in an update');
    return html`<p>${this.text}</p>
      <button type="button" id="handler" @click=${this.onClick}>handler</button>
      <button type="button" id="work" @click=${this.onWork}>work</button>
      <button type="button" id="ask" @click=${this.onAsk}>ask</button>
      <input type="checkbox" aria-label="inside" @change=${this.onChange} />`;
  }
}

defineElement('failing-widget', FailingWidget);

declare global {
  interface HTMLElementTagNameMap {
    'failing-widget': FailingWidget;
  }
}
