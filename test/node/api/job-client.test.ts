import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { JobClient } from '../../../src/api/job-client.ts';
import type { CreateJobRequest } from '../../../src/api/wire.ts';
import { JobApiError } from '../../../src/core/errors.ts';
import type { DoubleServer } from '../../double/server.ts';
import { startDoubleServer } from '../../double/server.ts';
import { BROKEN_JSON, HTML_ERROR } from '../../double/faults.ts';

const REQUEST: CreateJobRequest = {
  video_request: {
    script_id: 's1',
    user_id: 'u1',
    title: 'Water',
    script_content: 'Water boils.',
    language: 'en-US',
    platform: 'youtube',
    duration: 10,
    voice_provider: 'google',
  },
};

/** Over a real server: what reaches the wire, and what comes back from it. */
describe('JobClient', () => {
  let server: DoubleServer;
  let client: JobClient;
  before(async () => {
    server = await startDoubleServer();
    client = new JobClient({ baseUrl: server.baseUrl, random: () => 0 });
  });
  after(() => server.stop());

  const rejects = (promise: Promise<unknown>, expected: Partial<JobApiError>) =>
    assert.rejects(promise, (error) => {
      assert.ok(error instanceof JobApiError, `no JobApiError: ${error}`);
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(error[key as keyof JobApiError], value, key);
      assert.match(error.message, /^[A-Z].+\./);
      return true;
    });

  it('creates a job and gives it to show at once', async () => {
    const created = await client.createJob({ ...REQUEST, priority: 2 });
    assert.equal(created.job.status, 'pending');
    assert.equal(created.job.id, created.id);
    assert.equal(created.message, 'Job created');
    assert.equal(created.estimatedDuration, 60);
    const sent = server.double.requests.at(-1);
    assert.equal(sent?.headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(sent?.body ?? ''), { ...REQUEST, priority: 2 });
  });

  describe('an idempotency key that a backend on another origin does not allow', () => {
    const host = globalThis as { location?: unknown };
    let core: DoubleServer;
    before(async () => {
      core = await startDoubleServer({ extensions: false });
    });
    after(() => core.stop());
    const sent: (string | null)[] = [];
    /** As browsers do: nothing is sent, and the page learns nothing. */
    const refusing: typeof fetch = async (url, init) => {
      const key = new Headers(init?.headers).get('idempotency-key');
      if (init?.method === 'POST') sent.push(key);
      if (key !== null) throw new TypeError('Failed to fetch');
      return fetch(url, init);
    };
    const create = (options: object = {}) =>
      new JobClient({ baseUrl: core.baseUrl, random: () => 0, fetch: refusing, ...options }).createJob(REQUEST, { idempotencyKey: 'k' });
    beforeEach(() => {
      sent.length = 0;
      host.location = { href: 'https://page.example/', origin: 'https://page.example' };
    });
    afterEach(() => delete host.location);

    it('is left out, once the backend is seen to answer otherwise', async () => {
      const own = new JobClient({ baseUrl: core.baseUrl, random: () => 0, fetch: refusing });
      const first = await own.createJob(REQUEST, { idempotencyKey: 'k' });
      assert.notEqual(first.id, (await own.createJob(REQUEST, { idempotencyKey: 'l' })).id);
      assert.deepEqual(sent, ['k', null, null]);
    });

    it('is left out where the service says that it is not well, or not at all', async () => {
      for (const status of [503, 404, 200]) {
        core.double.fault({ status, body: 'no JSON' });
        assert.equal((await create()).job.status, 'pending');
      }
    });

    it('stays where nothing answers, and on the own origin', async () => {
      await rejects(create({ baseUrl: 'http://127.0.0.1:9' }), { code: 'network' });
      host.location = { href: core.baseUrl, origin: new URL(core.baseUrl).origin };
      await rejects(create(), { code: 'network' });
      delete host.location;
      await rejects(create(), { code: 'network' });
      assert.ok(!sent.includes(null));
    });
  });

  it('reads a job', async () => {
    const id = server.double.add({ status: 'processing', progress: 0.4, progress_message: 'Voice' });
    const job = await client.getJob(id);
    assert.deepEqual([job.id, job.status, job.progress, job.message], [id, 'processing', 0.4, 'Voice']);
  });

  it('takes the id it asked for when the answer has none', async () => {
    server.double.fault({ status: 200, body: { status: 'started' } });
    assert.equal((await client.getJob('asked')).id, 'asked');
  });

  it('keeps any id within its place in the path', async () => {
    for (const id of ['a/b', '../stats/counts', 'a?b#c', '%2e%2e', 'ü ñ', '\ud800']) {
      await rejects(client.getJob(id), { code: 'not-found', status: 404 });
      assert.match(server.double.requests.at(-1)?.path ?? '', /^\/api\/v1\/jobs\/[^/]+$/);
    }
    for (const id of ['', '.', '..']) {
      await rejects(client.getJob(id), { code: 'not-found', status: 404 });
      assert.equal(server.double.requests.at(-1)?.path, '/api/v1/jobs/%20');
    }
  });

  it('cancels by id, and by the link of the job', async () => {
    const one = server.double.add();
    assert.deepEqual(await client.cancelJob(one), { id: one, status: 'cancelled', message: 'Job cancelled' });
    const two = server.double.add();
    server.double.update(two, { links: { cancel: `/api/v1/jobs/${two}?by=link` } });
    await client.cancelJob(await client.getJob(two));
    assert.equal(server.double.requests.at(-1)?.query.get('by'), 'link');
    assert.equal(server.double.job(two)?.status, 'cancelled');
  });

  it('never follows a link to another origin', async () => {
    const id = server.double.add({ links: { cancel: 'http://127.0.0.1:9/evil' } });
    await client.cancelJob(await client.getJob(id));
    assert.equal(server.double.job(id)?.status, 'cancelled');
  });

  it('calls a refused cancel a conflict', async () => {
    const id = server.double.add({ status: 'success' });
    await rejects(client.cancelJob(id), { code: 'conflict', status: 400, detail: 'A job that is success cannot be cancelled' });
  });

  it('calls no other failure of a cancel a conflict', async () => {
    await rejects(client.cancelJob('nobody'), { code: 'not-found', status: 404 });
    server.double.fault({ status: 403 });
    await rejects(client.cancelJob('x'), { code: 'forbidden', status: 403 });
  });

  it('retries a job', async () => {
    const id = server.double.add({ status: 'failure' });
    const job = await client.retryJob(await client.getJob(id));
    assert.deepEqual([job?.id, job?.status, job?.retryCount], [id, 'pending', 1]);
    await rejects(client.retryJob(id), { code: 'conflict', status: 409 });
  });

  it('does not mind a cancel or a retry that answers nothing', async () => {
    const id = server.double.add({ status: 'failure' });
    server.double.fault({ status: 200, body: '' });
    assert.equal(await client.retryJob(id), null);
    server.double.fault({ status: 204, body: '' });
    assert.deepEqual(await client.cancelJob(id), { id, status: 'cancelled', message: null });
  });

  it('lists jobs with all that was asked', async () => {
    server.double.add({ user_id: 'lister & co', title: 'One' });
    const page = await client.listJobs({ userId: 'lister & co', pageSize: 5, status: ['pending', 'started'], q: 'ONE', order: 'asc' });
    assert.deepEqual([page.jobs.length, page.total, page.page, page.pageSize], [1, 1, 1, 5]);
    const { query } = server.double.requests.at(-1) ?? assert.fail();
    assert.deepEqual(
      [...query],
      [['user_id', 'lister & co'], ['page', '1'], ['page_size', '5'], ['status', 'pending'], ['status', 'started'], ['q', 'ONE'], ['order', 'asc']],
    );
  });

  it('reads statistics, checking one number by the others', async () => {
    server.double.fault({ status: 200, body: { statistics: { pending: 2, SUCCESS: '3', retry: 1, odd: 4, total: 1 }, timestamp: '2026-01-01T00:00:00' } });
    const { counts, total, at } = await client.getStatistics();
    assert.deepEqual({ ...counts }, { pending: 3, started: 0, processing: 0, success: 3, failure: 0, cancelled: 0, odd: 4 });
    assert.equal(total, 10);
    assert.equal(at, Date.UTC(2026, 0, 1));
    assert.ok((await client.getStatistics()).total > 0);
    server.double.fault({ status: 200, body: { pending: 1, total: 5 } });
    assert.equal((await client.getStatistics()).total, 5);
    server.double.fault({ status: 200, body: { statistics: { total: 5 } } });
    assert.equal((await client.getStatistics()).total, 5);
    server.double.fault({ status: 200, body: { statistics: { pending: 2 } } });
    assert.equal((await client.getStatistics()).total, 2);
  });

  it('tells a healthy service from one that is not', async () => {
    const well = { healthy: true, status: 'healthy', service: 'job-double', message: 'All is well.', idempotencyKeys: true };
    assert.deepEqual(await client.getHealth(), well);
    server.double.fault({ status: 503, body: { detail: 'No broker' } });
    const health = await client.getHealth();
    assert.deepEqual([health.healthy, health.message], [false, 'No broker']);
    server.double.fault({ status: 200, body: { status: 'degraded' } });
    assert.equal((await client.getHealth()).healthy, false);
  });

  it('takes a service that is not there for an error, and asks for its health once', async () => {
    for (const [fault, code] of [[{ kind: 'network' }, 'network'], [{ status: 500 }, 'server']] as const) {
      const before = server.double.requests.length;
      server.double.fault({ ...fault, times: 1 });
      await rejects(client.getHealth(), { code });
      assert.equal(server.double.requests.length, before + 1);
    }
  });

  describe('errors', () => {
    const CODES: [number, string][] = [
      [400, 'bad-request'],
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [404, 'not-found'],
      [410, 'not-found'],
      [409, 'conflict'],
      [418, 'http'],
      [422, 'invalid'],
      [429, 'rate-limited'],
      [500, 'server'],
      [503, 'unavailable'],
      [504, 'server'],
    ];
    for (const [status, code] of CODES) {
      it(`calls ${status} ${code}`, async () => {
        server.double.fault({ status, body: { detail: 'Because.' } });
        const answer = client.getJob('x', { retries: 0 });
        await rejects(answer, { code: code as JobApiError['code'], status, detail: 'Because.' });
        await assert.rejects(answer, / Because\.$/);
      });
    }

    it('lead from a 422 to the fields', async () => {
      const request = { video_request: { ...REQUEST.video_request, title: '', duration: 0 } };
      await assert.rejects(client.createJob(request), (error: JobApiError) => {
        assert.equal(error.code, 'invalid');
        assert.deepEqual(error.fields.map(({ path }) => path), [['video_request', 'title'], ['video_request', 'duration']]);
        assert.equal(error.fields[0]?.message, 'Fill in the title.');
        assert.equal(error.fields[0]?.type, 'too_small');
        return true;
      });
      const detail = [{ loc: ['body', 'tags', 0, null, {}], msg: 'No.' }, { loc: 'odd', msg: 'Odd.', type: 7 }];
      server.double.fault({ status: 422, body: { detail } });
      await rejects(client.getJob('x'), {
        fields: [
          { path: ['tags', 0], message: 'No.', type: '' },
          { path: [], message: 'Odd.', type: '7' },
        ],
        detail: 'tags.0: No.; : Odd.',
      });
    });

    it('survive a page of HTML, and take its title alone', async () => {
      server.double.fault(HTML_ERROR);
      await rejects(client.getJob('x', { retries: 0 }), { code: 'server', status: 502, detail: '502 Bad Gateway' });
    });

    const BODIES: [unknown, string | undefined][] = [
      ['', undefined],
      ['plain words', 'plain words'],
      ['"in quotes"', 'in quotes'],
      ['null', undefined],
      ['[1, 2]', undefined],
      [{}, undefined],
      [{ message: 'm' }, 'm'],
      [{ error: { message: 'em' } }, 'em'],
      [{ detail: [] }, undefined],
      [{ detail: [null, { loc: 'odd', msg: 7 }] }, ': 7'],
      [{ detail: { message: 'dm' } }, 'dm'],
      ['x'.repeat(5000), 'x'.repeat(500)],
      ['<html><body>no title</body></html>', undefined],
    ];
    for (const [body, detail] of BODIES) {
      it(`survive the body ${JSON.stringify(body).slice(0, 50)}`, async () => {
        server.double.fault({ status: 400, body });
        await rejects(client.getJob('x'), { code: 'bad-request', detail });
      });
    }

    it('tell an answer that cannot be read from none', async () => {
      for (const fault of [BROKEN_JSON, { status: 200, body: '' }, { status: 200, body: [] }]) {
        server.double.fault(fault);
        await rejects(client.getJob('x'), { code: 'malformed' });
      }
      server.double.fault({ ...HTML_ERROR, status: 200 });
      await rejects(client.getJob('x'), { code: 'page', status: 200, detail: '502 Bad Gateway' });
      for (const body of ['null', '{"detail": "x"}', 'x']) {
        server.double.fault({ status: 200, body });
        await rejects(client.listJobs({ userId: 'u' }), { code: 'malformed' });
        server.double.fault({ status: 200, body });
        await rejects(client.getStatistics(), { code: 'malformed' });
        server.double.fault({ status: 200, body });
        await rejects(client.createJob(REQUEST), { code: 'malformed' });
      }
    });

    it('tell a service that is not there', async () => {
      const nobody = new JobClient({ baseUrl: 'http://127.0.0.1:9', random: () => 0 });
      await rejects(nobody.getJob('x'), { code: 'network', status: undefined });
      await rejects(new JobClient({ baseUrl: 'no address' }).getJob('x', { retries: 0 }), { code: 'network' });
    });

    it('tell a request that is no JSON', async () => {
      const request = { ...REQUEST, priority: 1n as unknown as number };
      await rejects(client.createJob(request), { code: 'invalid' });
    });
  });

  describe('credentials', () => {
    const last = () => server.double.requests.at(-1) ?? assert.fail('no request');

    it('travel in the header alone', async () => {
      const id = server.double.add();
      for (const getToken of [() => 'secret', async () => 'secret']) {
        await new JobClient({ baseUrl: server.baseUrl, getToken }).getJob(id);
        assert.equal(last().headers.authorization, 'Bearer secret');
        assert.ok(!`${last().path}${last().query}`.includes('secret'));
      }
    });

    it('are asked for anew each time', async () => {
      const id = server.double.add();
      let asked = 0;
      const own = new JobClient({ baseUrl: server.baseUrl, getToken: () => `t${++asked}`, random: () => 0 });
      server.double.fault({ status: 500 });
      await own.getJob(id);
      assert.equal(last().headers.authorization, 'Bearer t2');
    });

    it('may be missing', async () => {
      const id = server.double.add();
      await new JobClient({ baseUrl: server.baseUrl, getToken: () => null }).getJob(id);
      assert.equal(last().headers.authorization, undefined);
    });

    it('that cannot be had, or not be sent, are an error of their own', async () => {
      const requests = server.double.requests.length;
      const getTokens = [() => Promise.reject(new Error('no')), () => assert.fail('no'), () => 'with\nbreak'];
      for (const getToken of getTokens) {
        await rejects(new JobClient({ baseUrl: server.baseUrl, getToken }).getJob('x'), { code: 'unauthorized', status: undefined });
      }
      assert.equal(server.double.requests.length, requests);
    });

    it('leave room for more headers', async () => {
      const id = server.double.add();
      await new JobClient({ baseUrl: server.baseUrl, headers: { 'X-Tenant': 'blue' } }).getJob(id);
      assert.equal(last().headers['x-tenant'], 'blue');
    });

    it('let cookies be asked for', async () => {
      const seen: unknown[] = [];
      const own = new JobClient({
        credentials: 'include',
        fetch: async (_url, init) => {
          seen.push(init?.credentials, init?.cache);
          return Response.json({ status: 'pending' });
        },
      });
      await own.getJob('x');
      assert.deepEqual(seen, ['include', 'no-cache']);
    });
  });

  it('keeps the prefix of its address', async () => {
    const urls: unknown[] = [];
    const fetch = async (url: unknown) => {
      urls.push(url);
      return Response.json({ status: 'pending', jobs: [] });
    };
    await new JobClient({ baseUrl: 'https://host/video/', fetch: fetch as typeof globalThis.fetch }).getJob('x');
    await new JobClient({ baseUrl: '/video', fetch: fetch as typeof globalThis.fetch }).listJobs({ userId: 'u' });
    await new JobClient({ fetch: fetch as typeof globalThis.fetch }).getJob('x');
    assert.deepEqual(urls, [
      'https://host/video/api/v1/jobs/x',
      '/video/api/v1/jobs/?user_id=u&page=1&page_size=20',
      'http://localhost:8012/api/v1/jobs/x',
    ]);
  });
});
