import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EtaTracker } from '../../../src/core/eta.ts';
import type { Moment } from '../../../src/core/history-of-pace.ts';
import { PaceHistory } from '../../../src/core/history-of-pace.ts';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';

const job = (id: string, wire: object = {}): Job => readJob({ status: 'success', platform: 'youtube', ...wire }, id) as Job;
const START = Date.UTC(2026, 0, 1);

function learned(...jobs: Job[]): PaceHistory {
  const history = new PaceHistory();
  for (const each of jobs) history.learn(each);
  return history;
}

const next = (wire: object = {}): Job => job('next', { status: 'pending', ...wire });

describe('PaceHistory', () => {
  it('knows nothing before three like jobs have ended', () => {
    const two = [job('a', { duration: 60 }), job('b', { duration: 60 })];
    assert.equal(learned(...two).about(next()).seconds, null);
    assert.equal(learned(...two, job('b', { duration: 61 })).about(next()).seconds, null, 'the same job twice is one');
    assert.equal(learned(...two, job('c', { duration: 90 })).about(next()).seconds, 60);
  });

  it('takes what succeeded only', () => {
    const failed = ['a', 'b', 'c'].map((id) => job(id, { status: 'failure', duration: 60 }));
    assert.equal(learned(...failed).about(next()).seconds, null);
  });

  it('keeps kinds apart: by platform and by steps', () => {
    const history = learned(...['a', 'b', 'c'].map((id) => job(id, { duration: 60 })));
    assert.equal(history.about(next({ platform: 'tiktok' })).seconds, null);
    assert.equal(history.about(next({ steps: [{ name: 'render', status: 'pending' }] })).seconds, null);
  });

  it('has no ground in jobs that differ too much', () => {
    assert.equal(learned(job('a', { duration: 10 }), job('b', { duration: 100 }), job('c', { duration: 1000 })).about(next()).seconds, null);
  });

  it("corrects the backend's estimate by how far off it was", () => {
    const history = learned(...[30, 100, 300].map((seconds) => job(`of ${seconds}`, { duration: seconds, estimated_duration: seconds / 2 })));
    assert.equal(history.about(next({ estimated_duration: 45 })).seconds, 90);
  });

  it('prefers the two times to the rounded duration', () => {
    const times = { started_at: new Date(START).toISOString(), completed_at: new Date(START + 60_400).toISOString(), duration: 60 };
    assert.equal(learned(...['a', 'b', 'c'].map((id) => job(id, times))).about(next()).seconds, 60.4);
  });

  it('knows the share of time at a share of progress', () => {
    const history = new PaceHistory();
    // Half of the progress in a quarter of the time.
    const moments: Moment[] = [0, 0.125, 0.25, 0.375, 0.5, 0.75].map((progress) => ({ progress, second: progress <= 0.5 ? progress * 50 : 25 + (progress - 0.5) * 150 }));
    for (const id of ['a', 'b', 'c']) {
      assert.equal(history.about(next()).timeAt(0.5), 0.5);
      history.learn(job(id, { duration: 100 }), moments);
      // Told of again by who did not watch it.
      history.learn(job(id, { duration: 100 }));
    }
    const { timeAt } = history.about(next());
    assert.deepEqual([0, 0.2, 0.5, 0.75, 1, 2].map((progress) => Math.round(timeAt(progress) * 1000)), [0, 100, 250, 625, 1000, 1000]);
  });

  it('forgets the oldest', () => {
    const history = learned(...Array.from({ length: 20 }, (_, index) => job(`slow ${index}`, { duration: 100 })));
    for (let index = 0; index < 20; index++) history.learn(job(`quick ${index}`, { duration: 10 }));
    assert.equal(history.about(next()).seconds, 10);
    for (let index = 0; index < 50; index++) history.learn(job('x', { platform: `other ${index}`, duration: 5 }));
    assert.equal(history.about(next()).seconds, null);
  });
});

describe('EtaTracker with a history', () => {
  const watch = (tracker: EtaTracker, id: string, upTo = 100) => {
    const started = new Date(START).toISOString();
    for (let second = 0; second < upTo; second += 3) {
      const progress = second <= 25 ? second / 50 : 0.5 + (second - 25) / 150;
      tracker.observe(job(id, { status: 'processing', progress, started_at: started }), START + second * 1000);
    }
    if (upTo < 100) return tracker.estimate(START + upTo * 1000);
    tracker.observe(job(id, { progress: 1, duration: 100 }), START + 101_000);
    return null;
  };

  it('learns from what it watched, and foretells a slow half', () => {
    const history = new PaceHistory();
    const blind = watch(new EtaTracker(), 'next', 24)?.remaining;
    assert.ok((blind?.high ?? 0) < 76);
    for (const id of ['a', 'b', 'c']) watch(new EtaTracker(history), id);
    const { low, high } = watch(new EtaTracker(history), 'next', 24)?.remaining ?? assert.fail('nothing');
    assert.ok(low <= 76 && 76 <= high, `${low}-${high}`);
  });

  it('gives the running time of a job that waits', () => {
    const history = learned(...['a', 'b', 'c'].map((id) => job(id, { duration: 60 })));
    const tracker = new EtaTracker(history);
    tracker.observe(next(), START);
    const { low, high } = tracker.estimate(START).remaining ?? assert.fail('nothing');
    assert.deepEqual({ low: Math.round(low * 10) / 10, high: Math.round(high * 10) / 10 }, { low: 48.6, high: 71.4 });
  });
});
