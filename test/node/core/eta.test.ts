import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Estimate } from '../../../src/core/eta.ts';
import { EtaTracker } from '../../../src/core/eta.ts';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';
import { jobAnswer } from '../../support/generators.ts';

const START = Date.UTC(2026, 0, 1);

const job = (wire: object = {}): Job => readJob({ status: 'processing', retry_count: 0, ...wire }, 'job-1') as Job;

/** Shows a tracker one answer every 3 s, and gives what it said to each. */
function watch(seconds: number, wire: (second: number) => object, from = 0): { second: number; estimate: Estimate }[] {
  const tracker = new EtaTracker();
  const said = [];
  for (let second = from; second < seconds; second += 3) {
    tracker.observe(job(wire(second)), START + second * 1000);
    said.push({ second, estimate: tracker.estimate(START + second * 1000) });
  }
  return said;
}

const startedAt = new Date(START).toISOString();

describe('EtaTracker', () => {
  it('says nothing without ground', () => {
    const tracker = new EtaTracker();
    assert.deepEqual(tracker.estimate(START), { wait: null, remaining: null, overdue: false });
    for (const wire of [{}, { progress: 0 }, { progress: 0.6 }, { progress: 0.01, started_at: startedAt }, { status: 'pending' }]) {
      tracker.observe(job(wire), START);
      assert.equal(tracker.estimate(START).remaining, null, JSON.stringify(wire));
    }
  });

  it('holds the truth in its range when the pace is steady, and narrows it', () => {
    const said = watch(120, (second) => ({ progress: second / 120 })).filter(({ second }) => second >= 12);
    for (const { second, estimate } of said) {
      const { low, high } = estimate.remaining ?? assert.fail(`nothing after ${second} s`);
      assert.ok(low <= 120 - second && 120 - second <= high, `${low}-${high} with ${120 - second} s left`);
      assert.equal(estimate.overdue, false);
    }
    const width = ({ estimate }: (typeof said)[number]) => (estimate.remaining?.high ?? 0) / (estimate.remaining?.low ?? 1);
    assert.ok(width(said[25] as (typeof said)[number]) < width(said[0] as (typeof said)[number]));
  });

  it('knows at once when it comes late, by the time the job started', () => {
    const [first] = watch(153, (second) => ({ progress: second / 300, started_at: startedAt }), 150);
    const { low, high } = first?.estimate.remaining ?? assert.fail('nothing');
    assert.ok(low <= 150 && 150 <= high);
  });

  it("goes by the server's clock where both of its readings are there", () => {
    const tracker = new EtaTracker();
    const answer = { progress: 0.5, started_at: startedAt, updated_at: new Date(START + 60_000).toISOString() };
    // Our clock is an hour ahead.
    const now = START + 60_000 + 3_600_000;
    tracker.observe(job(answer), now);
    const { low, high } = tracker.estimate(now).remaining ?? assert.fail('nothing');
    assert.ok(low <= 60 && 60 <= high, `${low}-${high}`);
  });

  it('goes by what it watched where nobody knows how far the clocks are apart, and by both where that is known', () => {
    for (const [skew, known] of [[86_400_000, false], [-300_000, false], [300_000, false], [300_000, true], [0, true]] as const) {
      const tracker = new EtaTracker(null, () => (known ? -skew : null));
      const now = START + 80_000 + skew;
      tracker.observe(job({ progress: 0.5, started_at: startedAt, estimated_duration: 120 }), now);
      assert.equal(tracker.estimate(now).overdue, false, String(skew));
      const { low, high } = tracker.estimate(now).remaining ?? assert.fail('nothing');
      const truth = known ? 80 : 120;
      assert.ok(low <= truth && high >= truth * 0.4 && high < 200, `${skew}: ${low}-${high}`);
      const bare = new EtaTracker(null, () => (known ? -skew : null));
      bare.observe(job({ progress: 0.5, started_at: startedAt }), now);
      assert.equal(bare.estimate(now).remaining === null, !known, 'one answer is no ground');
    }
  });

  it("starts from the backend's estimate, and ends with what it saw", () => {
    const said = watch(60, (second) => ({ progress: second / 60, estimated_duration: 30 }));
    const first = said[0]?.estimate.remaining ?? assert.fail('nothing');
    assert.ok(first.low < 30 && 30 < first.high);
    const late = said.find(({ second }) => second === 45)?.estimate ?? assert.fail();
    assert.ok((late.remaining?.low ?? 0) <= 15 && 15 <= (late.remaining?.high ?? 0));
    assert.equal(late.overdue, true);
  });

  it('is overdue, without a number, when nothing is left of its own estimate', () => {
    const tracker = new EtaTracker();
    for (let second = 0; second <= 30; second += 3) tracker.observe(job({ progress: second / 60 }), START + second * 1000);
    assert.ok(tracker.estimate(START + 35_000).remaining);
    assert.deepEqual(tracker.estimate(START + 90_000), { wait: null, remaining: null, overdue: true });
  });

  it('grows, and does not jump, while nothing moves', () => {
    const said = watch(90, (second) => ({ progress: Math.min(0.5, second / 60) })).filter(({ second }) => second >= 42);
    for (const [index, { estimate }] of said.entries()) {
      const before = said[index - 1]?.estimate.remaining;
      const { low, high } = estimate.remaining ?? assert.fail('nothing');
      if (before) assert.ok(low >= before.low && high >= before.high && high < before.high * 1.3, `${before.high} → ${high}`);
    }
  });

  it('does not jump when the pace changes', () => {
    const paces = watch(120, (second) => ({ progress: second < 60 ? second / 240 : 0.25 + (second - 60) / 80 }));
    let before: number | null = null;
    for (const { estimate } of paces) {
      const { remaining } = estimate;
      const middle = remaining && (remaining.low + remaining.high) / 2;
      if (before !== null && middle !== null && before > 20) assert.ok(Math.abs(middle - before) < 0.35 * before, `${before} → ${middle}`);
      before = middle;
    }
  });

  it('moves part of the way only, and less the more is left', () => {
    /** The least that is said after the backend changed its mind by a factor of ten. */
    const afterChange = (expected: number) => {
      const said = watch(6, (second) => ({ estimated_duration: second === 0 ? expected : expected * 10 }));
      return said[1]?.estimate.remaining?.low ?? assert.fail('nothing');
    };
    // All the way would be 400 and 52.
    assert.ok(afterChange(60) > 60 && afterChange(60) < 300, String(afterChange(60)));
    assert.ok(afterChange(8) > 45, String(afterChange(8)));
  });

  it('counts down between answers', () => {
    const tracker = new EtaTracker();
    for (let second = 0; second <= 30; second += 3) tracker.observe(job({ progress: second / 100 }), START + second * 1000);
    const at = (second: number) => tracker.estimate(START + second * 1000).remaining ?? assert.fail('nothing');
    for (let second = 31; second < 60; second++) {
      assert.ok(Math.abs(at(second - 1).low - at(second).low - 1) < 1e-6);
      assert.ok(at(second).low >= 1);
    }
  });

  it('says nothing about what comes after 100 %', () => {
    const said = watch(90, (second) => ({ progress: Math.min(1, second / 60) }));
    assert.deepEqual(said.at(-1)?.estimate, { wait: null, remaining: null, overdue: false });
  });

  it('takes the steps for the progress where there is none', () => {
    const steps = (second: number) => [
      { name: 'a', status: second < 30 ? 'processing' : 'success', progress: Math.min(1, second / 30) },
      { name: 'b', status: second < 30 ? 'pending' : 'processing', progress: Math.max(0, (second - 30) / 30) },
    ];
    const said = watch(60, (second) => ({ steps: steps(second) }));
    for (const { second, estimate } of said.slice(4)) {
      const { low, high } = estimate.remaining ?? assert.fail('nothing');
      assert.ok(low <= 60 - second && 60 - second <= high, `${low}-${high} after ${second} s`);
    }
  });

  it('starts afresh with another job', () => {
    const tracker = new EtaTracker();
    for (let second = 0; second <= 30; second += 3) tracker.observe(job({ progress: second / 60 }), START + second * 1000);
    tracker.observe({ ...job({ progress: 0.6 }), id: 'job-2' }, START + 33_000);
    assert.equal(tracker.estimate(START + 33_000).remaining, null);
  });

  describe('of a new attempt', () => {
    const tracker = () => {
      const made = new EtaTracker();
      for (let second = 0; second <= 30; second += 3) made.observe(job({ progress: second / 60 }), START + second * 1000);
      return made;
    };

    it('expects what the one before should have taken, and not its progress', () => {
      const again = tracker();
      const said = (second: number, wire: object) => {
        again.observe(job({ retry_count: 1, ...wire }), START + second * 1000);
        return again.estimate(START + second * 1000).remaining ?? assert.fail('nothing');
      };
      const waiting = said(40, { status: 'pending' });
      assert.ok(waiting.low < 60 && 60 < waiting.high && waiting.high < 90, JSON.stringify(waiting));
      const begun = said(70, { progress: 0 });
      assert.ok(begun.low < 60 && 60 < begun.high, JSON.stringify(begun));
    });

    it('says nothing where the one before gave no ground', () => {
      const again = new EtaTracker();
      again.observe(job({ progress: 0.2 }), START);
      again.observe(job({ progress: 0, retry_count: 1 }), START + 3_000);
      assert.equal(again.estimate(START + 3_000).remaining, null);
    });
  });

  it('has nothing to say about a job that ended', () => {
    const tracker = new EtaTracker();
    for (let second = 0; second <= 30; second += 3) tracker.observe(job({ progress: second / 60 }), START + second * 1000);
    tracker.observe(job({ status: 'failure', progress: 0.5 }), START + 33_000);
    assert.deepEqual(tracker.estimate(START + 40_000), { wait: null, remaining: null, overdue: false });
  });

  describe('reckons', () => {
    /** What is said after answers at these seconds; of them all, the last. */
    const after = (...answers: [second: number, wire: object][]) => {
      const tracker = new EtaTracker();
      for (const [second, wire] of answers) tracker.observe(job(wire), START + second * 1000);
      return tracker.estimate(START + (answers.at(-1) as [number, object])[0] * 1000);
    };
    /** From the least of two reckonings to the most, give or take `spread`. */
    const assertRange = (estimate: Estimate, least: number, spread: number, most = least) => {
      const { remaining } = estimate;
      const [low, high] = [least * (1 - spread), most * (1 + spread)];
      assert.ok(remaining, 'nothing');
      assert.ok(Math.abs(remaining.low - low) < 0.1 && Math.abs(remaining.high - high) < 0.1, `${remaining.low}-${remaining.high}`);
    };

    it('150 s left of a half in 150 s, with a range for a pace that was seen once', () => {
      // 0.13 + 2 × 0.1
      assertRange(after([150, { progress: 0.5, started_at: startedAt }]), 150, 0.33);
    });

    it('60 s expected less 30 s gone, give or take a third', () => {
      assertRange(after([30, { started_at: startedAt, estimated_duration: 60 }]), 30, 0.33);
    });

    it("by the pace and by the backend's estimate, each as much as it is sure", () => {
      // The pace: 270 s, off by 270 × (0.1 + 0.05 / √0.1); the backend: 420, off by 225. So 91.2 % for the pace.
      assertRange(after([30, { progress: 0.1, started_at: startedAt, estimated_duration: 450 }]), 283.1, 0.3475);
    });

    it('by what it saw itself, when it does not know the start', () => {
      // 93.8 % × 50 + 6.2 % × 90 = 52.5; calmed from 90 to 62.4
      assertRange(after([0, { progress: 0.4, estimated_duration: 100 }], [10, { progress: 0.5, estimated_duration: 100 }]), 52.5, 0.3425, 62.4);
    });

    it('by the time since the last step, when the steps are long', () => {
      const answers = Array.from({ length: 15 }, (_, index): [number, object] => [index * 3, { progress: Math.floor(index / 3) * 0.09 }]);
      // 0.36 in 36 s: 64 s, of which 6 are gone; seen in four parts.
      assertRange(after(...answers), 58, 0.23);
    });

    it('the idle time as a stop that lasts as long again, once it is longer than usual', () => {
      const { remaining } = watch(45, (second) => ({ progress: Math.min(0.5, second / 60) })).at(-1)?.estimate ?? {};
      // Half of it in 30 s, and twelve seconds that were not to be expected beyond six that were: 30 - 6 + 6.
      const middle = ((remaining?.low ?? 0) + (remaining?.high ?? 0)) / 2;
      assert.ok(Math.abs(middle - 30) < 1, String(middle));
    });

    it('nothing from a leap within a moment', () => {
      assert.equal(after([0, { progress: 0.1 }], [1, { progress: 0.9 }]).remaining, null);
    });

    it('by the progress before the steps, and a step of unknown progress as not begun', () => {
      const steps = [{ name: 'a', status: 'success' }, { name: 'b', status: 'processing' }];
      assertRange(after([150, { progress: 0.75, started_at: startedAt, steps }]), 50, 0.33);
      assertRange(after([150, { started_at: startedAt, steps }]), 150, 0.33);
    });

    it('a job late from 1.2 times what was expected', () => {
      const late = (second: number) => after([second, { started_at: startedAt, estimated_duration: 60 }]).overdue;
      assert.deepEqual([late(60), late(72), late(73)], [false, false, true]);
    });
  });

  describe('of a job that waits', () => {
    it("gives its whole running time by the backend's estimate, and no wait that it cannot know", () => {
      const [said] = watch(3, () => ({ status: 'pending', estimated_duration: 60, queue_position: 4 }));
      const { low, high } = said?.estimate.remaining ?? assert.fail('nothing');
      assert.ok(low < 60 && 60 < high);
      assert.equal(said?.estimate.wait, null);
    });

    it('reckons the wait from how the queue moved, apart from the running time', () => {
      const said = watch(60, (second) => ({ status: 'pending', queue_position: 10 - Math.floor(second / 10) }));
      const { wait, remaining } = said.at(-1)?.estimate ?? assert.fail();
      assert.equal(remaining, null);
      assert.ok(wait && wait.low <= 45 && 45 <= wait.high && wait.high < 70, JSON.stringify(wait));
    });
  });

  it('never gives 0, NaN, or an empty range, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(jobAnswer, fc.nat(60_000)), { maxLength: 15 }), fc.nat(100_000), (answers, later) => {
        const tracker = new EtaTracker();
        let now = START;
        for (const [answer, pause] of answers) {
          now += pause;
          tracker.observe(answer, now);
          const { wait, remaining } = tracker.estimate(now + later);
          for (const range of [wait, remaining]) {
            if (range) assert.ok(range.low >= 1 && range.low < range.high && Number.isFinite(range.high), JSON.stringify(range));
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
