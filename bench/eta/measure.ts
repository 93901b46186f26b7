import { EtaTracker } from '../../src/core/eta.ts';
import { PaceHistory } from '../../src/core/history-of-pace.ts';
import type { Job } from '../../src/core/job.ts';
import { readJob } from '../../src/core/read-job.ts';
import { Random } from './random.ts';
import type { Family, Trace } from './traces.ts';
import { cases, START } from './traces.ts';

/** The four thresholds that the dashboard shows, in seconds; from 95 % on it gives no number. */
export function thresholdTable(progress: number): number | null {
  if (progress < 0.2) return 120;
  if (progress < 0.5) return 90;
  if (progress < 0.8) return 60;
  return progress < 0.95 ? 30 : null;
}

export interface Setting {
  /** Whether the backend sends an `estimated_duration`, off by a factor of 0.5 to 2. */
  readonly expects: boolean;
  /** How many jobs of the same kind the page has seen. */
  readonly before: number;
}

export interface Score {
  /** Median of |said - truth| / truth over all moments where both said a number; ours by the middle of its range. */
  readonly ours: number;
  readonly table: number;
  /** Share of moments of a running job at which we gave a range. */
  readonly spoke: number;
  /** Share of our ranges that held the truth. */
  readonly held: number;
  /** Median of high / low. */
  readonly width: number;
}

interface Moment {
  readonly truth: number;
  readonly low: number | null;
  readonly high: number;
  readonly table: number | null;
}

/** At so many moments of each trace the estimate is read, so that a long job counts no more than a short one. */
const MOMENTS = 24;

/** Over all jobs of these families in all of these settings: `count` of each. */
export function score(families: readonly Family[], settings: readonly Setting[], count = 200, seed = 1): Score {
  const moments: Moment[] = [];
  const random = new Random(seed + 1);
  for (const [family, setting] of families.flatMap((each) => settings.map((setting) => [each, setting] as const))) {
    for (const { trace, before } of cases(family, { ...setting, count, seed })) {
      const history = new PaceHistory();
      for (const earlier of before) watch(earlier, history, random);
      moments.push(...watch(trace, history, random));
    }
  }
  const spoken = moments.filter(({ low }) => low !== null);
  const both = spoken.filter(({ table }) => table !== null);
  return {
    ours: median(both.map(({ low, high, truth }) => Math.abs(((low as number) + high) / 2 - truth) / truth)),
    table: median(both.map(({ table, truth }) => Math.abs((table as number) - truth) / truth)),
    spoke: spoken.length / moments.length,
    held: spoken.filter(({ low, high, truth }) => (low as number) <= truth && truth <= high).length / spoken.length,
    width: median(spoken.map(({ low, high }) => high / (low as number))),
  };
}

/** Polls a job as a page does, every 3 s and a bit, one answer in fifty lost; the page comes at any time within the first tenth. */
function watch(trace: Trace, history: PaceHistory, random: Random): Moment[] {
  const tracker = new EtaTracker(history);
  const moments: Moment[] = [];
  const pause = trace.end / MOMENTS;
  let read = pause * random.next();
  let known: Job | null = null;
  for (let second = (trace.end / 10) * random.next(); second < trace.end + 3; second += 3 + random.between(0, 0.4)) {
    // The screen is read between two answers.
    for (; read < second; read += pause) {
      const truth = trace.remainingAt(read);
      if (truth === null || truth < 1 || known?.status !== 'processing') continue;
      const { remaining } = tracker.estimate(START + read * 1000);
      moments.push({ truth, low: remaining?.low ?? null, high: remaining?.high ?? 0, table: thresholdTable(known.progress ?? 0) });
    }
    if (random.next() < 0.02 && second < trace.end) continue;
    known = readJob(trace.wireAt(second)) as Job;
    tracker.observe(known, START + second * 1000);
    history.learn(known);
  }
  return moments;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
