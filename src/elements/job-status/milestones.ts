import { isFinal, type Job, type KnownJobStatus } from '../../core/job.ts';
import { currentStep } from './current-step.ts';

/** What is worth saying aloud. */
export type Milestone =
  | { readonly kind: 'start' }
  | { readonly kind: 'percent'; readonly share: number }
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'retry'; readonly number: number }
  | { readonly kind: 'end'; readonly status: KnownJobStatus };

/** Steps may change many times a second; they are spoken at most this often, in ms. */
const STEP_PAUSE = 10_000;
const QUARTERS = [0.75, 0.5, 0.25];

/**
 * Decides which changes of a job a screen reader speaks: its start, a quarter passed, a new step now and then, a new attempt,
 * and the end once. What was so already when the job was first seen is not news.
 */
export class Milestones {
  #attempt = -1;
  #quarter = 0;
  #step: string | null = null;
  #stepSpokenAt = -Infinity;

  /** `progress` as shown, 0..1. */
  next(job: Job, previous: Job | null, progress: number | null, now: number): Milestone | null {
    const before = this.#quarter;
    const newAttempt = job.retryCount > this.#attempt;
    this.#attempt = Math.max(this.#attempt, job.retryCount);
    this.#quarter = QUARTERS.find((quarter) => (progress ?? 0) >= quarter) ?? 0;

    if (previous === null) {
      this.#step = currentStep(job);
      this.#stepSpokenAt = now;
      return null;
    }
    if (isFinal(job)) {
      return isFinal(previous) && !newAttempt ? null : { kind: 'end', status: job.status as KnownJobStatus };
    }
    if (newAttempt) return { kind: 'retry', number: job.retryCount + 1 };
    if (job.status !== 'pending' && previous.status === 'pending') {
      this.#step = currentStep(job);
      return { kind: 'start' };
    }
    if (this.#quarter > before) return { kind: 'percent', share: this.#quarter };
    return this.#nextStep(job, now);
  }

  #nextStep(job: Job, now: number): Milestone | null {
    const step = currentStep(job);
    if (step === null || step === this.#step || now - this.#stepSpokenAt < STEP_PAUSE) return null;
    this.#step = step;
    this.#stepSpokenAt = now;
    return { kind: 'step', step };
  }
}
