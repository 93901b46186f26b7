import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { jobListSchema, jobSchema } from '../../../src/api/schema.ts';
import { readConfig } from '../../src/config.ts';
import { HEARTBEAT } from '../../src/push/event-stream.ts';
import { listen } from '../../src/server.ts';
import type { Listener } from '../../src/server.ts';
import { fakeRender } from '../support/fake-render.ts';
import { openTestService } from '../support/in-process.ts';
import type { TestService } from '../support/in-process.ts';
import { openEvents, openSocket } from '../support/live-clients.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const NOBODY = '99999999-9999-4999-8999-999999999999';

/** Many jobs with one request or one connection, over any database. Time is the test's own. */
export function pushSuite(name: string, databaseEnv: () => Promise<Record<string, string>>): void {
  describe(`many jobs at once on ${name}`, { timeout: 120_000 }, () => {
    const clock = new ManualClock();
    const fake = fakeRender();
    let test: TestService;
    let server: Listener;
    let stopTime = false;
    const undo: (() => void)[] = [];

    before(async () => {
      test = await openTestService({ env: { JOB_SERVICE_PUSH_LIMIT: '4', ...(await databaseEnv()) }, render: fake.render, clock });
      // Every place of the worker is taken: the jobs of the tests change only when a test says so.
      for (let place = 0; place < readConfig({ JOB_SERVICE_CONCURRENCY: '2' }).concurrency; place += 1) {
        await test.create({ user_id: 'holder' });
        await fake.next();
      }
      server = await listen(test.service.app, { host: '127.0.0.1', port: 0 });
      void (async () => {
        while (!stopTime) {
          await clock.advance(10);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      })();
    });
    afterEach(async () => {
      for (const one of undo.splice(0)) one();
      await until(() => connections() === 0, { what: 'connections being given back' });
      await test.service.db.query(`DELETE FROM job_service.jobs WHERE user_id <> 'holder'`);
    });
    after(async () => {
      await Promise.all([server.close(), test.service.stopPush()]);
      stopTime = true;
      await test.stop();
    });

    const connections = (): number => test.service.followers;
    const events = async (ids: readonly string[], headers?: Record<string, string>) => {
      const client = await openEvents(server.url, ids, headers);
      undo.push(client.close);
      return client;
    };
    const socket = async () => {
      const client = await openSocket(server.url);
      undo.push(client.close);
      return client;
    };
    /** Writes as a worker does: `progress` 1 is the end. */
    const progress = (id: string, share: number, message = 'Working') =>
      test.service.db.query(
        `UPDATE job_service.jobs SET status = CASE WHEN $2::double precision < 1 THEN 'processing' ELSE 'success' END, progress = $2, progress_message = $3 WHERE id = $1`,
        [id, share, message],
      );

    /** Far more than connections hold by themselves. */
    const CHANGES = 60;
    const LARGE = 'x'.repeat(200_000);
    /** Changes the job so that everybody is told. */
    const change = async (id: string, index: number): Promise<void> => {
      await progress(id, 0.5, `${LARGE} ${index}`);
      await clock.advance(60);
      await new Promise((resolve) => setTimeout(resolve, 30));
    };
    const createLarge = async (count: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let index = 0; index < count; index += 1) {
        const id = await test.create();
        await progress(id, 0.5, LARGE);
        ids.push(id);
      }
      return ids;
    };
    /** A client that reads nothing until it is told to. */
    const lazyEvents = async (id: string): Promise<Socket> => {
      const lazy = connect(server.port, '127.0.0.1');
      undo.push(() => lazy.destroy());
      lazy.pause();
      lazy.on('error', () => undefined);
      lazy.write(`GET /api/v1/jobs/events?ids=${id} HTTP/1.1\r\nhost: x\r\n\r\n`);
      await until(() => connections() === 1);
      return lazy;
    };
    const lazySocket = async (id: string): Promise<{ lazy: WebSocket; frames: any[] }> => {
      const lazy = new WebSocket(`${server.url.replace('http', 'ws')}/api/v1/jobs/socket`);
      undo.push(() => lazy.terminate());
      lazy.on('error', () => undefined);
      await new Promise((resolve) => lazy.once('open', resolve));
      const frames: any[] = [];
      lazy.on('message', (data) => frames.push(JSON.parse(String(data))));
      lazy.send(JSON.stringify({ type: 'watch', ids: [id] }));
      await until(() => frames.length > 0);
      lazy.pause();
      return { lazy, frames };
    };

    describe('batch', () => {
      it('answers like the list, in the order asked for, without what is no job', async () => {
        const ids = [await test.create(), await test.create()].reverse();
        const answer = await test.ask('GET', `/api/v1/jobs/batch?ids=${[ids[0], NOBODY, 'nonsense', ids[1]].join(',')}`);
        assert.equal(answer.status, 200);
        const { jobs, total } = jobListSchema.parse(answer.body);
        assert.deepEqual(jobs.map((job) => job.job_id), ids);
        assert.equal(total, 2);
        assert.deepEqual(jobSchema.parse(await test.job(ids[0]!)), jobs[0]);
      });

      it('takes 1 to 100 ids', async () => {
        const many = (count: number) => Array.from({ length: count }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`).join(',');
        assert.equal((await test.ask('GET', `/api/v1/jobs/batch?ids=${many(100)}`)).status, 200);
        for (const query of ['', '?ids=', '?ids=,,', `?ids=${many(101)}`]) {
          const answer = await test.ask('GET', `/api/v1/jobs/batch${query}`);
          assert.equal(answer.status, 422, query);
          assert.deepEqual(answer.body.detail[0].loc, ['query', 'ids']);
        }
      });

      it('answers 304 to who has the answer already, and so does one job', async () => {
        const id = await test.create();
        for (const path of [`/api/v1/jobs/batch?ids=${id}`, `/api/v1/jobs/${id}`]) {
          const first = await test.ask('GET', path);
          const tag = first.headers.get('etag') ?? '';
          assert.match(tag, /^"\w+"$/);
          assert.equal(first.headers.get('cache-control'), 'private, no-cache');
          const again = await test.ask('GET', path, undefined, { 'if-none-match': tag, origin: 'https://example.org' });
          assert.equal(again.status, 304);
          assert.equal(again.text, '');
          assert.equal(again.headers.get('etag'), tag);
          assert.equal(again.headers.get('access-control-allow-origin'), '*');
          await progress(id, path.includes('batch') ? 0.1 : 0.2);
          assert.equal((await test.ask('GET', path, undefined, { 'if-none-match': tag })).status, 200);
        }
      });
    });

    describe('events', () => {
      it('send the present state, then every change, and end with the last job', async () => {
        const id = await test.create();
        const cancelled = await test.create();
        await test.ask('DELETE', `/api/v1/jobs/${cancelled}`);
        const client = await events([id, cancelled, NOBODY]);
        assert.equal(client.headers.get('content-type'), 'text/event-stream; charset=utf-8');
        await client.event(({ job }) => job.job_id === id && job.status === 'pending');
        await client.event(({ job }) => job.job_id === cancelled && job.status === 'cancelled');
        await progress(id, 0.5);
        await client.event(({ job }) => job.progress === 0.5);
        await progress(id, 1);
        await client.ended;
        const last = client.events.at(-1)!;
        assert.deepEqual(jobSchema.parse(last.job), jobSchema.parse(await test.job(id)));
        assert.equal(last.job.status, 'success');
        assert.equal(client.events.filter(({ job }) => job.job_id === cancelled).length, 1);
      });

      it('end at once when there is nothing to wait for', async () => {
        const client = await events([NOBODY]);
        await client.ended;
        assert.equal(client.status, 200);
        assert.deepEqual(client.events, []);
      });

      it('go on after a cursor, with what changed since and nothing else', async () => {
        const [one, two] = [await test.create(), await test.create()];
        await progress(one, 0.1);
        await progress(two, 0.1);
        const ids = [one, two];
        const first = await events(ids);
        await until(() => first.events.length === 2);
        const cursor = first.events.at(-1)!.id;
        first.close();
        await progress(two, 0.7);
        const resumed = await events(ids, { 'last-event-id': cursor });
        await resumed.event(({ job }) => job.job_id === two && job.progress === 0.7);
        assert.deepEqual([...new Set(resumed.events.map(({ job }) => job.job_id))], [two]);
        // A cursor of other jobs, or none at all, leaves nothing out.
        for (const odd of [cursor.replace(/-.*/, '-other'), '999999999999-x', 'nonsense']) {
          const client = await events(ids, { 'last-event-id': odd });
          await until(() => new Set(client.events.map(({ job }) => job.job_id)).size === 2);
          client.close();
          await until(() => connections() <= 2);
        }
      });

      it('tell of places in line that others give up', async () => {
        const [ahead, behind] = [await test.create(), await test.create()];
        const client = await events([behind]);
        await client.event(({ job }) => job.queue_position === 2);
        await test.ask('DELETE', `/api/v1/jobs/${ahead}`);
        await client.event(({ job }) => job.queue_position === 1);
        await test.ask('DELETE', `/api/v1/jobs/${behind}`);
        await client.ended;
      });

      it('show that they are alive every 15 s', async () => {
        const id = await test.create();
        const client = await events([id]);
        await until(() => client.comments() > 0);
        const before = client.comments();
        await clock.advance(HEARTBEAT);
        await until(() => client.comments() === before + 1, { what: 'a heartbeat' });
      });

      it('are refused beyond the limit, and let in again when somebody left', async () => {
        const id = await test.create();
        const clients = await Promise.all([1, 2, 3, 4].map(() => events([id])));
        const refused = await events([id]);
        assert.equal(refused.status, 503);
        assert.equal(refused.headers.get('retry-after'), '30');
        clients[0]!.close();
        await until(() => connections() === 3);
        assert.equal((await events([id])).status, 200);
      });

      it('bring all that was asked for, however much it is', async () => {
        const ids = await createLarge(30);
        const client = await events(ids);
        await until(() => new Set(client.events.map(({ job }) => job.job_id)).size === ids.length);
      });

      it('leave out for who is behind what has changed again meanwhile, and go on from there', async () => {
        const id = await test.create();
        const lazy = await lazyEvents(id);
        for (let index = 0; index < CHANGES; index += 1) await change(id, index);
        const parts: Buffer[] = [];
        lazy.on('data', (part: Buffer) => parts.push(part));
        lazy.resume();
        const sent = () => [...Buffer.concat(parts).toString().matchAll(/"progress_message":"x+ (\d+)"/g)].map(([, index]) => Number(index));
        await until(() => sent().at(-1) === CHANGES - 1);
        assert.ok(sent().length < CHANGES / 2, `${sent().length} of ${CHANGES} states were kept for it`);
        assert.equal(connections(), 1);
      });

      it('are cut when they are not read', async () => {
        const id = await test.create();
        const lazy = await lazyEvents(id);
        for (let index = 0; index < CHANGES; index += 1) await change(id, index);
        await clock.advance(2 * HEARTBEAT);
        await until(() => connections() === 0);
        // What it had not read is gone, and so is the connection.
        const closed = new Promise((resolve) => lazy.once('close', resolve));
        lazy.resume();
        await closed;
      });
    });

    describe('the socket', () => {
      it('sends jobs that are watched until they are no longer', async () => {
        const [one, two] = [await test.create(), await test.create()];
        const client = await socket();
        client.send({ type: 'auth', token: 'any' });
        client.send({ type: 'watch', ids: [one, two, NOBODY, 'nonsense'] });
        await client.frame(({ type, job }) => type === 'job' && job.job_id === one);
        await client.frame(({ type, job }) => type === 'job' && job.job_id === two);
        client.send({ type: 'unwatch', ids: [two] });
        client.send({ type: 'ping' });
        await client.frame(({ type }) => type === 'pong');
        await progress(two, 0.6);
        await progress(one, 0.3);
        await client.frame(({ job }) => job?.progress === 0.3);
        assert.ok(!client.frames.some(({ job }) => job?.progress === 0.6));
        await progress(one, 1);
        const { job } = await client.frame(({ job: sent }) => sent?.status === 'success');
        assert.deepEqual(jobSchema.parse(job), jobSchema.parse(await test.job(one)));
      });

      it('says what is wrong with a frame, and goes on', async () => {
        const client = await socket();
        client.send('nonsense');
        const { code, detail } = await client.frame(({ type }) => type === 'error');
        assert.equal(code, 'bad-frame');
        assert.match(detail, /watch/);
        client.send({ type: 'watch', ids: Array.from({ length: 1001 }, () => NOBODY) });
        await until(() => client.frames.length === 2);
        client.send({ type: 'ping' });
        await client.frame(({ type }) => type === 'pong');
      });

      it('needs a WebSocket', async () => {
        const answer = await test.ask('GET', '/api/v1/jobs/socket');
        assert.equal(answer.status, 426);
        assert.equal(answer.headers.get('upgrade'), 'websocket');
      });

      it('sends all that is watched, however much it is', async () => {
        const ids = await createLarge(30);
        const client = await socket();
        client.send({ type: 'watch', ids });
        await until(() => new Set(client.frames.map(({ job }) => job.job_id)).size === ids.length);
        assert.equal(connections(), 1);
      });

      it('leaves out for who is behind what has changed again meanwhile, and goes on from there', async () => {
        const id = await test.create();
        const { lazy, frames } = await lazySocket(id);
        for (let index = 0; index < CHANGES; index += 1) await change(id, index);
        lazy.resume();
        await until(() => frames.at(-1)?.job.progress_message.endsWith(` ${CHANGES - 1}`));
        assert.ok(frames.length < CHANGES / 2, `${frames.length} of ${CHANGES} states were kept for it`);
        assert.equal(connections(), 1);
      });

      it('cuts who does not read', async () => {
        const id = await test.create();
        const { lazy } = await lazySocket(id);
        for (let index = 0; index < CHANGES; index += 1) await change(id, index);
        await clock.advance(2 * HEARTBEAT);
        await until(() => connections() === 0);
        const closed = new Promise((resolve) => lazy.once('close', resolve));
        lazy.resume();
        await closed;
      });

      it('cuts a peer that fell silent', async () => {
        const { port } = server;
        const mute = connect(port, '127.0.0.1');
        undo.push(() => mute.destroy());
        mute.on('error', () => undefined);
        mute.on('data', () => undefined);
        mute.write('GET /api/v1/jobs/socket HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n');
        await until(() => connections() === 1);
        const gone = new Promise((resolve) => mute.once('close', resolve));
        await clock.advance(2 * HEARTBEAT);
        await gone;
        await until(() => connections() === 0);
      });
    });
  });
}
