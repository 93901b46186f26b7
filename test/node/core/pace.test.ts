import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordings, stretched } from '../../../bench/economy/recordings.ts';
import { fixedPace, replayPace, storePace, tryPace } from '../../../bench/lib/pace-trial.ts';
import { onBeat, Pace } from '../../../src/core/pace.ts';
import { readJob } from '../../../src/core/read-job.ts';
import type { Job } from '../../../src/core/job.ts';

const job = (fields: object) => readJob({ job_id: 'a', status: 'processing', ...fields }) as Job;

describe('the pace of polling', () => {
  const share: Readonly<Record<number, number>> = { 10: 1, 60: 1 / 2, 600: 1 / 4 };
  const delays: number[] = [];
  for (const seconds of [10, 60, 600]) {
    for (const telling of ['honest', 'noisy'] as const) {
      it(`shows the end of a job of ${seconds} s with ${telling} progress soon, for few requests`, () => {
        const own = tryPace(seconds, telling, storePace);
        const fixed = tryPace(seconds, telling, fixedPace);
        delays.push(own.delay);
        assert.ok(own.delay <= 700, `${own.delay} ms`);
        assert.ok(own.requests <= fixed.requests * (share[seconds] as number), `${own.requests} of ${fixed.requests} requests`);
      });
    }
    for (const telling of ['stalled', 'absent'] as const) {
      it(`is no worse than a fixed one for a job of ${seconds} s with ${telling} progress`, () => {
        const own = tryPace(seconds, telling, storePace);
        const fixed = tryPace(seconds, telling, fixedPace);
        assert.ok(own.delay < 1_650 && own.delay < fixed.delay + 60, `${own.delay} ms`);
        assert.ok(own.requests <= fixed.requests * 1.005, `${own.requests} of ${fixed.requests} requests`);
      });
    }
  }
  it('is 0.6 s late on average', () => {
    assert.ok(delays.reduce((sum, delay) => sum + delay, 0) / delays.length <= 600);
  });

  describe('of jobs that were recorded', () => {
    const trials = recordings().map((each) => ({ seconds: each.ends / 1_000, own: replayPace(each, storePace), fixed: replayPace(each, fixedPace) }));

    it('costs less than a fixed one, and far less the longer they run', () => {
      for (const { seconds, own, fixed } of trials) {
        const most = seconds > 300 ? 0.25 : seconds > 30 ? 0.5 : 1;
        assert.ok(own.requests <= fixed.requests * most, `${seconds} s: ${own.requests} of ${fixed.requests} requests`);
      }
    });

    it('shows the end of each soon', () => {
      for (const { seconds, own } of trials) assert.ok(own.delay <= 700, `${seconds} s: ${own.delay} ms`);
    });

    it('does about as well where the machine is quicker or slower', () => {
      const others = recordings().flatMap((each) => [0.8, 1.25].map((times) => stretched(each, times)));
      const tried = others.map((each) => replayPace(each, storePace).delay);
      const mean = tried.reduce((sum, delay) => sum + delay, 0) / tried.length;
      assert.ok(mean <= 700 && Math.max(...tried) <= 1_000, `${mean} ms on average, ${Math.max(...tried)} ms at most`);
    });
  });

  it('knows the pace at once where the job tells when it started, and forgets it with the attempt', () => {
    const times = { started_at: new Date(0).toISOString(), updated_at: new Date(60_000).toISOString() };
    const pace = new Pace();
    // Two thirds of the 20 s that are left, a little less.
    assert.equal(Math.round(pace.next(job({ progress: 0.75, ...times }), 5_000_000) / 1_000), 13);
    assert.equal(pace.next(job({ progress: 0.1, retry_count: 1 }), 5_003_000), 3_000);
  });

  it('leaps less far where the job has steps to come, and asks often when it should be over', () => {
    const times = { started_at: new Date(0).toISOString(), updated_at: new Date(5_000).toISOString() };
    const pause = (fields: object) => new Pace().next(job({ progress: 0.5, ...times, ...fields }), 5_000_000);
    assert.ok(pause({}) > 5_000);
    const steps = (...states: string[]) => ({ steps: states.map((status) => ({ name: 'Encoding', status })) });
    assert.ok(pause(steps('processing', 'pending')) < 4_200);
    assert.equal(pause(steps('success', 'processing')), pause({}));
    const pace = new Pace();
    const pauses = [0.1, 0.5, 0.996].map((progress, look) => pace.next(job({ progress }), look * 700_000));
    assert.equal(pauses[2], 1_000);
  });

  it('is slower for a job deep in the queue, and for one that has not moved for long', () => {
    assert.equal(new Pace().next(job({ status: 'pending', queue_position: 7 }), 0), 7_000);
    const pace = new Pace();
    assert.equal(pace.next(job({ progress: 0.5 }), 0), 3_000);
    assert.equal(pace.next(job({ progress: 0.5 }), 3_000_000), 10_000);
    assert.equal(pace.next(job({ progress: 0.5 }), 9_000_000), 15_000);
  });

  it('keeps to what the page has set, and backs off when a job runs long', () => {
    const pace = new Pace();
    const pauses = [0, 60_000, 300_000, 600_000, 3_600_000].map((now) => pace.next(job({ progress: null }), now, 3_000));
    assert.deepEqual(pauses, [3_000, 3_000, 3_000, 6_000, 15_000]);
    const quick = new Pace();
    assert.deepEqual([0, 3_600_000].map((now) => quick.next(job({ progress: null }), now, 1_000)), [1_000, 5_000]);
    assert.equal(new Pace().next(job({}), 0, 60_000), 60_000);
  });

  it('comes back to what was set when the end of a long job is near', () => {
    const pace = new Pace();
    const pauses = [0, 300, 600, 895].map((s) => pace.next(job({ progress: s / 900 }), s * 1_000, 3_000));
    assert.equal(pauses[2], 6_000);
    assert.equal(pauses[3], 3_000);
  });
});

describe('the beat', () => {
  it('is the nearest shared moment to come', () => {
    assert.equal(onBeat(3_050, 60, 500), 3_000);
    assert.equal(onBeat(3_300, 60, 500), 3_500);
    assert.equal(onBeat(3_050, 3_020, 500), 3_500);
  });
});
