import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readJob } from '../../../src/core/read-job.ts';
import type { Job } from '../../../src/core/job.ts';
import { isFinal } from '../../../src/core/job.ts';
import { jobList } from '../../../src/store/job-list.ts';
import { world } from '../store/world.ts';
import { jobAnswer } from '../../support/generators.ts';

const answer = (wire: object): Job => readJob({ retry_count: 0, ...wire }, 'job-1') as Job;

describe('the end of a job', () => {
  it('is told once to each who follows it, whichever ways it comes: poll, push, list, a second element', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing', progress: 0.5, user_id: 'ann' });
    const list = jobList(store, { userId: 'ann' });
    list.subscribe(() => {});
    const entry = store.entry(id);
    const told: string[] = [];
    const objects = new Set<Job>();
    for (const who of ['first', 'second']) {
      entry.subscribe(() => {});
      entry.subscribeEnd((job) => {
        told.push(`${who} ${job.status}`);
        objects.add(job);
      });
    }
    await clock.advance(3_000);
    double.finish(id);
    const push = readJob(double.job(id)) as Job;
    const late = { ...push, status: 'processing', progress: 0.7, result: null } as Job;
    for (const one of [push, push, late, { ...push, status: 'failure' } as Job, structuredClone(push)]) entry.feed(one);
    await Promise.all([entry.refresh(), list.refresh(), store.entry(id).refresh()]);
    await clock.advance(60_000);
    assert.deepEqual(told, ['first success', 'second success']);
    assert.equal(objects.size, 1, 'the same object, by which a page can tell that it is the same end');
    assert.equal(entry.snapshot.job?.status, 'success');
  });

  it('is not told of a job that had ended when it was first seen, whichever way that was', async () => {
    for (const first of ['entry', 'list'] as const) {
      const { store, double, clock } = world();
      const id = double.add({ status: 'failure', error: 'No disk', user_id: 'ann' });
      const told: unknown[] = [];
      if (first === 'list') jobList(store, { userId: 'ann' }).subscribe(() => {});
      await clock.advance(first === 'list' ? 5_000 : 0);
      store.entry(id).subscribeEnd((job) => told.push(job));
      store.entry(id).subscribe(() => {});
      await clock.advance(60_000);
      await store.entry(id).refresh();
      assert.equal(store.entry(id).snapshot.job?.status, 'failure');
      assert.deepEqual(told, []);
    }
  });

  it('is told again after a retry, once', async () => {
    const { store, double, clock } = world();
    const id = double.add({ status: 'processing', progress: 0.5 });
    const entry = store.entry(id);
    const told: string[] = [];
    entry.subscribeEnd((job) => told.push(`${job.status} ${job.retryCount}`));
    entry.subscribe(() => {});
    await clock.advance(1);
    double.fail(id);
    await clock.advance(20_000);
    const old = readJob(double.job(id)) as Job;
    await entry.retry();
    await clock.advance(3_000);
    entry.feed(old);
    double.finish(id);
    await clock.advance(20_000);
    assert.deepEqual(told, ['failure 0', 'success 1']);
  });

  it('is told at most once per attempt, never for the first answer, over any answers in any order', () => {
    fc.assert(
      fc.property(fc.array(jobAnswer, { minLength: 1, maxLength: 12 }), (answers) => {
        const { store } = world();
        const entry = store.entry('job-1');
        const told: Job[] = [];
        entry.subscribeEnd((job) => told.push(job));
        for (const [index, one] of answers.entries()) {
          entry.feed(one);
          if (index === 0) assert.equal(told.length, 0);
        }
        const attempts = told.map(({ retryCount }) => retryCount);
        assert.equal(new Set(attempts).size, attempts.length, 'twice for one attempt');
        assert.ok(told.every(isFinal));
        store.close();
      }),
      { numRuns: 500 },
    );
  });

  it('is only ever one that the server has told, over late, repeated, reordered and contradictory answers of one course', () => {
    /** What a backend says of a job in the course of two attempts. */
    const course = [
      answer({ status: 'pending', progress: 0 }),
      answer({ status: 'started', progress: 0 }),
      answer({ status: 'processing', progress: 0.4 }),
      answer({ status: 'failure', progress: 0.4, error: 'No disk' }),
      answer({ status: 'pending', progress: 0, retry_count: 1 }),
      answer({ status: 'processing', progress: 0.2, retry_count: 1 }),
      answer({ status: 'processing', progress: 0.9, retry_count: 1 }),
      answer({ status: 'success', progress: 1, retry_count: 1, result: { video_path: '/v' } }),
    ];
    // Each answer may come several times and late; the last one comes in the end, as polling sees to.
    const arrivals = fc.array(fc.nat(course.length - 1), { maxLength: 30 });
    fc.assert(
      fc.property(arrivals, (order) => {
        const { store } = world();
        const entry = store.entry('job-1');
        const ends: string[] = [];
        entry.subscribeEnd(({ status, retryCount }) => ends.push(`${status} ${retryCount}`));
        let newest = -1;
        for (const index of [...order, course.length - 1]) {
          entry.feed(course[index] as Job);
          newest = Math.max(newest, index);
          const { job } = entry.snapshot;
          const expected = course[newest] as Job;
          assert.deepEqual([job?.status, job?.retryCount, job?.progress], [expected.status, expected.retryCount, expected.progress]);
        }
        assert.equal(entry.snapshot.job?.result?.videoPath, '/v');
        assert.ok(ends.every((end) => end === 'failure 0' || end === 'success 1'), ends.join());
        assert.ok(new Set(ends).size === ends.length, ends.join());
        store.close();
      }),
      { numRuns: 1_000 },
    );
  });
});
