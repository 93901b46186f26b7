import { renew } from '../api/auth.ts';
import type { JobClientOptions } from '../api/job-client.ts';
import { DEFAULT_BASE_URL } from '../api/urls.ts';
import type { ChannelName, OpenOwnPush } from '../channels/push.ts';
import { JobStore } from './job-store.ts';
import type { JobStoreOptions } from './job-store.ts';

export interface StoreConfig extends Pick<JobStoreOptions, 'apiUrl' | 'getToken' | 'pollInterval' | 'channel' | 'push'> {
  /** A token that does not change. `getToken` goes before it. */
  token?: string | null;
  /** Further options of the store, for whoever is the first to ask for it. */
  options?: Omit<JobStoreOptions, 'apiUrl' | 'getToken' | 'pollInterval' | 'channel' | 'push'>;
}

interface Shared {
  readonly store: JobStore;
  readonly address: string;
  readonly token: string | null;
  readonly channel: ChannelName;
  readonly push: OpenOwnPush | undefined;
  getToken: JobClientOptions['getToken'];
  /** Who uses it, with the poll interval that each wants. */
  readonly users: Map<object, number | undefined>;
  cancelGrace: (() => void) | null;
}

/** How long a store outlives its last user, in ms. Longer than its jobs do. */
const GRACE = 2_000;

/**
 * One for the whole page, also where a bundler or two script tags loaded this module twice. The number goes up with each change of what
 * copies of different versions use of each other's stores and entries: those would not fit together.
 */
const KEY = Symbol.for('job-elements.stores.1');
const page = globalThis as { [KEY]?: Set<Shared> };

const held = new WeakMap<object, Shared>();

/**
 * The page's store for this API address, source of the token and channel, shared by all who ask for the same. It lives as long as
 * `user` (any object; it has one store at a time) or another user holds it, and polls at the shortest interval that they want.
 */
export function getStore(config: StoreConfig, user: object): JobStore {
  const before = held.get(user);
  const shared = find(config) ?? (before && renamed(before, config)) ?? add(config);
  if (before !== shared) releaseStore(user);
  shared.cancelGrace?.();
  shared.cancelGrace = null;
  shared.users.set(user, config.pollInterval);
  held.set(user, shared);
  settleInterval(shared);
  return shared.store;
}

/** `user` needs its store no longer. A store that nobody needs is closed a moment later. */
export function releaseStore(user: object): void {
  const shared = held.get(user);
  if (!shared) return;
  held.delete(user);
  shared.users.delete(user);
  settleInterval(shared);
  if (shared.users.size > 0) return;
  shared.cancelGrace = shared.store.clock.setTimeout(() => {
    stores().delete(shared);
    shared.store.close();
  }, GRACE);
}

/** The stores that the page holds at the moment. */
export function pageStores(): JobStore[] {
  return [...stores()].map(({ store }) => store);
}

function stores(): Set<Shared> {
  return (page[KEY] ??= new Set());
}

function find({ apiUrl, token, getToken, channel = 'auto', push }: StoreConfig): Shared | undefined {
  const address = addressOf(apiUrl);
  return [...stores()].find(
    (shared) =>
      shared.address === address &&
      shared.channel === channel &&
      shared.push === push &&
      shared.getToken === getToken &&
      (getToken || shared.token === (token ?? null)),
  );
}

/**
 * A lone user that comes with another function for the same address keeps its store: frameworks make such functions anew
 * at every render.
 */
function renamed(shared: Shared, { apiUrl, getToken, channel = 'auto', push }: StoreConfig): Shared | undefined {
  if (!getToken || !shared.getToken || shared.users.size > 1) return undefined;
  if (shared.channel !== channel || shared.push !== push || shared.address !== addressOf(apiUrl)) return undefined;
  shared.getToken = getToken;
  return shared;
}

function add({ apiUrl, token = null, getToken, channel = 'auto', push, options }: StoreConfig): Shared {
  const shared: Shared = {
    store: new JobStore({
      ...options,
      apiUrl,
      channel,
      push,
      getToken: (request) => {
        if (!shared.getToken) return token;
        return request.refresh ? renew(shared.getToken, shared.store.clock) : shared.getToken(request);
      },
    }),
    address: addressOf(apiUrl),
    token,
    channel,
    push,
    getToken,
    users: new Map(),
    cancelGrace: null,
  };
  stores().add(shared);
  return shared;
}

function settleInterval({ store, users }: Shared): void {
  const wanted = [...users.values()].filter((interval) => interval !== undefined);
  store.pollInterval = wanted.length > 0 ? Math.min(...wanted) : undefined;
}

/** Different words for the same address are one. */
function addressOf(apiUrl = DEFAULT_BASE_URL): string {
  try {
    return new URL(apiUrl || '/', globalThis.document?.baseURI).href.replace(/\/+$/, '');
  } catch {
    return apiUrl;
  }
}
