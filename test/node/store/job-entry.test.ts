import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Job } from '../../../src/core/job.ts';
import { readPlain } from '../../../src/core/read-plain.ts';
import type { JobSnapshot } from '../../../src/store/snapshot.ts';
import { slowFetch, world } from './world.ts';

describe('an entry', () => {
  it('knows nothing, then what the server says', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing', progress: 0.4 });
    const entry = store.entry(id);
    assert.deepEqual([entry.snapshot.job, entry.snapshot.freshness], [null, { state: 'none', since: null }]);
    entry.subscribe(() => {});
    await clock.flush();
    assert.equal(entry.snapshot.job?.progress, 0.4);
    assert.deepEqual(entry.snapshot.freshness, { state: 'live', since: clock.now() });
  });

  it('is one per job: ten subscribers cost one request per round', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'processing' });
    for (let i = 0; i < 10; i++) store.entry(id).subscribe(() => {});
    await clock.flush();
    assert.equal(reads(id), 1);
    await clock.advance(3_000);
    assert.equal(reads(id), 2);
  });

  it('tells of changes alone, each time with a new snapshot', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'processing', progress: 0.1 });
    const seen: JobSnapshot[] = [];
    store.entry(id).subscribe((snapshot) => seen.push(snapshot));
    await clock.advance(9_000);
    assert.equal(reads(id), 4);
    assert.equal(seen.length, 1);
    double.progress(id, 0.2);
    await clock.advance(3_000);
    assert.equal(seen.length, 2);
    assert.notEqual(seen[0], seen[1]);
    assert.equal(seen[0]?.job?.progress, 0.1);
  });

  it('goes on telling the others when one listener throws', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing' });
    const reported: unknown[] = [];
    const { reportError } = globalThis as { reportError?: unknown };
    Object.assign(globalThis, { reportError: (error: unknown) => reported.push(error) });
    let told = 0;
    store.entry(id).subscribe(() => {
      throw new Error('mine');
    });
    store.entry(id).subscribe(() => told++);
    await clock.flush();
    Object.assign(globalThis, { reportError });
    assert.equal(told, 1);
    assert.match(String(reported[0]), /mine/);
  });

  it('outlives a move in the DOM: a short absence restarts nothing', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'processing' });
    const entry = store.entry(id);
    const leave = entry.subscribe(() => {});
    await clock.advance(1_500);
    leave();
    await clock.advance(900);
    store.entry(id).subscribe(() => {});
    assert.equal(store.entry(id), entry);
    await clock.advance(500);
    assert.equal(reads(id), 1);
    await clock.advance(100);
    assert.equal(reads(id), 2);
  });

  it('of a final job is not read again for such a move either', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'success' });
    const leave = store.entry(id).subscribe(() => {});
    await clock.advance(60_000);
    leave();
    store.entry(id).subscribe(() => {});
    await clock.flush();
    assert.equal(reads(id), 1);
  });

  it('stops a grace after its last subscriber, and leaves the store', async () => {
    const { store, double, clock, page, reads } = world();
    const id = double.add({ status: 'processing' });
    const leave = store.entry(id).subscribe(() => {});
    await clock.flush();
    leave();
    await clock.advance(1_000);
    assert.equal(page.listeners, 0);
    assert.equal(store.size, 1);
    await clock.advance(4_000);
    assert.equal(store.size, 0);
    assert.equal(clock.pending, 0);
    await clock.advance(60_000);
    assert.equal(reads(id), 1);
  });

  it('takes back a read that nobody waits for any more', async () => {
    const { store, double, clock } = world();
    const id = double.add();
    double.fault({ kind: 'hang' });
    const leave = store.entry(id).subscribe(() => {});
    await clock.flush();
    leave();
    await clock.advance(1_000);
    assert.equal(clock.pending, 0);
  });

  it('that somebody kept after it left the store still is the one of its job', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing', progress: 0.3 });
    const kept = store.entry(id);
    await clock.advance(1_000);
    assert.equal(store.size, 0);
    await kept.refresh();
    assert.equal(kept.snapshot.job?.progress, 0.3);
    await clock.advance(5_000);
    const other = store.entry(id);
    assert.notEqual(other, kept);
    let told: JobSnapshot | null = null;
    kept.subscribe((snapshot) => (told = snapshot));
    await clock.flush();
    assert.equal(told, other.snapshot);
  });

  it('observers learn what others ask for, and ask nothing', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'processing' });
    let told = 0;
    const release = store.entry(id).observe(() => told++);
    await clock.advance(10_000);
    assert.equal(reads(id), 0);
    assert.equal(store.size, 1);
    const leave = store.entry(id).subscribe(() => {});
    await clock.flush();
    assert.equal(told, 1);
    leave();
    await clock.advance(10_000);
    assert.equal(reads(id), 1);
    assert.equal(store.size, 1);
    release();
    await clock.advance(1_000);
    assert.equal(store.size, 0);
  });

  it('knows a status for 5 s, for whoever comes, unless reading it has failed since', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'processing', progress: 0.3 });
    const visit = async () => {
      const entry = store.entry(id);
      const leave = entry.subscribe(() => {});
      await clock.flush();
      leave();
      return entry.snapshot.job?.progress;
    };
    assert.equal(await visit(), 0.3);
    await clock.advance(4_900);
    assert.equal(await visit(), 0.3);
    assert.equal(reads(id), 1);
    await clock.advance(100);
    await visit();
    assert.equal(reads(id), 2);
    double.fault({ status: 500 });
    await store.entry(id).refresh();
    await clock.advance(1_000);
    await visit();
    assert.equal(reads(id), 4);
  });
});

describe('what is known of an entry', () => {
  it('is no longer good for having been learnt, when the clock was set back by a day since', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'processing' });
    store.entry(id).subscribe(() => {})();
    await clock.advance(1_200);
    const leave = store.entry(id).subscribe(() => {});
    await clock.flush();
    const before = reads(id);
    leave();
    clock.set(-86_400_000);
    await clock.advance(2_000);
    store.entry(id).subscribe(() => {});
    await clock.flush();
    assert.equal(reads(id), before + 1);
  });
});

describe('many entries, while the code that asks for them together', () => {
  const open = async (loadMore: () => Promise<never>) => {
    const made = world({ loadMore });
    const ids = Array.from({ length: 20 }, () => made.double.add({ status: 'processing', progress: 0.1 }));
    for (const id of ids) made.store.entry(id).subscribe(() => {});
    await made.clock.advance(1_000);
    const known = () => ids.filter((id) => made.store.entry(id).snapshot.job !== null).length;
    return { ...made, ids, known };
  };

  it('does not come, are asked for one by one', async () => {
    const { clock, double, ids, known, store } = await open(() => new Promise(() => {}));
    assert.ok(known() < 20, 'the others could still go together');
    await clock.advance(1_500);
    assert.equal(known(), 20);
    const before = double.requests.length;
    await clock.advance(12_000);
    assert.ok(double.requests.length - before >= 3 * ids.length, 'polling goes on');
    store.close();
    assert.equal(clock.pending, 0);
  });

  it('is not there yet, have it fetched before the first answer; a few have not', async () => {
    for (const [count, expected] of [[6, 0], [7, 1]] as const) {
      let tries = 0;
      const { store, double, clock } = world({ loadMore: () => new Promise<never>(() => tries++) });
      for (let index = 0; index < count; index++) store.entry(double.add({ status: 'processing' })).subscribe(() => {});
      assert.equal(tries, expected);
      store.close();
      assert.equal(clock.pending, 0);
    }
  });

  it('is still awaited when the store closes, leave nothing behind', async () => {
    const { clock, store } = await open(() => new Promise(() => {}));
    store.close();
    assert.equal(clock.pending, 0);
  });

  it('cannot be had, are asked for one by one, and it is tried again', async () => {
    let tries = 0;
    const { clock, known } = await open(() => {
      tries++;
      return Promise.reject(new TypeError('no such file'));
    });
    await clock.advance(1_000);
    assert.equal(known(), 20);
    assert.ok(tries > 2, `once ahead of time, then again and again, not ${tries} times`);
  });
});

describe('the end of a job', () => {
  async function ends(status: 'processing' | 'success') {
    const all = world();
    const id = all.double.add({ status });
    const ended: Job[] = [];
    const entry = all.store.entry(id);
    entry.subscribe(() => {});
    entry.subscribeEnd((job) => ended.push(job));
    await all.clock.flush();
    return { ...all, id, entry, ended };
  }

  it('is told to who showed the job running before the entry knew it, and to nobody else', async () => {
    for (const [shown, expected] of [[{ status: 'processing' }, ['success']], [{ status: 'success' }, []], [{ status: 'processing', id: 'another' }, []], [null, []]] as const) {
      const { store, double, clock } = world();
      const id = double.add({ status: 'success' });
      const first = shown && readPlain({ ...double.job(id), progress: 0.5, ...shown, job_id: 'id' in shown ? shown.id : id }, id);
      const heard: string[] = [];
      store.entry(id).attend({ told: null, shown: first, onEnd: ({ status }) => heard.push(status), onRepaint: () => {} });
      await clock.flush();
      await store.entry(id).refresh();
      assert.deepEqual(heard, expected);
    }
  });

  it('is told once to each who listens, and polling stops', async () => {
    const { double, clock, id, entry, ended, reads } = await ends('processing');
    let other = 0;
    entry.subscribeEnd(() => other++);
    double.finish(id);
    await clock.advance(3_000);
    assert.deepEqual(ended.map(({ status }) => status), ['success']);
    assert.equal(other, 1);
    const before = reads(id);
    await clock.advance(600_000);
    await entry.refresh();
    assert.equal(reads(id), before + 1);
    assert.equal(ended.length, 1);
    assert.equal(clock.pending, 0);
  });

  it('is not told of a job that had ended when first seen', async () => {
    const { clock, ended, entry, id, reads } = await ends('success');
    assert.equal(entry.snapshot.job?.status, 'success');
    await clock.advance(60_000);
    assert.equal(reads(id), 1);
    assert.deepEqual(ended, []);
  });

  it('comes after the snapshot that shows it', async () => {
    const { double, clock, id, entry } = await ends('processing');
    const order: string[] = [];
    entry.subscribeEnd(() => order.push('end'));
    entry.subscribe(({ job }) => order.push(String(job?.status)));
    double.fail(id);
    await clock.advance(3_000);
    assert.deepEqual(order, ['failure', 'end']);
  });

  it('comes again for the next attempt, which a refresh finds and polling takes up', async () => {
    const { double, clock, id, entry, ended } = await ends('processing');
    double.fail(id);
    await clock.advance(3_000);
    double.retry(id);
    await entry.refresh();
    assert.equal(entry.snapshot.job?.status, 'pending');
    assert.equal(entry.snapshot.job?.retryCount, 1);
    double.finish(id);
    await clock.advance(3_000);
    assert.deepEqual(ended.map(({ status, retryCount }) => [status, retryCount]), [['failure', 0], ['success', 1]]);
  });

  it('comes for an attempt whose running nobody saw', async () => {
    const { double, clock, id, entry, ended } = await ends('processing');
    double.fail(id);
    await clock.advance(3_000);
    double.retry(id);
    double.fail(id);
    await entry.refresh();
    assert.deepEqual(ended.map(({ retryCount }) => retryCount), [0, 1]);
  });

  it('a final job that comes back into view is read again, and rests when it is still final', async () => {
    const { store, double, clock, reads } = world();
    const id = double.add({ status: 'failure' });
    store.entry(id).observe(() => {});
    const leave = store.entry(id).subscribe(() => {});
    await clock.flush();
    leave();
    await clock.advance(10_000);
    double.retry(id);
    store.entry(id).subscribe(() => {});
    await clock.flush();
    assert.equal(reads(id), 2);
    assert.equal(store.entry(id).snapshot.job?.status, 'pending');
  });
});

describe('answers in the wrong order', () => {
  it('a late one is merged, but moves nothing back', async () => {
    const slow = slowFetch(() => double.fetch);
    const { store, double, clock } = world({ store: { fetch: slow.fetch } });
    const id = double.add({ status: 'processing', progress: 0.2 });
    const entry = store.entry(id);
    entry.subscribe(() => {});
    await clock.flush();
    // The poll's answer was made before the refresh that began later, and takes longer on its way.
    slow.held = true;
    await clock.advance(3_000);
    slow.held = false;
    await entry.cancel();
    assert.equal(entry.snapshot.job?.status, 'cancelled');
    slow.release();
    await clock.flush();
    assert.equal(entry.snapshot.job?.status, 'cancelled');
    assert.equal(entry.snapshot.error, null);
  });

  it('a server whose clock is wrong changes nothing about what is fresh', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing', created_at: '2031-01-01T00:00:00Z', updated_at: '2031-01-01T00:00:00Z' });
    store.entry(id).subscribe(() => {});
    await clock.flush();
    const { since } = store.entry(id).snapshot.freshness;
    assert.equal(since, clock.now());
    clock.jump(-3_600_000);
    double.update(id, { status: 'success', updated_at: '2020-01-01T00:00:00Z' });
    await clock.advance(3_600_000 + 3_000);
    assert.equal(store.entry(id).snapshot.job?.status, 'success');
  });
});
