import { BEAT, onBeat, Pace } from '../../src/core/pace.ts';
import { readJob } from '../../src/core/read-job.ts';
import type { Job } from '../../src/core/job.ts';
import type { Recording } from '../economy/recordings.ts';
import { wireOf } from '../economy/recordings.ts';
import { Random } from '../eta/random.ts';

/** How a job tells of its progress. */
export type Telling = 'honest' | 'noisy' | 'stalled' | 'absent';
export const TELLINGS: readonly Telling[] = ['honest', 'noisy', 'stalled', 'absent'];

export interface Trial {
  /** Mean time from the real end to the answer that shows it, in ms. */
  delay: number;
  /** Mean number of requests per job. */
  requests: number;
}

/** The pause in ms after this answer. */
export type AskAgain = (job: Job, now: number) => number;

/** From a question to its answer, in ms. */
const LATENCY = 50;
const RUNS = 1_000;

/**
 * Jobs of `seconds`, each first asked for at another moment, with pauses as `pause` says. The same numbers each time, others with another
 * `seed`. `steps`: they tell of steps, too.
 */
export function tryPace(seconds: number, telling: Telling, pace: () => AskAgain, { seed = 0, steps = false } = {}): Trial {
  const random = new Random(seconds * 31 + telling.length + seed);
  return mean(RUNS, () => {
    const noise = Array.from({ length: 20 }, () => random.next());
    const ends = seconds * random.between(0.9, 1.1) * 1_000;
    return follow(pace(), random.between(0, 3_000), ends, (now) => told(now / ends, telling, noise, steps));
  });
}

/** The same with a job that was recorded. */
export function replayPace(recording: Recording, pace: () => AskAgain): Trial {
  const random = new Random(Math.round(recording.ends));
  return mean(RUNS, () => {
    // It begins at any moment between two beats.
    const start = BEAT * random.next();
    const answer = (now: number) => readJob(wireOf(recording, now - start, start)) as Job;
    return follow(pace(), start + random.between(0, 3_000), start + recording.ends, answer);
  });
}

/** When the end of this job is seen, and by how many questions. Times are in ms; the first question comes at `first`. */
function follow(pause: AskAgain, first: number, ends: number, answer: (now: number) => Job): Trial {
  let requests = 0;
  for (let now = first; ; ) {
    requests++;
    const job = answer(now);
    const over = now >= ends;
    now += LATENCY;
    if (over) return { delay: now - ends, requests };
    now += pause(job, now);
  }
}

function mean(runs: number, run: () => Trial): Trial {
  const trials = Array.from({ length: runs }, run);
  const of = (value: (trial: Trial) => number): number => trials.reduce((sum, trial) => sum + value(trial), 0) / runs;
  return { delay: of(({ delay }) => delay), requests: of(({ requests }) => requests) };
}

/** The pace of the store, where the page sets none. */
export function storePace(): AskAgain {
  const pace = new Pace();
  return (job, now) => onBeat(now + pace.next(job, now), now, BEAT) - now;
}

/** What the dashboard and most pages do. */
export function fixedPace(): AskAgain {
  return () => 3_000 - LATENCY;
}

function told(share: number, telling: Telling, noise: readonly number[], steps: boolean): Job {
  const progress = { honest: share, noisy: noisy(share, noise), stalled: Math.min(0.95, share * 1.6), absent: null }[telling];
  const rounded = progress === null ? null : Math.round(progress * 100) / 100;
  return readJob({ job_id: 'a', status: 'processing', progress: rounded, steps: steps ? stepsAt(progress ?? 0) : [] }) as Job;
}

/** Four, each a quarter of the whole. */
function stepsAt(progress: number): object[] {
  const status = (step: number): string => (progress >= (step + 1) / 4 ? 'success' : progress >= step / 4 ? 'processing' : 'pending');
  return [0, 1, 2, 3].map((step) => ({ name: `step ${step}`, status: status(step) }));
}

/** As many steps as there are numbers, each at a pace of its own: the quickest four times as quick as the slowest. */
function noisy(share: number, noise: readonly number[]): number {
  const paces = noise.map((value) => 0.4 + 1.2 * value);
  const at = share * paces.length;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, pace) => total + pace, 0);
  const whole = Math.floor(at);
  return (sum(paces.slice(0, whole)) + (paces[whole] ?? 0) * (at - whole)) / sum(paces);
}
