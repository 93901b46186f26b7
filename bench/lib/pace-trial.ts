import { BEAT, onBeat, Pace } from '../../src/core/pace.ts';
import { readJob } from '../../src/core/read-job.ts';
import type { Job } from '../../src/core/job.ts';

/** How a job tells of its progress. */
export type Telling = 'honest' | 'noisy' | 'stalled' | 'absent';
export const TELLINGS: readonly Telling[] = ['honest', 'noisy', 'stalled', 'absent'];

export interface Trial {
  /** Mean time from the real end to the answer that shows it, in ms. */
  delay: number;
  /** Mean number of requests per job. */
  requests: number;
}

/** From a question to its answer, in ms. */
const LATENCY = 50;
const RUNS = 400;

/** Jobs of `seconds`, each first asked for at another moment, with pauses as `pause` says. The same numbers each time. */
export function tryPace(seconds: number, telling: Telling, pace: () => (job: Job, now: number) => number): Trial {
  const random = randomFrom(seconds * 31 + telling.length);
  let [delay, requests] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const pause = pace();
    const noise = Array.from({ length: 20 }, () => random());
    const ends = seconds * (0.9 + 0.2 * random()) * 1_000;
    for (let now = random() * 3_000; ; ) {
      requests++;
      const told = answer(now / ends, telling, noise);
      now += LATENCY;
      if (told === 'success') {
        delay += now - ends;
        break;
      }
      now += pause(told, now);
    }
  }
  return { delay: delay / RUNS, requests: requests / RUNS };
}

/** The pace of the store, where the page sets none. */
export function storePace(): (job: Job, now: number) => number {
  const pace = new Pace();
  return (job, now) => onBeat(now + pace.next(job, now), now, BEAT) - now;
}

/** What the dashboard and most pages do. */
export function fixedPace(): () => number {
  return () => 3_000 - LATENCY;
}

function answer(share: number, telling: Telling, noise: readonly number[]): Job | 'success' {
  if (share >= 1) return 'success';
  const progress = { honest: share, noisy: noisy(share, noise), stalled: Math.min(0.95, share * 1.6), absent: null }[telling];
  const job = readJob({ job_id: 'a', status: 'processing', progress: progress === null ? null : Math.round(progress * 100) / 100 });
  return job as Job;
}

/** As many steps as there are numbers, each at a pace of its own: the quickest four times as quick as the slowest. */
function noisy(share: number, noise: readonly number[]): number {
  const paces = noise.map((value) => 0.4 + 1.2 * value);
  const at = share * paces.length;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, pace) => total + pace, 0);
  const whole = Math.floor(at);
  return (sum(paces.slice(0, whole)) + (paces[whole] ?? 0) * (at - whole)) / sum(paces);
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
