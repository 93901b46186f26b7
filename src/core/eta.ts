import type { Experience, PaceHistory } from './history-of-pace.ts';
import type { Job } from './job.ts';
import { isFinal } from './job.ts';

/** Seconds, `1 ≤ low < high`. Never a single number: nobody knows it that well. */
export interface SecondsRange {
  readonly low: number;
  readonly high: number;
}

export interface Estimate {
  /** Time until the job is taken up, `null` without ground. It is not part of `remaining`. */
  readonly wait: SecondsRange | null;
  /** Running time that is left; for a job that waits, its whole running time. `null` without ground. */
  readonly remaining: SecondsRange | null;
  /** Longer than the backend's own estimate, or than our last one: say so in words, with or without a number. */
  readonly overdue: boolean;
}

const NOTHING: Estimate = { wait: null, remaining: null, overdue: false };

/** Below this share of progress, or this time, a pace is chance. */
const GROUND_SHARE = 0.05;
const GROUND_SECONDS = 2;
/** From this share on, what was seen outweighs what the backend expected altogether. */
const FULL_TRUST = 0.25;
/** The same where like jobs were seen: they know better. */
const FULL_TRUST_BY_HISTORY = 0.8;
/** What a pace is taken to be as uneven as (root mean square, in shares of the job) before it is seen, and how many samples that counts for. */
const UNEVEN = 0.1;
const UNEVEN_SAMPLES = 2;
/** The widest range: from 1/1.9 to 1.9 times the middle. */
const WIDEST = 0.9;
/** How far a job may overrun the backend's estimate before it is called late. */
const PATIENCE = 1.2;
const MAX_SAMPLES = 60;

interface Sample {
  /** Seconds on our own clock. */
  readonly at: number;
  readonly value: number;
}

/**
 * Remaining time of one job. Show it every answer with `observe`, ask `estimate` as often as the screen changes.
 *
 * How it reckons, with p the progress, and E the backend's `estimated_duration`:
 * - the pace is the mean of the pace over all that was seen and of the pace of the last third of it, so that a job that
 *   slows down is noticed soon and a hiccup is not taken for a trend; while nothing comes, the idle time counts too
 * - what was running before we came counts by `started_at`, measured against `updated_at` where there is one: two
 *   readings of the server's clock, which need not agree with ours
 * - pace: (1 - p) / pace; backend: E - elapsed; joined with weight min(1, seen / 25 %) for the pace, since at the start
 *   only the backend can know, and later only the job itself
 * - where like jobs ended on this page, E is what they took (times the backend's estimate for this one over its estimates for
 *   them), weighted up to 80 % of the job; and p is first turned into the share of their time that they had used up at p,
 *   so that a slow step is foretold and not discovered
 * - the range is the middle times and over 1 + s, with s = 0.05 + 0.25 (1 - weight) + 4 u, at most 0.9, where u is how uneven the pace was:
 *   narrow when much was seen and it ran evenly; never without the newest reckoning
 * - between answers it is counted down; a new answer moves it only part of the way (exponential smoothing, its time
 *   constant a quarter of what is left, 3 to 10 s), so the number does not jump; a new attempt starts afresh
 * - a wait is reckoned from how the queue position moved while we watched, from nothing else
 *
 * The idea, a smoothed average pace instead of the last step's, is that of the `tqdm` progress meter
 * (https://tqdm.github.io/docs/tqdm/, `smoothing`); the joining with the backend's estimate and the range are our own.
 */
export class EtaTracker {
  readonly #history: PaceHistory | null;
  /** Of like jobs, as of the beginning of this attempt. */
  #experience: Experience | null = null;
  #job: Job | null = null;
  #seenAt = 0;
  /** When we first saw this attempt run, in seconds on our clock. */
  #runningSince: number | null = null;
  /** As the job told it, and as the share of its time that like jobs had used up by then. */
  #seen: Sample[] = [];
  #progress: Sample[] = [];
  #queue: Sample[] = [];
  /** Seconds left as of `#seenAt`: calmed, and as last reckoned. The range holds both. */
  #calm: number | null = null;
  #fresh: number | null = null;
  #spread = 0;

  /** `history`: what the page knows of like jobs; this one is added when it ends well. */
  constructor(history: PaceHistory | null = null) {
    this.#history = history;
  }

  /** `now`: ms, from the clock that `estimate` is asked with. */
  observe(job: Job, now: number): void {
    const at = now / 1000;
    if (this.#job && (this.#job.id !== job.id || this.#job.retryCount !== job.retryCount)) this.#reset();
    this.#experience ??= this.#history?.about(job) ?? null;
    const idle = at - this.#seenAt;
    const before = this.#calm === null ? 0 : this.#calm - idle;
    this.#job = job;
    this.#seenAt = at;
    if (isFinal(job)) return this.#learn(job);
    if (job.status === 'pending') {
      if (job.queuePosition !== null) remember(this.#queue, at, job.queuePosition);
    } else {
      this.#runningSince ??= at;
      const progress = knownProgress(job);
      if (progress !== null) {
        remember(this.#seen, at, progress);
        remember(this.#progress, at, this.#experience?.timeAt(progress) ?? progress);
      }
    }
    this.#fresh = this.#reckon(at);
    // Part of the way only: the further off the end, the calmer the number.
    const calming = Math.min(10, Math.max(3, before / 4));
    const step = before > 0 ? 1 - Math.exp(-idle / calming) : 1;
    this.#calm = this.#fresh === null ? null : before + (this.#fresh - before) * step;
  }

  /** `now`: ms. Between answers the range shrinks second by second. */
  estimate(now: number): Estimate {
    const job = this.#job;
    if (!job || isFinal(job)) return NOTHING;
    const at = now / 1000;
    if (job.status === 'pending') {
      return { ...NOTHING, wait: this.#wait(at), remaining: range([this.#expected()], this.#experience?.seconds ? 0.25 : 0.4) };
    }
    const remaining = range([this.#calm, this.#fresh], this.#spread, at - this.#seenAt);
    const ranOut = this.#calm !== null && remaining === null;
    const late = job.estimatedDuration !== null && this.#elapsed(at) > job.estimatedDuration * PATIENCE;
    return { wait: null, remaining, overdue: ranOut || late };
  }

  #reset(): void {
    this.#runningSince = null;
    this.#progress = [];
    this.#queue = [];
    this.#calm = null;
    this.#experience = null;
    this.#seen = [];
  }

  /** Seconds that the whole job should take: by jobs like it, else by the backend. */
  #expected(): number | null {
    return this.#experience?.seconds ?? this.#job?.estimatedDuration ?? null;
  }

  #learn(job: Job): void {
    const since = this.#runningSince;
    const first = this.#seen[0];
    const watched = since !== null && first !== undefined && first.value < 0.1;
    this.#history?.learn(job, watched ? this.#seen.map(({ at, value }) => ({ second: at - since, progress: value })) : undefined);
  }

  /** Seconds of running time that should be left, and how sure that is. */
  #reckon(at: number): number | null {
    const expected = this.#expected();
    const backend = expected && expected > this.#elapsed(at) ? expected - this.#elapsed(at) : null;
    const last = this.#progress.at(-1);
    const paced = last && this.#pace(at, last);
    this.#spread = 0.4;
    // All done but not over: what is left has nothing to do with the pace.
    if (last && last.value >= 1) return null;
    if (!last || !paced) return backend;
    const trust = Math.min(1, paced.seen / (this.#experience?.seconds ? FULL_TRUST_BY_HISTORY : FULL_TRUST));
    const pace = Math.max(0, (1 - last.value) / paced.rate - paced.since);
    this.#spread = Math.min(WIDEST, 0.05 + 0.25 * (1 - trust) + 4 * paced.uneven);
    return backend === null ? pace : trust * pace + (1 - trust) * backend;
  }

  /**
   * Progress per second, the time since it was last measured, the share of the job that it was seen on, and how uneven it was
   * (root mean square of how far the samples lie from a straight line, in shares of what was seen).
   */
  #pace(at: number, last: Sample): { rate: number; since: number; seen: number; uneven: number } | null {
    const first = this.#progress[0] as Sample;
    const gap = (last.at - first.at) / Math.max(1, this.#progress.length - 1);
    const end = at - last.at > 2 * gap ? at : last.at;
    // What ran before we came: from the start of the attempt, when that is known.
    const before = this.#elapsed(at) - (at - first.at);
    const start = before > 0 ? { at: first.at - before, value: 0 } : first;
    const recent = this.#progress[Math.floor((this.#progress.length * 2) / 3)] as Sample;
    const overall = slope(start, last, end);
    if (overall === null) return null;
    const latest = slope(recent === last ? start : recent, last, end) ?? overall;
    const rate = (overall + latest) / 2;
    const seen = last.value - start.value;
    const squares = this.#progress.map(({ at, value }) => ((value - start.value) / seen - (at - start.at) / (end - start.at)) ** 2);
    const bent = squares.reduce((sum, square) => sum + square, UNEVEN_SAMPLES * UNEVEN ** 2);
    return { rate, since: at - end, seen, uneven: Math.sqrt(bent / (squares.length + UNEVEN_SAMPLES)) };
  }

  /** Seconds that this attempt has been running. */
  #elapsed(at: number): number {
    const own = this.#runningSince === null ? 0 : at - this.#runningSince;
    const { startedAt = null, updatedAt = null } = this.#job ?? {};
    if (startedAt === null) return own;
    const byServer = updatedAt === null ? at - startedAt / 1000 : (updatedAt - startedAt) / 1000 + at - this.#seenAt;
    return Math.max(own, byServer);
  }

  #wait(at: number): SecondsRange | null {
    const first = this.#queue[0];
    const last = this.#queue.at(-1);
    if (!first || !last || first.value <= last.value) return null;
    const perPlace = (last.at - first.at) / (first.value - last.value);
    return range([last.value * perPlace], 0.3, at - last.at);
  }
}

/** Steps stand in for a progress that the backend does not give. */
function knownProgress(job: Job): number | null {
  if (job.progress !== null || job.steps.length === 0) return job.progress;
  const done = job.steps.reduce((sum, step) => sum + (step.status === 'success' ? 1 : (step.progress ?? 0)), 0);
  return done / job.steps.length;
}

/** Keeps the moments at which a value changed; when they are too many, every second one. */
function remember(samples: Sample[], at: number, value: number): void {
  if (samples.at(-1)?.value === value) return;
  samples.push({ at, value });
  if (samples.length > MAX_SAMPLES) samples.splice(0, samples.length, ...samples.filter((_, index) => index % 2 === 0));
}

/** Gain per second from one sample to another whose value held until `end`; `null` without ground. */
function slope(from: Sample, to: Sample, end: number): number | null {
  const gain = to.value - from.value;
  const seconds = end - from.at;
  return gain >= GROUND_SHARE && seconds >= GROUND_SECONDS ? gain / seconds : null;
}

/** From the least to the most of `centers`, give or take `spread`, as a factor; less what has `passed`; `null` when nothing is left. */
function range(centers: readonly (number | null)[], spread: number, passed = 0): SecondsRange | null {
  const known = centers.filter((center) => center !== null);
  const high = Math.max(...known) * (1 + spread) - passed;
  if (!(high > 0)) return null;
  const low = Math.max(1, Math.min(...known) / (1 + spread) - passed);
  return { low, high: Math.max(low + 1, high) };
}
