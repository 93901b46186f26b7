import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { bulkSuite } from './suites/bulk.ts';
import { pino } from 'pino';
import { readConfig } from '../src/config.ts';
import { seedJobs, unseedJobs } from '../src/samples/seed-jobs.ts';
import { findingSuite } from './suites/finding.ts';
import { historySuite } from './suites/history.ts';
import { lifecycleSuite } from './suites/lifecycle.ts';
import { templatesSuite } from './suites/templates.ts';
import { walkingSuite } from './suites/walking.ts';
import { fakeRender } from './support/fake-render.ts';
import { ManualClock } from './support/manual-clock.ts';
import { openTestService } from './support/in-process.ts';
import type { TestService, TestServiceOptions } from './support/in-process.ts';
import { startPostgres } from './support/postgres.ts';
import type { TestPostgres } from './support/postgres.ts';
import { client, descendants, endProcesses, startProcess, temporaryFolder } from './support/real-process.ts';
import { until } from './support/until.ts';

/** Connections to this database that wait for notifications. */
const LISTENERS = `SELECT pid FROM pg_stat_activity WHERE application_name = 'job-service listener' AND datname = current_database()`;

const server = await startPostgres();

if ('unavailable' in server) {
  it('runs on PostgreSQL', { skip: server.unavailable }, () => undefined);
} else {
  after(() => server.stop());
  lifecycleSuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('lifecycle') }));
  findingSuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('finding') }));
  walkingSuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('walking') }));
  historySuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('history') }));
  bulkSuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('bulk') }));
  templatesSuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('templates') }));
  severalProcesses(server);
}

/** What only shows when several processes share one database. */
function severalProcesses(postgres: TestPostgres): void {
  describe('several processes on PostgreSQL', { timeout: 180_000 }, () => {
    const open: TestService[] = [];
    afterEach(async () => {
      for (const test of open.splice(0).reverse()) await test.stop();
      await endProcesses();
    });
    const start = async (options: TestServiceOptions): Promise<TestService> => {
      const test = await openTestService(options);
      open.push(test);
      return test;
    };

    it('stops a renderer in one process within a second of a cancel in another', async () => {
      const url = await postgres.database('cancel');
      const fake = fakeRender();
      const api = await start({ env: { ROLE: 'api', DATABASE_URL: url }, render: fakeRender().render });
      await start({ env: { ROLE: 'worker', DATABASE_URL: url }, render: fake.render });
      const id = await api.create();
      const rendering = await fake.next();
      const stopped = new Promise<void>((resolve) => rendering.signal.addEventListener('abort', () => resolve()));
      const asked = Date.now();
      await api.ask('DELETE', `/api/v1/jobs/${id}`);
      await stopped;
      assert.ok(Date.now() - asked < 1000, `it took ${Date.now() - asked} ms`);
    });

    it('starts on an empty database from several processes at once', async () => {
      const url = await postgres.database('together');
      const services = await Promise.all([1, 2, 3].map(() => start({ env: { DATABASE_URL: url }, render: fakeRender().render })));
      for (const service of services) assert.equal((await service.ask('GET', '/api/v1/jobs/health')).status, 200);
    });

    it('gives every job to one worker only', async () => {
      const url = await postgres.database('shared');
      const fakes = [fakeRender(), fakeRender()];
      const workers: TestService[] = [];
      for (const fake of fakes) workers.push(await start({ env: { DATABASE_URL: url }, render: fake.render }));
      const ids = await Promise.all(Array.from({ length: 12 }, () => workers[0]!.create()));
      const made: string[] = [];
      for (const fake of fakes) {
        void (async () => {
          for (;;) {
            const rendering = await fake.next();
            made.push(rendering.jobId);
            await rendering.finish();
          }
        })();
      }
      for (const id of ids) await workers[0]!.jobIn(id, 'success');
      assert.deepEqual(made.sort(), ids.sort());
    });

    it('takes sample jobs while it runs, and gives them back', async () => {
      const url = await postgres.database('samples');
      const fake = fakeRender();
      const test = await start({ env: { DATABASE_URL: url }, render: fake.render });
      const config = readConfig({ DATABASE_URL: url, JOB_SERVICE_DATA: test.dataDirectory });
      const logger = pino({ level: 'silent' });
      const total = async () => ((await test.ask('GET', '/api/v1/jobs/?user_id=demo')).body as { total: number }).total;
      assert.deepEqual(await seedJobs({ config, jobs: 25, userId: 'demo', media: false, logger }), { jobs: 25, url: null });
      assert.equal(await total(), 25);
      assert.deepEqual(fake.unasked, []);
      assert.equal((await unseedJobs({ config, userId: 'demo', logger })).jobs, 25);
      assert.equal(await total(), 0);
    });

    it('says 503 while the database is away, and works on when it is back', async () => {
      const url = await postgres.database('outage');
      const fake = fakeRender();
      const clock = new ManualClock();
      const test = await start({ env: { DATABASE_URL: url }, render: fake.render, clock });
      await postgres.halt();
      const read = await test.ask('GET', '/api/v1/jobs/stats/counts');
      assert.equal(read.status, 503);
      assert.equal(read.headers.get('retry-after'), '5');
      assert.ok(!/ECONN|127\.0\.0\.1|terminat/i.test(read.text), read.text);
      const health = await test.ask('GET', '/api/v1/jobs/health');
      assert.equal(health.status, 503);
      assert.equal(health.body.status, 'unhealthy');
      await postgres.start();
      await until(async () => {
        await clock.advance(1000);
        if ((await test.ask('GET', '/api/v1/jobs/health')).status !== 200) return false;
        return (await test.service.db.query(LISTENERS)).length > 0;
      }, { what: 'the service listening again' });
      // Time stands still, so only a notification can bring the job to the worker.
      const id = await test.create();
      const rendering = await fake.next();
      await rendering.finish();
      await test.jobIn(id, 'success');
    });

    it('takes up the job of a worker that was killed, in another process', async () => {
      const url = await postgres.database('killed');
      const folder = temporaryFolder();
      after(() => folder.remove());
      const env = { DATABASE_URL: url, JOB_SERVICE_DATA: folder.path };
      const first = await startProcess(env);
      const id = await client(first.url).create({ duration: 6 });
      await until(() => descendants(first.pid).length >= 2, { within: 30_000, what: 'the renderer being at work' });
      const fake = fakeRender();
      const second = await start({ env, render: fake.render, dataDirectory: folder.path });
      first.kill('SIGKILL');
      await first.ended;
      const rendering = await fake.next();
      assert.equal(rendering.jobId, id);
      assert.equal((await second.job(id)).retry_count, 1);
      await rendering.finish();
      assert.equal((await second.jobIn(id, 'success')).retry_count, 1);
    });
  });
}
