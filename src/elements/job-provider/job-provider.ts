import { ContextProvider } from '@lit/context';
import { css, html, isServer, LitElement } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { JobClientOptions } from '../../api/job-client.ts';
import type { MediaUrlMap } from '../../api/urls.ts';
import type { ChannelName, OpenOwnPush } from '../../channels/push.ts';
import { jobContext } from '../../controllers/job-context.ts';
import type { JobEnvironment } from '../../controllers/job-context.ts';
import { ProvidedEnvironment } from '../../controllers/provided-environment.ts';
import type { JobStore } from '../../store/job-store.ts';
import { getStore, releaseStore } from '../../store/registry.ts';
import type { StoreConfig } from '../../store/registry.ts';
import { readChannel } from './channel.ts';
import { readInterval } from '../../controllers/interval.ts';

/**
 * Settings for all widgets inside it: where the API is, who asks, how often. Widgets find the nearest provider around them,
 * also through shadow roots; a provider inside another takes over what it does not set itself. It has no box of its own.
 *
 * ```html
 * <job-provider api-url="https://jobs.example.com" user-id="u-1">
 *   <job-history></job-history>
 * </job-provider>
 * ```
 *
 * @element job-provider
 *
 * @slot - The page, or the part of it, that the settings are for.
 */
export class JobProvider extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([theme='light']) {
      color-scheme: light;
    }
    :host([theme='dark']) {
      color-scheme: dark;
    }
  `;

  /**
   * Address of the API, with a prefix if it has one; `/` is the page's own origin. Default: the outer provider's, without one
   * `http://localhost:8012`. A token of the outer provider is not sent to an address that is set here.
   */
  @property({ attribute: 'api-url' }) apiUrl: string | null = null;

  /**
   * Pause between two polls: milliseconds, or with a unit (`3s`, `500ms`, `1m`), at least 250 ms; it grows for jobs that
   * run long. Default, also when it cannot be read: by each job's own estimate, 1 s to 15 s. Providers that share address and token poll at the shortest pause among them.
   */
  @property({ attribute: 'poll-interval' }) pollInterval: string | number | null = null;

  /**
   * How changes reach the widgets: `auto` is the best that the jobs themselves offer; `events` (server-sent events) or `socket` (a
   * WebSocket) only that; `poll` neither. Polling stands behind each of them. Default: the outer provider's, without one `auto`,
   * also when it is none of these. Providers with another channel have a store of their own.
   */
  @property() channel: ChannelName | null = null;

  /** Whose jobs lists show, and for whom jobs are created, where the widget itself does not say. */
  @property({ attribute: 'user-id' }) userId: string | null = null;

  /** Language of the widgets, BCP 47, where no `lang` around them says another. */
  @property() locale: string | null = null;

  /** `light` or `dark` for everything inside; anything else leaves it to the page's `color-scheme`. */
  @property({ reflect: true }) theme: string | null = null;

  /**
   * Bearer token for the API. Set it as a property: an attribute shows it to everything that can read the page. Where it has
   * to stand in markup, let it be a short-lived one. A new token means a new view of everything: for one that is renewed,
   * give `getToken`.
   */
  @property() token: string | null = null;

  /**
   * Asked for the bearer token before each request; goes before `token`. May give a promise. Called with `{refresh: true}` when
   * the token was refused with 401 or, being a JWT, is about to expire: give a new one then, for all requests that wait.
   */
  @property({ attribute: false }) getToken: JobClientOptions['getToken'] | null = null;

  /** Where a browser gets media, when the backend's own word is of no use to it. */
  @property({ attribute: false }) mediaUrl: MediaUrlMap | null = null;

  /**
   * A push channel of the page's own in place of those that jobs offer, `openSocketIo` over the page's Socket.IO client, say. Give
   * the same function each time: another one is another store.
   */
  @property({ attribute: false }) push: OpenOwnPush | null = null;

  /** A store of the page's own in place of one for `apiUrl` and token: for tests and demonstrations. It is not closed here. */
  @property({ attribute: false }) store: JobStore | null = null;

  readonly #outer = new ProvidedEnvironment(this, () => this.requestUpdate());
  readonly #inner = new ContextProvider(this, { context: jobContext, initialValue: null });

  override connectedCallback(): void {
    super.connectedCallback();
    if (isServer) return;
    this.#outer.connect();
    // Back in the document: elements inside come next, and shall find what they had. At the first time, properties may
    // still be on their way.
    if (this.hasUpdated) this.#provide();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (isServer) return;
    this.#outer.disconnect();
    releaseStore(this);
    this.#inner.setValue(null);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (isServer || !this.isConnected) return;
    // What gives another user's token is another source, not the one before made anew.
    if (this.hasUpdated && changes.has('userId')) releaseStore(this);
    this.#provide();
  }

  protected override render(): unknown {
    return html`<slot></slot>`;
  }

  #provide(): void {
    const outer = this.#outer.value;
    if (outer === undefined && !this.apiUrl && !this.store) return;
    const next = this.#environment(outer ?? null);
    const before = this.#inner.value;
    const keys = ['store', 'userId', 'mediaUrl', 'locale'] as const;
    const same = before && keys.every((key) => before[key] === next[key]);
    if (!same || before.config?.pollInterval !== next.config?.pollInterval) this.#inner.setValue(next);
  }

  #environment(outer: JobEnvironment | null): JobEnvironment {
    const { store, config } = this.#source(outer);
    return {
      store,
      config,
      userId: this.userId ?? outer?.userId ?? null,
      mediaUrl: this.mediaUrl ?? outer?.mediaUrl ?? null,
      locale: this.locale ?? outer?.locale ?? null,
    };
  }

  #source(outer: JobEnvironment | null): Pick<JobEnvironment, 'store' | 'config'> {
    const { apiUrl, token, getToken } = this;
    const interval = readInterval(this.pollInterval);
    const channel = readChannel(this.channel);
    const own = apiUrl || token || getToken || ((interval !== undefined || channel || this.push) && outer?.config);
    const given = this.store ?? (own ? null : outer?.store);
    if (given) {
      releaseStore(this);
      return { store: given, config: this.store ? null : (outer?.config ?? null) };
    }
    const config: StoreConfig = {
      ...(apiUrl || token || getToken ? { token, getToken: getToken ?? undefined } : outer?.config),
      apiUrl: apiUrl || outer?.store.apiUrl,
      pollInterval: interval ?? outer?.config?.pollInterval,
      channel: channel ?? outer?.config?.channel,
      push: this.push ?? outer?.config?.push,
    };
    return { store: getStore(config, this), config };
  }
}
