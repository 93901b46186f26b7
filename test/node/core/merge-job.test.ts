import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Job } from '../../../src/core/job.ts';
import { isFinal } from '../../../src/core/job.ts';
import { mergeJob } from '../../../src/core/merge-job.ts';
import { readJob } from '../../../src/core/read-job.ts';
import { jobAnswer } from '../../support/generators.ts';

const answer = (wire: object): Job => readJob({ status: 'processing', retry_count: 0, ...wire }, 'job-1') as Job;
const partial = (wire: object): Job => readJob({ status: 'processing', ...wire }, 'job-1') as Job;
const fold = (answers: readonly Job[]): Job => answers.reduce<Job | null>((known, next) => mergeJob(known, next), null) as Job;

describe('mergeJob', () => {
  it('takes the first answer as it is', () => {
    const job = answer({});
    assert.equal(mergeJob(null, job), job);
  });

  it('gives the known job itself when nothing is new', () => {
    const wire = { progress: 0.5, links: { cancel: '/x' }, steps: [{ name: 'a', status: 'started' }], deep: { list: [1, { two: 2 }] } };
    const known = answer(wire);
    assert.equal(mergeJob(known, answer(structuredClone(wire))), known);
  });

  it('keeps the parts that are the same', () => {
    const wire = { progress: 0.5, links: { cancel: '/x' }, result: { video_path: '/a', codec: ['x'] } };
    const known = answer(wire);
    const merged = mergeJob(known, answer({ ...structuredClone(wire), progress: 0.6 }));
    assert.notEqual(merged, known);
    assert.equal(merged.links, known.links);
    assert.equal(merged.result, known.result);
  });

  describe('within an attempt', () => {
    it('moves progress forward only', () => {
      const known = answer({ progress: 0.6, progress_message: 'Encoding' });
      assert.equal(mergeJob(known, answer({ progress: 0.4, progress_message: 'Voice' })), known);
      assert.equal(mergeJob(known, answer({ progress: 0.7, progress_message: 'Muxing' })).message, 'Muxing');
    });

    it('lets a late answer fill what nobody said', () => {
      const merged = mergeJob(answer({ progress: 0.6 }), answer({ progress: 0.4, title: 'Film', user_id: 'u' }));
      assert.equal(merged.title, 'Film');
      assert.equal(merged.progress, 0.6);
    });

    it('lets a newer updated_at change all but the progress', () => {
      const known = answer({ progress: 0.6, progress_message: 'Encoding', updated_at: '2026-01-01T00:00:01Z' });
      const merged = mergeJob(known, answer({ progress: 0.4, progress_message: 'Again', updated_at: '2026-01-01T00:00:02Z' }));
      assert.equal(merged.message, 'Again');
      assert.equal(merged.progress, 0.6);
      const late = answer({ progress: 0.7, progress_message: 'Old', updated_at: '2026-01-01T00:00:01Z' });
      assert.equal(mergeJob(merged, late).message, 'Again');
      assert.equal(mergeJob(merged, late).progress, 0.7);
    });

    it('takes the later one of two that are as far', () => {
      const known = answer({ progress: 0.6, progress_message: 'Encoding' });
      assert.equal(mergeJob(known, answer({ progress: 0.6, progress_message: 'Muxing' })).message, 'Muxing');
      const noStatus = readJob({ progress: 0.6, progress_message: 'Muxing' }, 'job-1') as Job;
      assert.equal(mergeJob(known, noStatus).message, 'Muxing');
    });

    it('goes by the progress when only one says when, and by the status when only one has a progress', () => {
      const known = answer({ progress: 0.6, progress_message: 'Encoding', updated_at: '2026-01-01T00:00:01Z' });
      assert.equal(mergeJob(known, answer({ progress: 0.4, progress_message: 'Voice' })), known);
      assert.equal(mergeJob(answer({ progress: 0.6, progress_message: 'Encoding' }), known).message, 'Encoding');
      assert.equal(mergeJob(known, answer({ progress_message: 'Muxing' })).message, 'Muxing');
      assert.equal(mergeJob(known, answer({ status: 'started', progress_message: 'Starting' })), known);
      assert.equal(mergeJob(answer({ progress_message: 'Voice' }), answer({ status: 'started', progress: 0.1 })).message, 'Voice');
    });

    it('keeps a final state against every running one', () => {
      const known = answer({ status: 'success', progress: 0.9, progress_message: 'Done' });
      const late = mergeJob(known, answer({ status: 'processing', progress: 1, progress_message: 'Nearly' }));
      assert.deepEqual([late.status, late.message], ['success', 'Done']);
      assert.equal(mergeJob(known, answer({ status: 'Uploading' })).status, 'success');
    });

    it('lets a job that was to be cancelled have finished anyway', () => {
      const cancelled = answer({ status: 'cancelled', progress: 0.8, progress_message: 'Cancelled' });
      const success = answer({ status: 'success', progress: 1, progress_message: 'Done', result: { video_path: '/v' } });
      for (const merged of [mergeJob(cancelled, success), mergeJob(success, cancelled)]) {
        assert.equal(merged.status, 'success');
        assert.equal(merged.result?.videoPath, '/v');
        assert.equal(merged.message, 'Done');
      }
    });

    it('moves the status forward only, and shows one it does not know', () => {
      assert.equal(mergeJob(answer({ status: 'processing' }), answer({ status: 'started' })).status, 'processing');
      const uploading = mergeJob(answer({ status: 'processing', progress: 0.5 }), answer({ status: 'Uploading', progress: 0.9 }));
      assert.equal(uploading.status, 'Uploading');
    });

    it('keeps what a partial answer leaves out', () => {
      const known = answer({
        progress: 0.4,
        progress_message: 'Voice',
        started_at: '2026-01-01T00:00:00Z',
        links: { cancel: '/x' },
        steps: [{ name: 'a', status: 'started' }],
        shade: 1,
      });
      const merged = mergeJob(known, partial({ progress: 0.5, other: 2 }));
      assert.deepEqual({ ...merged, progress: 0.4, extra: { shade: 1 } }, known);
      assert.deepEqual(merged.extra, { shade: 1, other: 2 });
    });

    it('joins results field by field', () => {
      const known = answer({ status: 'success', result: { video_path: '/v', file_size: 5, codec: 'x' } });
      const { result } = mergeJob(known, answer({ status: 'success', result: { duration: 3 } }));
      assert.deepEqual(result, {
        videoPath: '/v',
        thumbnailPath: null,
        duration: 3,
        fileSize: 5,
        resolution: null,
        extra: { codec: 'x' },
      });
    });

    it('keeps no message, error or place in the queue past their status', () => {
      const waiting = answer({ status: 'pending', progress_message: 'Waiting', queue_position: 3, error: 'Last time: no disk' });
      const running = mergeJob(waiting, answer({ status: 'started' }));
      assert.deepEqual([running.message, running.queuePosition, running.error], [null, null, null]);
      const still = mergeJob(waiting, partial({ status: 'pending' }));
      assert.equal(still, waiting);
    });

    it('takes links as a whole, since a missing one is a refusal', () => {
      const known = answer({ links: { cancel: '/x' } });
      assert.deepEqual(mergeJob(known, answer({ status: 'success', links: { video: '/v' } })).links, { video: '/v' });
    });

    it('lets an answer without a status change everything else', () => {
      const known = answer({ status: 'started', progress: 0.1 });
      const next = readJob({ progress: 0.2, progress_message: 'Voice' }, 'job-1') as Job;
      const merged = mergeJob(known, next);
      assert.equal(merged.status, 'started');
      assert.equal(merged.progress, 0.2);
      assert.equal(merged.message, 'Voice');
    });
  });

  describe('across attempts', () => {
    const failed = answer({
      status: 'failure',
      progress: 0.7,
      error: 'No disk',
      title: 'Film',
      started_at: '2026-01-01T00:00:00Z',
      completed_at: '2026-01-01T00:01:00Z',
      duration: 60,
      result: { video_path: '/half' },
      steps: [{ name: 'a', status: 'failure' }],
    });

    it('starts again with a higher retry count, and keeps what lasts', () => {
      const again = mergeJob(failed, answer({ status: 'pending', progress: 0, retry_count: 1 }));
      assert.equal(again.status, 'pending');
      assert.equal(again.progress, 0);
      assert.equal(again.title, 'Film');
      assert.deepEqual(
        [again.error, again.startedAt, again.completedAt, again.duration, again.result, again.steps],
        [null, null, null, null, null, []],
      );
    });

    it('drops an answer from an earlier attempt', () => {
      const again = answer({ status: 'pending', progress: 0, retry_count: 1, title: 'Film' });
      assert.equal(mergeJob(again, failed), again);
    });

    it('takes an answer that names no attempt for one of the attempt that is known', () => {
      const known = answer({ status: 'processing', progress: 0.2, retry_count: 2 });
      const merged = mergeJob(known, partial({ progress: 0.3 }));
      assert.equal(merged.retryCount, 2);
      assert.equal(merged.progress, 0.3);
      assert.equal(merged.attemptUnknown, undefined);
    });

    it('does not end a later attempt by an end that names none', () => {
      const known = answer({ status: 'processing', retry_count: 1 });
      assert.equal(mergeJob(known, partial({ status: 'failure' })), known);
      assert.equal(mergeJob(answer({}), partial({ status: 'failure' })).status, 'failure');
    });

    it('learns the attempt from the first answer that names it', () => {
      const merged = mergeJob(partial({ progress: 0.2 }), answer({ progress: 0.2 }));
      assert.equal(merged.attemptUnknown, undefined);
      assert.equal(mergeJob(merged, partial({ progress: 0.2 })), merged);
    });
  });

  it('keeps the id that was asked for', () => {
    assert.equal(mergeJob(answer({}), readJob({ job_id: 'JOB-1', status: 'success', retry_count: 0 }) as Job).id, 'job-1');
  });

  describe('over any answers in any order', () => {
    const RUNS = { numRuns: 3000 };
    const rank = (job: Job) =>
      ({ unknown: -1, pending: 0, started: 1, cancelled: 3, failure: 4, success: 5 })[job.status as string] ?? 2;

    it('never moves a job backwards', () => {
      fc.assert(
        fc.property(fc.array(jobAnswer, { minLength: 1, maxLength: 8 }), (answers) => {
          let known = answers[0] as Job;
          for (const next of answers) {
            const merged = mergeJob(known, next);
            assert.ok(merged.retryCount >= known.retryCount, 'an earlier attempt');
            if (merged.retryCount === known.retryCount) {
              assert.ok(rank(merged) >= rank(known), `${known.status} → ${merged.status}`);
              assert.ok((merged.progress ?? -1) >= (known.progress ?? -1), `${known.progress} → ${merged.progress}`);
              assert.ok(!isFinal(known) || isFinal(merged), 'running after its end');
              assert.ok((merged.updatedAt ?? 0) >= (known.updatedAt ?? 0), 'an earlier time');
            }
            known = merged;
          }
        }),
        RUNS,
      );
    });

    it('shows nothing of another attempt in an end, and nothing that was said before it', () => {
      fc.assert(
        fc.property(fc.array(jobAnswer, { minLength: 1, maxLength: 8 }), (answers) => {
          const merged = fold(answers);
          if (!isFinal(merged)) return;
          const said = answers.filter(({ status }) => status === merged.status);
          const own = said.filter(({ attemptUnknown, retryCount }) => !attemptUnknown && retryCount === merged.retryCount);
          assert.ok(merged.retryCount === 0 || own.length > 0, 'the end of an attempt that nobody has told of');
          assert.ok(merged.error === null || said.some(({ error }) => error === merged.error), 'the error of a job that went on');
          assert.ok(merged.message === null || said.some(({ message }) => message === merged.message), 'the message of a job that went on');
        }),
        RUNS,
      );
    });

    it('learns nothing from the same answer twice, and nothing from itself', () => {
      fc.assert(
        fc.property(fc.array(jobAnswer, { minLength: 1, maxLength: 5 }), jobAnswer, (answers, next) => {
          const merged = mergeJob(fold(answers), next);
          assert.equal(mergeJob(merged, next), merged);
          assert.equal(mergeJob(merged, structuredClone(merged)), merged);
        }),
        RUNS,
      );
    });

    it('comes to the same attempt, status and progress, when all answers name their attempt', () => {
      const named = jobAnswer.filter((job) => !job.attemptUnknown);
      const shuffled = fc
        .array(named, { minLength: 1, maxLength: 6 })
        .chain((answers) => fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length })));
      fc.assert(
        fc.property(shuffled, ([answers, others]) => {
          const [one, other] = [fold(answers), fold(others)];
          assert.equal(other.retryCount, one.retryCount);
          assert.equal(rank(other), rank(one));
          assert.equal(other.progress, one.progress);
        }),
        RUNS,
      );
    });

    it('gives the same object exactly when everything is the same', () => {
      fc.assert(
        fc.property(jobAnswer, jobAnswer, (known, next) => {
          const before = structuredClone(known);
          const merged = mergeJob(known, next);
          assert.deepEqual(known, before, 'the known job was changed');
          if (merged !== known) assert.notDeepEqual(merged, known);
        }),
        RUNS,
      );
    });
  });

  it('outlives cycles and depth in what nobody documented', () => {
    const cyclic: Record<string, unknown> = { status: 'processing', retry_count: 0 };
    cyclic.self = { again: cyclic };
    const known = answer(cyclic);
    assert.equal(mergeJob(known, answer(cyclic)), known);
    const cyclicTwin: Record<string, unknown> = { status: 'processing', retry_count: 0 };
    cyclicTwin.self = { again: cyclicTwin };
    assert.equal(mergeJob(known, answer(cyclicTwin)).status, 'processing');
    const deep = () => {
      let value: unknown = null;
      for (let level = 0; level < 50_000; level++) value = [value];
      return value;
    };
    assert.equal(mergeJob(answer({ deep: deep() }), answer({ deep: deep() })).status, 'processing');
  });
});
