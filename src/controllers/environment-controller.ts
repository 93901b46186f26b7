import { isServer } from 'lit';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { JobStore } from '../store/job-store.ts';
import { getStore, releaseStore } from '../store/registry.ts';
import type { JobEnvironment } from './job-context.ts';
import { ProvidedEnvironment } from './provided-environment.ts';

/** A Lit element, as far as the controllers need one. */
export type ControllerHost = ReactiveControllerHost & HTMLElement & { readonly hasUpdated: boolean };

/** An element's own settings; each may be left out. Its own address or token wins over the provider's. */
export interface EnvironmentOptions {
  /** Address of the API. Empty or absent: the provider's, without a provider `http://localhost:8012`. */
  apiUrl?: string | null;
  /** Bearer token for the API. A provider's token is never sent to an address of the element's own. */
  token?: string | null;
  /** Pause between two polls, in ms; the shortest that anybody wants of the same store counts. Absent: the provider's. */
  pollInterval?: number;
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

  /** `null` while the host is not connected, while its provider is not ready, and on the server. */
  get environment(): JobEnvironment | null {
    return this.#hydrating ? null : this.#environment;
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
    releaseStore(this);
    this.#environment = null;
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
    const basis = [provided, apiUrl, token, pollInterval];
    if (this.#environment && basis.every((value, index) => value === this.#basis[index])) return this.#environment;
    this.#basis = basis;
    if (!apiUrl && !token && provided !== null) {
      if (provided?.config && pollInterval !== undefined) {
        return { ...provided, store: getStore({ ...provided.config, pollInterval }, this) };
      }
      releaseStore(this);
      return provided ?? null;
    }
    // A token alone is meant for the provider's address, once that is known.
    if (!apiUrl && provided === undefined) return null;
    const { userId = null, mediaUrl = null, locale = null } = provided ?? {};
    const config = { apiUrl: apiUrl || provided?.store.apiUrl, token: token || null, pollInterval };
    return { store: getStore(config, this), userId, mediaUrl, locale, config };
  }
}
