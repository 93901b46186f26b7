import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
// Loaded here, so that the store's own loading of them takes no time of a test.
import '../../../src/channels/more.ts';
import type { JobDoubleOptions } from '../../double/job-double.ts';
import { world } from '../store/world.ts';
import type { World } from '../store/world.ts';

const BATCH = '/api/v1/jobs/batch';
const LIST = '/api/v1/jobs/';

interface Page extends World {
  ids: string[];
  /** GET requests: for one job, by batch, for a list. */
  counts(): { single: number; batch: number; list: number };
  progress(): (number | null | undefined)[];
}

async function pageOf(jobs: number, double: JobDoubleOptions = {}, fields: object = {}): Promise<Page> {
  const it = world({ double });
  const ids = Array.from({ length: jobs }, () => it.double.add({ status: 'processing', progress: 0.1, ...fields }));
  for (const id of ids) it.store.entry(id).subscribe(() => {});
  await settle(it);
  return {
    ...it,
    ids,
    counts: () => ({
      single: it.double.count('GET', /jobs\/[^/]+$/) - it.double.count('GET', BATCH),
      batch: it.double.count('GET', BATCH),
      list: it.double.count('GET', LIST),
    }),
    progress: () => ids.map((id) => it.store.entry(id).snapshot.job?.progress),
  };
}

async function settle({ clock }: World): Promise<void> {
  for (let i = 0; i < 10; i++) await clock.flush();
}

describe('many jobs on a page', () => {
  it('are asked for in one request per beat where the backend offers it', async () => {
    const page = await pageOf(100, { many: 'batch' });
    assert.deepEqual(page.progress(), page.ids.map(() => 0.1));
    const start = page.counts();
    assert.ok(start.single + start.batch <= 14, JSON.stringify(start));
    for (const id of page.ids) page.double.progress(id, 0.2);
    await page.clock.advance(60_000);
    assert.deepEqual(page.progress(), page.ids.map(() => 0.2));
    assert.equal(page.counts().single, start.single);
    // Fewer than 20, though each of them may end at any moment.
    assert.ok(page.counts().batch - start.batch <= 18, `${page.counts().batch}`);
    page.store.close();
    assert.equal(page.clock.pending, 0);
  });

  it('keep to the interval that the page sets', async () => {
    const page = await pageOf(100, { many: 'batch' });
    page.store.pollInterval = 2_000;
    await page.clock.advance(10_000);
    const { batch } = page.counts();
    await page.clock.advance(20_000);
    assert.equal(page.counts().batch - batch, 10);
  });

  it('go in several requests when they are more than one may name', async () => {
    const page = await pageOf(150, { many: 'batch' });
    const before = page.double.requests.length;
    await page.clock.advance(5_000);
    const sizes = page.double.requests.slice(before).map(({ query }) => query.get('ids')?.split(',').length);
    assert.deepEqual(sizes.slice(0, 2), [100, 50]);
  });

  it('are asked for by their user\'s list where there is no batch', async () => {
    const page = await pageOf(50, { extensions: false }, { user_id: 'user-1' });
    const start = page.counts();
    for (const id of page.ids) page.double.progress(id, 0.2);
    await page.clock.advance(30_000);
    assert.deepEqual(page.progress(), page.ids.map(() => 0.2));
    assert.equal(page.counts().single, start.single);
    assert.ok(page.counts().list - start.list <= 10, `${page.counts().list}`);
  });

  it('cost no more by the list when they are a hundred', async () => {
    const page = await pageOf(100, { extensions: false }, { user_id: 'user-1' });
    const start = page.double.requests.length;
    await page.clock.advance(60_000);
    assert.ok(page.double.requests.length - start <= 18, `${page.double.requests.length - start}`);
  });

  it('that no list shows are asked for one by one, and the list is not tried again', async () => {
    const page = await pageOf(8, { extensions: false }, { user_id: 'user-1' });
    for (let i = 0; i < 100; i++) page.double.add({ user_id: 'user-1' });
    await page.clock.advance(3_500);
    const before = page.counts();
    for (const id of page.ids) page.double.progress(id, 0.3);
    await page.clock.advance(12_000);
    assert.deepEqual(page.progress(), page.ids.map(() => 0.3));
    assert.equal(page.counts().list, before.list);
  });

  it('of no known user are asked for one by one', async () => {
    const page = await pageOf(8, { extensions: false }, { user_id: undefined });
    await page.clock.advance(12_000);
    assert.equal(page.counts().list, 0);
    assert.ok(page.counts().single >= 24);
  });

  it('that are asked for one by one are so six at once', async () => {
    const page = await pageOf(30, { extensions: false }, { user_id: undefined });
    await page.clock.advance(3_000);
    page.double.latency = 400;
    let most = 0;
    let arrived = page.double.requests.length;
    for (let at = 0; at < 6_000; at += 400) {
      await page.clock.advance(400);
      most = Math.max(most, page.double.requests.length - arrived);
      arrived = page.double.requests.length;
    }
    assert.equal(most, 6);
  });

  it('are not asked for any more when nobody is left who waits', async () => {
    const asked: AbortSignal[] = [];
    const made = world({
      double: { many: 'batch' },
      store: { fetch: ((url, init) => (/batch/.test(String(url)) && asked.push(init?.signal as AbortSignal), made.double.fetch(url, init))) as typeof fetch },
    });
    const ids = [made.double.add({ status: 'processing' }), made.double.add({ status: 'processing' })];
    const leave = ids.map((id) => made.store.entry(id).subscribe(() => {}));
    await settle(made);
    made.double.latency = 10_000;
    await made.clock.advance(5_000);
    const last = () => asked.at(-1) as AbortSignal;
    leave[0]?.();
    await made.clock.advance(1_500);
    assert.equal(last().aborted, false, 'one is left');
    leave[1]?.();
    await made.clock.advance(1_500);
    assert.equal(last().aborted, true);
  });

  it('tell by their list of others, too', async () => {
    const page = await pageOf(8, { extensions: false }, { user_id: 'user-1' });
    const other = page.double.add({ status: 'processing', progress: 0.7, user_id: 'user-1' });
    const entry = page.store.entry(other);
    entry.observe(() => {});
    await page.clock.advance(6_000);
    assert.equal(entry.snapshot.job?.progress, 0.7);
    assert.equal(page.double.count('GET', `/api/v1/jobs/${other}`), 0);
  });

  it('share a refusal of who asks, and go together again', async () => {
    const page = await pageOf(8, { many: 'batch' }, { user_id: undefined });
    const { single } = page.counts();
    page.double.fault({ path: /batch$/, status: 401, times: Infinity });
    await page.clock.advance(6_000);
    assert.ok(page.ids.every((id) => page.store.entry(id).snapshot.error?.code === 'unauthorized'));
    page.double.clearFaults();
    await page.clock.advance(60_000);
    assert.ok(page.ids.every((id) => page.store.entry(id).snapshot.error === null));
    assert.equal(page.counts().single, single);
  });

  it('are not asked for together where the jobs offer it no longer', async () => {
    const page = await pageOf(8, { many: 'batch' }, { user_id: undefined });
    for (const id of page.ids) page.double.update(id, { links: {} });
    await page.clock.advance(9_000);
    const { batch } = page.counts();
    await page.clock.advance(30_000);
    assert.equal(page.counts().batch, batch);
  });

  it('are asked for one by one when the batch leads nowhere', async () => {
    const page = await pageOf(8, { many: 'batch' }, { user_id: undefined });
    page.double.fault({ path: /batch$/, status: 200, body: '<html>', times: Infinity });
    for (const id of page.ids) page.double.progress(id, 0.3);
    await page.clock.advance(9_000);
    assert.deepEqual(page.progress(), page.ids.map(() => 0.3));
    const { batch } = page.counts();
    await page.clock.advance(60_000);
    assert.equal(page.counts().batch, batch);
  });

  it('go together again after a single answer that could not be read', async () => {
    for (const [path, double, fields] of [
      [/batch$/, { many: 'batch' }, { user_id: undefined }],
      [/jobs\/$/, { extensions: false }, { user_id: 'user-1' }],
    ] as const) {
      const page = await pageOf(8, double, fields);
      await page.clock.advance(6_000);
      page.double.fault({ path, status: 200, body: '{"jobs": [{"job_id"' });
      const { single } = page.counts();
      await page.clock.advance(4_000);
      const broken = page.counts();
      assert.ok(broken.single - single >= 8, 'each was asked for at once');
      await page.clock.advance(30_000);
      assert.deepEqual(page.counts().single, broken.single, String(path));
      // The next one that breaks is a single one again.
      page.double.fault({ path, status: 200, body: '{"jobs": [{"job_id"' });
      await page.clock.advance(4_000);
      const again = page.counts().single;
      assert.ok(again > broken.single);
      await page.clock.advance(30_000);
      assert.equal(page.counts().single, again, String(path));
    }
  });

  it('go together again when the clock was set back after that led nowhere', async () => {
    for (const [path, double, fields] of [
      [/batch$/, { many: 'batch' }, { user_id: undefined }],
      [/jobs\/$/, { extensions: false }, { user_id: 'user-1' }],
    ] as const) {
      const page = await pageOf(8, double, fields);
      page.double.fault({ path, status: 404, times: Infinity });
      await page.clock.advance(10_000);
      const together = () => page.counts().batch + page.counts().list;
      const before = together();
      await page.clock.advance(30_000);
      assert.equal(together(), before);
      page.double.clearFaults();
      page.clock.set(-86_400_000);
      await page.clock.advance(10_000);
      assert.ok(together() > before, String(path));
    }
  });

  it('that the batch leaves out are asked for by themselves, so that it is known why', async () => {
    const page = await pageOf(8, { many: 'batch' });
    const gone = page.ids[3] as string;
    page.double.remove(gone);
    await page.clock.advance(6_000);
    assert.equal(page.store.entry(gone).snapshot.error?.code, 'not-found');
    assert.equal(page.store.entry(page.ids[0] as string).snapshot.error, null);
  });

  it('share a failure, and the wait after it', async () => {
    const page = await pageOf(20, { many: 'batch' });
    page.double.fault({ path: /batch$/, status: 503, times: 100 });
    await page.clock.advance(30_000);
    assert.ok(page.ids.every((id) => page.store.entry(id).snapshot.error?.code === 'unavailable'));
    page.double.clearFaults();
    await page.clock.advance(30_000);
    assert.ok(page.ids.every((id) => page.store.entry(id).snapshot.error === null));
    assert.ok(page.counts().batch <= 30, `${page.counts().batch}`);
  });
});
