import { expect } from '@open-wc/testing';
import { JobStore } from '../../src/store/job-store.ts';
import { JobDouble } from '../double/job-double.ts';

/** Longer than code on this page takes to load. */
const LOADED = 1_000;

describe('a store of a page with other tabs', () => {
  const real = { fetch: globalThis.fetch, BroadcastChannel: globalThis.BroadcastChannel };
  let open: Set<BroadcastChannel>;
  let double: JobDouble;

  beforeEach(() => {
    open = new Set();
    double = new JobDouble({ baseUrl: 'https://closed.example' });
    globalThis.fetch = (input, init) => (String(input).startsWith(double.baseUrl) ? double.fetch(input, init) : real.fetch(input, init));
    globalThis.BroadcastChannel = class extends real.BroadcastChannel {
      constructor(name: string) {
        super(name);
        open.add(this);
      }
      override close(): void {
        open.delete(this);
        super.close();
      }
    };
  });
  afterEach(() => void Object.assign(globalThis, real));

  const start = async (): Promise<JobStore> => {
    const store = new JobStore({ apiUrl: double.baseUrl });
    const entry = store.entry(double.add({ status: 'processing' }));
    await new Promise<void>((resolve) => {
      entry.subscribe(({ job }) => job && resolve());
    });
    return store;
  };

  it('takes part with them, until it is closed', async () => {
    const store = await start();
    await new Promise((resolve) => setTimeout(resolve, LOADED));
    expect(open.size).to.equal(1);
    store.close();
    expect(open.size).to.equal(0);
  });

  it('takes no part when it was closed before the code for that had come: nobody waits for one that asks no more', async () => {
    const store = await start();
    store.close();
    await new Promise((resolve) => setTimeout(resolve, LOADED));
    expect(open.size).to.equal(0);
    const { held = [] } = await navigator.locks.query();
    expect(held.filter(({ name }) => name?.startsWith('job-elements')).length).to.equal(0);
  });
});
