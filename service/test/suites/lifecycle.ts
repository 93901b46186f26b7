import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { jobSchema } from '../../../src/api/schema.ts';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import { fakeRender } from '../support/fake-render.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openTestService, videoRequest } from '../support/in-process.ts';
import type { TestService } from '../support/in-process.ts';
import { until } from '../support/until.ts';

/** The life of jobs from their creation to their removal, over any database. */
export function lifecycleSuite(name: string, databaseEnv: () => Promise<Record<string, string>>): void {
  describe(`lifecycle on ${name}`, { timeout: 120_000 }, () => {
    const clock = new ManualClock();
    const fake = fakeRender();
    let test: TestService;
    before(async () => {
      test = await openTestService({ env: await databaseEnv(), render: fake.render, clock });
    });
    after(() => test.stop());
    afterEach(async () => {
      await test.service.db.query('DELETE FROM job_service.jobs');
      await test.service.db.query('DELETE FROM job_service.idempotency_keys');
    });

    const workFiles = (): string[] => (existsSync(join(test.dataDirectory, 'work')) ? readdirSync(join(test.dataDirectory, 'work')) : []);
    /** Writes what waits in the progress writers. */
    const flush = (): Promise<void> => clock.advance(250);
    /** Past the next look into the queue. */
    const poll = (): Promise<void> => clock.advance(2000);

    /** A job that a worker has begun. */
    async function running(fields?: Record<string, unknown>) {
      const id = await test.create(fields);
      const rendering = await fake.next();
      assert.equal(rendering.jobId, id);
      return { id, rendering };
    }

    it('goes from pending to success, with steps, media and links', async () => {
      const { id, rendering } = await running();
      const started = jobSchema.parse(await test.job(id));
      assert.equal(started.status, 'started');
      assert.deepEqual(ownLinks(started), { cancel: `/api/v1/jobs/${id}` });

      rendering.progress(0.4, 'encoding');
      await flush();
      const processing = await test.jobIn(id, 'processing');
      assert.equal(processing.progress, 0.4);
      assert.equal(processing.progress_message, 'Doing encoding');
      assert.deepEqual(processing.steps, [{ name: 'encoding', status: 'processing', progress: 0.4 }]);

      await rendering.finish();
      const done = jobSchema.parse(await test.jobIn(id, 'success'));
      assert.equal(done.progress, 1);
      assert.deepEqual(done.steps, [{ name: 'encoding', status: 'success', progress: 1 }]);
      assert.deepEqual(Object.keys(ownLinks(done)).sort(), ['captions', 'thumbnail', 'video']);
      assert.equal(done.result?.resolution, '1280x720');
      assert.equal(done.result?.scene_count, 3);
      assert.equal(done.result?.video_path, `/api/v1/videos/${id}/download`);
      assert.ok(!JSON.stringify(done).includes(test.dataDirectory), 'a path of this machine is on the wire');
      await until(() => workFiles().length === 0, { what: 'the working files going away' });
    });

    it('never lets progress fall within a run', async () => {
      const { id, rendering } = await running();
      rendering.progress(0.6);
      await flush();
      await test.jobIn(id, 'processing');
      rendering.progress(0.2, 'later');
      await flush();
      const job = await until(async () => {
        const found = await test.job(id);
        return found.progress_message === 'Doing later' ? found : null;
      });
      assert.equal(job.progress, 0.6);
      await rendering.finish();
      await test.jobIn(id, 'success');
    });

    it('cancels a waiting job, which then never runs', async () => {
      const first = await running();
      const second = await running();
      const id = await test.create();
      assert.equal((await test.ask('DELETE', `/api/v1/jobs/${id}`)).status, 200);
      const job = jobSchema.parse(await test.job(id));
      assert.equal(job.status, 'cancelled');
      assert.ok(job.completed_at);
      assert.equal(job.duration, null);
      assert.deepEqual(ownLinks(job), { retry: `/api/v1/jobs/${id}/retry` });
      await first.rendering.finish();
      await second.rendering.finish();
      await test.jobIn(second.id, 'success');
      const { rendering } = await running();
      await rendering.finish();
      assert.deepEqual(fake.unasked, []);
    });

    it('stops the renderer of a running job that is cancelled, and removes its files', async () => {
      const { id, rendering } = await running();
      const stopped = new Promise<void>((resolve) => rendering.signal.addEventListener('abort', () => resolve()));
      assert.equal((await test.ask('DELETE', `/api/v1/jobs/${id}`)).status, 200);
      await stopped;
      await until(() => !existsSync(rendering.workDir), { what: 'the working files going away' });
      assert.equal((await test.job(id)).status, 'cancelled');
    });

    it('notices a cancelled job by asking, when the hint was lost', async () => {
      const { id, rendering } = await running();
      await test.service.db.query(`UPDATE job_service.jobs SET status = 'cancelled', completed_at = now() WHERE id = $1`, [id]);
      const stopped = new Promise<void>((resolve) => rendering.signal.addEventListener('abort', () => resolve()));
      await clock.advance(2000);
      await stopped;
    });

    it('keeps a job cancelled whose video was ready a moment later', async () => {
      const { id, rendering } = await running();
      // As if the hint came too late: only the table knows.
      await test.service.db.query(`UPDATE job_service.jobs SET status = 'cancelled', completed_at = now() WHERE id = $1`, [id]);
      await rendering.finish();
      await until(() => !existsSync(rendering.workDir));
      const job = await test.job(id);
      assert.equal(job.status, 'cancelled');
      assert.equal(job.result, null);
      assert.ok(!existsSync(join(test.dataDirectory, 'media', id, rendering.workDir.split('/').at(-1)!)), 'the video was left behind');
    });

    it('tries a failed job again after the delay, three times, and says so', async () => {
      const { id, rendering } = await running();
      let current = rendering;
      for (let retry = 1; retry <= 3; retry += 1) {
        current.progress(0.5);
        await flush();
        current.fail('The encoder had a bad day.');
        const waiting = await until(async () => {
          const job = await test.job(id);
          return job.status === 'pending' ? job : null;
        });
        assert.equal(waiting.retry_count, retry);
        assert.equal(waiting.progress, 0);
        assert.equal(waiting.error, null);
        assert.equal(waiting.queue_position, null, 'it is not in line while it waits');
        assert.match(waiting.progress_message, new RegExp(`bad day.*60 s.*retry ${retry} of 3`));
        await poll();
        assert.deepEqual(fake.unasked, [], 'it started before the delay was over');
        await skipDelay(id);
        await poll();
        current = await fake.next();
      }
      current.fail('The encoder had a bad day.');
      const failed = jobSchema.parse(await test.jobIn(id, 'failure'));
      assert.equal(failed.retry_count, 3);
      assert.equal(failed.error, 'The encoder had a bad day.');
      assert.deepEqual(ownLinks(failed), { retry: `/api/v1/jobs/${id}/retry` });
    });

    /** Lets the minute pass that a failed job waits: for the queue and for the job alike, since both read the database's clock. */
    async function skipDelay(id: string): Promise<void> {
      await test.service.db.query(
        `UPDATE pgboss.job SET start_after = now() WHERE id = (SELECT attempt FROM job_service.jobs WHERE id = $1)`,
        [id],
      );
      await test.service.db.query('UPDATE job_service.jobs SET not_before = NULL WHERE id = $1', [id]);
    }

    it('does not try a job again by itself that cannot succeed', async () => {
      const { id, rendering } = await running();
      rendering.progress(0.1, 'script');
      await flush();
      rendering.fail('There is no such template.', { permanent: true });
      const job = await test.jobIn(id, 'failure');
      assert.equal(job.retry_count, 0);
      assert.equal(job.error, 'There is no such template.');
      assert.deepEqual(job.steps, [{ name: 'script', status: 'failure', progress: 0.1 }]);
    });

    it('tells nothing of the inside when the renderer throws something odd', async () => {
      const { id, rendering } = await running();
      rendering.crash(new Error('ENOENT: /secret/path'));
      const job = await until(async () => {
        const found = await test.job(id);
        return found.retry_count === 1 ? found : null;
      });
      assert.match(job.progress_message, /^Something went wrong inside the service\./);
      assert.ok(!JSON.stringify(job).includes('secret'));
      assert.ok(test.log.some((entry) => JSON.stringify(entry).includes('/secret/path')), 'the log does not say what happened');
    });

    it('sends a failed job round again on demand, and nothing else', async () => {
      const { id, rendering } = await running();
      assert.equal((await test.ask('POST', `/api/v1/jobs/${id}/retry`)).status, 409);
      rendering.fail('No.', { permanent: true });
      await test.jobIn(id, 'failure');
      const answer = await test.ask('POST', `/api/v1/jobs/${id}/retry`);
      assert.equal(answer.status, 202);
      const again = jobSchema.parse(answer.body);
      assert.equal(again.job_id, id);
      assert.equal(again.retry_count, 1);
      assert.equal(again.error, null);
      assert.equal(again.completed_at, null);
      const next = await fake.next();
      assert.equal(next.jobId, id);
      assert.equal((await test.ask('POST', `/api/v1/jobs/${id}/retry`)).status, 409);
      await next.finish();
      await test.jobIn(id, 'success');
      assert.equal((await test.ask('POST', `/api/v1/jobs/${id}/retry`)).status, 409);
    });

    it('stops and fails a job at the soft limit, without trying it again', async () => {
      const { id, rendering } = await running();
      await clock.advance(25 * 60_000);
      const job = await test.jobIn(id, 'failure');
      assert.ok(rendering.signal.aborted);
      assert.equal(job.error, 'Making the video took longer than 25 min.');
      assert.equal(job.retry_count, 0);
    });

    it('takes urgent jobs first, then the older ones, and says where a job stands', async () => {
      const busy = [await running(), await running()] as const;
      const low = await test.create({ title: 'low' }, 9);
      const usual = await test.create({ title: 'usual' });
      const urgent = await test.create({ title: 'urgent' }, 2);
      const mostUrgent = await test.create({ title: 'most urgent' }, 1);
      const later = await test.create({ title: 'later' }, 1);
      const order = [mostUrgent, later, urgent, usual, low];
      assert.deepEqual(await Promise.all(order.map(async (id) => (await test.job(id)).queue_position)), [1, 2, 3, 4, 5]);
      const listed = (await test.ask('GET', '/api/v1/jobs/?user_id=ann')).body as { jobs: { job_id: string; queue_position: number | null }[] };
      assert.deepEqual(listed.jobs.slice(0, 2).map((job) => [job.job_id, job.queue_position]), [[later, 2], [mostUrgent, 1]]);
      const started: string[] = [];
      // One place only: jobs that start in two at once may announce themselves in either order.
      await busy[0].rendering.finish();
      while (started.length < order.length) {
        const rendering = await fake.next();
        started.push(rendering.title);
        await rendering.finish();
      }
      assert.deepEqual(started, ['most urgent', 'later', 'urgent', 'usual', 'low']);
      await test.jobIn(low, 'success');
      await busy[1].rendering.finish();
    });

    it('runs no more jobs at once than it may', async () => {
      const first = await running();
      const second = await running();
      const third = await test.create();
      await poll();
      assert.deepEqual(fake.unasked, []);
      assert.equal((await test.job(third)).status, 'pending');
      await first.rendering.finish();
      const next = await fake.next();
      assert.equal(next.jobId, third);
      await next.finish();
      await second.rendering.finish();
      await test.jobIn(second.id, 'success');
      await test.jobIn(third, 'success');
    });

    it('estimates from a formula first, then from like jobs', async () => {
      const estimate = async (fields: Record<string, unknown>) => (await test.job(await test.create(fields))).estimated_duration;
      const hold = [await running(), await running()];
      assert.equal(await estimate({ resolution: '720p', duration: 20 }), 13);
      assert.equal(await estimate({ resolution: '4k', duration: 20 }), 83);
      assert.equal(await estimate({ duration: 20 }), 13, 'without a resolution 720p is made');
      for (const seconds of [38, 40, 90]) {
        await test.service.db.query(
          `UPDATE job_service.jobs SET status = 'success', started_at = now() - $2 * interval '1 second', completed_at = now() WHERE id = $1`,
          [await test.create({ resolution: '720p', duration: 20 }), seconds],
        );
      }
      assert.equal(await estimate({ resolution: '720p', duration: 10 }), 20);
      assert.equal(await estimate({ duration: 10 }), 20, 'without a resolution 720p is made');
      assert.equal(await estimate({ resolution: '4k', duration: 20 }), 83);
      await test.service.db.query(`UPDATE job_service.jobs SET status = 'cancelled' WHERE status = 'pending'`);
      for (const { rendering } of hold) await rendering.finish();
    });

    it('gives the first answer again for the same Idempotency-Key, for 24 hours', async () => {
      const post = (key: string, fields: Record<string, unknown> = {}) =>
        test.ask('POST', '/api/v1/jobs/', { video_request: { ...videoRequest, user_id: 'idem', ...fields } }, { 'idempotency-key': key });
      const total = async () => ((await test.ask('GET', '/api/v1/jobs/?user_id=idem')).body as { total: number }).total;
      const [first, second] = await Promise.all([post('k'), post('k')]);
      assert.equal(first.status, 202);
      assert.deepEqual(second.body, first.body);
      assert.deepEqual((await post('k')).body, first.body);
      assert.equal(await total(), 1);
      const other = await post('k', { title: 'Another' });
      assert.equal(other.status, 422);
      assert.deepEqual((other.body as { detail: { loc: string[] }[] }).detail[0]?.loc, ['header', 'idempotency-key']);
      assert.equal(await total(), 1);
      assert.notEqual((await post('k2')).body.job_id, first.body.job_id);
      // Keys are a user's own.
      assert.notEqual((await post('k', { user_id: 'idem-2' })).body.job_id, first.body.job_id);
      await test.service.db.query(`UPDATE job_service.idempotency_keys SET created_at = created_at - interval '25 hours'`);
      assert.notEqual((await post('k')).body.job_id, first.body.job_id);
      for (const answer of [first]) await test.ask('DELETE', `/api/v1/jobs/${answer.body.job_id}`);
      await test.service.db.query(`UPDATE job_service.jobs SET status = 'cancelled', completed_at = now()`);
      await clock.advance(2000);
      fake.unasked.splice(0);
    });

    it('forgets jobs a day after they ended, with their files', async () => {
      const { id, rendering } = await running();
      await rendering.finish();
      await test.jobIn(id, 'success');
      const kept = await running();
      await kept.rendering.finish();
      await test.jobIn(kept.id, 'success');
      await test.service.db.query(`UPDATE job_service.jobs SET completed_at = now() - interval '25 hours' WHERE id = $1`, [id]);
      await test.service.cleanUp();
      assert.equal((await test.ask('GET', `/api/v1/jobs/${id}`)).status, 404);
      assert.equal((await test.ask('GET', `/api/v1/videos/${id}/download`)).status, 404);
      assert.ok(!existsSync(join(test.dataDirectory, 'media', id)));
      assert.equal((await test.ask('GET', `/api/v1/videos/${kept.id}/download`)).status, 200);
    });

    it('removes files that have belonged to nobody for an hour', async () => {
      const [old, young] = [randomUUID(), randomUUID()].map((id) => join(test.dataDirectory, 'media', id));
      const past = new Date(Date.now() - 7_200_000);
      for (const folder of [old!, young!]) mkdirSync(folder, { recursive: true });
      utimesSync(old!, past, past);
      const leftover = join(test.dataDirectory, 'work', randomUUID());
      mkdirSync(leftover, { recursive: true });
      const { id, rendering } = await running();
      await test.service.cleanUp();
      assert.deepEqual([old, young, leftover, rendering.workDir].map((folder) => existsSync(folder!)), [false, true, false, true]);
      await rendering.finish();
      await test.jobIn(id, 'success');
    });

    it('cleans up every hour by itself', async () => {
      const id = await test.create();
      (await fake.next()).fail('No.', { permanent: true });
      await test.jobIn(id, 'failure');
      await test.service.db.query(`UPDATE job_service.jobs SET completed_at = now() - interval '25 hours' WHERE id = $1`, [id]);
      await clock.advance(3_600_000);
      await until(async () => (await test.ask('GET', `/api/v1/jobs/${id}`)).status === 404);
    });
  });
}

/** Without what is the same for all jobs. */
function ownLinks({ links }: JobStatusResponse): Record<string, unknown> {
  const { batch, events, socket, ...own } = links ?? {};
  assert.deepEqual([batch, events, socket], ['/api/v1/jobs/batch', '/api/v1/jobs/events', '/api/v1/jobs/socket']);
  return own;
}
