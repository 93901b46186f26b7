import { jobContext, requestContext } from './job-context.ts';
import type { JobEnvironment } from './job-context.ts';

/**
 * What the nearest provider around the host gives, also when that is upgraded later, or the host moves into another.
 * (`ContextConsumer` of @lit/context keeps the value of a provider that it has left, and misses late ones.)
 */
export class ProvidedEnvironment {
  readonly #host: HTMLElement;
  readonly #onChange: () => void;
  #value: JobEnvironment | null = null;
  #unsubscribe: (() => void) | undefined;

  constructor(host: HTMLElement, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  /** `null` without a provider; `undefined` while there is one that is not ready yet. */
  get value(): JobEnvironment | null | undefined {
    if (this.#unsubscribe) return this.#value ?? undefined;
    return hasProviderToCome(this.#host) ? undefined : null;
  }

  connect(): void {
    this.#host.ownerDocument.addEventListener('context-provider', this.#onProvider);
    this.#request();
  }

  disconnect(): void {
    this.#host.ownerDocument.removeEventListener('context-provider', this.#onProvider);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  readonly #request = (): void => {
    requestContext(this.#host, this.#onValue);
  };

  readonly #onProvider = (event: Event): void => {
    if ((event as Event & { context?: unknown }).context === jobContext) this.#request();
  };

  readonly #onValue = (value: JobEnvironment | null, unsubscribe?: () => void): void => {
    if (this.#unsubscribe !== unsubscribe) this.#unsubscribe?.();
    else if (this.#value === value) return;
    this.#unsubscribe = unsubscribe;
    this.#value = value;
    this.#onChange();
  };
}

/** Is there a provider around the host whose code has not been loaded yet? */
function hasProviderToCome(host: Element): boolean {
  for (let node: Node | null = host; node; node = (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host) {
    if ((node as Element).localName === 'job-provider' && !(node as Element).matches(':defined')) return true;
  }
  return false;
}
