import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Job } from '../../core/job.ts';
import { dispatchDuplicate } from '../../events/history-events.ts';
import { icon } from '../shared/icons.ts';
import { titleOf, type HistoryHost } from './history-contract.ts';

type Preset = Readonly<Record<string, unknown>>;

/** Makes another job like one that there is: tells the page, and unless that has its own way, opens the form with the inputs. */
export class DuplicateDialog implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #source: { job: Job; preset: Preset } | null = null;
  #state: 'loading' | 'ready' | 'failed' = 'loading';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** From its opening until the focus is back where it came from. */
  get isOpen(): boolean {
    return this.#source !== null;
  }

  hostDisconnected(): void {
    this.#source = null;
  }

  async open(job: Job, preset: Preset): Promise<void> {
    if (!dispatchDuplicate(this.#host, { job, preset })) return;
    this.#source = { job, preset };
    this.#state = 'loading';
    this.#host.requestUpdate();
    try {
      await import('../job-create-form/define.ts');
      this.#state = 'ready';
    } catch {
      this.#state = 'failed';
    }
    this.#host.requestUpdate();
  }

  render({ localize, apiUrl, token }: HistoryHost, userId: string): TemplateResult | typeof nothing {
    const source = this.#source;
    if (source === null) return nothing;
    const heading = localize.term('history.duplicateTitle', { title: titleOf(source.job, localize) });
    return html`<dialog class="duplicate" part="duplicate" aria-labelledby="duplicate-title" ${ref(this.#show)} @close=${this.#onClose}>
      <header>
        <h2 id="duplicate-title" dir="auto">${heading}</h2>
        <button type="button" class="button icon-only" part="button close-duplicate" aria-label=${localize.term('history.close')} @click=${this.#onCloseButton}>
          ${icon('cross')}
        </button>
      </header>
      ${this.#state === 'loading' ? html`<p class="room" role="status">${localize.term('status.loading')}</p>` : nothing}
      ${this.#state === 'failed' ? html`<p class="room" role="alert">${localize.term('history.duplicateFailed')}</p>` : nothing}
      ${this.#state === 'ready'
        ? html`<job-create-form draft-key="duplicate" api-url=${apiUrl || nothing} user-id=${userId || nothing} .token=${token} ${ref(this.#fill)}></job-create-form>`
        : nothing}
    </dialog>`;
  }

  readonly #show = (element?: Element): void => {
    const dialog = element as HTMLDialogElement | undefined;
    // It can be shown only once it is on the page.
    queueMicrotask(() => {
      if (dialog?.isConnected && !dialog.open) dialog.showModal();
    });
  };

  readonly #fill = (element?: Element): void => {
    if (!element || !this.#source) return;
    (element as HTMLElement & { prefill(values: Preset): void }).prefill(this.#source.preset);
  };

  readonly #onCloseButton = (event: Event): void => {
    (event.currentTarget as HTMLElement).closest('dialog')?.close();
  };

  readonly #onClose = (): void => {
    this.#source = null;
    this.#host.requestUpdate();
  };
}
