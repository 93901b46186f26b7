import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';
import { readJobList } from '../../../src/core/read-list.ts';

const read = (fields: object): Job => {
  const job = readJob({ job_id: 'j', status: 'processing', ...fields });
  assert.ok(job);
  return job;
};

describe('readJob', () => {
  it('reads a job as documented', () => {
    const job = readJob({
      job_id: '7b6f',
      status: 'success',
      progress: 1,
      progress_message: 'Done',
      result: {
        video_path: '/tmp/v.mp4',
        thumbnail_path: 'https://cdn.example/t.jpg',
        duration: 31.5,
        file_size: 1024,
        resolution: '1920x1080',
        codec: 'h264',
      },
      error: null,
      created_at: '2026-01-01T10:00:00Z',
      started_at: '2026-01-01T10:00:05.250Z',
      completed_at: '2026-01-01T12:01:00+02:00',
      retry_count: 1,
      duration: 55,
      links: { video: '/v', retry: '/r', other: '/o' },
      title: 'Title',
      steps: [{ name: 'Render', status: 'done', progress: 1 }],
      colour: 'blue',
    });
    assert.deepEqual(job, {
      id: '7b6f',
      status: 'success',
      progress: 1,
      message: 'Done',
      result: {
        videoPath: '/tmp/v.mp4',
        thumbnailPath: 'https://cdn.example/t.jpg',
        duration: 31.5,
        fileSize: 1024,
        resolution: '1920x1080',
        extra: { codec: 'h264' },
      },
      error: null,
      createdAt: Date.UTC(2026, 0, 1, 10),
      startedAt: Date.UTC(2026, 0, 1, 10, 0, 5, 250),
      completedAt: Date.UTC(2026, 0, 1, 10, 1),
      updatedAt: null,
      retryCount: 1,
      duration: 55,
      links: { video: '/v', retry: '/r' },
      title: 'Title',
      scriptId: null,
      userId: null,
      platform: null,
      priority: null,
      estimatedDuration: null,
      queuePosition: null,
      steps: [{ name: 'Render', status: 'success', progress: 1 }],
      extra: { colour: 'blue' },
    });
  });

  it('reads the least that makes a job', () => {
    const job = readJob({ status: 'pending' }, 'asked-for');
    assert.equal(job?.id, 'asked-for');
    assert.equal(job?.progress, null);
    assert.equal(job?.retryCount, 0);
    assert.equal(job?.attemptUnknown, true);
    assert.deepEqual(job?.steps, []);
    assert.equal(readJob({ job_id: 'a', progress: 0.5 })?.status, 'unknown');
  });

  it('takes the id from the answer before the one that was asked for', () => {
    assert.equal(readJob({ job_id: 'own', status: 'pending' }, 'asked')?.id, 'own');
    assert.equal(readJob({ job_id: 42, status: 'pending' })?.id, '42');
    assert.equal(readJob({ id: 'other', status: 'pending' })?.id, 'other');
  });

  it('gives nothing for what is no job', () => {
    for (const wire of [null, undefined, 7, 'text', [], [{ job_id: 'a', status: 'pending' }], {}, { job_id: 'a' }, { status: 'pending' }]) {
      assert.equal(readJob(wire), null, JSON.stringify(wire));
    }
    assert.equal(readJob({ detail: 'Not found' }, 'asked'), null);
    assert.equal(readJob({ job_id: ' ', status: 'pending' }), null);
  });

  describe('status', () => {
    const cases: [string, string][] = [
      ['SUCCESS', 'success'],
      [' Processing ', 'processing'],
      ['JobStatus.FAILURE', 'failure'],
      ['REVOKED', 'cancelled'],
      ['canceled', 'cancelled'],
      ['RETRY', 'pending'],
      ['RECEIVED', 'pending'],
      ['queued', 'pending'],
      ['PROGRESS', 'processing'],
      ['in-progress', 'processing'],
      ['In Progress', 'processing'],
      ['completed', 'success'],
      ['failed', 'failure'],
      ['Uploading', 'Uploading'],
      ['cancelling', 'cancelling'],
      ['constructor', 'constructor'],
      ['__proto__', '__proto__'],
    ];
    for (const [wire, status] of cases) {
      it(`reads ${JSON.stringify(wire)} as ${status}`, () => assert.equal(read({ status: wire }).status, status));
    }

    it('keeps one that is no text among the rest', () => {
      const job = read({ status: 3, progress: 0.5 });
      assert.equal(job.status, 'unknown');
      assert.equal(job.extra.status, 3);
    });
  });

  describe('progress', () => {
    const cases: [unknown, number | null][] = [
      [0.5, 0.5],
      ['0.5', 0.5],
      [-1, 0],
      [-0, 0],
      [1.2, 1],
      [2, 0.02],
      [45, 0.45],
      ['45', 0.45],
      ['45%', 0.45],
      ['0.5 %', 0.005],
      [100, 1],
      [250, 1],
      [Number.NaN, null],
      [Number.POSITIVE_INFINITY, null],
      ['half', null],
      ['', null],
      [true, null],
      [[0.5], null],
    ];
    for (const [wire, progress] of cases) {
      it(`reads ${JSON.stringify(wire)} as ${progress}`, () => assert.equal(read({ progress: wire }).progress, progress));
    }
  });

  describe('times', () => {
    const noon = Date.UTC(2026, 4, 1, 12);
    const cases: [unknown, number | null][] = [
      ['2026-05-01T12:00:00Z', noon],
      ['2026-05-01T12:00:00', noon],
      ['2026-05-01 12:00:00.000000', noon],
      ['2026-05-01T12:00:00.123456', noon + 123],
      ['2026-05-01T12:00:00.5', noon + 500],
      ['2026-05-01T17:45:00+05:45', noon],
      ['2026-05-01T08:30:00-0330', noon],
      ['2026-05-01 12:00:00 UTC', noon],
      ['2026-05-01T12:00', noon],
      ['2026-05-01', Date.UTC(2026, 4, 1)],
      [noon, noon],
      [noon / 1000, noon],
      [String(noon / 1000), noon],
      ['yesterday', null],
      ['2026-13-01T00:00:00Z', null],
      ['May 1, 2026', null],
      [0, null],
      [2026, null],
      [{}, null],
    ];
    for (const [wire, time] of cases) {
      it(`reads ${JSON.stringify(wire)}`, () => assert.equal(read({ created_at: wire }).createdAt, time));
    }
  });

  it('clamps numbers into their range, and takes them as text', () => {
    const job = read({
      retry_count: -3,
      duration: '12.5',
      priority: 99,
      estimated_duration: -1,
      queue_position: 0,
      result: { file_size: '1e3', duration: -2 },
    });
    assert.equal(job.retryCount, 0);
    assert.equal(job.attemptUnknown, undefined);
    assert.equal(job.duration, 12.5);
    assert.equal(job.priority, 10);
    assert.equal(job.estimatedDuration, 0);
    assert.equal(job.queuePosition, 1);
    assert.equal(job.result?.fileSize, 1000);
    assert.equal(job.result?.duration, 0);
  });

  it('keeps a field that it cannot read, under its own name', () => {
    const job = read({ created_at: 'soon', result: 'a.mp4', links: ['x'], steps: 'three', title: { en: 'A' } });
    assert.deepEqual(job.extra, { created_at: 'soon', result: 'a.mp4', links: ['x'], steps: 'three', title: { en: 'A' } });
  });

  it('takes a number for text, when it is one', () => {
    assert.equal(read({ user_id: 42 }).userId, '42');
    assert.equal(read({ user_id: Number.NaN }).userId, null);
  });

  it('finds the text in an error that is an object', () => {
    assert.equal(read({ error: { message: 'No voice' } }).error, 'No voice');
    assert.equal(read({ error: { detail: 'No disk' } }).error, 'No disk');
    assert.equal(read({ error: { code: 7 } }).error, null);
  });

  it('takes a URL where a path is missing', () => {
    const { result } = read({ result: { video_url: 'https://x/v.mp4', thumbnail_url: 'https://x/t.jpg' } });
    assert.equal(result?.videoPath, 'https://x/v.mp4');
    assert.equal(result?.thumbnailPath, 'https://x/t.jpg');
  });

  it('tells links that allow nothing from no links', () => {
    assert.deepEqual(read({ links: {} }).links, {});
    assert.deepEqual(read({ links: { cancel: '', retry: 7 } }).links, {});
    assert.equal(read({ links: null }).links, null);
    assert.equal(read({}).links, null);
  });

  it('skips steps that have no name', () => {
    const { steps } = read({ steps: [null, 'x', { status: 'done' }, { name: 'Cut', progress: 50 }] });
    assert.deepEqual(steps, [{ name: 'Cut', status: 'unknown', progress: 0.5 }]);
  });

  it('cuts words and steps where nobody reads on, and never inside a character', () => {
    const long = `${'x'.repeat(9_999)}😀${'x'.repeat(1_000_000)}`;
    const found = read({ title: long, progress_message: long, error: { message: long }, steps: Array(100_000).fill({ name: long }) });
    const cut = `${'x'.repeat(9_999)}…`;
    assert.deepEqual([found.title, found.message, found.error, found.steps[999]?.name, found.steps.length], [cut, cut, cut, cut, 1000]);
    assert.equal(read({ title: 'x'.repeat(10_000) }).title?.length, 10_000);
  });

  it('does not let a field named __proto__ reach the prototype', () => {
    const job = readJob(JSON.parse('{"job_id": "a", "status": "pending", "__proto__": {"polluted": true}}'));
    assert.equal(Object.getPrototypeOf(job?.extra), Object.prototype);
    assert.equal((job?.extra as { polluted?: boolean } | undefined)?.polluted, undefined);
  });

  it('outlives getters that throw, traps, cycles and depth', () => {
    const hostile = {
      job_id: 'a',
      status: 'pending',
      get title(): string {
        throw new Error('no');
      },
      get surprise(): string {
        throw new Error('no');
      },
    };
    assert.equal(readJob(hostile)?.id, 'a');
    const trap = new Proxy({ job_id: 'b', status: 'pending' }, { ownKeys: () => assert.fail('no keys') });
    assert.equal(readJob(trap)?.id, 'b');
    const cyclic: Record<string, unknown> = { job_id: 'c', status: 'pending' };
    cyclic.self = cyclic;
    assert.equal(readJob(cyclic)?.id, 'c');
    let deep: unknown = null;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    assert.equal(readJob({ job_id: 'd', status: 'pending', deep })?.id, 'd');
    const locked = new Proxy({}, { get: () => assert.fail('nothing'), getPrototypeOf: () => assert.fail('nothing') });
    assert.equal(readJob(locked), null);
  });
});

describe('readJobList', () => {
  const job = (id: string) => ({ job_id: id, status: 'pending' });
  const ids = (wire: unknown) => readJobList(wire).jobs.map(({ id }) => id);

  it('reads a page as documented', () => {
    const list = readJobList({ jobs: [job('a'), job('b')], total: 12, page: 2, page_size: 2 });
    assert.deepEqual({ ...list, jobs: list.jobs.length }, { jobs: 2, total: 12, page: 2, pageSize: 2, unreadable: 0 });
  });

  it('never lets a bad job hide the others', () => {
    const wire = { jobs: [job('a'), null, { job_id: 'no status' }, 'text', job('b')] };
    assert.deepEqual(ids(wire), ['a', 'b']);
    assert.equal(readJobList(wire).unreadable, 3);
    const traps = [job('a'), job('b'), job('c')];
    Object.defineProperty(traps, 1, { get: () => assert.fail('no') });
    assert.deepEqual(ids({ jobs: traps }), ['a', 'c']);
  });

  it('reads a bare array, and items', () => {
    assert.deepEqual(ids([job('a')]), ['a']);
    assert.deepEqual(ids({ items: [job('a')] }), ['a']);
  });

  it('gives a job that comes twice once', () => {
    assert.deepEqual(ids([job('a'), job('b'), job('a')]), ['a', 'b']);
  });

  it('trusts no total that the answer itself disproves', () => {
    const total = (wire: object) => readJobList({ jobs: [job('a'), job('b')], ...wire }).total;
    assert.equal(total({ total: 0 }), 2);
    assert.equal(total({ total: 2, page: 3, page_size: 2 }), 6);
    assert.equal(total({ total: 50, page: 1, page_size: 20 }), 50);
    assert.equal(total({ total: '7' }), 7);
    assert.equal(total({ total: 'many' }), null);
    assert.equal(total({}), null);
    assert.equal(readJobList({ jobs: [], total: 3, page: 9, page_size: 2 }).total, 3);
  });

  it('gives an empty page for what is none', () => {
    for (const wire of [null, 'text', 7, {}, { jobs: null }, { jobs: 'none' }]) {
      assert.deepEqual(readJobList(wire), { jobs: [], total: null, page: null, pageSize: null, unreadable: 0 });
    }
  });
});
