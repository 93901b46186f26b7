import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RowOutcome } from '../../../src/api/bulk.ts';
import { createJobs, rowKey } from '../../../src/api/bulk.ts';
import type { JobClient } from '../../../src/api/job-client.ts';
import type { BulkRequest, CreateJobRequest } from '../../../src/api/wire.ts';
import type { JobApiError } from '../../../src/core/errors.ts';
import type { JobDoubleOptions } from '../../double/job-double.ts';
import { JobDouble } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const row = (title: string, more: Record<string, unknown> = {}): CreateJobRequest => ({
  video_request: {
    script_id: `script-${title}`,
    user_id: 'u1',
    title,
    script_content: 'Water boils.',
    language: 'en-US',
    platform: 'youtube',
    duration: 10,
    voice_provider: 'google',
    ...more,
  } as CreateJobRequest['video_request'],
});
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(`Row ${index}`));
const BULK = '/api/v1/jobs/bulk';
const SINGLE = '/api/v1/jobs/';

describe('createJobs', () => {
  let clock: FakeClock;
  let double: JobDouble;
  let client: JobClient;
  const use = (options: JobDoubleOptions = {}) => {
    double = new JobDouble({ clock, ...options });
    client = double.client();
  };
  beforeEach(() => {
    clock = new FakeClock();
    use({ offers: { bulk: true } });
  });

  const titles = () => new JobLister(double).titles();
  const sent = () => double.requests.filter(({ path }) => path === BULK).map(({ body }) => JSON.parse(body) as BulkRequest);
  const run = (list: readonly CreateJobRequest[], options: Parameters<typeof createJobs>[2] = {}) =>
    createJobs(client, list, { clock, random: () => 0, ...options });
  /** Lets time pass until it is done. */
  const finish = async <T>(promise: Promise<T>, step = 1000): Promise<T> => {
    let over = false;
    const end = promise.finally(() => (over = true));
    for (let turn = 0; turn < 2000 && !over; turn++) await clock.advance(step);
    assert.ok(over, 'it never ends');
    return end;
  };

  describe('where bulk calls are offered', () => {
    it('sends rows in chunks, in their order, each with its key', async () => {
      const list = rows(5);
      const keys = list.map(rowKey);
      const seen: RowOutcome[] = [];
      const outcomes = await run(list, { keys, chunk: 2, onOutcome: (outcome) => seen.push(outcome) });
      assert.deepEqual(sent().map(({ jobs }) => jobs.map((job) => job.idempotency_key)), [keys.slice(0, 2), keys.slice(2, 4), keys.slice(4)]);
      assert.ok(sent().every(({ mode }) => mode === 'each'));
      assert.deepEqual(outcomes.map(({ index, key, status }) => [index, key, status]), list.map((_, index) => [index, keys[index], 'created']));
      assert.equal(new Set(outcomes.map(({ jobId }) => jobId)).size, 5);
      assert.deepEqual(seen, outcomes);
      assert.equal(double.count('POST', SINGLE), 0);
    });

    it('names what is wrong with a row, and creates the others', async () => {
      const outcomes = await run([row('A'), row('B', { duration: 0 }), row('C')]);
      assert.deepEqual(outcomes.map(({ status }) => status), ['created', 'refused', 'created']);
      assert.deepEqual(outcomes[1]?.errors.map(({ path, message }) => [path, message]), [
        [['video_request', 'duration'], 'Give the duration in seconds as a whole number from 1 to 3600.'],
      ]);
      assert.deepEqual(titles(), ['A', 'C']);
    });

    it('finds what an earlier call has made, however it was cut', async () => {
      const list = rows(7);
      const keys = list.map(rowKey);
      const first = await run(list.slice(0, 5), { keys: keys.slice(0, 5), chunk: 3 });
      const second = await run(list, { keys, chunk: 4 });
      assert.deepEqual(second.map(({ status }) => status), [...Array(5).fill('repeated'), 'created', 'created']);
      assert.deepEqual(second.slice(0, 5).map(({ jobId }) => jobId), first.map(({ jobId }) => jobId));
      assert.equal(titles().length, 7);
    });

    it('repeats a call whose answer was lost, and no row is made twice', async () => {
      double.fault({ kind: 'network', path: /bulk/ });
      double.fault({ status: 502, path: /bulk/ });
      const outcomes = await finish(run(rows(3)));
      assert.ok(outcomes.every(({ status }) => status === 'created'));
      assert.equal(sent().length, 3);
      assert.equal(titles().length, 3);
    });

    it('sends no more at once than the backend takes', async () => {
      use({ offers: { bulk: 2 } });
      await run(rows(5), { chunk: 500 });
      assert.deepEqual(sent().map(({ jobs }) => jobs.length), [2, 2, 1]);
    });

    it('sends less at once when a body is too large, and blames a row only when it is alone', async () => {
      double.fault({ status: 413, path: /bulk/, times: 3, body: { detail: 'The body is too large.' } });
      const outcomes = await run(rows(4), { chunk: 4 });
      assert.deepEqual(sent().map(({ jobs }) => jobs.length), [4, 2, 1, 1, 1, 1]);
      assert.deepEqual(outcomes.map(({ status }) => status), ['refused', 'created', 'created', 'created']);
      assert.equal(titles().length, 3);
    });

    it('cuts by bytes, too', async () => {
      const long = 'x'.repeat(40_000);
      await run(Array.from({ length: 60 }, (_, index) => row(`Row ${index}`, { script_content: long })), { chunk: 500 });
      assert.ok(sent().length > 2);
      for (const { body } of double.requests) assert.ok(body.length <= 1_000_000);
      assert.equal(titles().length, 60);
    });

    it('goes one by one when the route is not there after all', async () => {
      double.fault({ status: 404, path: /bulk/ });
      const outcomes = await finish(run(rows(3)));
      assert.ok(outcomes.every(({ status }) => status === 'created'));
      assert.equal(double.count('POST', SINGLE), 3);
    });

    it('does not take an answer for more than it says', async () => {
      double.fault({ status: 200, path: /bulk/, body: { results: [{ index: 1, status: 'created', job_id: 'x' }, null, { index: 77, job_id: 'y' }] } });
      const outcomes = await run(rows(3));
      assert.deepEqual(outcomes.map(({ status, jobId }) => [status, jobId]), [['failed', null], ['created', 'x'], ['failed', null]]);
    });
  });

  describe('where they are not', () => {
    beforeEach(() => use());

    it('sends one by one with keys, a few at once, at a bounded rate', async () => {
      const started = clock.now();
      const outcomes = await finish(run(rows(25)), 50);
      assert.ok(outcomes.every(({ status, jobId }) => status === 'created' && jobId));
      assert.ok(clock.now() - started >= 2400, 'faster than 10 a second');
      assert.ok(double.requests.filter(({ path }) => path === SINGLE).every(({ headers }) => headers['idempotency-key']));
      assert.equal(titles().length, 25);
    });

    it('holds to the rate and the parallelism that it is given', async () => {
      use({ latency: 100 });
      const started = clock.now();
      await finish(run(rows(6), { parallel: 2, rate: 1000 }), 10);
      const times = double.requests.filter(({ path }) => path === SINGLE).map(({ at }) => at);
      for (const time of times) assert.ok(times.filter((other) => other <= time && other > time - 100).length <= 2);
      assert.ok(clock.now() - started < 500);
    });

    it('names what is wrong with a row, and creates the others', async () => {
      const outcomes = await finish(run([row('A'), row('B', { title: '' }), row('C')]));
      assert.deepEqual(outcomes.map(({ status }) => status), ['created', 'refused', 'created']);
      assert.deepEqual(outcomes[1]?.errors[0]?.path, ['video_request', 'title']);
    });

    it('a row that the backend breaks on is its own matter', async () => {
      double.fault({ status: 500, method: 'POST', times: 6 });
      const outcomes = await finish(run(rows(3), { parallel: 1 }));
      assert.deepEqual(outcomes.map(({ status }) => status), ['failed', 'created', 'created']);
      assert.equal(outcomes[0]?.error?.code, 'server');
    });

    it('never repeats a lost request where keys are not known, and says that the job may exist', async () => {
      use({ extensions: false });
      double.fault({ status: 502, method: 'POST' });
      const outcomes = await finish(run(rows(3), { parallel: 1 }));
      assert.deepEqual(outcomes.map(({ status }) => status), ['unknown', 'created', 'created']);
      assert.equal(double.count('POST', SINGLE), 3);
      assert.ok(double.requests.every(({ headers }) => !headers['idempotency-key']));
    });
  });

  describe('waiting', () => {
    for (const offers of [{ bulk: true }, {}]) {
      it(`as told by 429, and saying so (${offers.bulk ? 'bulk' : 'single'})`, async () => {
        use({ offers });
        double.fault({ status: 429, retryAfter: 90, method: 'POST' });
        const waits: [JobApiError['code'], number | null][] = [];
        const started = clock.now();
        const outcomes = await finish(run(rows(2), { parallel: 1, onWait: ({ code }, ms) => waits.push([code, ms]) }));
        assert.ok(outcomes.every(({ status }) => status === 'created'));
        assert.deepEqual(waits, [['rate-limited', 90_000]]);
        assert.ok(clock.now() - started >= 90_000);
      });
    }

    it('for the network, and goes on when it is back', async () => {
      const connectivity = new SwitchedNetwork();
      client = double.client({ connectivity });
      const waits: (number | null)[] = [];
      const running = run(rows(4), { chunk: 2, onOutcome: ({ index }) => index === 1 && connectivity.set(false), onWait: (_, ms) => waits.push(ms) });
      await clock.advance(600_000);
      assert.equal(titles().length, 2);
      connectivity.set(true);
      const outcomes = await finish(running);
      assert.ok(outcomes.every(({ status }) => status === 'created'));
      assert.deepEqual(waits, [null]);
    });
  });

  describe('stopping', () => {
    it('by the signal: what was not sent is unsent, what is under way is failed, and another call completes it', async () => {
      use({ offers: { bulk: true }, latency: 100 });
      const list = rows(6);
      const keys = list.map(rowKey);
      const controller = new AbortController();
      const running = run(list, { keys, chunk: 2, signal: controller.signal });
      await clock.advance(250);
      controller.abort();
      const outcomes = await running;
      assert.deepEqual(outcomes.map(({ status }) => status), ['created', 'created', 'failed', 'failed', 'unsent', 'unsent']);
      assert.ok(outcomes.filter(({ status }) => status !== 'created').every(({ error }) => error?.code === 'aborted'));
      const again = outcomes.filter(({ status }) => status === 'failed' || status === 'unsent').map(({ index }) => index);
      const rest = await finish(createJobs(client, again.map((index) => list[index] as CreateJobRequest), { keys: again.map((index) => keys[index] as string), clock }));
      assert.ok(rest.every(({ jobId }) => jobId));
      assert.deepEqual(titles(), list.map(({ video_request }) => video_request.title));
    });

    it('at once when nobody is signed in, without asking for each row', async () => {
      double.fault({ status: 401, path: /bulk/, times: 99 });
      const outcomes = await finish(run(rows(50), { chunk: 10 }));
      assert.equal(sent().length, 1);
      assert.ok(outcomes.every(({ error }) => error?.code === 'unauthorized'));
      assert.deepEqual([outcomes[0]?.status, outcomes[49]?.status], ['failed', 'unsent']);
    });

    it('after some patience when nobody answers', async () => {
      double.fault({ kind: 'network', times: 999 });
      const outcomes = await finish(run(rows(50), { chunk: 10 }));
      assert.ok(outcomes.every(({ status, error }) => status === 'unsent' && error?.code === 'network'));
      assert.ok(double.requests.length < 10);
    });

    it('leaves no timer behind', async () => {
      await finish(run(rows(3)));
      assert.equal(clock.pending, 0);
    });
  });

  it('has nothing to do for no rows', async () => {
    assert.deepEqual(await run([]), []);
    assert.equal(double.requests.length, 0);
  });

  it('refuses keys that are not one for each row', async () => {
    await assert.rejects(run(rows(2), { keys: ['a'] }), TypeError);
    await assert.rejects(run(rows(2), { keys: ['a', 'a'] }), TypeError);
  });
});

/** What the double has made, by title, oldest first. */
class JobLister {
  readonly #double: JobDouble;

  constructor(double: JobDouble) {
    this.#double = double;
  }

  titles(): (string | null | undefined)[] {
    const found: (string | null | undefined)[] = [];
    for (let number = 1; ; number++) {
      const job = this.#double.job(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
      if (!job) return found;
      found.push(job.title);
    }
  }
}

class SwitchedNetwork {
  online = true;
  readonly #listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(online: boolean): void {
    this.online = online;
    for (const listener of [...this.#listeners]) listener();
  }
}
