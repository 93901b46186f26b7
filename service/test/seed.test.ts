import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { jobListSchema, jobSchema } from '../../src/api/schema.ts';
import { KNOWN_STATUSES } from '../../src/core/job.ts';
import { readConfig } from '../src/config.ts';
import { DataDirectoryInUseError } from '../src/db/data-lock.ts';
import { prepareClips } from '../src/samples/clips.ts';
import { sampleJobs } from '../src/samples/sample-jobs.ts';
import { seedJobs, unseedJobs } from '../src/samples/seed-jobs.ts';
import { ERRORS, PLATFORMS, TOPICS } from '../src/samples/texts.ts';
import { fakeRender } from './support/fake-render.ts';
import { openTestService } from './support/in-process.ts';
import { client, endProcesses, startProcess, temporaryFolder } from './support/real-process.ts';

const COMMAND = fileURLToPath(new URL('../../scripts/seed.mjs', import.meta.url));
const NOW = Date.UTC(2026, 0, 31, 12);
const CLIPS = ['wide', 'upright'].map((name) => ({ files: { video: `${name}.mp4`, thumbnail: `${name}.jpg`, captions: null }, output: {} }));
const logger = pino({ level: 'silent' });

describe('sample jobs', () => {
  const jobs = sampleJobs({ count: 300, userId: 'demo', now: NOW, clips: CLIPS, seed: 1 });

  it('are of all kinds', () => {
    const has = <T>(what: string, wanted: readonly T[], given: readonly T[]): void => {
      for (const one of wanted) assert.ok(given.includes(one), `${what}: no ${String(one)}`);
    };
    for (const status of KNOWN_STATUSES) assert.ok(jobs.filter((job) => job.status === status).length >= 5, status);
    has('platforms', PLATFORMS, jobs.map((job) => job.platform));
    has('languages', TOPICS.map(({ language }) => language), jobs.map((job) => job.request.language));
    has('errors', ERRORS, jobs.map((job) => job.error ?? ''));
    has('attempts', [0, 1, 2, 3], jobs.map((job) => job.retry_count));
    has('priorities', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], jobs.map((job) => job.priority));
    has('media', [...CLIPS, null], jobs.filter((job) => job.status === 'success').map((job) => job.result));
    assert.ok(jobs.some(({ title }) => title.length > 180), 'no long title');
    assert.ok(jobs.some(({ title }) => /\p{Script=Arabic}/u.test(title)) && jobs.some(({ title }) => /\p{Script=Hebrew}/u.test(title)), 'no title from right to left');
  });

  it('are such as a service could have made', () => {
    for (const job of jobs) {
      const [created, started, completed, updated] = [job.created_at, job.started_at, job.completed_at, job.updated_at].map((time) => (time === null ? null : Date.parse(time)));
      assert.ok(created! <= NOW && updated! <= NOW && updated! >= created!);
      assert.equal(completed !== null, ['success', 'failure', 'cancelled'].includes(job.status));
      if (started !== null) assert.ok(started! >= created! && started! <= (completed ?? NOW)!, JSON.stringify(job));
      assert.equal(started === null && job.status !== 'cancelled', job.status === 'pending');
      assert.equal(job.error !== null, job.status === 'failure');
      assert.equal(job.progress === 1, job.status === 'success');
    }
    assert.deepEqual(jobs.map((job) => job.created_at), jobs.map((job) => job.created_at).toSorted());
  });

  it('show one of each status first, however few they are, and are the same each time but for their ids', () => {
    const few = sampleJobs({ count: 6, userId: 'demo', now: NOW, clips: CLIPS, seed: 1 });
    assert.deepEqual(few.map((job) => job.status).toSorted(), [...KNOWN_STATUSES].toSorted());
    const again = sampleJobs({ count: 300, userId: 'demo', now: NOW, clips: CLIPS, seed: 1 });
    const withoutIds = (list: typeof jobs) => list.map(({ id: _, attempt: __, ...rest }) => rest);
    assert.deepEqual(withoutIds(again), withoutIds(jobs));
    assert.equal(new Set([...jobs, ...again].flatMap((job) => [job.id, job.attempt])).size, 1200);
  });

  it('share clips that are made once and kept', async () => {
    const folder = temporaryFolder();
    const fake = fakeRender();
    const options = { cacheDirectory: join(folder.path, 'cache'), mediaDirectory: join(folder.path, 'media'), render: fake.render, logger };
    const made = prepareClips(options);
    for (let clip = 0; clip < 2; clip++) await (await fake.next()).finish();
    const clips = await made;
    assert.equal(clips.length, 2);
    for (const { files } of clips) for (const key of Object.values(files)) assert.ok(existsSync(join(folder.path, 'media', key!)), key!);
    assert.deepEqual(await prepareClips(options), clips);
    assert.deepEqual(fake.unasked, []);
    assert.deepEqual((await readdir(options.cacheDirectory)).toSorted(), ['sample-upright-1', 'sample-wide-1']);
    folder.remove();
  });
});

describe('sample jobs in the service', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  const configOf = (name: string) => readConfig({ JOB_SERVICE_DATA: join(folder.path, name) });
  after(() => folder.remove());
  afterEach(endProcesses);

  it('are written into the data directory while no service runs, and stand still when one starts', async () => {
    const config = configOf('still');
    assert.deepEqual(await seedJobs({ config, jobs: 40, userId: 'demo', media: false, logger }), { jobs: 40, url: null });
    const fake = fakeRender();
    const test = await openTestService({ render: fake.render, dataDirectory: config.dataDirectory });
    const all = async () => jobListSchema.parse((await test.ask('GET', '/api/v1/jobs/?user_id=demo&page_size=100')).body).jobs;
    const jobs = await all();
    assert.equal(jobs.length, 40);
    assert.ok(jobs.filter((job) => ['started', 'processing'].includes(job.status)).length >= 2);
    assert.deepEqual(fake.unasked, [], 'a sample was given to a worker');
    await test.service.cleanUp();
    assert.equal((await all()).length, 40, 'a sample expired');

    // A real job is the first in line, whatever samples wait.
    const real = await test.create();
    const rendering = await fake.next();
    assert.equal(rendering.jobId, real);
    const [second, third] = [await test.create(), await test.create({}, 9)];
    await fake.next();
    assert.equal((await test.job(third)).queue_position, 1);
    assert.ok(second);

    const waiting = jobs.find((job) => job.status === 'pending')!;
    assert.equal((await test.ask('DELETE', `/api/v1/jobs/${waiting.job_id}`)).status, 200);
    assert.equal((await test.job(waiting.job_id)).status, 'cancelled');
    const failed = jobs.find((job) => job.status === 'failure')!;
    assert.equal((await test.ask('POST', `/api/v1/jobs/${failed.job_id}/retry`)).status, 202);
    await rendering.finish();
    const next = await fake.next();
    await next.finish();
    const last = await fake.next();
    assert.ok([next.jobId, last.jobId].includes(failed.job_id), 'a sample that is retried is a job like others');
    await test.stop();

    assert.equal((await unseedJobs({ config, userId: 'somebody else', logger })).jobs, 0);
    assert.equal((await unseedJobs({ config, userId: null, logger })).jobs, 39);
  });

  it('are taken by the service that runs, from whoever may read its data directory, and have videos that play', async () => {
    const config = configOf('running');
    const service = await startProcess({ JOB_SERVICE_DATA: config.dataDirectory });
    assert.deepEqual(await seedJobs({ config, jobs: 30, userId: 'demo', logger }), { jobs: 30, url: service.url });
    const { call } = client(service.url);
    const { jobs, total } = jobListSchema.parse((await call('GET', '/api/v1/jobs/?user_id=demo&page_size=100')).body);
    assert.equal(total, 30);
    const shown = jobs.map((job) => jobSchema.parse(job)).filter((job) => job.links?.video);
    assert.ok(shown.length > 5);
    for (const { links } of shown) {
      const part = await fetch(service.url + links!.video!, { headers: { range: 'bytes=0-11' } });
      assert.equal(part.status, 206);
      assert.equal(Buffer.from(await part.arrayBuffer()).toString('latin1', 4, 8), 'ftyp');
      assert.equal((await fetch(service.url + links!.thumbnail!)).headers.get('content-type'), 'image/jpeg');
    }

    const secret = join(config.dataDirectory, 'control.json');
    assert.equal(statSync(secret).mode & 0o777, 0o600);
    const { token } = JSON.parse(await readFile(secret, 'utf8')) as { token: string };
    const post = async (headers: Record<string, string>, body: string) => (await fetch(`${service.url}/control/samples`, { method: 'POST', headers, body })).status;
    const good = JSON.stringify({ action: 'remove', userId: null });
    assert.equal(await post({}, good), 404);
    assert.equal(await post({ authorization: `Bearer ${token}x` }, good), 404);
    assert.equal(await post({ authorization: `Bearer ${token}` }, '{'), 422);
    assert.equal(await post({ authorization: `Bearer ${token}` }, '{"action":"add"}'), 422);
    assert.equal((await unseedJobs({ config, userId: 'demo', logger })).jobs, 30);
    service.kill('SIGTERM');
    await service.ended;
    assert.ok(!existsSync(secret), 'the token outlives the service');
  });

  it('are refused with the reason where the service cannot be asked', async () => {
    const config = configOf('deaf');
    const test = await openTestService({ render: fakeRender().render, dataDirectory: config.dataDirectory });
    const seed = () => seedJobs({ config, jobs: 1, userId: 'demo', media: false, logger });
    await assert.rejects(seed, DataDirectoryInUseError);
    writeFileSync(join(config.dataDirectory, 'control.json'), JSON.stringify({ url: 'http://127.0.0.1:9', token: 'old' }));
    await assert.rejects(seed, DataDirectoryInUseError);
    await test.stop();
  });

  it('come by one command, which says what it did', async () => {
    const data = join(folder.path, 'command');
    mkdirSync(data);
    const run = (...args: string[]) =>
      new Promise<{ code: number; output: string }>((resolve) => {
        execFile(process.execPath, [COMMAND, ...args], { env: { ...process.env, JOB_SERVICE_DATA: data, DATABASE_URL: '' } }, (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
        );
      });
    const added = await run('--jobs', '12', '--user', 'ann & bob', '--no-media');
    assert.equal(added.code, 0, added.output);
    assert.match(added.output, /12 sample jobs added to .*command\n/);
    assert.match(added.output, /\?user=ann%20%26%20bob/);
    const removed = await run('--remove');
    assert.match(removed.output, /12 sample jobs removed/);
    for (const args of [['--jobs', 'many'], ['--jobs', '0'], ['--user', ''], ['--colour', 'red']]) {
      const { code, output } = await run(...args);
      assert.equal(code, 1, output);
      assert.match(output, new RegExp(args[0]!));
      assert.doesNotMatch(output, /\n\s+at /);
    }
  });
});
