import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { JobClient } from '../../../src/api/job-client.ts';
import { getStore, pageStores, releaseStore } from '../../../src/store/registry.ts';
import type { StoreConfig } from '../../../src/store/registry.ts';
import { JobDouble } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const clock = new FakeClock();
const double = new JobDouble({ clock });
const users: object[] = [];

/** A user with the store of this config. */
function use(config: StoreConfig, user: object = {}) {
  users.push(user);
  return { user, store: getStore({ options: { clock, fetch: double.fetch }, ...config }, user) };
}

describe('stores of several addresses and channels with one source of the token', () => {
  it('renew it once for all of them', async () => {
    let token = 'old';
    let renewals = 0;
    const getToken = async ({ refresh }: { refresh: boolean }): Promise<string> => {
      if (!refresh) return token;
      renewals++;
      await Promise.resolve();
      return (token = `new ${renewals}`);
    };
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      const sent = new Headers(init?.headers).get('authorization');
      return sent === 'Bearer new 1' ? Response.json({ job_id: 'j', status: 'processing' }) : Response.json({ detail: 'No' }, { status: 401 });
    };
    const configs: StoreConfig[] = [{ apiUrl: 'https://a.example' }, { apiUrl: 'https://b.example' }, { apiUrl: 'https://a.example', channel: 'poll' }];
    const clients = configs.map((config) => use({ ...config, getToken, options: { clock, fetch } }).store.client);
    const jobs = await Promise.all([...clients, new JobClient({ clock, fetch, getToken })].map((client) => client.getJob('j')));
    assert.deepEqual(jobs.map(({ status }) => status), Array(4).fill('processing'));
    assert.equal(renewals, 1);
    for (const user of users.splice(0)) releaseStore(user);
    await clock.advance(2_000);
  });
});

describe('the stores of a page', () => {
  afterEach(async () => {
    for (const user of users.splice(0)) releaseStore(user);
    await clock.advance(2_000);
    assert.deepEqual([pageStores().length, clock.pending], [0, 0]);
  });

  it('are shared by the same address and the same source of the token', () => {
    const getToken = () => 'a';
    const one = use({ apiUrl: 'https://a.example/api' }).store;
    assert.equal(use({ apiUrl: 'https://a.example/api/' }).store, one);
    assert.notEqual(use({ apiUrl: 'https://b.example/api' }).store, one);
    assert.notEqual(use({ apiUrl: 'https://a.example/api', token: 'x' }).store, one);
    const asked = use({ apiUrl: 'https://a.example/api', getToken }).store;
    assert.notEqual(asked, one);
    assert.equal(use({ apiUrl: 'https://a.example/api', getToken }).store, asked);
    assert.notEqual(use({ apiUrl: 'https://a.example/api', getToken: () => 'a' }).store, asked);
    assert.equal(use({}).store, use({ apiUrl: 'http://localhost:8012' }).store);
    const push = () => ({ watch() {}, unwatch() {}, close() {} });
    assert.equal(use({ push }).store, use({ push }).store);
    assert.notEqual(use({ push }).store, use({}).store);
    assert.notEqual(use({ push }).store, use({ push: () => push() }).store);
    assert.notEqual(use({ channel: 'poll' }).store, use({}).store);
    assert.equal(use({ channel: 'auto' }).store, use({}).store);
  });

  it('live as long as somebody uses them, and a moment longer', async () => {
    const one = use({});
    const two = use({});
    one.store.entry('x').subscribe(() => {});
    releaseStore(one.user);
    releaseStore(one.user);
    await clock.advance(10_000);
    assert.deepEqual(pageStores(), [one.store]);
    releaseStore(two.user);
    await clock.advance(1_999);
    assert.equal(use({}).store, one.store);
    await clock.advance(10_000);
    assert.deepEqual(pageStores(), [one.store]);
  });

  it('close when nobody needs them', async () => {
    const { store, user } = use({});
    store.entry('x').subscribe(() => {});
    await clock.flush();
    releaseStore(user);
    await clock.advance(2_000);
    assert.deepEqual([pageStores().length, store.size, clock.pending], [0, 0, 0]);
  });

  it('are left by a user who comes with another config', async () => {
    const { store, user } = use({ apiUrl: 'https://a.example' });
    const other = use({ apiUrl: 'https://b.example' }, user).store;
    await clock.advance(2_000);
    assert.deepEqual(pageStores(), [other]);
    assert.notEqual(other, store);
  });

  it('send the token of their source with each request', async () => {
    let token = 'first';
    const { store } = use({ getToken: () => token });
    await store.health();
    token = 'second';
    await store.health();
    await use({ token: 'fixed' }).store.health();
    await use({}).store.health();
    assert.deepEqual(
      double.requests.slice(-4).map(({ headers }) => headers['authorization']),
      ['Bearer first', 'Bearer second', 'Bearer fixed', undefined],
    );
  });

  it('stay when their lone user comes with another function for the token, and ask that one', async () => {
    const { store, user } = use({ getToken: () => 'old' });
    assert.equal(use({ getToken: () => 'new' }, user).store, store);
    await store.health();
    assert.equal(double.requests.at(-1)?.headers['authorization'], 'Bearer new');
  });

  it('are not taken from another user by that', () => {
    const getToken = () => 'shared';
    const { store, user } = use({ getToken });
    use({ getToken });
    assert.notEqual(use({ getToken: () => 'other' }, user).store, store);
    assert.equal(use({ getToken }).store, store);
  });

  it('nor does a store without a token become one with', () => {
    const { store, user } = use({});
    assert.notEqual(use({ getToken: () => 'x' }, user).store, store);
  });

  it('poll at the shortest interval that their users want, by default at the pace of each job', () => {
    const { store } = use({});
    assert.equal(store.pollInterval, undefined);
    const { user } = use({ pollInterval: 8_000 });
    assert.equal(store.pollInterval, 8_000);
    use({ pollInterval: 1_000 }, user);
    use({ pollInterval: 2_000 });
    assert.equal(store.pollInterval, 1_000);
    releaseStore(user);
    assert.equal(store.pollInterval, 2_000);
  });
});
