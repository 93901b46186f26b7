import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import { repeat } from '../src/clock.ts';
import { ConfigError, readConfig } from '../src/config.ts';
import type { Attempts, RunEnd } from '../src/jobs/attempts.ts';
import type { JobRecord } from '../src/jobs/record.ts';
import { outputToWire } from '../src/jobs/wire.ts';
import { queueFor } from '../src/queue/job-queue.ts';
import type { RenderOutput, RenderProgress } from '../src/render/types.ts';
import { listen } from '../src/server.ts';
import { localStorage } from '../src/storage/local-storage.ts';
import { ProgressWriter } from '../src/worker/progress-writer.ts';
import { Run } from '../src/worker/run.ts';
import { fakeRender } from './support/fake-render.ts';
import { ManualClock } from './support/manual-clock.ts';

describe('config', () => {
  it('has a default for everything', () => {
    const config = readConfig({ PATH: '/bin', PORT: ' ' });
    assert.equal(config.port, 8012);
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.role, 'all');
    assert.equal(config.databaseUrl, null);
    assert.match(config.dataDirectory, /\.data$/);
    assert.deepEqual(config.limits, { soft: 1500, hard: 1800 });
    assert.deepEqual(config.retries, { limit: 3, delaySeconds: 60 });
    assert.ok(config.concurrency >= 1 && config.concurrency <= 8);
  });

  it('names every wrong setting and says what to write', () => {
    const env = { PORT: '70000', ROLE: 'boss', JOB_SERVICE_CONCURRENCY: 'many', DATABASE_URL: 'mysql://x' };
    assert.throws(() => readConfig(env), (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      for (const line of ['PORT must be a whole number from 0 to 65535.', 'ROLE must be all, api or worker.', 'JOB_SERVICE_CONCURRENCY must be', 'DATABASE_URL must be']) {
        assert.ok(error.message.includes(line), `${line} is not in ${error.message}`);
      }
      return true;
    });
  });

  it('refuses settings that contradict each other', () => {
    assert.throws(() => readConfig({ ROLE: 'worker' }), /DATABASE_URL/);
    assert.throws(() => readConfig({ JOB_SERVICE_SOFT_LIMIT: '100', JOB_SERVICE_HARD_LIMIT: '99' }), /HARD_LIMIT/);
    assert.throws(() => readConfig({ JOB_SERVICE_CORS: 'https://a.example/path' }), /JOB_SERVICE_CORS/);
  });

  it('never puts the address of the database into a message', () => {
    assert.throws(() => readConfig({ DATABASE_URL: 'jobs:s3cret@host' }), (error: Error) => !error.message.includes('s3cret'));
  });
});

describe('server', () => {
  it('keeps a connection for longer than a proxy in front of it does', async () => {
    const listener = await listen({ fetch: () => new Response('ok') } as unknown as Parameters<typeof listen>[0], { host: '127.0.0.1', port: 0 });
    try {
      const answer = await fetch(listener.url);
      assert.equal(await answer.text(), 'ok');
      assert.equal(answer.headers.get('keep-alive'), 'timeout=75');
    } finally {
      await listener.close();
    }
  });
});

describe('repeat', () => {
  it('counts the interval from the end of a call, and waits for a running one when stopped', async () => {
    const clock = new ManualClock();
    let calls = 0;
    let finish = (): void => undefined;
    const stop = repeat(clock, 100, () => {
      calls += 1;
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    await clock.advance(250);
    assert.equal(calls, 1);
    finish();
    await clock.advance(100);
    assert.equal(calls, 2);
    let stopped = false;
    const stopping = stop().then(() => {
      stopped = true;
    });
    await clock.advance(1000);
    assert.equal(stopped, false);
    finish();
    await stopping;
    assert.equal(clock.pending, 0);
  });
});

describe('queues', () => {
  it('split the priorities in three', () => {
    const names = Array.from({ length: 10 }, (_, index) => queueFor(index + 1).replace('render-', ''));
    assert.deepEqual(names, ['high', 'high', 'high', 'default', 'default', 'default', 'default', 'low', 'low', 'low']);
  });
});

describe('ProgressWriter', () => {
  const at = (progress: number): RenderProgress => ({ step: 's', message: `${progress}`, progress, steps: [] });

  it('writes at most four times a second, the latest each time, and what is left at the end', async () => {
    const clock = new ManualClock();
    const written: [number, number][] = [];
    const start = clock.now();
    const writer = new ProgressWriter(clock, async ({ progress }) => void written.push([clock.now() - start, progress]));
    for (let step = 1; step <= 100; step += 1) {
      writer.report(at(step / 100));
      await clock.advance(10);
    }
    assert.deepEqual(written, [[0, 0.01], [250, 0.25], [500, 0.5], [750, 0.75], [1000, 1]]);
    writer.report(at(1));
    await writer.close();
    assert.equal(written.length, 6);
    writer.report(at(1));
    await clock.advance(1000);
    assert.equal(written.length, 6);
    assert.equal(clock.pending, 0);
  });

  it('never writes twice at once', async () => {
    const clock = new ManualClock();
    const ends: (() => void)[] = [];
    const writer = new ProgressWriter(clock, () => new Promise((resolve) => ends.push(resolve)));
    writer.report(at(0.1));
    await clock.advance(0);
    writer.report(at(0.2));
    await clock.advance(1000);
    assert.equal(ends.length, 1);
    ends[0]!();
    await clock.advance(0);
    assert.equal(ends.length, 2);
    ends[1]!();
  });
});

describe('Run', { timeout: 30_000 }, () => {
  let workDirectory: string;
  before(async () => {
    workDirectory = await mkdtemp(join(tmpdir(), 'job-service-run-'));
  });
  after(() => rm(workDirectory, { recursive: true, force: true }));

  /** A run over tables that only remember how it ended. */
  function open(stubborn: boolean) {
    const clock = new ManualClock();
    const fake = fakeRender({ stubborn });
    const ends: RunEnd[] = [];
    const ticket = { jobId: 'job', attempt: 'attempt', queue: 'render-default' as const };
    const attempts = {
      begin: async () => ({ id: 'job', retry_count: 0, request: { title: 'T' } }) as unknown as JobRecord,
      progress: async () => true,
      succeed: async () => true,
      end: async (_ticket: unknown, end: RunEnd) => void ends.push(end),
    } as unknown as Attempts;
    const run = new Run(ticket, {
      attempts,
      render: fake.render,
      storage: localStorage(join(workDirectory, 'media')),
      workDirectory,
      limits: { soft: 10, hard: 12 },
      clock,
      logger: pino({ level: 'silent' }),
    });
    return { clock, fake, ends, run };
  }

  it('asks the renderer to stop at the soft limit', async () => {
    const { clock, fake, ends, run } = open(false);
    const rendering = await fake.next();
    await clock.advance(9_999);
    assert.equal(rendering.signal.aborted, false);
    await clock.advance(1);
    await run.ended;
    assert.deepEqual(ends, [{ kind: 'failed', message: 'Making the video took longer than 10 s.', permanent: true }]);
    assert.equal(clock.pending, 0);
  });

  it('ends at the hard limit even when the renderer does not, and leaves no files', async () => {
    const { clock, fake, ends, run } = open(true);
    const rendering = await fake.next();
    await clock.advance(11_999);
    assert.equal(rendering.signal.aborted, true);
    assert.equal(ends.length, 0);
    await clock.advance(1);
    await run.ended;
    assert.equal(ends[0]?.kind, 'failed');
    assert.deepEqual((await readdir(workDirectory)).filter((name) => name !== 'media'), []);
  });

  it('gives the job back when the service stops, and says nothing when nobody wants it', async () => {
    for (const [cause, expected] of [['shutdown', [{ kind: 'interrupted' }]], ['unwanted', []]] as const) {
      const { fake, ends, run } = open(false);
      await fake.next();
      run.stop(cause);
      await run.ended;
      assert.deepEqual(ends, expected);
    }
  });
});

describe('local storage', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'job-service-storage-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('takes files over, reads parts, and removes runs and jobs', async () => {
    const storage = localStorage(join(folder, 'a'));
    await writeFile(join(folder, 'file'), 'abcdef');
    await storage.put('job/run/video.mp4', join(folder, 'file'));
    assert.deepEqual((await readdir(folder)).sort(), ['a']);
    const file = await storage.open('job/run/video.mp4');
    assert.equal(file?.size, 6);
    const read = async (range?: { start: number; end: number }) => Buffer.concat(await file!.read(range).toArray()).toString();
    assert.equal(await read(), 'abcdef');
    assert.equal(await read({ start: 1, end: 3 }), 'bcd');
    assert.equal(await storage.open('job/run'), null);
    await storage.remove('job', 'run');
    assert.equal(await storage.open('job/run/video.mp4'), null);
    await storage.remove('job');
    await storage.remove('job');
  });

  it('stays inside its directory', async () => {
    const storage = localStorage(join(folder, 'b'));
    await assert.rejects(async () => storage.open('../outside'));
    await assert.rejects(async () => storage.remove('..'));
    await assert.rejects(async () => storage.remove('.'));
  });

  it('finds the jobs that have had files for long', async () => {
    const storage = localStorage(join(folder, 'c'));
    assert.deepEqual(await storage.jobs(0), []);
    await mkdir(join(folder, 'c', 'old'), { recursive: true });
    await mkdir(join(folder, 'c', 'new'), { recursive: true });
    const past = new Date(Date.now() - 7_200_000);
    await utimes(join(folder, 'c', 'old'), past, past);
    assert.deepEqual(await storage.jobs(3_600_000), ['old']);
  });
});

describe('results on the wire', () => {
  it('have snake_case names and no path', () => {
    const output: RenderOutput = {
      videoPath: '/secret/v.mp4', thumbnailPath: '/secret/t.jpg', captionsPath: null, duration: 3, fileSize: 5, resolution: '1x1',
      voice: { engine: 'flite' }, backgroundMusic: 'calm', nothing: undefined,
    };
    assert.deepEqual(outputToWire(output), { duration: 3, file_size: 5, resolution: '1x1', voice: { engine: 'flite' }, background_music: 'calm' });
  });
});
