import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
// Loaded here, so that the store's own loading of them takes no time of a test.
import '../../../src/channels/more.ts';
import { openSocketIo } from '../../../src/channels/socket-io.ts';
import type { JobDoubleOptions } from '../../double/job-double.ts';
import type { JobStoreOptions } from '../../../src/store/job-store.ts';
import { world } from '../store/world.ts';
import type { World } from '../store/world.ts';

const JOBS = 100;
/** As many as one second may carry of a round that is spread over five. */
const SHARE = JOBS / 5;

interface Page extends World {
  /** When requests came since this was called, in ms from then on. */
  record(): number[];
  fresh(): number;
  ids: readonly string[];
}

/** A page with 100 jobs of nobody, on a backend of the core alone: they are asked for one by one. */
async function page(double: JobDoubleOptions = {}, fields: object = {}, store: JobStoreOptions = {}): Promise<Page> {
  let times: number[] = [];
  let from = 0;
  const made = world({
    double: { extensions: false, ...double },
    store: {
      ...store,
      fetch: ((input, init) => {
        times.push(made.clock.now() - from);
        return made.double.fetch(input, init);
      }) as typeof fetch,
    },
  });
  const ids = Array.from({ length: JOBS }, () => made.double.add({ status: 'processing', progress: 0.1, user_id: undefined, ...fields }));
  for (const id of ids) made.store.entry(id).subscribe(() => {});
  for (let turn = 0; turn < 10; turn++) await made.clock.flush();
  return {
    ...made,
    ids,
    record: () => {
      from = made.clock.now();
      return (times = []);
    },
    fresh: () => ids.filter((id) => made.store.entry(id).snapshot.job?.progress === 0.9).length,
  };
}

function peak(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

/** From the first good answer to the last one at least five seconds pass, and until then no second has more than its share. */
async function assertSpread(it: Page, comeBack: () => void, within = 8_000): Promise<void> {
  for (const id of it.ids) it.double.progress(id, 0.9);
  const times = it.record();
  comeBack();
  let first = -1;
  let last = -1;
  for (let at = 0; at < within; at += 100) {
    await it.clock.advance(100);
    const fresh = it.fresh();
    if (fresh > 0 && first < 0) first = at;
    if (fresh === JOBS && last < 0) last = at;
  }
  assert.equal(it.fresh(), JOBS, 'all are up to date again');
  assert.ok(last - first >= 5_000, `spread over ${last - first} ms`);
  const most = peak(times.filter((at) => at <= last));
  assert.ok(most <= SHARE, `${most} requests in one second`);
}

describe('many jobs that can only be asked for one by one', () => {
  it('come at once when the page opens', async () => {
    const it = await page();
    assert.equal(it.double.requests.length, JOBS);
  });

  it('do not storm a network that is back', async () => {
    const it = await page();
    it.page.disconnect();
    await it.clock.advance(60_000);
    await assertSpread(it, () => it.page.connect());
  });

  it('do not storm when the page is shown again', async () => {
    const it = await page();
    it.page.hide();
    await it.clock.advance(600_000);
    await assertSpread(it, () => it.page.show());
  });

  it('do not storm a server that is back, after however long', async () => {
    for (const away of [4_000, 10_000, 120_000]) {
      const it = await page();
      await it.clock.advance(3_000);
      it.double.fault({ status: 503, times: Infinity });
      await it.clock.advance(away);
      await assertSpread(it, () => it.double.clearFaults(), 40_000);
    }
  });

  const stale = (it: Page): number => it.ids.filter((id) => it.store.entry(id).snapshot.freshness.state === 'stale').length;

  it('are all called out of touch on a network that swallows every request, not a few at a time', async () => {
    const it = await page();
    it.double.fault({ kind: 'hang', times: Infinity });
    const times = it.record();
    await it.clock.advance(33_000);
    assert.equal(stale(it), JOBS);
    await it.clock.advance(87_000);
    assert.equal(stale(it), JOBS);
    assert.ok(times.length <= 6 * 8, `${times.length} requests in two minutes, each of which waits 15 s`);
    it.double.clearFaults();
    for (const id of it.ids) it.double.progress(id, 0.9);
    await it.clock.advance(60_000);
    assert.equal(it.fresh(), JOBS);
  });

  it('are all said to be out of reach where nothing was ever answered', async () => {
    const made = world({ double: { extensions: false } });
    made.double.fault({ kind: 'hang', times: Infinity });
    const entries = Array.from({ length: JOBS }, () => made.store.entry(made.double.add()));
    for (const entry of entries) entry.subscribe(() => {});
    await made.clock.advance(16_000);
    assert.deepEqual(new Set(entries.map(({ snapshot }) => snapshot.error?.code)), new Set(['timeout']));
    made.double.clearFaults();
    await made.clock.advance(60_000);
    assert.deepEqual(new Set(entries.map(({ snapshot }) => snapshot.freshness.state)), new Set(['live']));
  });

  it('do not lose heart over one that fails, or fails soon', async () => {
    const it = await page();
    it.double.fault({ kind: 'hang', times: 1 });
    it.double.fault({ kind: 'network', times: 20 });
    await it.clock.advance(20_000);
    assert.ok(stale(it) <= 21, `${stale(it)}`);
  });

  it('do not storm when what pushed them falls silent', async () => {
    const listeners = new Map<string, (message: never) => void>();
    const client = {
      connected: true,
      on: (event: string, listener: (message: never) => void) => void listeners.set(event, listener),
      off: () => {},
      emit: () => {},
    };
    const it = await page({}, {}, { push: (context, sink) => openSocketIo(client, context, sink) });
    for (const id of it.ids) listeners.get('progress_update')?.({ job_id: id, progress: 10 } as never);
    await it.clock.advance(20_000);
    await assertSpread(it, () => listeners.get('disconnect')?.(undefined as never));
  });

  it('go at their usual pace again when all has been well for a while', async () => {
    const it = await page();
    it.page.disconnect();
    await it.clock.advance(10_000);
    it.page.connect();
    await it.clock.advance(60_000);
    const times = it.record();
    await it.clock.advance(12_000);
    assert.ok(times.length >= 3 * JOBS, `${times.length} requests`);
  });

  it('come back soon after the clock was set back by a day meanwhile', async () => {
    const it = await page();
    it.page.disconnect();
    await it.clock.advance(10_000);
    it.page.connect();
    await it.clock.advance(1_000);
    it.clock.jump(-86_400_000);
    for (const id of it.ids) it.double.progress(id, 0.9);
    await it.clock.advance(86_400_000 + 15_000);
    assert.equal(it.fresh(), JOBS);
  });
});

describe('many jobs whose clock is set back while they are spread', () => {
  it('are not held up by it', async () => {
    const it = await page();
    it.page.disconnect();
    await it.clock.advance(10_000);
    it.page.connect();
    await it.clock.advance(1_000);
    for (const id of it.ids) it.double.progress(id, 0.9);
    it.clock.set(-86_400_000);
    await it.clock.advance(60_000);
    assert.equal(it.fresh(), JOBS);
  });
});

describe('many jobs that can be asked for together', () => {
  for (const [name, double, fields] of [
    ['by batch', { extensions: true, many: 'batch' }, {}],
    ["by their user's list", {}, { user_id: 'user-1' }],
  ] as const) {
    it(`${name} cost few requests when the page or the network is back`, async () => {
      const it = await page(double as JobDoubleOptions, fields);
      for (const [leave, comeBack] of [['hide', 'show'], ['disconnect', 'connect']] as const) {
        it.page[leave]();
        await it.clock.advance(60_000);
        for (const id of it.ids) it.double.progress(id, comeBack === 'show' ? 0.5 : 0.9);
        const times = it.record();
        it.page[comeBack]();
        await it.clock.advance(1_000);
        assert.ok(times.length <= 4, `${times.length} requests`);
      }
      assert.equal(it.fresh(), JOBS);
    });
  }
});
