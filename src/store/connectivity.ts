import type { Connectivity } from '../api/job-client.ts';

/** What the browser says. Where nobody can tell, the network is taken to be there. */
export const browserConnectivity: Connectivity = {
  get online() {
    return globalThis.navigator?.onLine !== false;
  },
  subscribe(listener) {
    if (typeof globalThis.addEventListener !== 'function') return () => {};
    globalThis.addEventListener('online', listener);
    globalThis.addEventListener('offline', listener);
    return () => {
      globalThis.removeEventListener('online', listener);
      globalThis.removeEventListener('offline', listener);
    };
  },
};

/** For a service on this very machine, which is there with or without a network. */
const always: Connectivity = { online: true, subscribe: () => () => {} };

/** What matters for an API at this address, which may be relative to the page. */
export function connectivityFor(apiUrl: string): Connectivity {
  try {
    const { hostname } = new URL(apiUrl, globalThis.document?.baseURI);
    return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? always : browserConnectivity;
  } catch {
    return browserConnectivity;
  }
}
