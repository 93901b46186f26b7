import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { JobClientOptions } from '../../../src/api/job-client.ts';
import type { JobApiError } from '../../../src/core/errors.ts';
import type { Job } from '../../../src/core/job.ts';
import type { CreateJobRequest } from '../../../src/api/wire.ts';
import { JobDouble } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const REQUEST = { video_request: {} } as CreateJobRequest;

/** A promise whose outcome can be looked at. */
function watch<T>(promise: Promise<T>): { value?: T; error?: JobApiError; settled: boolean } {
  const outcome: { value?: T; error?: JobApiError; settled: boolean } = { settled: false };
  promise.then(
    (value) => Object.assign(outcome, { value, settled: true }),
    (error: JobApiError) => Object.assign(outcome, { error, settled: true }),
  );
  return outcome;
}

/** When and how often a request is made: on a clock that stands still. */
describe('requests', () => {
  let clock: FakeClock;
  let double: JobDouble;
  let id: string;

  beforeEach(() => {
    clock = new FakeClock();
    double = new JobDouble({ clock });
    id = double.add();
  });

  // The longest waits that full jitter allows.
  const client = (options: JobClientOptions = {}) => double.client({ random: () => 1, ...options });
  const get = (options: JobClientOptions = {}, how = {}) => watch<Job>(client(options).getJob(id, how));

  describe('that may be repeated', () => {
    it('are tried three times more, at growing distances', async () => {
      double.fault({ status: 500, times: Infinity });
      const outcome = get();
      await clock.advance(60_000);
      const start = double.requests[0]?.at ?? 0;
      assert.deepEqual(double.requests.map(({ at }) => at - start), [0, 500, 1500, 3500]);
      assert.equal(outcome.error?.code, 'server');
      assert.equal(clock.pending, 0);
    });

    it('are tried again when the answer broke off, which is told apart from none', async () => {
      double.fault({ kind: 'cut', times: 2 });
      const outcome = get();
      await clock.advance(60_000);
      assert.equal(outcome.value?.id, id);
      double.fault({ kind: 'cut', times: Infinity });
      const broken = get();
      await clock.advance(60_000);
      assert.equal(broken.error?.code, 'incomplete');
    });

    it('succeed as soon as one try does', async () => {
      double.fault({ kind: 'network' });
      double.fault({ status: 503 });
      const outcome = get();
      await clock.advance(60_000);
      assert.equal(outcome.value?.id, id);
      assert.equal(double.requests.length, 3);
      assert.equal(clock.pending, 0);
    });

    it('are spread out by chance', async () => {
      double.fault({ status: 500 });
      const outcome = get({ random: () => 0.5 });
      await clock.advance(249);
      assert.equal(double.requests.length, 1);
      await clock.advance(1);
      assert.equal(double.requests.length, 2);
      assert.ok(outcome.value);
    });

    for (const status of [400, 401, 403, 404, 409, 418, 422]) {
      it(`are not tried again after ${status}`, async () => {
        double.fault({ status, times: Infinity });
        const outcome = get();
        await clock.advance(60_000);
        assert.equal(double.requests.length, 1);
        assert.equal(outcome.error?.status, status);
      });
    }

    it('are tried as often as the caller says, but no more than three times again', async () => {
      double.fault({ status: 500, times: Infinity });
      for (const [retries, tries] of [[0, 1], [1, 2], [9, 4], [-1, 1], [Number.NaN, 1]] as const) {
        const before = double.requests.length;
        get({}, { retries });
        await clock.advance(60_000);
        assert.equal(double.requests.length - before, tries, `retries ${retries}`);
      }
    });

    it('include cancelling, not retrying a job', async () => {
      double.fault({ kind: 'network', times: Infinity });
      watch(client().cancelJob(id));
      await clock.advance(60_000);
      assert.equal(double.count('DELETE'), 4);
      watch(client().retryJob(id));
      await clock.advance(60_000);
      assert.equal(double.count('POST'), 1);
    });
  });

  describe('that create', () => {
    it('are sent once without a key', async () => {
      double.fault({ kind: 'network', times: Infinity });
      const outcome = watch(client().createJob(REQUEST));
      await clock.advance(60_000);
      assert.equal(double.count('POST'), 1);
      assert.equal(outcome.error?.code, 'network');
    });

    it('are sent again with a key, always the same', async () => {
      double.fault({ kind: 'network', method: 'POST', times: 3 });
      double.fault({ status: 202, body: { job_id: 'new' }, method: 'POST' });
      const outcome = watch(client().createJob(REQUEST, { idempotencyKey: 'k1' }));
      await clock.advance(60_000);
      assert.deepEqual(double.requests.map(({ method, headers }) => [method, headers['idempotency-key']]), [
        ['POST', 'k1'],
        ['GET', undefined],
        ['POST', 'k1'],
        ['POST', 'k1'],
        ['POST', 'k1'],
      ]);
      assert.equal(outcome.value?.job.status, 'pending');
      assert.equal(outcome.value?.id, 'new');
    });

    it('are sent once, key or not, to a backend that does not say that it knows keys', async () => {
      for (const fault of [{ kind: 'network' }, { status: 500 }] as const) {
        const core = new JobDouble({ clock, extensions: false });
        core.fault({ ...fault, method: 'POST' });
        const outcome = watch(core.client({ random: () => 0 }).createJob(REQUEST, { idempotencyKey: 'k1' }));
        await clock.advance(60_000);
        assert.equal(core.count('POST'), 1);
        assert.equal(outcome.error?.code, 'status' in fault ? 'server' : 'network');
      }
    });

    it('are not sent again when they were told to come later', async () => {
      double.fault({ status: 429, retryAfter: 5, method: 'POST' });
      const outcome = watch(client().createJob(REQUEST, { idempotencyKey: 'k1' }));
      await clock.advance(60_000);
      assert.equal(double.requests.length, 1);
      assert.equal(outcome.error?.retryAfter, 5_000);
    });
  });

  describe('that are told to wait', () => {
    it('wait for the seconds of Retry-After, not for less', async () => {
      double.fault({ status: 429, retryAfter: 20 });
      const outcome = get();
      await clock.advance(19_999);
      assert.equal(double.requests.length, 1);
      await clock.advance(1);
      assert.ok(outcome.value);
    });

    it("wait for its date, by the server's own clock where it tells it", async () => {
      const at = (ms: number) => new Date(clock.now() + ms).toUTCString();
      double.fault({ status: 503, retryAfter: at(10_000) });
      get();
      await clock.advance(9_999);
      assert.equal(double.requests.length, 1);
      await clock.advance(1);
      assert.equal(double.requests.length, 2);
      double.fault({ status: 503, retryAfter: at(3_610_000), headers: { date: at(3_600_000) } });
      get();
      await clock.advance(10_000);
      assert.equal(double.requests.length, 4);
    });

    it('never wait less than their own backoff, and take nonsense for nothing', async () => {
      for (const retryAfter of [0, 'soon', new Date(0).toUTCString(), '-5']) {
        double.requests.length = 0;
        double.fault({ status: 429, retryAfter });
        get();
        await clock.advance(499);
        assert.equal(double.requests.length, 1);
        await clock.advance(1);
        assert.equal(double.requests.length, 2, String(retryAfter));
      }
    });

    it('fail when the wait is long, and say how long', async () => {
      double.fault({ status: 429, retryAfter: 300 });
      const outcome = get();
      await clock.flush();
      assert.equal(outcome.error?.code, 'rate-limited');
      assert.equal(outcome.error?.retryAfter, 300_000);
      assert.equal(clock.pending, 0);
    });
  });

  describe('that take long', () => {
    it('are given 15 s, and let go then', async () => {
      double.fault({ kind: 'hang' });
      const outcome = get({}, { retries: 0 });
      await clock.advance(14_999);
      assert.equal(outcome.settled, false);
      await clock.advance(1);
      assert.equal(outcome.error?.code, 'timeout');
      assert.equal(clock.pending, 0);
    });

    it('are given what the client or the call says', async () => {
      double.fault({ kind: 'hang', times: 2 });
      const byClient = get({ timeout: 100 }, { retries: 0 });
      const byCall = get({ timeout: 100 }, { retries: 0, timeout: 200 });
      await clock.advance(100);
      assert.deepEqual([byClient.settled, byCall.settled], [true, false]);
      await clock.advance(100);
      assert.equal(byCall.error?.code, 'timeout');
    });

    it('are tried again', async () => {
      double.fault({ kind: 'hang' });
      const outcome = get();
      await clock.advance(15_500);
      assert.ok(outcome.value);
    });

    it('include those whose body never ends, and whose token never comes', async () => {
      const endless = async () => ({ ok: true, headers: new Headers(), text: () => new Promise(() => {}) }) as unknown as Response;
      const outcomes = [get({ fetch: endless }, { retries: 0 }), get({ getToken: () => new Promise(() => {}) }, { retries: 0 })];
      await clock.advance(15_000);
      for (const { error } of outcomes) assert.equal(error?.code, 'timeout');
    });
  });

  describe('that are stopped', () => {
    it('stop at once, whatever they are doing', async () => {
      const doing: [string, () => void][] = [
        ['asking', () => double.fault({ kind: 'hang' })],
        ['waiting to ask again', () => double.fault({ status: 500 })],
      ];
      for (const [what, prepare] of doing) {
        prepare();
        const controller = new AbortController();
        const outcome = get({}, { signal: controller.signal });
        await clock.flush();
        assert.equal(outcome.settled, false, what);
        controller.abort('enough');
        await clock.flush();
        assert.equal(outcome.error?.code, 'aborted', what);
        assert.equal(outcome.error?.cause, 'enough');
        assert.equal(clock.pending, 0, what);
      }
    });

    it('are not even sent when stopped before', async () => {
      const outcome = get({}, { signal: AbortSignal.abort() });
      await clock.flush();
      assert.equal(outcome.error?.code, 'aborted');
      assert.equal(double.requests.length, 0);
    });

    it('leave no listener on the signal', async () => {
      const { signal } = new AbortController();
      let listeners = 0;
      const add = signal.addEventListener.bind(signal);
      const remove = signal.removeEventListener.bind(signal);
      // The double and the platform listen to a signal of their own.
      signal.addEventListener = ((...args: Parameters<typeof add>) => (listeners++, add(...args))) as typeof add;
      signal.removeEventListener = ((...args: Parameters<typeof remove>) => (listeners--, remove(...args))) as typeof remove;
      double.fault({ status: 500 });
      const outcome = get({}, { signal });
      await clock.advance(1000);
      assert.ok(outcome.value);
      assert.equal(listeners, 0);
    });
  });

  describe('without a network', () => {
    /** What tells whether there is one. */
    function network(online: boolean) {
      const listeners = new Set<() => void>();
      return {
        online,
        subscribe(listener: () => void) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        set(value: boolean) {
          this.online = value;
          for (const listener of [...listeners]) listener();
        },
        get listeners() {
          return listeners.size;
        },
      };
    }

    it('wait for it, without counting the time', async () => {
      const connectivity = network(false);
      const outcome = get({ connectivity });
      await clock.advance(600_000);
      assert.equal(double.requests.length, 0);
      connectivity.set(false);
      assert.equal(connectivity.listeners, 1);
      connectivity.set(true);
      await clock.flush();
      assert.ok(outcome.value);
      assert.equal(connectivity.listeners, 0);
    });

    it('wait for it between tries too', async () => {
      const connectivity = network(true);
      double.fault({ kind: 'network' });
      const outcome = get({ connectivity });
      await clock.flush();
      connectivity.set(false);
      await clock.advance(60_000);
      assert.equal(double.requests.length, 1);
      connectivity.set(true);
      await clock.flush();
      assert.ok(outcome.value);
    });

    it('can be stopped while they wait', async () => {
      const connectivity = network(false);
      const controller = new AbortController();
      const outcome = get({ connectivity }, { signal: controller.signal });
      await clock.flush();
      controller.abort();
      await clock.flush();
      assert.equal(outcome.error?.code, 'aborted');
      assert.equal(connectivity.listeners, 0);
    });

    it('fail at once when they may not be repeated, or shall not be', async () => {
      const connectivity = network(false);
      const outcomes = [watch(client({ connectivity }).createJob(REQUEST)), get({ connectivity }, { retries: 0 })];
      await clock.flush();
      for (const { error } of outcomes) assert.equal(error?.code, 'offline');
      assert.equal(double.requests.length, 0);
    });

    it('leave no listener behind when it is back in the very moment', async () => {
      const connectivity = network(false);
      const { subscribe } = connectivity;
      connectivity.subscribe = (listener) => {
        const leave = subscribe(listener);
        connectivity.set(true);
        return leave;
      };
      const outcome = get({ connectivity });
      await clock.flush();
      assert.ok(outcome.value);
      assert.equal(connectivity.listeners, 0);
    });

    it('ask the browser when nobody else can tell', async () => {
      double.fault({ kind: 'network', times: 2 });
      const codes = [];
      for (const onLine of [true, false]) {
        Object.defineProperty(globalThis.navigator, 'onLine', { value: onLine, configurable: true });
        const outcome = get({}, { retries: 0 });
        await clock.flush();
        codes.push(outcome.error?.code);
      }
      delete (globalThis.navigator as { onLine?: boolean }).onLine;
      assert.deepEqual(codes, ['network', 'offline']);
    });

    it('fail as offline when it went away under them', async () => {
      const connectivity = network(true);
      double.fault({ kind: 'network' });
      const outcome = get({ connectivity }, { retries: 0 });
      connectivity.online = false;
      await clock.flush();
      assert.equal(outcome.error?.code, 'offline');
    });
  });
});
