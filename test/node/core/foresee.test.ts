import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Sample } from '../../../src/core/foresee.ts';
import { foresee } from '../../../src/core/foresee.ts';

type Corner = readonly [seconds: number, progress: number, step?: number, within?: number];

/** A sample after each stretch, from nothing at second 0. */
function way(...stretches: Corner[]): Sample[] {
  let [at, value] = [0, 0];
  const samples: Sample[] = [{ at, value, step: -1, within: 0 }];
  for (const [seconds, progress, step = -1, within = 0] of stretches) {
    at += seconds;
    value += progress;
    samples.push({ at, value, step, within });
  }
  return samples;
}

const many = (count: number, ...stretch: Corner): Corner[] => Array.from({ length: count }, () => stretch);
const left = (samples: readonly Sample[], idle = 0) => foresee(samples, (samples.at(-1) as Sample).at + idle).left;
const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 0.05 * Math.max(1, expected), `${actual}, not ${expected}`);

describe('what is left by the pace', () => {
  it('is the rest at the pace so far, less the time since the last sample', () => {
    near(left(way(...many(10, 3, 0.03))), 70);
    near(left(way(...many(10, 3, 0.03)), 2), 68);
  });

  it('does not expect a single stop again, but does expect what happens all the time', () => {
    near(left(way(...many(10, 3, 0.03), [60, 0.03], ...many(10, 3, 0.03))), 37);
    // Six pauses of 10 s, and as much again to come for the other half, one of them left out.
    const bursts = way(...many(6, 10, 0.01).flatMap((pause): Corner[] => [pause, [1, 0.0733]]));
    near(left(bursts), 56);
  });

  it('takes a stop to last as long again as it has lasted, from twice the mean pause on', () => {
    const samples = way(...many(10, 3, 0.05));
    near(left(samples, 6), 24);
    near(left(samples, 36), 24 + 30);
  });

  it('goes by the newer pace where it has clearly changed, for as long again as it held', () => {
    // 0.3 in 30 s, then 0.2 in 80 s: 400 s a job, against 220 s on the whole; it holds with (0.2 / 0.5) ln(1 + 0.5 / 0.2) = 0.5
    const changed = left(way(...many(10, 3, 0.03), ...many(20, 4, 0.01)));
    assert.ok(changed > 140 && changed < 160, String(changed));
    const quick = left(way(...many(20, 4, 0.01), ...many(10, 3, 0.03)));
    assert.ok(quick < 95, String(quick));
  });

  it('believes a change the less, the less clear it is', () => {
    /** 30 uneven parts, the last 15 of them slower by this factor; how much more is left than by the mean of all, as a share. */
    const more = (factor: number) => {
      const parts = Array.from({ length: 30 }, (_, index): Corner => [(index % 2 ? 4 : 2) * (index < 15 ? 1 : factor), 0.02]);
      return left(way(...parts)) / (0.4 * (parts.reduce((sum, [seconds]) => sum + seconds, 0) / 0.6)) - 1;
    };
    // Held for 0.3, with 0.4 to come: (0.3 / 0.4) ln(1 + 0.4 / 0.3) = 0.64 of the rest would be at the newer pace, were it sure.
    const sure = (factor: number) => more(factor) / (0.64 * ((2 * factor) / (1 + factor) - 1));
    assert.ok(Math.abs(sure(1.5)) < 1e-6, String(sure(1.5)));
    assert.ok(sure(2) > 0.4 && sure(2) < 0.7, String(sure(2)));
    assert.ok(sure(6) > 0.8 && sure(6) < 1, String(sure(6)));
  });

  it('does not take two or three parts that agree by chance for a change', () => {
    near(left(way(...many(10, 3, 0.03), ...many(3, 3.9, 0.03))), 0.61 * ((30 + 11.7) / 0.39));
  });

  it('does not tell the length of a step from its first few percent', () => {
    const begun = way(...many(10, 3, 0.03, 0), [3, 0.03, 1, 0.01], [3, 0.03, 1, 0.015], [9, 0.03, 1, 0.02], [9, 0.03, 1, 0.02]);
    // By what it tells, the step alone would be longer than the whole job.
    assert.ok(left(begun) < 0.58 * 170, String(left(begun)));
  });

  it('does not take unevenness for a change', () => {
    const uneven = Array.from({ length: 30 }, (_, index): Corner => [3, index % 3 === 0 ? 0.03 : 0.006]);
    near(left(way(...uneven)), (90 / 0.42) * 0.58);
  });

  it('knows where a step ends: its pace holds to there, then the mean of all', () => {
    // Step 0: 0.3 in 30 s. Step 1 so far: 0.2 of 0.4 in 80 s. Left: 0.2 at 400 s a job, 0.3 at 220.
    const steps = way(...many(10, 3, 0.03, 0), ...Array.from({ length: 20 }, (_, index): Corner => [4, 0.01, 1, (index + 1) / 40]));
    near(left(steps), 80 + 66);
  });

  it('notices a change within a step too', () => {
    // Step 1: 0.2 in 20 s, then 0.2 in 80 s, 0.2 to come: at 250 s a job by the mean of the step, at 400 now, as long as that holds.
    const share = (within: number): Corner => [within <= 0.34 ? 1 : 4, 0.01, 1, within];
    const steps = way(...many(10, 3, 0.03, 0), ...Array.from({ length: 40 }, (_, index) => share((index + 1) / 60)));
    const [slow, mean] = [0.2 * 400, 0.2 * 250];
    const step = left(steps) - 0.1 * (130 / 0.7);
    assert.ok(step > mean + 0.5 * (slow - mean) && step < slow, String(step));
  });

  it('knows where a step began, if it does not tell how far it is', () => {
    const steps = way(...many(10, 3, 0.03, 0), ...many(20, 4, 0.01, 1));
    // (0.19 / 0.5) ln(1 + 0.5 / 0.19) = 0.49 of the rest at 400 s a job
    near(left(steps), 0.5 * (0.49 * 400 + 0.51 * 220));
  });

  it('goes by the mean of all in a step that has only begun', () => {
    near(left(way(...many(10, 3, 0.03, 0), [30, 0.05, 1, 0.05])), left(way(...many(10, 3, 0.03), [30, 0.05])));
  });

  it('is the surer the more parts agree', () => {
    const doubt = (samples: Sample[]) => foresee(samples, (samples.at(-1) as Sample).at).doubt;
    near(doubt(way([30, 0.3])), 0.1);
    assert.ok(doubt(way(...many(25, 3, 0.03))) < 0.021);
    assert.ok(doubt(way(...many(5, 9, 0.03).flatMap((slow): Corner[] => [slow, [3, 0.03]]))) > 0.1);
  });

  describe('whatever the way', () => {
    const stretch = fc.tuple(fc.double({ min: 0.5, max: 60, noNaN: true }), fc.double({ min: 0.001, max: 0.03, noNaN: true }), fc.integer({ min: -1, max: 3 }), fc.double({ min: 0, max: 1, noNaN: true }));
    const ways = fc.array(stretch, { minLength: 1, maxLength: 32 }).map((stretches) => way(...(stretches as Corner[])));
    const idles = fc.double({ min: 0, max: 500, noNaN: true });

    it('is a time, with a doubt that is one', () => {
      fc.assert(
        fc.property(ways, idles, (samples, idle) => {
          const { left, doubt } = foresee(samples, (samples.at(-1) as Sample).at + idle);
          assert.ok(Number.isFinite(left) && left >= 0 && Number.isFinite(doubt) && doubt > 0, `${left}, ${doubt}`);
        }),
      );
    });

    it('is as many times longer for a job that is so many times slower', () => {
      fc.assert(
        fc.property(ways, idles, fc.double({ min: 0.1, max: 50, noNaN: true }), (samples, idle, factor) => {
          const slower = samples.map((sample) => ({ ...sample, at: sample.at * factor }));
          const [once, more] = [foresee(samples, (samples.at(-1) as Sample).at + idle), foresee(slower, (slower.at(-1) as Sample).at + idle * factor)];
          assert.ok(Math.abs(more.left - once.left * factor) <= 1e-6 * Math.max(1, more.left));
          assert.ok(Math.abs(more.doubt - once.doubt) <= 1e-6);
        }),
      );
    });

    it('is right where nothing ever changes', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.5, max: 20, noNaN: true }), fc.double({ min: 0.001, max: 0.016, noNaN: true }), (count, seconds, progress) => {
          const expected = (seconds / progress) * (1 - count * progress);
          assert.ok(Math.abs(left(way(...many(count, seconds, progress))) - expected) < 1e-6 * expected);
        }),
      );
    });
  });
});
