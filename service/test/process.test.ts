import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { client, descendants, endProcesses, isAlive, startProcess, temporaryFolder } from './support/real-process.ts';
import type { RealProcess } from './support/real-process.ts';
import { until } from './support/until.ts';

/** Long enough that it is still being made when the test acts. */
const LONG = { duration: 60, resolution: '1080p' };
const SHORT = { duration: 3 };
/** Not over at once. */
const LASTING = { duration: 6 };

/** The command, with the real renderer and the embedded database. */
describe('the process', { timeout: 300_000 }, () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let env: Record<string, string>;
  beforeEach(() => {
    folder = temporaryFolder();
    env = { JOB_SERVICE_DATA: folder.path };
  });
  afterEach(async () => {
    await endProcesses();
    folder.remove();
  });
  after(() => endProcesses());

  const workFiles = (): string[] => {
    const work = join(folder.path, 'work');
    return existsSync(work) ? readdirSync(work) : [];
  };
  /** The processes of a renderer and its encoder, once both are at work. */
  const encoders = (service: RealProcess): Promise<number[]> =>
    until(() => {
      const found = descendants(service.pid);
      return found.length >= 2 ? found : null;
    }, { within: 30_000, what: 'a renderer and an encoder being at work' });
  const gone = (pids: number[], within: number): Promise<boolean> =>
    until(() => pids.every((pid) => !isAlive(pid)), { within, what: 'renderer and encoder ending' });

  it('makes a video, prints one line, and ends on SIGTERM', async () => {
    const service = await startProcess(env);
    assert.match(service.output(), /^Job service: http:\/\/127\.0\.0\.1:\d+\/\n$/);
    const api = client(service.url);
    const id = await api.create(SHORT);
    const job = await api.jobWhere(id, ({ status }) => status === 'success', 60_000);
    const video = await fetch(service.url + job.links!.video!, { headers: { range: 'bytes=4-7' } });
    assert.equal(await video.text(), 'ftyp');
    for (const line of service.errors().trim().split('\n')) assert.doesNotThrow(() => JSON.parse(line), line);
    service.kill('SIGTERM');
    assert.equal(await service.ended, 0);
    assert.equal(service.output().trim().split('\n').length, 1);
  });

  it('ends the encoder within a second of a cancel, and removes what it had written', async () => {
    const service = await startProcess(env);
    const api = client(service.url);
    const id = await api.create(LONG);
    const workers = await encoders(service);
    assert.equal((await api.call('DELETE', `/api/v1/jobs/${id}`)).status, 200);
    await gone(workers, 1000);
    await until(() => workFiles().length === 0, { within: 1000, what: 'the working files going away' });
    assert.equal((await api.job(id)).status, 'cancelled');
    service.kill('SIGTERM');
    assert.equal(await service.ended, 0);
  });

  it('loses nothing when it is killed, leaves no encoder behind, and takes the job up again', async () => {
    const service = await startProcess({ ...env, JOB_SERVICE_CONCURRENCY: '1' });
    const before = client(service.url);
    const id = await before.create(LASTING);
    const waiting = await before.create(SHORT);
    const workers = await encoders(service);
    service.kill('SIGKILL');
    assert.equal(await service.ended, 'SIGKILL');
    await gone(workers, 3000);

    const next = await startProcess(env);
    const api = client(next.url);
    const again = await api.job(id);
    assert.equal(again.retry_count, 1);
    assert.ok(['pending', 'started', 'processing'].includes(again.status));
    const done = await api.jobWhere(id, ({ status }) => status === 'success', 90_000);
    assert.equal(done.retry_count, 1);
    await api.jobWhere(waiting, ({ status }) => status === 'success', 60_000);
    assert.deepEqual(workFiles(), []);
    next.kill('SIGTERM');
    await next.ended;
  });

  it('survives the death of a renderer, and tries that job again', async () => {
    const service = await startProcess({ ...env, JOB_SERVICE_RETRY_DELAY: '0' });
    const api = client(service.url);
    const id = await api.create(LASTING);
    for (const pid of await encoders(service)) process.kill(pid, 'SIGKILL');
    const again = await api.jobWhere(id, ({ retry_count }) => retry_count === 1);
    assert.ok(['pending', 'started', 'processing'].includes(again.status));
    await api.jobWhere(id, ({ status }) => status === 'success', 60_000);
    service.kill('SIGTERM');
    assert.equal(await service.ended, 0);
  });

  it('puts running jobs back when it is asked to end, twice over as a terminal does, and finishes them after the next start', async () => {
    const service = await startProcess(env);
    const id = await client(service.url).create(LASTING);
    const workers = await encoders(service);
    const asked = Date.now();
    service.kill('SIGINT');
    service.kill('SIGTERM');
    assert.equal(await service.ended, 0);
    assert.ok(Date.now() - asked < 5000, 'it ends too slowly');
    await gone(workers, 1000);
    assert.deepEqual(workFiles(), []);

    const next = await startProcess(env);
    const api = client(next.url);
    const done = await api.jobWhere(id, ({ status }) => status === 'success', 60_000);
    assert.equal(done.retry_count, 1);
    next.kill('SIGTERM');
    await next.ended;
  });

  it('refuses a data directory that another process uses, and leaves that one alone', async () => {
    const first = await startProcess(env);
    await assert.rejects(startProcess(env), (error: Error) => {
      assert.match(error.message, /is in use by another job service \(process \d+, since .*\)/);
      assert.match(error.message, /JOB_SERVICE_DATA/);
      assert.doesNotMatch(error.message, /\n\s+at /);
      return true;
    });
    assert.equal((await client(first.url).call('GET', '/api/v1/jobs/health')).status, 200);
    first.kill('SIGKILL');
    await first.ended;
    const second = await startProcess(env);
    second.kill('SIGTERM');
    await second.ended;
  });

  it('says that its port is taken, and uses the next free one', async () => {
    const holder: Server = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const service = await startProcess({ ...env, PORT: String(port) });
    const used = Number(new URL(service.url).port);
    assert.ok(used > port && used <= port + 50);
    assert.match(service.errors(), new RegExp(`Port ${port} is taken by another program; using ${used} instead`));
    service.kill('SIGTERM');
    await service.ended;
    holder.close();
  });

  it('says what is wrong with its settings, and which address it cannot reach', async () => {
    await assert.rejects(startProcess({ ...env, PORT: 'http' }), /PORT must be a whole number from 0 to 65535/);
    await assert.rejects(startProcess({ ...env, ROLE: 'api' }), /ROLE=api needs DATABASE_URL/);
    await assert.rejects(startProcess({ ...env, HOST: '192.0.2.1' }), /"192\.0\.2\.1" is no address of this machine/);
    await assert.rejects(startProcess({ ...env, DATABASE_URL: 'postgres://user:s3cret@127.0.0.1:1/none' }), (error: Error) => {
      assert.match(error.message, /cannot reach the database in DATABASE_URL \(ECONNREFUSED\)/);
      assert.doesNotMatch(error.message, /s3cret/);
      return true;
    });
  });

  it('starts again after it was killed while it made its database', async () => {
    await mkdir(join(folder.path, 'pg.new', 'base'), { recursive: true });
    const service = await startProcess(env);
    assert.equal((await client(service.url).call('GET', '/api/v1/jobs/health')).status, 200);
    assert.deepEqual(readdirSync(folder.path).filter((name) => name.startsWith('pg')), ['pg']);
    service.kill('SIGTERM');
    await service.ended;
  });
});
