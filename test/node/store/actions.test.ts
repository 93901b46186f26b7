import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { world } from './world.ts';

async function watching(fields: Parameters<ReturnType<typeof world>['double']['add']>[0], options?: Parameters<typeof world>[0]) {
  const all = world(options);
  const id = all.double.add(fields);
  const entry = all.store.entry(id);
  entry.subscribe(() => {});
  await all.clock.flush();
  return { ...all, id, entry };
}

describe('cancel', () => {
  it('is pending until the server has answered and the job was read again; nothing is assumed', async () => {
    const { double, clock, entry, id } = await watching({ status: 'processing', progress: 0.5 });
    double.latency = 100;
    const done = entry.cancel();
    assert.equal(entry.snapshot.pending, 'cancel');
    assert.equal(entry.snapshot.job?.status, 'processing');
    await clock.advance(100);
    assert.equal(double.job(id)?.status, 'cancelled');
    assert.equal(entry.snapshot.pending, 'cancel');
    assert.equal(entry.snapshot.job?.status, 'processing');
    await clock.advance(100);
    assert.equal((await done).job?.status, 'cancelled');
    assert.deepEqual([entry.snapshot.pending, entry.snapshot.actionError], [null, null]);
  });

  it('concurrent calls are one request', async () => {
    const { double, entry } = await watching({ status: 'processing' });
    await Promise.all([entry.cancel(), entry.cancel(), entry.cancel()]);
    assert.equal(double.count('DELETE'), 1);
  });

  it('tells the truth when the job has ended by itself', async () => {
    const { double, entry, id } = await watching({ status: 'processing' });
    double.finish(id);
    await entry.cancel();
    assert.equal(entry.snapshot.job?.status, 'success');
    assert.equal(entry.snapshot.actionError?.code, 'conflict');
    assert.equal(entry.snapshot.error, null);
  });

  it('is no failure when somebody else has cancelled first', async () => {
    const { double, entry, id } = await watching({ status: 'processing' });
    double.cancel(id);
    await entry.cancel();
    assert.equal(entry.snapshot.job?.status, 'cancelled');
    assert.equal(entry.snapshot.actionError, null);
  });

  it('that was accepted and did not come about leaves the job running, and polled', async () => {
    const { double, entry, id, clock } = await watching({ status: 'processing' });
    double.fault({ method: 'DELETE', status: 200, body: { job_id: id, status: 'cancelled', message: '' } });
    await entry.cancel();
    assert.deepEqual([entry.snapshot.pending, entry.snapshot.job?.status], [null, 'processing']);
    double.finish(id);
    await clock.advance(3_000);
    assert.equal(entry.snapshot.job?.status, 'success');
  });

  it('that is refused says so, until the next action', async () => {
    const { double, entry } = await watching({ status: 'processing' });
    double.fault({ method: 'DELETE', status: 403 });
    await entry.cancel();
    assert.equal(entry.snapshot.actionError?.code, 'forbidden');
    assert.equal(entry.snapshot.error, null);
    const again = entry.cancel();
    assert.equal(entry.snapshot.actionError, null);
    await again;
    assert.equal(entry.snapshot.job?.status, 'cancelled');
  });

  it('goes through in a hidden page', async () => {
    const { entry, page } = await watching({ status: 'processing' });
    page.hide();
    await entry.cancel();
    assert.equal(entry.snapshot.job?.status, 'cancelled');
  });

  it('keeps its entry in the store until it is through, also when every element has gone', async () => {
    const { double, store, clock } = world();
    const id = double.add({ status: 'processing' });
    const entry = store.entry(id);
    const leave = entry.subscribe(() => {});
    await clock.flush();
    double.latency = 2_000;
    const done = entry.cancel();
    leave();
    await clock.advance(3_000);
    assert.equal(store.entry(id), entry);
    assert.equal(entry.snapshot.pending, 'cancel');
    await clock.advance(1_000);
    assert.equal((await done).job?.status, 'cancelled');
    await clock.advance(6_000);
    assert.deepEqual([store.size, clock.pending], [0, 0]);
  });
});

describe('retry', () => {
  it('runs a failed job again: the next attempt, polled', async () => {
    const { double, entry, clock, id } = await watching({ status: 'failure', error: 'no' });
    await entry.retry();
    assert.deepEqual([entry.snapshot.job?.status, entry.snapshot.job?.retryCount], ['pending', 1]);
    assert.equal(entry.snapshot.job?.error, null);
    assert.deepEqual(double.requests.map(({ method }) => method), ['GET', 'POST', 'GET']);
    double.finish(id);
    await clock.advance(3_000);
    assert.equal(entry.snapshot.job?.status, 'success');
  });

  it('believes its answer when the job cannot be read after it', async () => {
    const { double, entry } = await watching({ status: 'failure' });
    double.fault({ method: 'GET', kind: 'network' });
    await entry.retry();
    assert.deepEqual([entry.snapshot.job?.status, entry.snapshot.job?.retryCount], ['pending', 1]);
    assert.equal(entry.snapshot.freshness.state, 'stale');
  });

  it('is not asked for where the job does not allow it', async () => {
    const { double, entry } = await watching({ status: 'failure' }, { double: { extensions: false } });
    await entry.retry();
    assert.equal(double.count('POST'), 0);
    assert.equal(entry.snapshot.actionError?.code, 'conflict');
    assert.equal(entry.snapshot.pending, null);
  });

  it('that fails on its way is said, and the job read', async () => {
    const { double, entry } = await watching({ status: 'failure' });
    double.fault({ method: 'POST', kind: 'network' });
    await entry.retry();
    assert.equal(entry.snapshot.actionError?.code, 'network');
    assert.equal(entry.snapshot.job?.status, 'failure');
  });
});
