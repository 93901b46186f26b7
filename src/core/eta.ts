import { foresee } from './foresee.ts';
import type { Sample } from './foresee.ts';
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
/** How far off what was expected beforehand may be, as a share: by like jobs, by an earlier attempt of this one, by the backend. */
const OFF = { history: 0.15, earlier: 0.25, backend: 0.5 };
/** How far off a pace is that was seen on the whole job, as a share; on less of it, by the root more. */
const UNEVEN = 0.05;
/** A range is its middle give or take this share at least, so much of what an expectation is off by, as far as it counts, and so many standard errors; never more than the last. */
const RANGE = { least: 0.13, expected: 0.4, errors: 2, most: 0.55 };
/** How far a job may overrun the backend's estimate before it is called late. */
const PATIENCE = 1.2;
const MAX_SAMPLES = 60;

interface Place {
  readonly at: number;
  readonly value: number;
}

/**
 * Remaining time of one job. Show it every answer with `observe`, ask `estimate` as often as the screen changes.
 *
 * How it reckons:
 * - by the pace (`foresee.ts`): what is left of the progress, times what progress costs. A pace that has clearly changed counts
 *   for the end of the step at work, or as long again as it held; after that, the mean of all. A single stop is not
 *   expected again; while one lasts, it is taken to last as long again
 * - what was running before we came counts by `started_at`, measured against `updated_at` where there is one: two
 *   readings of the server's clock, which need not agree with ours. Without it our own clock stands in, as far as is known how far the
 *   two are apart; where that is not known, only what we watched counts
 * - by what was expected: E, what like jobs took that ended on this page (times the backend's estimate for this one over its
 *   estimates for them); else what the attempt before should have taken; else the backend's `estimated_duration`
 * - the two are joined by their variance: the pace is off by its standard error and by 5 % of the whole, more by the root of
 *   how little was seen; E by 15 %, 25 % or 50 %. So at the start only E counts, and at the end only the job itself
 * - where like jobs ended here, progress is first turned into the share of their time that they had used up at it, so that
 *   a slow step is foretold and not discovered
 * - the range is the middle give or take 13 %, 40 % of what E may be off by as far as E counts, and 2 standard errors of the pace;
 *   never without the newest reckoning. The middle is the best guess
 * - between answers it is counted down; a new answer moves it only part of the way (exponential smoothing, its time
 *   constant a twelfth of what is left, 1 to 8 s), so the number does not jump about
 * - a wait is reckoned from how the queue position moved while we watched, from nothing else
 *
 * The idea, a smoothed average pace instead of the last step's, is that of the `tqdm` progress meter
 * (https://tqdm.github.io/docs/tqdm/, `smoothing`); what a job does beyond that is our own.
 */
export class EtaTracker {
  readonly #history: PaceHistory | null;
  readonly #serverAhead: () => number | null;
  /** Of like jobs, as of the beginning of this attempt. */
  #experience: Experience | null = null;
  #job: Job | null = null;
  #seenAt = 0;
  /** When we first saw this attempt run, in seconds on our clock. */
  #runningSince: number | null = null;
  /** As the job told it, and as the share of its time that like jobs had used up by then. */
  #seen: Place[] = [];
  #progress: Sample[] = [];
  #queue: Place[] = [];
  /** Seconds left as of `#seenAt`: calmed, and as last reckoned. The range holds both. */
  #calm: number | null = null;
  #fresh: number | null = null;
  #spread = 0;
  /** Seconds that the attempt before should have taken. */
  #earlier: number | null = null;

  /**
   * `history`: what the page knows of like jobs; this one is added when it ends well. `serverAhead`: how far the server's clock is ahead
   * of the one that gives `now`, in ms; `null` while that is not known.
   */
  constructor(history: PaceHistory | null = null, serverAhead: () => number | null = () => 0) {
    this.#history = history;
    this.#serverAhead = serverAhead;
  }

  /** `now`: ms, from the clock that `estimate` is asked with. */
  observe(job: Job, now: number): void {
    const at = now / 1000;
    if (this.#job && (this.#job.id !== job.id || this.#job.retryCount !== job.retryCount)) this.#reset(this.#job.id === job.id);
    this.#experience ??= this.#history?.about(job) ?? null;
    const idle = at - this.#seenAt;
    const before = this.#calm === null ? 0 : this.#calm - idle;
    this.#job = job;
    this.#seenAt = at;
    if (isFinal(job)) return this.#learn(job);
    if (job.status === 'pending') {
      if (job.queuePosition !== null) remember(this.#queue, { at, value: job.queuePosition });
    } else {
      this.#runningSince ??= at;
      const progress = knownProgress(job);
      if (progress !== null) {
        remember(this.#seen, { at, value: progress });
        const step = job.steps.findIndex(({ status }) => status === 'processing');
        remember(this.#progress, { at, value: this.#experience?.timeAt(progress) ?? progress, step, within: job.steps[step]?.progress ?? 0 });
      }
    }
    this.#fresh = this.#reckon(at);
    // Part of the way only: the further off the end, the calmer the number.
    const calming = Math.min(8, Math.max(1, before / 12));
    const step = before > 0 ? 1 - Math.exp(-idle / calming) : 1;
    this.#calm = this.#fresh === null ? null : before + (this.#fresh - before) * step;
  }

  /** `now`: ms. Between answers the range shrinks second by second. */
  estimate(now: number): Estimate {
    const job = this.#job;
    if (!job || isFinal(job)) return NOTHING;
    const at = now / 1000;
    if (job.status === 'pending') {
      const expected = this.#expected();
      const remaining = expected && range([expected.seconds], RANGE.least + RANGE.expected * expected.off);
      return { ...NOTHING, wait: this.#wait(at), remaining };
    }
    const remaining = range([this.#calm, this.#fresh], this.#spread, at - this.#seenAt);
    const ranOut = this.#calm !== null && remaining === null;
    const late = job.estimatedDuration !== null && this.#elapsed(at) > job.estimatedDuration * PATIENCE;
    return { wait: null, remaining, overdue: ranOut || late };
  }

  /** For another job, or for another attempt of the same one: it may take as long as the last one should have. */
  #reset(again: boolean): void {
    const whole = this.#fresh === null ? null : this.#elapsed(this.#seenAt) + this.#fresh;
    this.#earlier = again ? (whole ?? this.#earlier) : null;
    this.#fresh = null;
    this.#runningSince = null;
    this.#progress = [];
    this.#queue = [];
    this.#calm = null;
    this.#experience = null;
    this.#seen = [];
  }

  /** Seconds that the whole attempt should take: by jobs like this one, else by what it did before, else by the backend. */
  #expected(): { seconds: number; off: number } | null {
    const by = (seconds: number | null | undefined, off: number) => (seconds ? { seconds, off } : null);
    return by(this.#experience?.seconds, OFF.history) ?? by(this.#earlier, OFF.earlier) ?? by(this.#job?.estimatedDuration, OFF.backend);
  }

  #learn(job: Job): void {
    const since = this.#runningSince;
    const first = this.#seen[0];
    const watched = since !== null && first !== undefined && first.value < 0.1;
    this.#history?.learn(job, watched ? this.#seen.map(({ at, value }) => ({ second: at - since, progress: value })) : undefined);
  }

  /** Seconds of running time that should be left, and how sure that is. */
  #reckon(at: number): number | null {
    const elapsed = this.#elapsed(at);
    const expected = this.#expected();
    const prior = expected !== null && expected.seconds > elapsed ? expected.seconds - elapsed : null;
    const last = this.#progress.at(-1);
    const vague = RANGE.expected * (expected?.off ?? 0);
    this.#spread = RANGE.least + vague;
    // All done but not over: what is left has nothing to do with the pace.
    if (last && last.value >= 1) return null;
    const samples = this.#samples(at, elapsed);
    const [first] = samples;
    if (!first || !last || last.value - first.value < GROUND_SHARE || at - first.at < GROUND_SECONDS) return prior;
    const { left, doubt } = foresee(samples, at);
    const error = left * (doubt + UNEVEN / Math.sqrt(last.value - first.value));
    const trust = expected && prior !== null ? 1 / (1 + (error / (expected.seconds * expected.off)) ** 2) : 1;
    this.#spread = Math.min(RANGE.most, RANGE.least + vague * (1 - trust) + RANGE.errors * doubt);
    return trust * left + (1 - trust) * (prior ?? 0);
  }

  /** What was seen, and before it the start of the attempt when that is known. */
  #samples(at: number, elapsed: number): readonly Sample[] {
    const [first] = this.#progress;
    const before = first ? elapsed - (at - first.at) : 0;
    return first && before > 0 ? [{ at: first.at - before, value: 0, step: -1, within: 0 }, ...this.#progress] : this.#progress;
  }

  /** Seconds that this attempt has been running. */
  #elapsed(at: number): number {
    const own = this.#runningSince === null ? 0 : at - this.#runningSince;
    const { startedAt = null, updatedAt = null } = this.#job ?? {};
    if (startedAt === null) return own;
    if (updatedAt !== null) return Math.max(own, (updatedAt - startedAt) / 1000 + at - this.#seenAt);
    const ahead = this.#serverAhead();
    return ahead === null ? own : Math.max(own, at + (ahead - startedAt) / 1000);
  }

  #wait(at: number): SecondsRange | null {
    const first = this.#queue[0];
    const last = this.#queue.at(-1);
    if (!first || !last || first.value <= last.value) return null;
    const perPlace = (last.at - first.at) / (first.value - last.value);
    return range([last.value * perPlace], 0.25, at - last.at);
  }
}

/** Steps stand in for a progress that the backend does not give. */
function knownProgress(job: Job): number | null {
  if (job.progress !== null || job.steps.length === 0) return job.progress;
  const done = job.steps.reduce((sum, step) => sum + (step.status === 'success' ? 1 : (step.progress ?? 0)), 0);
  return done / job.steps.length;
}

/** Keeps the moments at which a value changed; when they are too many, every second one. */
function remember<T extends Place>(samples: T[], sample: T): void {
  if (samples.at(-1)?.value === sample.value) return;
  samples.push(sample);
  if (samples.length > MAX_SAMPLES) samples.splice(0, samples.length, ...samples.filter((_, index) => index % 2 === 0));
}

/** From the least to the most of `centers`, give or take `spread`, a share; less what has `passed`; `null` when nothing is left. */
function range(centers: readonly (number | null)[], spread: number, passed = 0): SecondsRange | null {
  const known = centers.filter((center) => center !== null);
  const high = Math.max(...known) * (1 + spread) - passed;
  if (!(high > 0)) return null;
  const low = Math.max(1, Math.min(...known) * (1 - spread) - passed);
  return { low, high: Math.max(low + 1, high) };
}
