import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { jobSchema } from '../../../src/api/schema.ts';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';
import { readPlain } from '../../../src/core/read-plain.ts';
import { readJobList } from '../../../src/core/read-list.ts';
import { anyValue, strangeWireJob, wireJob } from '../../support/generators.ts';

const RUNS = { numRuns: 2000 };

/** Text without anything in it counts as missing: there is nothing to show. */
const shown = (text: string | null | undefined) => (text && /\S/.test(text) ? text : null);
const time = (text: string | null | undefined) => (text ? Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`) : null);

/** What the reader must make of a job that the schema accepts. */
function expected(wire: JobStatusResponse): Partial<Job> {
  return {
    id: wire.job_id,
    status: wire.status,
    progress: wire.progress,
    message: shown(wire.progress_message),
    error: shown(wire.error),
    createdAt: time(wire.created_at),
    startedAt: time(wire.started_at),
    completedAt: time(wire.completed_at),
    updatedAt: time(wire.updated_at),
    retryCount: wire.retry_count,
    duration: wire.duration ?? null,
    title: shown(wire.title),
    scriptId: shown(wire.script_id),
    userId: shown(wire.user_id),
    platform: shown(wire.platform),
    priority: wire.priority ?? null,
    estimatedDuration: wire.estimated_duration ?? null,
    queuePosition: wire.queue_position ?? null,
  };
}

describe('the reader and the schema', () => {
  it('agree on every job that the schema accepts', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(wireJob, strangeWireJob), (wire) => {
        const parsed = jobSchema.safeParse(wire);
        if (!parsed.success) return;
        accepted++;
        const job = readJob(wire);
        assert.ok(job, 'the reader lost it');
        const { result, links, steps } = parsed.data;
        for (const [key, value] of Object.entries(expected(parsed.data as JobStatusResponse))) {
          assert.deepEqual(job[key as keyof Job], value, key);
        }
        assert.equal(job.result === null, !result);
        assert.equal(job.result?.videoPath, result ? shown(result.video_path) : undefined);
        assert.equal(job.result?.thumbnailPath, result ? shown(result.thumbnail_path) : undefined);
        assert.equal(job.result?.duration, result ? (result.duration ?? null) : undefined);
        assert.equal(job.result?.fileSize, result ? (result.file_size ?? null) : undefined);
        assert.equal(job.result?.resolution, result ? shown(result.resolution) : undefined);
        assert.deepEqual(job.result?.extra.codec, result?.codec);
        assert.deepEqual(job.links, links ? defined(links) : null);
        assert.deepEqual(job.steps.map(({ name, progress }) => [name, progress]), (steps ?? []).map(({ name, progress }) => [name, progress ?? null]));
        assert.deepEqual(job.extra.colour, wire.colour);
        assert.equal(job.attemptUnknown, undefined);
      }),
      RUNS,
    );
    // Otherwise the property says little.
    assert.ok(accepted > RUNS.numRuns / 10, `only ${accepted} accepted`);
  });
});

const defined = (links: object) => Object.fromEntries(Object.entries(links).filter(([, value]) => value !== undefined));

describe('the reader of plain answers', () => {
  /** What it makes of an answer; `null` where it leaves that to the other reader. */
  function plain(wire: Record<string, unknown>) {
    try {
      return readPlain(wire, 'asked');
    } catch {
      return null;
    }
  }

  it('gives what the reader of any answer gives, or nothing', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(wireJob, strangeWireJob), (wire) => {
        const first = plain(wire as Record<string, unknown>);
        if (first === null) return;
        accepted++;
        const job = readJob(wire, 'asked');
        assert.ok(job);
        for (const [key, value] of Object.entries(first)) assert.deepEqual(value, job[key as keyof Job], key);
      }),
      { ...RUNS, examples: [[{ status: 'pending', retry_count: -0 }], [{ status: 'processing', progress: -0 }], [{ status: 'processing', progress: 1 + Number.EPSILON }]] },
    );
    assert.ok(accepted > RUNS.numRuns / 10, `only ${accepted} accepted`);
  });

  it('reads what the contract says, and leaves each other thing to the other reader', () => {
    const good = { job_id: 'a', status: 'processing', progress: 0.5, progress_message: '', error: null, retry_count: 1, title: 'A film', steps: [{ name: 'Voice', status: 'success' }] };
    assert.deepEqual(plain(good), {
      id: 'a',
      status: 'processing',
      progress: 0.5,
      message: null,
      error: null,
      retryCount: 1,
      title: 'A film',
      queuePosition: null,
      steps: [{ name: 'Voice', status: 'success', progress: null }],
    });
    const others = {
      job_id: [7, ' '],
      status: ['SUCCESS', 'rendering', null, 1],
      progress: [-0.1, 1.5, 40, '0.5', NaN],
      progress_message: [1, ' ', ['x'], 'x'.repeat(10_001)],
      error: [{ message: 'why' }],
      retry_count: [-1, 0.5, '1'],
      title: [7, {}],
      queue_position: [0, -1, '2'],
      steps: [{}, 'Voice', [null], [{ status: 'success' }], [{ name: 'Voice' }], [{ name: 'Voice', status: 'skipped' }], Array(1001).fill(good.steps[0])],
    };
    for (const [key, values] of Object.entries(others)) {
      for (const value of values) assert.equal(plain({ ...good, [key]: value }), null, `${key} ${JSON.stringify(value)?.slice(0, 40)}`);
    }
    for (const value of [null, 'text', 1]) assert.equal(plain(value as never), null);
  });
});

describe('whatever comes', () => {
  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anyValue, strangeWireJob), fc.option(fc.string(), { nil: undefined }), (wire, id) => {
        readJob(wire, id);
        readJobList(wire);
        readJobList({ jobs: wire });
      }),
      RUNS,
    );
  });

  it('gives a job whose numbers and times can be relied on', () => {
    fc.assert(
      fc.property(strangeWireJob, (wire) => {
        const job = readJob(wire, 'asked');
        if (!job) return;
        const within = (value: number | null | undefined, min: number, max = Infinity) =>
          value === null || value === undefined || (Number.isFinite(value) && value >= min && value <= max);
        assert.ok(job.id.length > 0 && job.status.length > 0);
        assert.ok(within(job.progress, 0, 1));
        assert.ok(Number.isInteger(job.retryCount) && job.retryCount >= 0);
        assert.ok(within(job.duration, 0) && within(job.estimatedDuration, 0) && within(job.priority, 1, 10) && within(job.queuePosition, 1));
        for (const at of [job.createdAt, job.startedAt, job.completedAt, job.updatedAt]) assert.ok(at === null || Number.isInteger(at));
        for (const step of job.steps) assert.ok(within(step.progress, 0, 1) && step.name.length > 0);
        for (const link of Object.values(job.links ?? {})) assert.equal(typeof link, 'string');
      }),
      RUNS,
    );
  });

  it('never loses a readable job among others', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(strangeWireJob, wireJob, fc.jsonValue()), { maxLength: 20 }), (entries) => {
        const readable = new Set(entries.map((entry) => readJob(entry)?.id).filter((id) => id !== undefined));
        const { jobs, unreadable } = readJobList({ jobs: entries });
        assert.deepEqual(new Set(jobs.map(({ id }) => id)), readable);
        assert.equal(unreadable, entries.filter((entry) => readJob(entry) === null).length);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every field that it does not read', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (fields) => {
        const job = readJob({ ...fields, job_id: 'a', status: 'pending' });
        for (const [key, value] of Object.entries(fields)) {
          if (['id', 'job_id', 'status'].includes(key)) continue;
          assert.deepEqual(job?.extra[key], value);
        }
      }),
      { numRuns: 500 },
    );
  });
});
