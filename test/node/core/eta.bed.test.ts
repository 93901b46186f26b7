import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Moment } from '../../../bench/eta/measure.ts';
import { scoreOf, watchAll } from '../../../bench/eta/measure.ts';
import { FAMILIES } from '../../../bench/eta/traces.ts';
import { HELD_OUT } from '../../../bench/eta/worlds.ts';

/**
 * Jobs of the world that no constant was chosen by, from a seed of their own, so these numbers are the same in every run.
 * `npm run bench:eta` prints all of them, of more jobs.
 */
describe('the remaining time on the test bed', () => {
  const settings = { 'nothing to go by': [false, 0], 'a wrong estimate': [true, 0], 'like jobs seen': [false, 5], 'both': [true, 5] } as const;
  const seen = new Map<string, Map<string, Moment[]>>();
  for (const [name, [expects, before]] of Object.entries(settings)) {
    seen.set(name, new Map(FAMILIES.map((family) => [family, watchAll(HELD_OUT, family, { expects, before }, 60, 7)])));
  }
  const moments = (name: string): Moment[] => [...(seen.get(name)?.values() ?? [])].flat();

  for (const name of Object.keys(settings)) {
    it(`is three times nearer to the truth than four thresholds with ${name}`, () => {
      const { ours, table } = scoreOf(moments(name));
      assert.ok(table / ours >= 3, `${ours} against ${table}`);
    });

    it(`holds the truth in its range, mostly, and by ranges that say something, with ${name}`, () => {
      const { held, width } = scoreOf(moments(name));
      assert.ok(held >= 0.6, `held ${held}`);
      assert.ok(width <= 2.6, `width ${width}`);
    });
  }

  it('is nearer on jobs of every kind, and much nearer on even ones', () => {
    for (const [family, said] of seen.get('nothing to go by') ?? []) {
      const { ours, table } = scoreOf(said);
      assert.ok(table / ours >= (family === 'linear' ? 6 : 1.4), `${family}: ${ours} against ${table}`);
    }
  });

  it('is silent at first where it has no ground, and speaks nearly always later', () => {
    const { spoke } = scoreOf(moments('nothing to go by'));
    assert.ok(spoke < 1 && spoke > 0.85, `spoke ${spoke}`);
    assert.ok(scoreOf(moments('a wrong estimate')).spoke > 0.97);
  });

  it('is still nearer by far when each of its silences counts as wrong', () => {
    const { strict, table } = scoreOf(moments('nothing to go by'));
    assert.ok(table / strict >= 2.5, `${strict} against ${table}`);
  });
});
