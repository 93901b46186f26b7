import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JobApiError } from '../../../src/core/errors.ts';
import { jobList } from '../../../src/store/job-list.ts';
import type { JobListSnapshot } from '../../../src/store/job-list.ts';
import { request, slowFetch, world } from './world.ts';

const LIST = '/api/v1/jobs/';
const query = { userId: 'user-1' };

describe('a list', () => {
  it('is loading, then has its rows, newest first', async () => {
    const { store, double, clock } = world();
    const [first, second] = [double.add(), double.add({ status: 'success' })];
    const list = jobList(store, query);
    assert.deepEqual([list.snapshot.loading, list.snapshot.jobs], [true, []]);
    list.subscribe(() => {});
    await clock.flush();
    const { jobs, loading, total, page, pageSize, freshness } = list.snapshot;
    assert.deepEqual(jobs.map(({ id }) => id), [second, first]);
    assert.deepEqual({ loading, total, page, pageSize }, { loading: false, total: 2, page: 1, pageSize: 20 });
    assert.equal(freshness.state, 'live');
  });

  it('is one for equal queries, however they are written', () => {
    const { store } = world();
    assert.equal(jobList(store, { userId: 'a', page: 1 }), jobList(store, { page: undefined, pageSize: 20, userId: 'a' }));
    assert.notEqual(jobList(store, { userId: 'a' }), jobList(store, { userId: 'b' }));
    assert.notEqual(jobList(store, { userId: 'a' }), jobList(store, { userId: 'a', page: 2 }));
  });

  it('and an entry never disagree: a row is the very job of its entry, whoever read it', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing', progress: 0.1 });
    const list = jobList(store, query);
    list.subscribe(() => {});
    const entry = store.entry(id);
    entry.subscribe(() => {});
    await clock.flush();
    assert.equal(list.snapshot.jobs[0], entry.snapshot.job);
    double.progress(id, 0.6);
    await entry.refresh();
    assert.equal(list.snapshot.jobs[0]?.progress, 0.6);
    // An answer that was made earlier does not take the row back.
    double.update(id, { progress: 0.3 });
    await list.refresh();
    assert.equal(list.snapshot.jobs[0], entry.snapshot.job);
    assert.equal(list.snapshot.jobs[0]?.progress, 0.6);
  });

  it('costs one request for all its rows while one of them runs, and few when none does', async () => {
    const { store, double, clock } = world();
    const running = [double.add({ status: 'processing' }), double.add({ status: 'processing' })];
    double.add({ status: 'success' });
    jobList(store, query).subscribe(() => {});
    await clock.advance(6_000);
    assert.equal(double.count('GET', LIST), 3);
    assert.equal(double.requests.length, 3);
    for (const id of running) double.finish(id);
    await clock.advance(3_000);
    assert.equal(double.count('GET', LIST), 4);
    await clock.advance(29_000);
    assert.equal(double.count('GET', LIST), 4);
    await clock.advance(1_000);
    assert.equal(double.count('GET', LIST), 5);
  });

  it('tells once per answer, and not at all when nothing changed', async () => {
    const { store, double, clock } = world();
    const ids = [double.add({ status: 'processing' }), double.add({ status: 'processing' })];
    const seen: JobListSnapshot[] = [];
    jobList(store, query).subscribe((snapshot) => seen.push(snapshot));
    await clock.advance(9_000);
    assert.equal(seen.length, 1);
    for (const id of ids) double.progress(id, 0.5);
    await clock.advance(3_000);
    assert.equal(seen.length, 2);
    assert.notEqual(seen[0]?.jobs, seen[1]?.jobs);
  });

  it('keeps its rows when reading fails', async () => {
    const { store, double, clock } = world();
    double.add({ status: 'processing' });
    const list = jobList(store, query);
    list.subscribe(() => {});
    await clock.flush();
    double.fault({ status: 500 });
    await list.refresh();
    assert.equal(list.snapshot.jobs.length, 1);
    assert.equal(list.snapshot.error?.code, 'server');
    assert.equal(list.snapshot.freshness.state, 'stale');
    assert.equal(list.snapshot.loading, false);
    await clock.advance(3_000);
    assert.equal(list.snapshot.error, null);
  });

  it('says when it is being read anew by request, not when it polls', async () => {
    const { store, double, clock } = world();
    double.add({ status: 'processing' });
    const list = jobList(store, query);
    list.subscribe(() => {});
    await clock.flush();
    double.latency = 100;
    const done = list.refresh();
    assert.equal(list.snapshot.loading, true);
    await clock.advance(100);
    await done;
    assert.equal(list.snapshot.loading, false);
    await clock.advance(3_050);
    assert.equal(list.snapshot.loading, false);
  });

  it('survives a backend that counts wrong, or not at all', async () => {
    const { store, double, clock } = world();
    const body = { jobs: [{ job_id: 'a', status: 'pending' }, 'junk', { job_id: 'b', status: 'pending' }] };
    double.fault({ path: /jobs\/$/, status: 200, body });
    const list = jobList(store, { userId: 'user-1', page: 3, pageSize: 10 });
    list.subscribe(() => {});
    await clock.flush();
    assert.deepEqual([list.snapshot.jobs.length, list.snapshot.total, list.snapshot.page, list.snapshot.pageSize], [2, 22, 3, 10]);
  });

  it('drops rows that are gone, and lets go of their entries', async () => {
    const { store, double, clock } = world();
    const [a, b] = [double.add({ status: 'processing' }), double.add({ status: 'processing' })];
    const list = jobList(store, query);
    const leave = list.subscribe(() => {});
    await clock.flush();
    assert.equal(store.size, 2);
    double.remove(a);
    await clock.advance(4_500);
    assert.deepEqual(list.snapshot.jobs.map(({ id }) => id), [b]);
    await clock.advance(3_500);
    assert.equal(store.size, 1);
    leave();
    await clock.advance(6_000);
    assert.deepEqual([store.size, clock.pending], [0, 0]);
  });
});

describe('a list that nobody subscribes to', () => {
  it('is forgotten after the grace, and is another one then', async () => {
    const { store, clock } = world();
    const list = jobList(store, query);
    await clock.advance(999);
    assert.equal(jobList(store, query), list);
    await clock.advance(1);
    assert.notEqual(jobList(store, query), list);
  });

  it('can be read, and lets go of its rows', async () => {
    const { store, double, clock } = world();
    double.add({ status: 'processing' });
    double.latency = 5_000;
    const read = jobList(store, query).refresh();
    await clock.advance(5_000);
    assert.equal((await read).jobs.length, 1);
    await clock.advance(6_000);
    assert.deepEqual([store.size, clock.pending], [0, 0]);
  });

  it('follows again when it is subscribed to after it was forgotten', async () => {
    const { store, double, clock } = world();
    double.add({ status: 'processing' });
    const list = jobList(store, query);
    await clock.advance(5_000);
    list.subscribe(() => {});
    await clock.flush();
    assert.equal(list.snapshot.jobs.length, 1);
    assert.equal(jobList(store, query), list);
    await store.create(request);
    await clock.flush();
    assert.equal(list.snapshot.jobs.length, 2);
  });
});

describe('create', () => {
  it('gives an entry that knows the job at once, as pending', async () => {
    const { store, double, reads } = world();
    const entry = await store.create(request, { idempotencyKey: 'k-1' });
    assert.equal(entry.snapshot.job?.status, 'pending');
    assert.equal(entry.snapshot.job?.title, 'A walk in the hills');
    assert.equal(entry.snapshot.freshness.state, 'live');
    assert.equal(reads(entry.id), 0);
    assert.equal(double.requests[0]?.headers['idempotency-key'], 'k-1');
  });

  it('keeps the title that the backend does not send back', async () => {
    const { store, clock } = world({ double: { extensions: false } });
    const entry = await store.create(request);
    entry.subscribe(() => {});
    await clock.flush();
    assert.notEqual(entry.snapshot.job?.createdAt, null);
    assert.equal(entry.snapshot.job?.title, 'A walk in the hills');
  });

  it('waits a moment for the element that shows it', async () => {
    const { store, clock } = world();
    const entry = await store.create(request);
    await clock.advance(900);
    assert.equal(store.entry(entry.id), entry);
    await clock.advance(100);
    assert.equal(store.size, 0);
  });

  it('reads the lists of this user again, although one is just being read, and no others', async () => {
    const slow = slowFetch(() => double.fetch);
    const { store, double, clock } = world({ store: { fetch: slow.fetch } });
    jobList(store, { userId: 'user-2' }).subscribe(() => {});
    await clock.flush();
    slow.held = true;
    const mine = jobList(store, query);
    mine.subscribe(() => {});
    await clock.flush();
    slow.held = false;
    const entry = await store.create(request);
    await clock.flush();
    assert.deepEqual(mine.snapshot.jobs.map(({ id }) => id), [entry.id]);
    assert.equal(mine.snapshot.jobs[0], entry.snapshot.job);
    assert.equal(double.count('GET', LIST), 3);
    // What was read before comes late, and does not take the new row away.
    slow.release();
    await clock.flush();
    assert.deepEqual(mine.snapshot.jobs.map(({ id }) => id), [entry.id]);
  });

  it('rejects with what was refused', async () => {
    const { store, double } = world();
    double.fault({ status: 422, body: { detail: [{ loc: ['body', 'video_request', 'title'], msg: 'too short', type: 'x' }] } });
    const error = await store.create(request).catch((reason: unknown) => reason);
    assert.ok(error instanceof JobApiError);
    assert.deepEqual(error.fields[0]?.path, ['video_request', 'title']);
    assert.equal(store.size, 0);
  });

  it('can be stopped', async () => {
    const { store, double, clock } = world();
    double.fault({ kind: 'hang' });
    const controller = new AbortController();
    const made = store.create(request, { signal: controller.signal }).catch((error: JobApiError) => error.code);
    await clock.flush();
    controller.abort();
    assert.equal(await made, 'aborted');
    assert.equal(clock.pending, 0);
  });
});

describe('a store', () => {
  for (const pollInterval of [0, -1, Number.NaN, Infinity, 2 ** 31]) {
    it(`leaves the pace to the jobs when told to poll every ${pollInterval} ms`, () => {
      const { store } = world({ store: { pollInterval } });
      assert.equal(store.pollInterval, undefined);
      store.pollInterval = 10;
      store.pollInterval = pollInterval;
      assert.equal(store.pollInterval, undefined);
    });
  }

  it('tells counts and health', async () => {
    const { store, double } = world();
    double.add({ status: 'success' });
    assert.equal((await store.statistics()).counts.success, 1);
    assert.equal((await store.health()).healthy, true);
  });

  it('closes: no timer, no listener, no request is left', async () => {
    const { store, double, clock, page } = world();
    const id = double.add({ status: 'processing' });
    store.entry(id).subscribe(() => {});
    store.entry('other').subscribe(() => {});
    jobList(store, query).subscribe(() => {});
    await clock.flush();
    double.fault({ kind: 'hang' });
    void store.entry(id).refresh();
    await clock.flush();
    store.close();
    await clock.flush();
    assert.deepEqual([store.size, clock.pending, page.listeners], [0, 0, 0]);
  });

  it('holds nothing after 100 times of coming and going', async () => {
    const { store, double, clock, page } = world();
    const ids = [double.add({ status: 'processing' }), double.add({ status: 'success' })];
    for (let i = 0; i < 100; i++) {
      const leave = [...ids.map((id) => store.entry(id).subscribe(() => {})), jobList(store, query).subscribe(() => {})];
      await clock.advance(i % 3 === 0 ? 1_500 : 10);
      for (const one of leave) one();
      await clock.advance(i % 2 === 0 ? 6_500 : 10);
    }
    await clock.advance(7_000);
    assert.deepEqual([store.size, clock.pending, page.listeners], [0, 0, 0]);
  });
});
