import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Announcer } from '../../../src/elements/job-create-form/bulk/announcer.ts';
import type { RunCounts } from '../../../src/elements/job-create-form/bulk/run/rows.ts';
import type { BulkWords } from '../../../src/elements/job-create-form/bulk/words.ts';

const counts = (created: number, total = 1_000): RunCounts => ({
  total,
  created,
  waiting: total - created,
  sending: 0,
  failed: 0,
  unknown: 0,
  cancelled: 0,
  left: 0,
});

function scene(): { announcer: Announcer; spoken: string[] } {
  const spoken: string[] = [];
  const words = {
    term: (key: string, values: object = {}) => [key, ...Object.values(values)].join(' '),
    percent: (share: number) => `${share * 100}%`,
  } as unknown as BulkWords;
  return { announcer: new Announcer(words, (text) => spoken.push(text)), spoken };
}

describe('what is said of a list on its way', () => {
  it('is its start, each quarter and its end, however often it changes', () => {
    const { announcer, spoken } = scene();
    for (let created = 0; created < 1_000; created++) announcer.run('running', counts(created));
    announcer.run('finished', counts(1_000));
    announcer.run('finished', counts(1_000));
    assert.deepEqual(spoken, ['say.started 1000', 'say.share 25%', 'say.share 50%', 'say.share 75%', 'say.finished 1000 0']);
  });

  it('is that it rests and goes on', () => {
    const { announcer, spoken } = scene();
    announcer.run('running', counts(10));
    announcer.run('paused', counts(20));
    announcer.run('running', counts(20));
    assert.deepEqual(spoken, ['say.started 990', 'say.paused', 'say.resumed']);
  });

  it('is nothing of what was so when it was first seen', () => {
    const { announcer, spoken } = scene();
    announcer.run('finished', counts(1_000));
    announcer.reset();
    announcer.run('paused', counts(400));
    assert.deepEqual(spoken, []);
  });
});
