import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../service/test/support/until.ts';
import { startBackend } from './backend.ts';
import type { Backend, Jobs, Mix } from './backend.ts';
import { openWidgets } from './page.ts';
import type { WatchedPage } from './page.ts';
import { startChaosProxy } from './proxy.ts';
import type { ChaosProxy, Passage } from './proxy.ts';
import { seeded } from './random.ts';

const LONG = process.env.CHAOS === 'long';
const SEED = Number(process.env.CHAOS_SEED ?? 1);
/** 100 jobs. Most are cancelled while the network is bad: a hundred videos would test the encoder. */
const MIX: Mix = LONG ? { renders: 10, failures: 20, cancels: 70 } : { renders: 3, failures: 4, cancels: 93 };
/** How often all of it happens, one after the other. */
const ROUNDS = LONG ? 3 : 1;
/** Ms that a phase lasts. */
const PHASE = LONG ? 15_000 : 4_000;
/** Until everything is seen to be over, ms. */
const PATIENCE = LONG ? 240_000 : 75_000;

/** The most requests in any second. */
function peak(passages: readonly Passage[]): number {
  const times = passages.map(({ at }) => at);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

describe(`100 widgets in bad weather (seed ${SEED})`, { timeout: LONG ? 900_000 : 180_000 }, () => {
  const random = seeded(SEED);
  let backend: Backend;
  let proxy: ChaosProxy;
  let widgets: WatchedPage;
  let jobs: Jobs;
  /** When something came back, ms since the epoch. */
  const recoveries: number[] = [];

  before(async () => {
    backend = await startBackend();
    proxy = await startChaosProxy(backend.url, SEED);
    jobs = await backend.create(MIX);
    widgets = await openWidgets(proxy.url, jobs.all);
  });
  after(async () => {
    await widgets?.close();
    await proxy?.stop();
    await backend?.stop();
  });

  it('goes through lost, late, halved and broken answers, storms of 5xx, a killed service and a restarted database', async () => {
    const waiting = [...jobs.toCancel];
    const cancelSome = async (count: number): Promise<void> => {
      for (const id of waiting.splice(0, count)) await backend.cancel(id);
    };
    const share = Math.ceil(waiting.length / (ROUNDS * 2));
    for (let round = 0; round < ROUNDS; round++) {
      proxy.weather = 'rough';
      await cancelSome(share);
      await sleep(PHASE);

      proxy.weather = 'storm';
      await sleep(PHASE * (0.5 + random() / 2));

      proxy.weather = 'rough';
      await backend.kill();
      proxy.cut();
      await backend.stopDatabase();
      await sleep(PHASE / 2);
      await backend.startDatabase();
      await backend.restart();
      recoveries.push(Date.now());
      await cancelSome(share);

      // The service finds its database again by itself.
      await backend.stopDatabase();
      await sleep(PHASE / 2);
      await backend.startDatabase();
      recoveries.push(Date.now());
      await sleep(PHASE / 4);
    }
    // Whatever was still left, when the database was away just then.
    await until(async () => {
      const left = Object.entries(await backend.truth(jobs.toCancel)).filter(([, status]) => !isFinal(status));
      for (const [id] of left) await backend.cancel(id).catch(() => false);
      return left.length === 0;
    }, { within: 60_000, what: 'the jobs being cancelled' });
    proxy.weather = 'clear';
    recoveries.push(Date.now());
  });

  it('shows the true end of every job when it is over', async () => {
    let truth: Record<string, string> = {};
    let shown: Record<string, string> = {};
    await until(async () => {
      [truth, shown] = [await backend.truth(jobs.all), await widgets.shown()];
      return jobs.all.every((id) => isFinal(truth[id]) && shown[id] === truth[id]);
    }, { within: PATIENCE, what: 'every widget showing the end' }).catch((error: unknown) => {
      const wrong = jobs.all.filter((id) => shown[id] !== truth[id]);
      throw new Error(`${wrong.length} widgets differ: ${wrong.slice(0, 9).map((id) => `${id} shows ${shown[id]}, is ${truth[id]}`).join('; ')}`, { cause: error });
    });
    const count = (status: string): number => Object.values(truth).filter((one) => one === status).length;
    console.log(`${count('success')} done, ${count('failure')} failed, ${count('cancelled')} cancelled; ${proxy.passages.length} requests`);
    assert.ok(count('success') >= MIX.renders && count('failure') >= MIX.failures, JSON.stringify(truth));
  });

  it('tells each end once, and only true ones', async () => {
    const truth = await backend.truth(jobs.all);
    for (const [id, ends] of Object.entries(await widgets.ends())) assert.deepEqual(ends, [truth[id]], id);
  });

  it('comes back without a storm of requests', () => {
    for (const from of recoveries) {
      const requests = proxy.passages.filter(({ at }) => at >= from && at < from + 10_000);
      console.log(`after a recovery: ${requests.length} requests in 10 s, at most ${peak(requests)} in one second`);
      // As many as would come if a request for each job were spread over five seconds.
      assert.ok(peak(requests) <= 100 / 5, `${peak(requests)} requests in one second`);
    }
  });

  it('leaves no rejection unhandled, and writes no error but those of the network', () => {
    assert.deepEqual(widgets.complaints, []);
    const faults = proxy.passages.flatMap(({ fault }) => fault ?? []);
    assert.ok(faults.length >= 10 && new Set(faults).size >= 4, `the weather was too good: ${faults.join(', ')}`);
  });
});

function isFinal(status: string | undefined): boolean {
  return status === 'success' || status === 'failure' || status === 'cancelled';
}
