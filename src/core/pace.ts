import { isFinal } from './job.ts';
import type { Job } from './job.ts';

/** The pause where nothing better is known, in ms. */
export const STEADY = 3_000;
const SHORTEST = 1_000;
const LONGEST = 15_000;
/** All questions of a page are asked on multiples of it, so that many jobs wake it up together, in ms. */
export const BEAT = 500;
/** Closer to its end than this, the next question goes to the very end of the job, in ms. */
const LEAP = 4_000;
/** A job that has saved less than this against a steady pace cannot afford to miss its end: it leaps from further away, and to a little after it, in ms. */
const SAVED = 6_000;
const FAR_LEAP = 6_000;
const AFTER = 200;
/** Each step has a pace of its own, so a job that has steps to come leaps less far: this part of the way, and this time in ms. */
const PART_BY_STEPS = 0.72;
const AFTER_BY_STEPS = 500;
/** From further away, the next question comes after this part of the time left; a leap that can be afforded, after that one. */
const PART = 0.67;
const ALMOST = 0.9;
/** Jobs seldom tell of more than this before they end: the rest is over in a moment. */
const END = 0.994;
/** From here on a job is at its end, or has stopped there as many do. */
const LAST = 0.95;
/** What may be asked ahead of a steady pace at such a place, as a share of the time that the job was watched. */
const CREDIT = 0.4;
/** The longest pause there that pays for questions that were asked ahead, in ms. */
const LEVELLING = 4_000;
/** Below this share of progress, or this time in ms, a pace is chance. */
const GROUND_SHARE = 0.05;
const GROUND_TIME = 2_000;
/** The pace is that of the newest tenth of the job, where so much was seen. */
const NEWEST = 0.1;
const MOST_SEEN = 30;
/** After this many times the pause, a job that does not move is asked about less often; so is a long one at a set interval. */
const LONG = 100;

interface Seen {
  readonly at: number;
  readonly progress: number;
}

/**
 * When to ask for a job again. With a good estimate: after two thirds of the time that is left, then close to the end. An estimate
 * can mislead, so the questions are counted: a job may not cost more than a steady pace would, a small advance apart that a
 * job loses which does not move. Without an estimate the pace is steady.
 *
 * It reckons by itself, simpler than `eta.ts` does: this is needed from the first answer on, and only for the next few seconds.
 */
export class Pace {
  #first: number | null = null;
  #questions = 0;
  #known: Job | null = null;
  /** What changed in this attempt; before it, its start by the server's own clock. */
  #seen: Seen[] = [];
  /** It should end any moment now. */
  #near = false;
  /** When something about the job changed last. */
  #movedAt = 0;

  /**
   * Told of each answer; gives the pause until the next question, in ms. `interval`: the pause that the page has set, which
   * only grows with jobs that run long.
   */
  next(job: Job, now: number, interval?: number): number {
    const known = this.#known;
    this.#known = job;
    this.#first ??= now;
    this.#questions++;
    const moved = known === null || known.progress !== job.progress || known.status !== job.status;
    if (known?.retryCount !== job.retryCount) this.#seen = [];
    if (moved) {
      this.#movedAt = now;
      this.#see(job, now);
    }
    const age = now - this.#first;
    const left = this.#left(now);
    // Until when a steady pace would have cost as much.
    const even = this.#questions * STEADY - age;
    const rich = -even > SAVED;
    const leap = rich ? LEAP : FAR_LEAP;
    const last = (job.progress ?? 0) >= LAST;
    if (moved) this.#near = (left !== null && left <= leap) || last;
    if (interval !== undefined) return this.#backedOff(interval, age, left);
    if (isFinal(job)) return LONGEST;
    if (job.status === 'pending' && (job.queuePosition ?? 0) > 1) return clamp((job.queuePosition as number) * SHORTEST, STEADY);
    const idle = now - this.#movedAt;
    const level = Math.min(even, LEVELLING);
    if (left !== null && moved) {
      const near = rich ? left * ALMOST : job.steps.some(({ status }) => status === 'pending') ? left * PART_BY_STEPS + AFTER_BY_STEPS : left + AFTER;
      const wanted = left > leap ? left * PART : near;
      // What was saved is spent where the end is near, but no more than that.
      const advance = last ? even - SHORTEST <= CREDIT * age : even <= STEADY;
      return clamp(Math.max(wanted, advance ? 0 : last ? level : Math.min(even - STEADY, STEADY)), SHORTEST);
    }
    if (this.#near) return clamp(Math.max(Math.min(idle / 4, STEADY), level, idle / (3 * LONG)), SHORTEST);
    return clamp(Math.max(this.#early(job, age), idle / (3 * LONG)), STEADY);
  }

  #see({ progress, startedAt, updatedAt }: Job, now: number): void {
    if (progress === null) return;
    if (this.#seen.length === 0 && startedAt !== null && updatedAt !== null && updatedAt > startedAt) {
      this.#seen.push({ at: now - (updatedAt - startedAt), progress: 0 });
    }
    this.#seen.push({ at: now, progress });
    if (this.#seen.length > MOST_SEEN) this.#seen = this.#seen.filter((_, index) => index % 2 === 0);
  }

  /** Before there is ground for an estimate: a part of the time that the first steps let expect. */
  #early(job: Job, age: number): number {
    const gain = (job.progress ?? 0) - (this.#seen[0]?.progress ?? 0);
    return gain > 0 ? ((1 - (job.progress ?? 0)) / gain) * age / 16 : 0;
  }

  /** Ms until the job should end, `null` without ground. */
  #left(now: number): number | null {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (!first || !last) return null;
    const overall = slope(first, last, GROUND_SHARE);
    if (overall === null) return null;
    const from = this.#seen.findLast(({ progress }) => last.progress - progress >= NEWEST) ?? first;
    // The end that is told of may still be a moment away.
    const left = Math.max(Number.EPSILON, END - last.progress) / (slope(from, last, NEWEST) ?? overall) - (now - last.at);
    return left > 0 ? left : null;
  }

  /** Never above five times what was set, nor past the end that is expected. */
  #backedOff(interval: number, age: number, left: number | null): number {
    const grown = Math.min(age / LONG, 5 * interval, LONGEST, left === null ? Infinity : left / 2);
    return Math.max(interval, grown);
  }
}

/** Progress per ms, `null` without ground. */
function slope(from: Seen, to: Seen, ground: number): number | null {
  const [gain, time] = [to.progress - from.progress, to.at - from.at];
  return gain >= ground && time >= GROUND_TIME ? gain / time : null;
}

/** The moment nearest to `due` that all timers share; later than `now`. */
export function onBeat(due: number, now: number, beat: number): number {
  const nearest = Math.round(due / beat) * beat;
  return nearest > now ? nearest : nearest + beat;
}

function clamp(ms: number, least: number): number {
  return Math.min(LONGEST, Math.max(least, ms));
}
