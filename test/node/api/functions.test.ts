import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { jobSchema } from '../../../src/api/schema.ts';
import type { JobStatusResponse } from '../../../src/api/functions.ts';
import {
  canCancelJob,
  cancelJob,
  checkServiceHealth,
  configureJobApi,
  createJob,
  formatProgress,
  getEstimatedTimeRemaining,
  getJobStatistics,
  getJobStatus,
  isJobComplete,
  listUserJobs,
  pollJobUntilComplete,
} from '../../../src/api/functions.ts';
import { JobDouble } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let double: JobDouble;

beforeEach(() => {
  clock = new FakeClock();
  double = new JobDouble({ clock });
  configureJobApi({ fetch: double.fetch, clock, random: () => 0 });
});
afterEach(() => configureJobApi({}));

describe('calls', () => {
  it('ask the default address, or the one that was set, or their own', async () => {
    const urls: string[] = [];
    const fetch = (async (url: string) => {
      urls.push(new URL(url).origin);
      return Response.json({ status: 'pending' });
    }) as typeof globalThis.fetch;
    configureJobApi({ fetch });
    await getJobStatus('a');
    configureJobApi({ fetch, baseUrl: 'https://set.example' });
    await getJobStatus('a');
    await getJobStatus('a', { baseUrl: 'https://own.example' });
    assert.deepEqual(urls, ['http://localhost:8012', 'https://set.example', 'https://own.example']);
  });

  it('create, read, list, count and cancel', async () => {
    const video_request = {
      script_id: 's1',
      user_id: 'u1',
      title: 'Water',
      script_content: 'Water boils.',
      language: 'en-US',
      platform: 'youtube',
      duration: 10,
      voice_provider: 'google',
    } as const;
    const created = await createJob({ video_request });
    assert.deepEqual({ ...created, job_id: '' }, { job_id: '', status: 'pending', message: 'Job created', estimated_duration: 60 });
    const job = await getJobStatus(created.job_id);
    assert.equal(job.title, 'Water');
    assert.ok(jobSchema.safeParse(job).success, 'a job in the documented form');
    const list = await listUserJobs('u1');
    assert.deepEqual({ ...list, jobs: list.jobs.map(({ job_id }) => job_id) }, { jobs: [created.job_id], total: 1, page: 1, page_size: 20 });
    assert.deepEqual((await listUserJobs('u1', 2, 5)).page_size, 5);
    const { statistics, timestamp } = await getJobStatistics();
    assert.deepEqual(statistics, { pending: 1, started: 0, processing: 0, success: 0, failure: 0, cancelled: 0, total: 1 });
    assert.equal(Date.parse(timestamp), clock.now());
    assert.deepEqual(await cancelJob(created.job_id), { job_id: created.job_id, status: 'cancelled', message: 'Job cancelled' });
    await assert.rejects(cancelJob(created.job_id), { name: 'JobApiError', code: 'conflict' });
  });

  it('give the documented form, whatever was sent', async () => {
    double.fault({
      status: 200,
      body: { status: 'SUCCESS', progress: '100', created_at: '2026-01-01 10:00:00', result: { video_url: '/v', codec: 'x' }, colour: 'blue' },
    });
    const job = await getJobStatus('a');
    assert.deepEqual([job.job_id, job.status, job.progress, job.progress_message], ['a', 'success', 1, '']);
    assert.equal(job.created_at, '2026-01-01T10:00:00.000Z');
    assert.equal(job.colour, 'blue');
    assert.deepEqual([job.result?.video_path, job.result?.codec], ['/v', 'x']);
    assert.ok(jobSchema.safeParse(job).success);
  });

  it('fill in what a list or a count leaves out', async () => {
    double.fault({ status: 200, body: [{ job_id: 'a', status: 'pending' }] });
    const { total, page, page_size } = await listUserJobs('u', 3, 7);
    assert.deepEqual([total, page, page_size], [1, 3, 7]);
    double.fault({ status: 200, body: { jobs: [], total: 9, page: 2, page_size: 4 } });
    assert.deepEqual(await listUserJobs('u', 3, 7), { jobs: [], total: 9, page: 2, page_size: 4 });
    double.fault({ status: 200, body: { statistics: { pending: 1 } } });
    assert.equal((await getJobStatistics()).timestamp, new Date(clock.now()).toISOString());
  });

  it('tell whether the service is well, and never reject', async () => {
    assert.equal(await checkServiceHealth(), true);
    double.fault({ status: 503 });
    assert.equal(await checkServiceHealth(), false);
    double.fault({ kind: 'network' });
    assert.equal(await checkServiceHealth(), false);
  });
});

describe('pollJobUntilComplete', () => {
  const outcome = (promise: Promise<JobStatusResponse>) => {
    const result: { job?: JobStatusResponse; error?: unknown } = {};
    promise.then((job) => (result.job = job), (error) => (result.error = error));
    return result;
  };

  it('asks every 3 s until the job has ended, and shows every answer', async () => {
    const id = double.add();
    const seen: number[] = [];
    const result = outcome(pollJobUntilComplete(id, { onProgress: (job) => seen.push(job.progress) }));
    await clock.flush();
    double.progress(id, 0.5);
    await clock.advance(2999);
    assert.deepEqual(seen, [0]);
    await clock.advance(1);
    double.finish(id);
    await clock.advance(3000);
    assert.deepEqual(seen, [0, 0.5, 1]);
    assert.equal(result.job?.status, 'success');
    assert.equal(clock.pending, 0);
  });

  it('resolves for a job that failed or was cancelled', async () => {
    for (const status of ['failure', 'cancelled'] as const) {
      assert.equal((await pollJobUntilComplete(double.add({ status }))).status, status);
    }
  });

  it('takes a listener and an interval by place, too', async () => {
    const id = double.add();
    let calls = 0;
    const result = outcome(pollJobUntilComplete(id, () => calls++, 100));
    await clock.flush();
    double.finish(id);
    await clock.advance(100);
    assert.equal(calls, 2);
    assert.ok(result.job);
  });

  it('bears failures that pass, but not for ever', async () => {
    const id = double.add({ status: 'success' });
    double.fault({ status: 503, times: 4 * 5 });
    const result = outcome(pollJobUntilComplete(id));
    await clock.advance(5 * 3000);
    assert.ok(result.job);
    double.fault({ status: 503, times: Infinity });
    const other = outcome(pollJobUntilComplete(id));
    await clock.advance(60_000);
    assert.equal((other.error as { code?: string }).code, 'unavailable');
  });

  it('rejects at once for a job that is not there', async () => {
    await assert.rejects(pollJobUntilComplete('nobody'), { code: 'not-found' });
  });

  it('gives up in time, and when told to', async () => {
    const id = double.add();
    const late = outcome(pollJobUntilComplete(id, { timeout: 10_000 }));
    await clock.advance(8_999);
    assert.ok(!('error' in late));
    await clock.advance(1);
    assert.equal((late.error as { code?: string }).code, 'timeout');
    assert.equal(double.count('GET'), 4);
    const controller = new AbortController();
    const stopped = outcome(pollJobUntilComplete(id, { signal: controller.signal }));
    await clock.flush();
    controller.abort();
    await clock.flush();
    assert.equal((stopped.error as { code?: string }).code, 'aborted');
    assert.equal(clock.pending, 0);
  });

  it('does not ask without a pause, whatever the interval', async () => {
    const id = double.add();
    for (const interval of [0, -1, Number.NaN]) {
      const before = double.requests.length;
      const controller = new AbortController();
      outcome(pollJobUntilComplete(id, { interval, signal: controller.signal }));
      await clock.advance(2999);
      assert.equal(double.requests.length - before, 1, String(interval));
      controller.abort();
    }
  });
});

describe('formatProgress', () => {
  it('gives whole per cent, 100 % only when done', () => {
    const cases: [number, string][] = [[0, '0%'], [0.29, '29%'], [0.999, '99%'], [1, '100%'], [-1, '0%'], [45, '45%'], [Number.NaN, '0%']];
    for (const [progress, text] of cases) assert.equal(formatProgress(progress), text);
    assert.equal(formatProgress({ progress: 0.5 }), '50%');
  });
});

describe('isJobComplete and canCancelJob', () => {
  it('go by the status', () => {
    for (const status of ['success', 'failure', 'cancelled', 'REVOKED']) {
      assert.equal(isJobComplete(status), true);
      assert.equal(canCancelJob(status), false);
    }
    for (const status of ['pending', 'started', 'processing', 'uploading', '']) {
      assert.equal(isJobComplete(status), false);
      assert.equal(canCancelJob(status), true);
    }
  });

  it('take a job, and believe its links', () => {
    const job = (wire: object) => ({ job_id: 'a', status: 'processing', progress: 0, ...wire }) as JobStatusResponse;
    assert.equal(isJobComplete(job({})), false);
    assert.equal(canCancelJob(job({})), true);
    assert.equal(canCancelJob(job({ links: {} })), false);
    assert.equal(canCancelJob(job({ links: { cancel: '/x' } })), true);
    assert.equal(canCancelJob(job({ status: 'success', links: { cancel: '/x' } })), false);
    assert.equal(canCancelJob({} as JobStatusResponse), false);
  });
});

describe('getEstimatedTimeRemaining', () => {
  const now = Date.UTC(2026, 0, 1, 0, 1);
  const job = (wire: object) => ({ job_id: 'a', status: 'processing', started_at: '2026-01-01T00:00:00Z', retry_count: 0, ...wire }) as JobStatusResponse;

  it('goes by the time the job took so far', () => {
    assert.equal(getEstimatedTimeRemaining(job({ progress: 0.5 }), now), 60);
    assert.equal(getEstimatedTimeRemaining(job({ progress: 0.25 }), now), 180);
  });

  it('says nothing without ground', () => {
    for (const wire of [{ progress: 0 }, { progress: 0.5, started_at: null }, { progress: 1, status: 'success' }, { progress: 1 }]) {
      assert.equal(getEstimatedTimeRemaining(job(wire), now), null);
    }
    assert.equal(getEstimatedTimeRemaining({} as JobStatusResponse, now), null);
  });
});
