import type { Context } from '@lit/context';
import type { MediaUrlMap } from '../api/urls.ts';
import type { JobStore } from '../store/job-store.ts';
import type { StoreConfig } from '../store/registry.ts';

/** What a `<job-provider>` carries for the elements inside it. A change is a new object. */
export interface JobEnvironment {
  readonly store: JobStore;
  readonly userId: string | null;
  readonly mediaUrl: MediaUrlMap | null;
  /** BCP 47, `null` when the provider names none. */
  readonly locale: string | null;
  /** What the store was made from, for providers inside; `null` when the page gave a store of its own. */
  readonly config: StoreConfig | null;
}

/**
 * The key is global, so that two copies of this module on a page understand each other. The value is `null` while the
 * provider is not ready.
 */
export const jobContext = Symbol.for('job-elements.context') as unknown as Context<symbol, JobEnvironment | null>;

type OnValue = (value: JobEnvironment | null, unsubscribe?: () => void) => void;

/**
 * Asks the nearest provider, by the community's context protocol
 * (https://github.com/webcomponents-cg/community-protocols/blob/main/proposals/context.md). That of @lit/context comes with
 * the rest of that package.
 */
export function requestContext(contextTarget: Element, callback: OnValue): void {
  const request = new Event('context-request', { bubbles: true, composed: true });
  contextTarget.dispatchEvent(Object.assign(request, { context: jobContext, contextTarget, callback, subscribe: true }));
}
