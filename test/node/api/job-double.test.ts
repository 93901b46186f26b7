import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobSchema } from '../../../src/api/schema.ts';
import { JobDouble } from '../../double/job-double.ts';
import { startDoubleServer } from '../../double/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const read = async (double: JobDouble, path: string, init?: RequestInit) => {
  const response = await double.fetch(`${double.baseUrl}${path}`, init);
  return { status: response.status, body: await response.json() };
};

/** What the contract suite does not ask: how a test steers the double. */
describe('JobDouble', () => {
  it('goes through a life as told, on its clock', async () => {
    const clock = new FakeClock();
    const double = new JobDouble({ clock });
    const id = double.add({ title: 'Film' });
    const job = () => jobSchema.parse(double.job(id));
    assert.deepEqual([job().status, job().started_at, job().links?.cancel], ['pending', null, `/api/v1/jobs/${id}`]);
    double.start(id);
    await clock.advance(10_000);
    double.progress(id, 0.5, 'Half');
    assert.deepEqual([job().status, job().progress, job().progress_message], ['processing', 0.5, 'Half']);
    double.fail(id, 'No disk');
    assert.deepEqual([job().status, job().error, job().duration], ['failure', 'No disk', 10]);
    assert.deepEqual(Object.keys(job().links ?? {}), ['retry']);
    double.retry(id);
    assert.deepEqual([job().status, job().retry_count, job().progress, job().error], ['pending', 1, 0, null]);
    double.finish(id, { duration: 12 });
    assert.deepEqual([job().status, job().progress, job().result?.duration], ['success', 1, 12]);
    double.remove(id);
    assert.equal((await read(double, `/api/v1/jobs/${id}`)).status, 404);
  });

  it('adds a job in any state, and sends what it was given as it is', async () => {
    const double = new JobDouble();
    for (const status of ['pending', 'started', 'processing', 'success', 'failure', 'cancelled'] as const) {
      jobSchema.parse(double.job(double.add({ status })));
    }
    const id = double.add({ job_id: 'mine', status: 'uploading' as 'pending', links: { retry: '/odd' }, progress: 7 });
    const { body } = await read(double, `/api/v1/jobs/${id}`);
    assert.deepEqual([body.job_id, body.status, body.links, body.progress], ['mine', 'uploading', { retry: '/odd' }, 7]);
  });

  it('sends no links as the deployed backend', () => {
    const double = new JobDouble({ extensions: false });
    const job = double.job(double.add()) ?? assert.fail();
    assert.ok(!('links' in job) && !('updated_at' in job));
  });

  it('answers after its latency, on the clock, unless stopped', async () => {
    const clock = new FakeClock();
    const double = new JobDouble({ clock, latency: 100 });
    const id = double.add();
    let answered = false;
    const url = `${double.baseUrl}/api/v1/jobs/${id}`;
    void double.fetch(url).then(() => (answered = true));
    await clock.advance(99);
    assert.equal(answered, false);
    await clock.advance(1);
    assert.equal(answered, true);
    const controller = new AbortController();
    const stopped = assert.rejects(double.fetch(url, { signal: controller.signal }), { name: 'AbortError' });
    await clock.flush();
    controller.abort();
    await stopped;
    assert.equal(clock.pending, 0);
  });

  it('goes wrong as told: for whom, how often, in order', async () => {
    const double = new JobDouble();
    const id = double.add();
    double.fault({ status: 500, path: /health/ });
    double.fault({ status: 503, times: 2, retryAfter: 3 });
    const path = `/api/v1/jobs/${id}`;
    const response = await double.fetch(double.baseUrl + path);
    assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '3']);
    assert.equal((await read(double, path)).status, 503);
    assert.equal((await read(double, path)).status, 200);
    assert.equal((await read(double, '/api/v1/jobs/health')).status, 500);
    double.fault({ status: 500, times: Infinity });
    double.clearFaults();
    assert.equal((await read(double, path)).status, 200);
    double.fault({ kind: 'network' });
    await assert.rejects(double.fetch(double.baseUrl + path), TypeError);
  });

  it('remembers and counts requests', async () => {
    const double = new JobDouble();
    const id = double.add();
    await read(double, `/api/v1/jobs/${id}`, { headers: { 'X-Name': 'value' } });
    await read(double, `/api/v1/jobs/${id}`, { method: 'DELETE' });
    assert.deepEqual([double.count(), double.count('GET'), double.count('DELETE', `/api/v1/jobs/${id}`)], [2, 1, 1]);
    assert.equal(double.count(undefined, /jobs/), 2);
    assert.equal(double.requests[0]?.headers['x-name'], 'value');
  });

  it('answers for its own address alone, with any prefix', async () => {
    const double = new JobDouble({ baseUrl: 'https://host.example/video/' });
    const id = double.add();
    assert.equal((await double.client().getJob(id)).id, id);
    assert.equal(double.requests[0]?.path, `/api/v1/jobs/${id}`);
    await assert.rejects(double.fetch('https://host.example/api/v1/jobs/x'), TypeError);
    await assert.rejects(double.fetch('https://other.example/video/api/v1/jobs/x'), TypeError);
  });

  it('creates a job once for one key', async () => {
    const double = new JobDouble();
    const request = {
      video_request: {
        script_id: 's',
        user_id: 'u',
        title: 't',
        script_content: 'x',
        language: 'en',
        platform: 'youtube',
        duration: 1,
        voice_provider: 'google' as const,
      },
    };
    const ids = [];
    for (const idempotencyKey of ['a', 'a', 'b']) ids.push((await double.client().createJob(request, { idempotencyKey })).id);
    assert.equal(ids[0], ids[1]);
    assert.notEqual(ids[0], ids[2]);
  });

  it('runs created jobs by itself when asked to', async () => {
    const clock = new FakeClock();
    const double = new JobDouble({ clock, autorun: { every: 1000, steps: 2, ends: () => 'failure' } });
    const { body } = await read(double, '/api/v1/jobs/', {
      method: 'POST',
      body: JSON.stringify({
        video_request: {
          script_id: 's',
          user_id: 'u',
          title: 't',
          script_content: 'x',
          language: 'en',
          platform: 'youtube',
          duration: 1,
          voice_provider: 'google',
        },
      }),
    });
    const seen = [];
    for (let second = 0; second < 5; second++) {
      seen.push(double.job(body.job_id)?.status);
      await clock.advance(1000);
    }
    assert.deepEqual(seen, ['pending', 'started', 'processing', 'processing', 'failure']);
    assert.equal(clock.pending, 0);
  });

  it('serves pages of other origins, drops lines and stops', async () => {
    const { double, baseUrl, stop } = await startDoubleServer();
    try {
      const id = double.add();
      const preflight = await fetch(`${baseUrl}/api/v1/jobs/${id}`, { method: 'OPTIONS' });
      assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
      assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/);
      double.fault({ kind: 'network' });
      await assert.rejects(fetch(`${baseUrl}/api/v1/jobs/${id}`));
      double.fault({ kind: 'cut' });
      const half = await fetch(`${baseUrl}/api/v1/jobs/${id}`);
      assert.equal(half.status, 200);
      await assert.rejects(half.text());
      double.fault({ kind: 'hang' });
      await assert.rejects(fetch(`${baseUrl}/api/v1/jobs/${id}`, { signal: AbortSignal.timeout(50) }));
      assert.equal((await fetch(`${baseUrl}/api/v1/jobs/${id}`)).status, 200);
    } finally {
      await stop();
    }
    await assert.rejects(fetch(baseUrl));
  });
});
