import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { JobFeed } from '../src/push/job-feed.ts';
import { SocketSession } from '../src/push/socket-session.ts';
import { listen } from '../src/server.ts';
import { pushSuite } from './suites/push.ts';
import { fakeRender } from './support/fake-render.ts';
import { openTestService } from './support/in-process.ts';
import { openEvents, openSocket } from './support/live-clients.ts';
import { ManualClock } from './support/manual-clock.ts';
import { startPostgres } from './support/postgres.ts';
import { until } from './support/until.ts';

pushSuite('the embedded database', async () => ({}));

describe('the socket where only some origins may call', { timeout: 60_000 }, () => {
  it('opens for pages of these, and for what is no page', async () => {
    const test = await openTestService({ env: { JOB_SERVICE_CORS: 'https://a.example' }, render: fakeRender().render });
    const port = await listen(test.service.app, { host: '127.0.0.1', port: 0 });
    const open = (origin?: string) =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(`${port.url.replace('http', 'ws')}/api/v1/jobs/socket`, origin === undefined ? {} : { origin });
        socket.on('open', () => {
          resolve(101);
          socket.close();
        });
        socket.on('unexpected-response', (_request, response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
        });
        socket.on('error', reject);
      });
    try {
      assert.deepEqual([await open('https://a.example'), await open('https://b.example'), await open()], [101, 403, 101]);
    } finally {
      await Promise.all([port.close(), test.service.stopPush()]);
      await test.stop();
    }
  });
});

describe('a socket whose client asks on and on', () => {
  it('is cut when its answers are not read', () => {
    const sent: string[] = [];
    let terminated = false;
    const socket = Object.assign(new EventEmitter(), {
      OPEN: 1,
      readyState: 1,
      bufferedAmount: 0,
      send(text: string) {
        sent.push(text);
        this.bufferedAmount += text.length;
      },
      terminate: () => (terminated = true),
    });
    const feed = { subscribe: () => ({ end: () => undefined }) };
    const session = new SocketSession(socket as unknown as WebSocket, { feed: feed as unknown as JobFeed, clock: new ManualClock() });
    for (let asked = 0; asked < 1_000_000 && !terminated; asked += 1) session.receive('{"type":"ping"}');
    assert.ok(terminated);
    assert.ok(sent.join('').length < 1_100_000);
    session.end();
  });
});

const server = await startPostgres();

if ('unavailable' in server) {
  it('pushes on PostgreSQL', { skip: server.unavailable }, () => undefined);
} else {
  after(() => server.stop());
  pushSuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('push') }));

  describe('push between processes on PostgreSQL', { timeout: 120_000 }, () => {
    it('brings a change in one process to clients of another within 300 ms, on one connection that listens', async () => {
      const url = await server.database('pushed');
      const fake = fakeRender();
      const api = await openTestService({ env: { ROLE: 'api', DATABASE_URL: url }, render: fakeRender().render });
      const worker = await openTestService({ env: { ROLE: 'worker', DATABASE_URL: url }, render: fake.render });
      const port = await listen(api.service.app, { host: '127.0.0.1', port: 0 });
      try {
        const id = await api.create();
        const rendering = await fake.next();
        const events = await openEvents(port.url, [id]);
        const socket = await openSocket(port.url);
        socket.send({ type: 'watch', ids: [id] });
        await events.event(({ job }) => job.status === 'started');
        await socket.frame(({ job }) => job?.status === 'started');
        const delays: number[] = [];
        for (let step = 1; step <= 5; step += 1) {
          const message = `step ${step}`;
          const written = performance.now();
          await worker.service.db.query(`UPDATE job_service.jobs SET status = 'processing', progress = $2, progress_message = $3 WHERE id = $1`, [id, step / 10, message]);
          await Promise.all([
            until(() => events.events.some(({ job }) => job.progress === step / 10)),
            until(() => socket.frames.some(({ job }) => job?.progress === step / 10)),
          ]);
          delays.push(performance.now() - written);
        }
        const median = delays.sort((a, b) => a - b)[2]!;
        assert.ok(median < 300, `it took ${delays.map(Math.round).join(', ')} ms`);

        // The connection that listens dies: what changes meanwhile is read when it is back.
        await api.service.db.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'job-service listener'`);
        await worker.service.db.query('UPDATE job_service.jobs SET progress = 0.9 WHERE id = $1', [id]);
        await until(() => events.events.some(({ job }) => job.progress === 0.9));
        const listening = await until(async () => {
          const rows = await api.service.db.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'job-service listener'`);
          return rows.length === 2 ? rows : null;
        }, { what: 'one connection that listens for each process' });
        assert.equal(listening.length, 2);
        await rendering.finish();
        await events.ended;

        // The service ends: sockets are told, and nothing holds it up.
        const stopped = Date.now();
        await Promise.all([port.close(), api.service.stopPush()]);
        assert.equal(await socket.closed, 1001);
        assert.ok(Date.now() - stopped < 2000);
      } finally {
        await port.close();
        await worker.stop();
        await api.stop();
      }
    });
  });
}
