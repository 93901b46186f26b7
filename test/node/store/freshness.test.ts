import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectivityFor } from '../../../src/store/connectivity.ts';
import type { JobSnapshot } from '../../../src/store/snapshot.ts';
import { world } from './world.ts';

describe('what we know and how well', () => {
  it('an error leaves the job, which is stale as of its last good answer, and heals', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing', progress: 0.5 });
    const entry = store.entry(id);
    entry.subscribe(() => {});
    await clock.advance(3_000);
    const since = clock.now();
    double.fault({ status: 500 });
    await clock.advance(3_000);
    assert.equal(entry.snapshot.job?.progress, 0.5);
    assert.equal(entry.snapshot.error?.code, 'server');
    assert.deepEqual(entry.snapshot.freshness, { state: 'stale', since });
    await clock.advance(1_500);
    assert.equal(entry.snapshot.error, null);
    assert.deepEqual(entry.snapshot.freshness, { state: 'live', since: clock.now() });
  });

  it('a failure is asked about once: polls do not try again within themselves', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add();
    double.fault({ status: 503, times: 9 });
    store.entry(id).subscribe(() => {});
    await clock.advance(1_000);
    assert.equal(reads(id), 1);
    assert.equal(store.entry(id).snapshot.error?.code, 'unavailable');
  });

  it('equal failures in a row are one change', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add();
    double.fault({ status: 500, times: 4 });
    const seen: JobSnapshot[] = [];
    store.entry(id).subscribe((snapshot) => seen.push(snapshot));
    await clock.advance(1_500 + 3_000 + 6_000);
    assert.equal(reads(id), 4);
    assert.equal(seen.length, 1);
  });

  it('without an answer at all there is an error and no job', async () => {
    const { store, clock } = world();
    const entry = store.entry('no-such-job');
    entry.subscribe(() => {});
    await clock.flush();
    assert.equal(entry.snapshot.error?.code, 'not-found');
    assert.deepEqual([entry.snapshot.job, entry.snapshot.freshness.state], [null, 'none']);
  });

  it('a job that expires stays, with the error beside it', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'processing' });
    const entry = store.entry(id);
    entry.subscribe(() => {});
    await clock.flush();
    double.remove(id);
    await clock.advance(3_000);
    assert.equal(entry.snapshot.job?.status, 'processing');
    assert.equal(entry.snapshot.error?.code, 'not-found');
    const before = reads(id);
    await clock.advance(29_000);
    assert.equal(reads(id), before);
    await clock.advance(1_000);
    assert.equal(reads(id), before + 1);
  });

  it('without a network it says so at once, asks nothing, and goes on when it is back', async () => {
    const { store, double, clock, page, reads } = world();
    const id = double.add({ status: 'processing' });
    const entry = store.entry(id);
    entry.subscribe(() => {});
    await clock.flush();
    const since = clock.now();
    page.disconnect();
    await clock.flush();
    assert.deepEqual(entry.snapshot.freshness, { state: 'offline', since });
    await clock.advance(120_000);
    assert.equal(reads(id), 1);
    page.connect();
    await clock.flush();
    assert.equal(reads(id), 2);
    assert.equal(entry.snapshot.freshness.state, 'live');
  });

  it('a failed refresh of a final job heals without a second click, then rests', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'success' });
    const entry = store.entry(id);
    entry.subscribe(() => {});
    await clock.flush();
    double.fault({ kind: 'network' });
    await entry.refresh();
    assert.equal(entry.snapshot.freshness.state, 'stale');
    assert.equal(entry.snapshot.job?.status, 'success');
    await clock.advance(3_000);
    assert.equal(entry.snapshot.freshness.state, 'live');
    assert.equal(clock.pending, 0);
  });

  it('a hidden page asks nothing; a shown one at once', async () => {
    const { store, double, clock, page, reads } = world();
    const ids = [double.add({ status: 'processing' }), double.add({ status: 'processing' })];
    for (const id of ids) store.entry(id).subscribe(() => {});
    await clock.flush();
    page.hide();
    await clock.advance(600_000);
    assert.deepEqual(ids.map(reads), [1, 1]);
    page.show();
    await clock.flush();
    assert.deepEqual(ids.map(reads), [2, 2]);
  });
});

describe('the network of a service on this machine', () => {
  for (const address of ['http://localhost:8012', 'http://127.0.0.1:9/prefix', 'http://[::1]:80', 'http://jobs.localhost']) {
    it(`${address} is there, whatever the browser says`, () => {
      assert.equal(connectivityFor(address).subscribe(() => {})(), undefined);
      assert.notEqual(connectivityFor(address), connectivityFor('https://jobs.example.com'));
    });
  }

  it('other addresses, and unreadable ones, depend on it', () => {
    const browser = connectivityFor('https://jobs.example.com');
    assert.equal(connectivityFor('https://localhost.example.com'), browser);
    assert.equal(connectivityFor('http://'), browser);
  });
});
