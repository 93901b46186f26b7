import { EtaTracker } from '../../core/eta.ts';
import type { PaceHistory } from '../../core/history-of-pace.ts';
import type { Job } from '../../core/job.ts';
import { Milestones, type Milestone } from './milestones.ts';
import { remainingTime, type RemainingTime } from './remaining-time.ts';
import { shownProgress } from './shown-progress.ts';

/** What the widget remembers of one job beyond its newest answer. A new job is a new follower. */
export class JobFollower {
  readonly #milestones = new Milestones();
  readonly #eta: EtaTracker;
  #job: Job | null = null;

  /** As for the `EtaTracker`. */
  constructor(history?: PaceHistory, serverAhead?: () => number | null) {
    this.#eta = new EtaTracker(history, serverAhead);
  }

  /** The answer taken in last. */
  get job(): Job | null {
    return this.#job;
  }

  /** Takes in an answer, and says what in it is worth speaking. */
  take(job: Job, now: number): Milestone | null {
    const previous = this.#job;
    this.#job = job;
    this.#eta.observe(job, now);
    return this.#milestones.next(job, previous, shownProgress(job), now);
  }

  remaining(now: number): readonly RemainingTime[] {
    return this.#job === null ? [] : remainingTime(this.#eta.estimate(now), this.#job.status === 'pending');
  }
}
