import { isServer } from 'lit';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Lazy } from '../core/lazy.ts';
import type { JobStore } from '../store/job-store.ts';
import type { StoreConfig } from '../store/registry.ts';
import type { JobEnvironment } from './job-context.ts';
import { ProvidedEnvironment } from './provided-environment.ts';

/** Fetched while the first picture is drawn. */
const registry = new Lazy(() => import('./store-code.ts'));

/** A Lit element, as far as the controllers need one. */
export type ControllerHost = ReactiveControllerHost & HTMLElement & { readonly hasUpdated: boolean };

/** An element's own settings; each may be left out. Its own address or token wins over the provider's. */
export interface EnvironmentOptions {
  /** Address of the API. Empty or absent: the provider's, without a provider `http://localhost:8012`. */
  apiUrl?: string | null;
  /** Bearer token for the API. A provider's token is never sent to an address of the element's own. */
  token?: string | null;
  /** Pause between two polls, in ms or with a unit (`3s`); the shortest that anybody wants of the same store counts. Absent: the provider's. */
  pollInterval?: string | number | null;
}

/**
 * Finds the store that its host works with while it is connected. For elements that show neither one job nor a list, such
 * as the create form; the other controllers stand on it. `options` is read anew before each update of the host.
 */
export class EnvironmentController implements ReactiveController {
  readonly #host: ControllerHost;
  readonly #options: () => EnvironmentOptions;
  readonly #onChange: () => void;
  readonly #provided: ProvidedEnvironment;
  #environment: JobEnvironment | null = null;
  /** What `#environment` was made from. */
  #basis: readonly unknown[] = [];
  #awaited: StoreConfig | null = null;
  #forget: (() => void) | null = null;
  /** The host has come with what the server rendered: its first update must give the same, so nothing is known yet. */
  #hydrating: boolean;

  constructor(host: ControllerHost, options: () => EnvironmentOptions, onChange: () => void = () => {}) {
    this.#host = host;
    this.#options = options;
    this.#onChange = onChange;
    this.#hydrating = !isServer && host.shadowRoot !== null && !host.hasUpdated;
    this.#provided = new ProvidedEnvironment(host, () => this.#resolve());
    host.addController(this);
  }

  /** `null` while the host is not connected, while its provider or the store's code is not ready, and on the server. */
  get environment(): JobEnvironment | null {
    return this.#hydrating ? null : this.#environment;
  }

  /** What the host's own store will be made from, while only its code is missing. */
  get awaited(): StoreConfig | null {
    return this.#hydrating ? null : this.#awaited;
  }

  /** Waits for the code of the store if that is all that is missing. */
  async ready(): Promise<void> {
    if (this.#awaited !== null) await new Promise<unknown>((resolve) => registry.when(resolve));
  }

  get store(): JobStore | null {
    return this.environment?.store ?? null;
  }

  hostConnected(): void {
    if (isServer) return;
    this.#provided.connect();
    this.#resolve();
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#resolve();
  }

  hostUpdated(): void {
    if (this.#hydrating) void this.#host.updateComplete.then(() => this.#hydrated());
  }

  hostDisconnected(): void {
    this.#provided.disconnect();
    this.#forget?.();
    this.#forget = null;
    registry.value?.releaseStore(this);
    this.#environment = null;
    this.#awaited = null;
  }

  #hydrated(): void {
    this.#hydrating = false;
    this.#changed();
  }

  #resolve(): void {
    const before = this.#environment;
    this.#environment = this.#find();
    // Jobs of backends that do not say whose they are can be read by the list of the page's user.
    if (this.#environment?.userId) this.#environment.store.userId = this.#environment.userId;
    if (this.#environment !== before) this.#changed();
  }

  #changed(): void {
    this.#onChange();
    this.#host.requestUpdate();
  }

  #find(): JobEnvironment | null {
    const provided = this.#provided.value;
    const { apiUrl, token, pollInterval } = this.#options();
    const stores = registry.value;
    const basis = [provided, apiUrl, token, pollInterval, stores];
    if (this.#environment && basis.every((value, index) => value === this.#basis[index])) return this.#environment;
    this.#basis = basis;
    this.#awaited = null;
    const own = Boolean(apiUrl || token || provided === null);
    // A token alone is meant for the provider's address, once that is known.
    if (provided === undefined && !apiUrl) return null;
    if (!own && !(provided?.config && pollInterval)) {
      stores?.releaseStore(this);
      return provided ?? null;
    }
    const config: StoreConfig = own ? { apiUrl: apiUrl || provided?.store.apiUrl, token: token || null } : { ...provided?.config };
    if (stores === null) {
      if (own) this.#awaited = config;
      this.#forget ??= registry.when(() => this.#resolve());
      return null;
    }
    return stores.ownEnvironment(this, config, { provided, pollInterval, isOwn: own });
  }
}
