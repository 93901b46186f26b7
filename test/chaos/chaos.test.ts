import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../service/test/support/until.ts';
import { startBackend } from './backend.ts';
import type { Backend, Jobs, Mix } from './backend.ts';
import { openWidgets } from './page.ts';
import type { Group, WatchedPage } from './page.ts';
import { FAULTS, startChaosProxy } from './proxy.ts';
import type { ChaosProxy, Passage, Weather } from './proxy.ts';
import { seeded } from './random.ts';

const LONG = process.env.CHAOS === 'long';
const SEED = Number(process.env.CHAOS_SEED ?? 1);
/** 100 jobs. Most are cancelled while the network is bad: a hundred videos would test the encoder. */
const MIX: Mix = LONG ? { renders: 10, failures: 20, cancels: 70 } : { renders: 3, failures: 4, cancels: 93 };
/** How often bad weather comes, one time after the other. */
const ROUNDS = LONG ? 3 : 1;
/** Ms that a phase lasts. */
const PHASE = LONG ? 15_000 : 2_000;
/** Until everything is seen to be over, ms. */
const PATIENCE = LONG ? 240_000 : 75_000;
/** So long after a recovery the requests are looked at, ms. */
const LOOK = 8_500;
/** As many requests as one second may carry, when one for each of a hundred jobs is spread over five. */
const SHARE = 100 / 5;

/** Every way in which a job's changes may come over the extensions has its share of the jobs. */
const CHANNELS = ['auto', 'poll', 'events', 'socket'] as const;
/** On a backend of the core alone all jobs are shown twice: asked for by the list of a user who is known, and one by one. */
const ALONE = 'one-by-one';
const LISTED = 'list';

/** The most requests in any second. */
function peak(passages: readonly Passage[]): number {
  const times = passages.map(({ at }) => at);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

/** From the first to the last job's first good answer among these, ms, and how many jobs had one. */
function spread(passages: readonly Passage[]): { jobs: number; ms: number } {
  const first = new Map<string, number>();
  for (const { url, answeredAt } of passages) {
    if (answeredAt !== null && !first.has(url)) first.set(url, answeredAt);
  }
  const times = [...first.values()];
  return { jobs: times.length, ms: times.length === 0 ? 0 : Math.max(...times) - Math.min(...times) };
}

function isFinal(status: string | undefined): boolean {
  return status === 'success' || status === 'failure' || status === 'cancelled';
}

describe(`100 jobs, each shown by extensions, by list and one by one, in bad weather (seed ${SEED})`, { timeout: LONG ? 900_000 : 180_000 }, () => {
  const random = seeded(SEED);
  let backend: Backend;
  let full: ChaosProxy;
  let core: ChaosProxy;
  let widgets: WatchedPage;
  let jobs: Jobs;
  let groups: Group[];
  /** When the service was back in clear weather while all jobs were running, ms since the epoch. */
  let back = 0;
  /** When something else came back. */
  const recoveries: number[] = [];

  const weather = (next: Weather): void => {
    for (const proxy of [full, core]) proxy.weather = next;
  };
  const passages = (): Passage[] => [...full.passages, ...core.passages];
  const requestsAfter = (from: number, name: string, within = LOOK): Passage[] =>
    passages().filter(({ at, token }) => token === name && at >= from && at < from + within);
  const breakDown = async (): Promise<void> => {
    await backend.kill();
    for (const proxy of [full, core]) proxy.cut();
    await backend.stopDatabase();
  };
  const comeBack = async (): Promise<number> => {
    await backend.startDatabase();
    await backend.restart();
    return Date.now();
  };

  before(async () => {
    backend = await startBackend();
    [full, core] = await Promise.all([startChaosProxy(backend.url, SEED), startChaosProxy(backend.url, SEED + 1, { core: true })]);
    jobs = await backend.create(MIX);
    groups = [
      ...CHANNELS.map((name, index) => ({
        name,
        apiUrl: full.url,
        attributes: `channel="${name}"`,
        ids: jobs.all.filter((_, at) => at % CHANNELS.length === index),
      })),
      { name: ALONE, apiUrl: core.url, ids: jobs.all },
      { name: LISTED, apiUrl: core.url, attributes: 'user-id="chaos"', ids: jobs.all },
    ];
    widgets = await openWidgets(groups);
  });
  after(async () => {
    await widgets?.close();
    await full?.stop();
    await core?.stop();
    await backend?.stop();
  });

  it('asks for each on its own way', async () => {
    const urls = (name: string): string[] => passages().flatMap(({ token, url }) => (token === name ? url : []));
    const ways: Record<string, () => boolean> = {
      batch: () => urls('poll').some((url) => url.includes('/batch?')),
      events: () => ['auto', 'events'].every((name) => urls(name).some((url) => url.includes('/events?'))),
      // Its token travels in its first frame.
      socket: () => full.passages.some(({ method }) => method === 'UPGRADE'),
      list: () => urls(LISTED).some((url) => url.includes('user_id=chaos')),
      'one by one': () => new Set(urls(ALONE)).size === jobs.all.length,
    };
    const missing = (): string[] => Object.keys(ways).filter((way) => !ways[way]!());
    await until(async () => missing().length === 0, { within: 30_000, what: 'all ways' }).catch((cause: unknown) => {
      throw new Error(`nothing went by ${missing().join(', ')}`, { cause });
    });
    // A job whose end is the first thing that is seen of it has none to be told.
    await until(() => widgets.page.$$eval('job-status', (all) => all.every(({ job }) => job !== null)), { within: 30_000, what: 'a first answer for every widget' });
    assert.ok(urls(ALONE).every((url) => /\/jobs\/[\w-]+$/.test(url)));
  });

  it('goes through a killed service, a restarted database, lost, late, halved and broken answers, and storms of 5xx', async () => {
    const waiting = [...jobs.toCancel];
    const cancelSome = async (count: number): Promise<void> => {
      await Promise.all(waiting.splice(0, count).map((id) => backend.cancel(id)));
    };
    await breakDown();
    await sleep(3_500);
    back = await comeBack();
    await sleep(LOOK);

    const share = Math.ceil(waiting.length / (ROUNDS * 2));
    for (let round = 0; round < ROUNDS; round++) {
      weather('rough');
      await cancelSome(share);
      await sleep(PHASE);
      weather('storm');
      await sleep(PHASE * (0.5 + random() / 2));
      weather('rough');
      if (LONG) {
        await breakDown();
        await sleep(PHASE / 2);
        recoveries.push(await comeBack());
      }
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
      await Promise.all(left.map(([id]) => backend.cancel(id).catch(() => false)));
      return left.length === 0;
    }, { within: 60_000, what: 'the jobs being cancelled' });
    weather('clear');
    recoveries.push(Date.now());
  });

  it('had a database of its own, which was restarted alone and with the service', (context) => {
    if (backend.embedded === null) assert.ok(backend.databaseRestarts >= 2);
    else context.skip(backend.embedded);
  });

  it('shows the true end of every job, on each way, when it is over', async () => {
    let truth: Record<string, string> = {};
    let shown: Record<string, string> = {};
    const wrong = (): string[] => groups.flatMap(({ name, ids }) => ids.flatMap((id) => (shown[`${name}/${id}`] === truth[id] ? [] : `${name}/${id}`)));
    await until(async () => {
      [truth, shown] = [await backend.truth(jobs.all), await widgets.shown()];
      return jobs.all.every((id) => isFinal(truth[id])) && wrong().length === 0;
    }, { within: PATIENCE, what: 'every widget showing the end' }).catch((error: unknown) => {
      throw new Error(`${wrong().length} widgets differ: ${wrong().slice(0, 9).map((key) => `${key} shows ${shown[key]}, is ${truth[key.split('/')[1] as string]}`).join('; ')}`, { cause: error });
    });
    const count = (status: string): number => Object.values(truth).filter((one) => one === status).length;
    console.log(`${count('success')} done, ${count('failure')} failed, ${count('cancelled')} cancelled; ${passages().length} requests`);
    assert.ok(count('success') >= MIX.renders && count('failure') >= MIX.failures, JSON.stringify(truth));
  });

  it('tells each end once, and only true ones', async () => {
    const truth = await backend.truth(jobs.all);
    const [ends, first] = [await widgets.ends(), await widgets.first()];
    for (const { name, ids } of groups) {
      for (const id of ids) {
        const key = `${name}/${id}`;
        // Of a job that had ended when it was first seen there is none to be told: one that could not be done, on a busy machine.
        const wasOver = isFinal(first[key]) && !jobs.toCancel.includes(id);
        assert.deepEqual(ends[key] ?? [], wasOver ? [] : [truth[id]], key);
      }
    }
  });

  it('comes back spread over at least 5 s where each job costs a request, and at once where one request is enough', () => {
    const alone = requestsAfter(back, ALONE);
    // On a busy machine the last of them come later.
    const { jobs: answered, ms } = spread(requestsAfter(back, ALONE, 3 * LOOK));
    console.log(`one by one: ${answered} jobs had their first answer over ${(ms / 1000).toFixed(1)} s, at most ${peak(alone)} requests in one second`);
    assert.ok(answered >= 90, `${answered} jobs were asked for`);
    assert.ok(ms >= 5_000, `spread over ${ms} ms`);
    for (const { name } of groups) {
      for (const from of [back, ...recoveries]) {
        const requests = requestsAfter(from, name);
        console.log(`${name}, ${from === back ? 'all jobs' : 'fewer jobs'}: ${requests.length} requests in ${LOOK / 1000} s, at most ${peak(requests)} in one second`);
        assert.ok(peak(requests) <= SHARE, `${name}: ${peak(requests)} requests in one second`);
      }
    }
  });

  it('leaves no rejection unhandled, and writes no error but those of the network', () => {
    assert.deepEqual(widgets.complaints, []);
    const came = FAULTS.map((kind) => `${kind} ${passages().filter(({ fault }) => fault === kind).length}`);
    console.log(`what went wrong: ${came.join(', ')}`);
    assert.deepEqual(came.filter((kind) => kind.endsWith(' 0')), [], 'every kind of fault has come');
  });
});
