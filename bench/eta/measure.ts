import { EtaTracker } from '../../src/core/eta.ts';
import { PaceHistory } from '../../src/core/history-of-pace.ts';
import type { Job } from '../../src/core/job.ts';
import { readJob } from '../../src/core/read-job.ts';
import { Random } from './random.ts';
import type { Family, Trace } from './traces.ts';
import { cases, START } from './traces.ts';
import type { World } from './worlds.ts';

/** The four thresholds that the dashboard shows, in seconds; from 95 % on it gives no number. */
export function thresholdTable(progress: number): number | null {
  if (progress < 0.2) return 120;
  if (progress < 0.5) return 90;
  if (progress < 0.8) return 60;
  return progress < 0.95 ? 30 : null;
}

export interface Setting {
  /** Whether the backend sends an `estimated_duration`, and a wrong one. */
  readonly expects: boolean;
  /** How many jobs of the same kind the page has seen. */
  readonly before: number;
}

export interface Score {
  /** Median of |said - truth| / truth over the moments where both said a number; ours by the middle of its range. */
  readonly ours: number;
  readonly table: number;
  /** Ours over all moments where the table says a number: where we are silent, we count as wrong altogether. */
  readonly strict: number;
  /** Share of the moments of a running job at which we gave a range; at which the table gives a number. */
  readonly spoke: number;
  readonly tableSpoke: number;
  /** Share of our ranges that held the truth. */
  readonly held: number;
  /** Median of high / low. */
  readonly width: number;
}

export interface Moment {
  readonly truth: number;
  readonly low: number | null;
  readonly high: number;
  readonly table: number | null;
}

/** At so many moments of each trace the estimate is read, so that a long job counts no more than a short one. */
const MOMENTS = 24;

/** Of `count` jobs of this family in this setting, all that was said, and what was true. */
export function watchAll(world: World, family: Family, setting: Setting, count: number, seed = world.seed): Moment[] {
  const random = new Random(seed + 1);
  const moments: Moment[] = [];
  for (const { trace, before } of cases(family, world, { ...setting, count, seed })) {
    const history = new PaceHistory();
    for (const earlier of before) watch(earlier, world, history, random);
    moments.push(...watch(trace, world, history, random));
  }
  return moments;
}

export function scoreOf(moments: readonly Moment[]): Score {
  const spoken = moments.filter(({ low }) => low !== null);
  const judged = moments.filter(({ table }) => table !== null);
  const both = judged.filter(({ low }) => low !== null);
  const off = ({ low, high, truth }: Moment) => (low === null ? Infinity : Math.abs((low + high) / 2 - truth) / truth);
  return {
    ours: median(both.map(off)),
    table: median(both.map(({ table, truth }) => Math.abs((table as number) - truth) / truth)),
    strict: median(judged.map(off)),
    spoke: spoken.length / moments.length,
    tableSpoke: judged.length / moments.length,
    held: spoken.filter(({ low, high, truth }) => (low as number) <= truth && truth <= high).length / spoken.length,
    width: median(spoken.map(({ low, high }) => high / (low as number))),
  };
}

/** Polls a job as a page does, some answers are lost; the page comes at any time within the first tenth. */
export function watch(trace: Trace, { pause, lost }: Pick<World, 'pause' | 'lost'>, history: PaceHistory, random: Random): Moment[] {
  const tracker = new EtaTracker(history);
  const moments: Moment[] = [];
  const apart = trace.end / MOMENTS;
  let read = apart * random.next();
  let known: Job | null = null;
  for (let second = (trace.end / 10) * random.next(); second < trace.end + pause[1]; second += random.between(...pause)) {
    // The screen is read between two answers.
    for (; read < second; read += apart) {
      const truth = trace.remainingAt(read);
      if (truth === null || truth < 1 || known?.status !== 'processing') continue;
      const { remaining } = tracker.estimate(START + read * 1000);
      moments.push({ truth, low: remaining?.low ?? null, high: remaining?.high ?? 0, table: thresholdTable(known.progress ?? 0) });
    }
    if (random.next() < lost && second < trace.end) continue;
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
