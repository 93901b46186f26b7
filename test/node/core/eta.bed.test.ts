import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { score } from '../../../bench/eta/measure.ts';
import { FAMILIES } from '../../../bench/eta/traces.ts';

/** The test bed's jobs come from a seed, so these numbers are the same in every run. `npm run bench:eta` prints all of them. */
describe('the remaining time on the test bed', () => {
  const measure = (expects: boolean, before: number, families = FAMILIES as readonly (typeof FAMILIES)[number][]) =>
    score(families, [{ expects, before }], 40, 7);

  it('is three times nearer to the truth than four thresholds, over the whole bed', () => {
    const settings = [false, true].flatMap((expects) => [0, 5].map((before) => ({ expects, before })));
    const { ours, table } = score(FAMILIES, settings, 40, 7);
    assert.ok(table / ours >= 3, `${ours} against ${table}`);
  });

  it('is still nearer with like jobs seen', () => {
    const { ours, table } = measure(true, 5);
    assert.ok(table / ours >= 3.4, `${ours} against ${table}`);
  });

  it('is twice as near on jobs of every kind that nothing is known about, and much nearer on even ones', () => {
    const all = measure(false, 0);
    assert.ok(all.table / all.ours >= 2, `${all.ours} against ${all.table}`);
    const even = measure(false, 0, ['linear']);
    assert.ok(even.table / even.ours >= 5, `${even.ours} against ${even.table}`);
  });

  it('holds the truth in its range, mostly, and by ranges that say something', () => {
    const { held, width } = measure(true, 5);
    assert.ok(held >= 0.7, `held ${held}`);
    assert.ok(width <= 3, `width ${width}`);
  });

  it('is silent at first where it has no ground, and speaks nearly always later', () => {
    const { spoke } = measure(false, 0);
    assert.ok(spoke < 1 && spoke > 0.85, `spoke ${spoke}`);
  });
});
