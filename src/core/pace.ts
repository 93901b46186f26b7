import { EtaTracker } from './eta.ts';
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
/** After this many times the pause, a job that does not move is asked about less often; so is a long one at a set interval. */
const LONG = 100;

/**
 * When to ask for a job again. With a good estimate: after half of the time that is left, then right at the end. An estimate
 * can mislead, so the questions are counted: a job may not cost more than a steady pace would, a small advance apart that a
 * job loses which does not move. Without an estimate the pace is steady.
 */
export class Pace {
  readonly #eta = new EtaTracker();
  #first: number | null = null;
  #questions = 0;
  #known: Job | null = null;
  #start: number | null = null;
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
    this.#first ??= now;
    this.#questions++;
    this.#eta.observe(job, now);
    const moved = known === null || known.progress !== job.progress || known.status !== job.status;
    if (moved) this.#movedAt = now;
    this.#known = job;
    this.#start ??= job.progress;
    const age = now - this.#first;
    const left = this.#left(now);
    if (moved) this.#near = (left !== null && left <= LEAP) || (job.progress ?? 0) >= 0.95;
    if (interval !== undefined) return this.#backedOff(interval, age, left);
    if (isFinal(job)) return LONGEST;
    if (job.status === 'pending' && (job.queuePosition ?? 0) > 1) return clamp((job.queuePosition as number) * SHORTEST, STEADY);
    const idle = now - this.#movedAt;
    // What was saved is spent where the end is near, but no more than that.
    const spent = this.#first + (this.#questions - (moved ? 1 : 0)) * STEADY - now;
    if (left !== null && moved) return clamp(Math.max(left <= LEAP ? left : left / 2, Math.min(spent, STEADY)), SHORTEST);
    if (this.#near) return clamp(Math.max(Math.min(idle / 4, STEADY), Math.min(spent, STEADY), idle / (3 * LONG)), SHORTEST);
    const early = this.#early(job, age);
    return clamp(Math.max(early, idle / (3 * LONG)), STEADY);
  }

  /** Before there is ground for an estimate to be shown: a part of the time that the first steps let expect. */
  #early(job: Job, age: number): number {
    const gain = (job.progress ?? 0) - (this.#start ?? 0);
    return gain > 0 ? ((1 - (job.progress ?? 0)) / gain) * age / 16 : 0;
  }

  /** Ms until the job should end, `null` without ground. */
  #left(now: number): number | null {
    const { remaining } = this.#eta.estimate(now);
    return remaining && ((remaining.low + remaining.high) / 2) * 1_000;
  }

  /** Never above five times what was set, nor past the end that is expected. */
  #backedOff(interval: number, age: number, left: number | null): number {
    const grown = Math.min(age / LONG, 5 * interval, LONGEST, left === null ? Infinity : left / 2);
    return Math.max(interval, grown);
  }
}

/** The moment nearest to `due` that all timers share; later than `now`. */
export function onBeat(due: number, now: number, beat: number): number {
  const nearest = Math.round(due / beat) * beat;
  return nearest > now ? nearest : nearest + beat;
}

function clamp(ms: number, least: number): number {
  return Math.min(LONGEST, Math.max(least, ms));
}
