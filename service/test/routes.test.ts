import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createJobResponseSchema, healthSchema, jobListSchema, jobSchema, jobStatisticsSchema, validationErrorSchema } from '../../src/api/schema.ts';
import { fakeRender } from './support/fake-render.ts';
import { openTestService, videoRequest } from './support/in-process.ts';
import type { Answer, TestService } from './support/in-process.ts';

const NOBODY = '99999999-9999-4999-8999-999999999999';

describe('routes', { timeout: 60_000 }, () => {
  let test: TestService;
  let site: string;
  before(async () => {
    site = await mkdtemp(join(tmpdir(), 'job-service-site-'));
    test = await openTestService({
      render: fakeRender().render,
      env: { JOB_SERVICE_MAX_BODY: '20000', JOB_SERVICE_DEMO: join(site, 'demo'), JOB_SERVICE_CDN: join(site, 'cdn') },
    });
  });
  after(async () => {
    await test.stop();
    await rm(site, { recursive: true, force: true });
  });

  const create = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> => test.ask('POST', '/api/v1/jobs/', body, headers);
  const refusal = (answer: Answer) => {
    assert.equal(answer.status, 422, answer.text);
    return validationErrorSchema.parse(answer.body).detail;
  };

  describe('create', () => {
    it('answers 202 with the job, its address and an estimate', async () => {
      const answer = await create({ video_request: videoRequest });
      assert.equal(answer.status, 202);
      const { job_id, status, estimated_duration } = createJobResponseSchema.parse(answer.body);
      assert.equal(status, 'pending');
      assert.ok(Number(estimated_duration) > 0);
      assert.equal(answer.headers.get('location'), `/api/v1/jobs/${job_id}`);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const job = jobSchema.parse(await test.job(job_id));
      assert.equal(job.title, videoRequest.title);
      assert.equal(job.priority, 5);
    });

    it('takes the address with and without a slash at the end', async () => {
      assert.equal((await test.ask('POST', '/api/v1/jobs', { video_request: videoRequest })).status, 202);
    });

    it('names the field, what to do, and the kind of fault, of all faults at once', async () => {
      const { title: _, ...rest } = videoRequest;
      const detail = refusal(
        await create({ video_request: { ...rest, script_content: '', duration: 0, voice_provider: 'parrot', language: 'en US' }, priority: 11 }),
      );
      const found = Object.fromEntries(detail.map(({ loc, msg, type }) => [loc.join('.'), { msg, type }]));
      assert.deepEqual(found, {
        'body.video_request.title': { msg: 'Fill in the title.', type: 'missing' },
        'body.video_request.script_content': { msg: 'Fill in the script.', type: 'string_too_short' },
        'body.video_request.duration': { msg: 'Give the duration in seconds as a whole number from 1 to 3600.', type: 'greater_than_equal' },
        'body.video_request.voice_provider': { msg: 'Choose a voice provider: azure, google, elevenlabs.', type: 'enum' },
        'body.video_request.language': { msg: 'Give the language as a tag such as en-US.', type: 'string_pattern_mismatch' },
        'body.priority': { msg: 'Give the priority as a whole number from 1 to 10.', type: 'less_than_equal' },
      });
    });

    it('refuses values of another type instead of guessing', async () => {
      const wrong: [string, unknown, string][] = [
        ['title', 7, 'string_type'],
        ['duration', '10', 'number_type'],
        ['duration', 1.5, 'int_type'],
        ['enable_subtitles', 'yes', 'boolean_type'],
      ];
      for (const [field, value, type] of wrong) {
        const [first] = refusal(await create({ video_request: { ...videoRequest, [field]: value } }));
        assert.deepEqual(first?.loc, ['body', 'video_request', field]);
        assert.equal(first?.type, type, field);
      }
    });

    it('refuses text that no database can hold', async () => {
      for (const title of ['a\u0000b', 'half \ud800 of a pair']) {
        const [first] = refusal(await create({ video_request: { ...videoRequest, title } }));
        assert.deepEqual(first?.loc, ['body', 'video_request', 'title']);
      }
    });

    it('stores any other text as it came', async () => {
      const title = '</script><b>"नमस्ते" 👋 \\ %s $1 \'); DROP TABLE jobs; --';
      const id = await test.create({ title });
      assert.equal((await test.job(id)).title, title);
    });

    it('refuses a body that is no JSON object, and says so', async () => {
      for (const body of ['{', '', '[]', '"text"', 'null', '7']) {
        const [first] = refusal(await create(body));
        assert.deepEqual(first?.loc.slice(0, 1), ['body'], body);
      }
      const other = await test.ask('POST', '/api/v1/jobs/', JSON.stringify({ video_request: videoRequest }), { 'content-type': 'text/plain' });
      assert.equal(other.status, 415);
      assert.match((other.body as { detail: string }).detail, /application\/json/);
    });

    it('refuses a body beyond the limit', async () => {
      const answer = await create({ video_request: { ...videoRequest, script_content: 'x'.repeat(25_000) } });
      assert.equal(answer.status, 413);
      assert.match((answer.body as { detail: string }).detail, /20000 bytes/);
    });

    it('takes a larger body where many jobs come at once', async () => {
      const jobs = Array.from({ length: 2 }, () => ({ video_request: { ...videoRequest, script_content: 'x'.repeat(15_000) } }));
      assert.equal((await test.ask('POST', '/api/v1/jobs/bulk', { jobs })).status, 200);
      assert.equal((await test.ask('POST', '/api/v1/jobs/bulk/', { jobs })).status, 200);
      assert.equal((await test.ask('POST', '/api/v1/templates', { user_id: 'ann', name: 'x', content: { video_request: { script_content: 'x'.repeat(25_000) } } })).status, 413);
    });

    it('refuses an odd Idempotency-Key', async () => {
      for (const key of ['has space', 'x'.repeat(256)]) {
        const [first] = refusal(await create({ video_request: videoRequest }, { 'idempotency-key': key }));
        assert.deepEqual(first?.loc, ['header', 'idempotency-key']);
      }
    });
  });

  describe('read', () => {
    it('does not find what is no job, whatever the id looks like', async () => {
      for (const id of [NOBODY, 'nonsense', '%00', "1'--", '..%2F..', 'x'.repeat(3000)]) {
        for (const [method, path] of [['GET', ''], ['DELETE', ''], ['POST', '/retry']] as const) {
          const answer = await test.ask(method, `/api/v1/jobs/${id}${path}`);
          assert.equal(answer.status, 404, `${method} ${id}`);
          assert.equal(typeof (answer.body as { detail: unknown }).detail, 'string');
        }
        for (const kind of ['download', 'thumbnail', 'captions']) {
          assert.equal((await test.ask('GET', `/api/v1/videos/${id}/${kind}`)).status, 404);
        }
      }
    });

    it('finds a job by its id in any case', async () => {
      const id = await test.create();
      assert.equal((await test.ask('GET', `/api/v1/jobs/${id.toUpperCase()}`)).status, 200);
    });

    it('lists page by page, newest first', async () => {
      const ids: string[] = [];
      for (let made = 0; made < 5; made += 1) ids.unshift(await test.create({ user_id: 'lister & co' }));
      const page = async (number: number) =>
        jobListSchema.parse((await test.ask('GET', `/api/v1/jobs/?user_id=lister+%26+co&page=${number}&page_size=2`)).body);
      const pages = [await page(1), await page(2), await page(3), await page(4)];
      assert.deepEqual(pages.flatMap(({ jobs }) => jobs.map((job) => job.job_id)), ids);
      assert.deepEqual(pages.map(({ total }) => total), [5, 5, 5, 5]);
    });

    it('refuses a list without a user, and pages that are none', async () => {
      const bad = ['', '?user_id=', '?user_id=a&page=0', '?user_id=a&page=1.5', '?user_id=a&page_size=101', '?user_id=a&page_size=-1', '?user_id=a&page=9999999999999999999', '?user_id=%00'];
      for (const query of bad) {
        const [first] = refusal(await test.ask('GET', `/api/v1/jobs/${query}`));
        assert.equal(first?.loc[0], 'query', query);
        assert.ok(first?.msg.endsWith('.'), first?.msg);
      }
    });

    it('counts jobs by status', async () => {
      const { statistics } = jobStatisticsSchema.parse((await test.ask('GET', '/api/v1/jobs/stats/counts')).body);
      const { total, ...counts } = statistics;
      assert.ok(total > 0);
      assert.equal(Object.values(counts).reduce((sum, count) => sum + count, 0), total);
    });
  });

  describe('cancel', () => {
    it('refuses what has ended with 400', async () => {
      const id = await test.create();
      assert.equal((await test.ask('DELETE', `/api/v1/jobs/${id}`)).status, 200);
      const again = await test.ask('DELETE', `/api/v1/jobs/${id}`);
      assert.equal(again.status, 400);
      assert.match((again.body as { detail: string }).detail, /already ended \(cancelled\)/);
    });
  });

  describe('everything else', () => {
    it('answers unknown addresses with 404 as JSON, and other methods with 405', async () => {
      for (const path of ['/api/v1/nothing', '/api', '/nothing', '/cdn/nothing.js', '/cdn/../package.json', '/docs/package.json', '/docs/../../package.json']) {
        const answer = await test.ask('GET', path);
        assert.equal(answer.status, 404, path);
        assert.equal(typeof (answer.body as { detail: unknown }).detail, 'string');
      }
      assert.equal((await test.ask('POST', '/api/v1/nothing')).status, 404);
      const put = await test.ask('PUT', `/api/v1/jobs/${NOBODY}`);
      assert.equal(put.status, 405);
      assert.match(put.headers.get('allow') ?? '', /GET.*DELETE|DELETE.*GET/);
    });

    it('lets pages of other origins call the API, without credentials', async () => {
      const preflight = await test.ask('OPTIONS', '/api/v1/jobs/', undefined, {
        origin: 'https://example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,idempotency-key',
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
      assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /idempotency-key/);
      assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /DELETE/);
      const answer = await test.ask('GET', `/api/v1/jobs/${NOBODY}`, undefined, { origin: 'https://example.org' });
      assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
      assert.match(answer.headers.get('access-control-expose-headers') ?? '', /Content-Range/);
    });

    it('says nothing of the inside when something breaks, and gives a reference that the log has', async () => {
      await test.service.db.query('ALTER TABLE job_service.jobs RENAME TO jobs_away');
      try {
        const answer = await test.ask('GET', `/api/v1/jobs/${NOBODY}`);
        assert.equal(answer.status, 500);
        const { detail } = answer.body as { detail: string };
        const reference = /Reference: (\S+)\.$/.exec(detail)?.[1];
        assert.ok(!/jobs_away|relation|SELECT/i.test(detail));
        assert.ok(test.log.some((entry) => entry.reference === reference && JSON.stringify(entry).includes('relation')));
      } finally {
        await test.service.db.query('ALTER TABLE job_service.jobs_away RENAME TO jobs');
      }
    });

    it('is healthy', async () => {
      const answer = await test.ask('GET', '/api/v1/jobs/health');
      assert.equal(answer.status, 200);
      const { status, idempotency_keys, links, bulk_limits } = healthSchema.parse(answer.body);
      assert.deepEqual([status, idempotency_keys], ['healthy', true]);
      assert.deepEqual(links, { bulk: '/api/v1/jobs/bulk', templates: '/api/v1/templates', generate: '/api/v1/videos/generate' });
      assert.deepEqual(bulk_limits, { jobs: 500, bytes: 10_000_000 });
    });

    it('keeps bodies, queries and headers out of the log', async () => {
      await create({ video_request: { ...videoRequest, title: 'confidential title' } }, { authorization: 'Bearer s3cret' });
      await test.ask('GET', '/api/v1/jobs/?user_id=confidential-user');
      assert.ok(!/confidential|s3cret/.test(JSON.stringify(test.log)));
    });
  });

  describe('what a job was made of', () => {
    it('is told as it was sent, and to nobody where there is no such job', async () => {
      const id = await test.create({ title: 'Again', aspect_ratio: '9:16', voice_name: null }, 3);
      const { status, body } = await test.ask('GET', `/api/v1/jobs/${id}/request`);
      assert.equal(status, 200);
      assert.deepEqual(body, { video_request: { ...videoRequest, title: 'Again', aspect_ratio: '9:16' }, priority: 3 });
      for (const other of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
        assert.equal((await test.ask('GET', `/api/v1/jobs/${other}/request`)).status, 404);
      }
    });
  });

  describe('the description', () => {
    it('has every route, with the shared schemas', async () => {
      const { body } = await test.ask('GET', '/openapi.json');
      const document = body as { openapi: string; paths: Record<string, Record<string, unknown>>; components: { schemas: Record<string, any> } };
      assert.equal(document.openapi, '3.1.0');
      const routes = Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`));
      assert.deepEqual(routes.sort(), [
        'delete /api/v1/jobs/{job_id}',
        'delete /api/v1/templates/{template_id}',
        'get /api/v1/jobs/',
        'get /api/v1/jobs/batch',
        'get /api/v1/jobs/events',
        'get /api/v1/jobs/health',
        'get /api/v1/jobs/socket',
        'get /api/v1/jobs/stats/counts',
        'get /api/v1/jobs/stats/history',
        'get /api/v1/jobs/{job_id}',
        'get /api/v1/jobs/{job_id}/request',
        'get /api/v1/templates',
        'get /api/v1/videos/{job_id}/captions',
        'get /api/v1/videos/{job_id}/download',
        'get /api/v1/videos/{job_id}/thumbnail',
        'post /api/v1/jobs/',
        'post /api/v1/jobs/bulk',
        'post /api/v1/jobs/{job_id}/retry',
        'post /api/v1/templates',
        'post /api/v1/videos/generate',
      ]);
      const operations = Object.values(document.paths).flatMap((item) => Object.values(item) as { operationId?: string }[]);
      const names = operations.map(({ operationId }) => operationId ?? '');
      assert.equal(new Set(names).size, operations.length, 'a generated client needs a name for each');
      for (const name of names) assert.match(name, /^[a-z][A-Za-z]+$/);
      const request = document.components.schemas.CreateJobRequest;
      assert.ok(request.properties.video_request.required.includes('script_content'));
      for (const pattern of JSON.stringify(document).matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)) {
        assert.doesNotThrow(() => new RegExp(JSON.parse(`"${pattern[1]}"`) as string, 'u'));
        assert.doesNotMatch(pattern[1]!, /\/[a-z]+$/);
      }
    });

    it('is shown by a page that loads nothing from elsewhere and runs no inline script', async () => {
      const page = await test.ask('GET', '/docs');
      assert.equal(page.status, 200);
      assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self';/);
      assert.doesNotMatch(page.text, /https?:|<script>(?!<)|\son\w+=/);
      for (const [, path] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
        assert.equal((await test.ask('GET', path!)).status, 200, path);
      }
    });
  });

  describe('the site', () => {
    it('says what to do while the demo page is not built', async () => {
      const page = await test.ask('GET', '/');
      assert.equal(page.status, 200);
      assert.match(page.text, /npm run build/);
    });

    it('serves the demo page under a strict policy, and the bundle to any origin', async () => {
      await mkdir(join(site, 'demo', 'assets'), { recursive: true });
      await mkdir(join(site, 'cdn'), { recursive: true });
      await writeFile(join(site, 'demo', 'index.html'), '<!doctype html><title>Demo</title>');
      await writeFile(join(site, 'demo', 'assets', 'index-A1b2C3d4.js'), 'export {}');
      await writeFile(join(site, 'cdn', 'job-elements.js'), 'export {}');
      await writeFile(join(site, 'cdn', 'media-store-dh_iqf.js'), 'export {}');
      const page = await test.ask('GET', '/');
      assert.match(page.text, /Demo/);
      const policy = page.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(page.headers.get('cache-control'), 'no-cache');
      const script = await test.ask('GET', '/assets/index-A1b2C3d4.js');
      assert.match(script.headers.get('content-type') ?? '', /javascript/);
      assert.match(script.headers.get('cache-control') ?? '', /immutable/);
      const bundle = await test.ask('GET', '/cdn/job-elements.js', undefined, { origin: 'https://example.org' });
      assert.equal(bundle.status, 200);
      assert.equal(bundle.headers.get('access-control-allow-origin'), '*');
      assert.equal(bundle.headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(bundle.headers.get('x-content-type-options'), 'nosniff');
      // Its name stays when its content changes, so a page that has it must ask again.
      assert.equal(bundle.headers.get('cache-control'), 'public, max-age=300');
      const chunk = await test.ask('GET', '/cdn/media-store-dh_iqf.js');
      assert.match(chunk.headers.get('cache-control') ?? '', /immutable/);
    });

    it('lets nobody keep that a file of another build is not there', async () => {
      for (const path of ['/cdn/shared-abc123.js', '/assets/index-Z9y8X7w6.js']) {
        const missing = await test.ask('GET', path);
        assert.equal(missing.status, 404);
        assert.equal(missing.headers.get('cache-control'), 'no-store', path);
      }
    });
  });
});

describe('routes for some origins only', () => {
  it('names the origin that asks when it is among them, and none otherwise', async () => {
    const test = await openTestService({ render: fakeRender().render, env: { JOB_SERVICE_CORS: 'https://a.example, https://b.example' } });
    try {
      const allowed = async (origin: string) => (await test.ask('GET', '/api/v1/jobs/health', undefined, { origin })).headers.get('access-control-allow-origin');
      assert.equal(await allowed('https://b.example'), 'https://b.example');
      assert.equal(await allowed('https://c.example'), null);
    } finally {
      await test.stop();
    }
  });
});
