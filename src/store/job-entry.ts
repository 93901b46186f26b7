import type { Channel } from '../channels/channel.ts';
import { canRetry } from '../core/allowed.ts';
import type { Clock } from '../core/clock.ts';
import { JobApiError } from '../core/errors.ts';
import type { PaceHistory } from '../core/history-of-pace.ts';
import { isFinal } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import { mergeJob } from '../core/merge-job.ts';
import { Subscribable } from '../core/subscribable.ts';
import { attend, type Attendant } from './attend.ts';
import { changed, failed, succeeded } from './reading.ts';
import type { RepaintBeat } from './repaint-beat.ts';
import { emptySnapshot } from './snapshot.ts';
import type { JobAction, JobSnapshot } from './snapshot.ts';

/** What an entry needs of its store. */
export interface EntryHost {
  readonly clock: Clock;
  readonly channel: Channel;
  /** Told of every job that has ended. */
  readonly history: PaceHistory;
  /** Those who want to know of jobs that end while they are watched. */
  readonly ends: Subscribable<Job>;
  /** When what has changed is drawn. */
  readonly beat: RepaintBeat;
  /** How long an entry outlives its last user, in ms. */
  readonly grace: number;
  /** The entry that stands for this id: `entry` itself unless there is another. */
  adopt(entry: JobEntry): JobEntry;
  drop(entry: JobEntry): void;
  cancel(job: Job | string): Promise<unknown>;
  retry(job: Job): Promise<Job | null>;
}

/** An answer younger than this is good for whoever comes, in ms. */
const FRESH = 5_000;

/** All that the page knows of one job. There is one per job and store, whoever asks. */
export class JobEntry {
  readonly id: string;
  readonly #host: EntryHost;
  readonly #live: Subscribable<JobSnapshot>;
  readonly #observers: Subscribable<JobSnapshot>;
  readonly #painters = new Subscribable();
  readonly #repaint = (): void => this.#painters.notify();
  #snapshot: JobSnapshot;
  /** Time of the last good answer. */
  #answeredAt: number | null = null;
  /** Until when the last answer is good for whoever comes. */
  #freshUntil = 0;
  /** From the first subscriber until a grace after the last. */
  #held = false;
  #cancelGrace: (() => void) | null = null;
  #acting: Promise<JobSnapshot> | null = null;
  /** Calls under way, which keep the entry in the store. */
  #busy = 0;

  constructor(id: string, host: EntryHost) {
    this.id = id;
    this.#host = host;
    this.#snapshot = emptySnapshot(id);
    const onLast = () => this.#linger();
    this.#live = new Subscribable({ onFirst: () => this.#hold(), onLast });
    this.#observers = new Subscribable({ onLast });
    this.#linger();
  }

  /** Immutable; a change is a new object. */
  get snapshot(): JobSnapshot {
    return this.#snapshot;
  }

  /**
   * Keeps the job live: the first subscriber starts the asking, the last one stops it after a short grace. `listener` is
   * called after each change, never during the call itself. Returns the way back.
   */
  subscribe(listener: (snapshot: JobSnapshot) => void): () => void {
    const entry = this.#current();
    return entry === this ? this.#live.subscribe(listener) : entry.subscribe(listener);
  }

  /** As `subscribe`, but asks for nothing: told of whatever others learn. For rows of a list. */
  observe(listener: (snapshot: JobSnapshot) => void): () => void {
    const entry = this.#current();
    return entry === this ? this.#observers.subscribe(listener) : entry.observe(listener);
  }

  /**
   * For who draws the job: called when there is something new to draw, with that of other jobs where many change. Does not keep the job
   * live by itself, nor in the store.
   */
  subscribeRepaint(listener: () => void): () => void {
    return this.#current().#painters.subscribe(listener);
  }

  /**
   * Called when the job becomes final while it is known as running: once per attempt, never for a job that was final when
   * first seen. Does not keep the job live by itself.
   */
  subscribeEnd(listener: (job: Job) => void): () => void {
    return this.#host.ends.subscribe((job) => {
      if (job.id === this.id) listener(job);
    });
  }

  /** All three of these, for an element. Gives what has to end with it. */
  attend(attendant: Attendant): readonly (() => void)[] {
    return attend(this, attendant);
  }

  /** Reads the job now. Concurrent calls share one request. Never rejects: the outcome is in the snapshot. */
  refresh(): Promise<JobSnapshot> {
    const entry = this.#current();
    if (entry !== this) return entry.refresh();
    return this.#during(() => this.#host.channel.refresh(this.id));
  }

  /**
   * Asks the server to cancel, then reads what came of it. Never rejects: a refusal is `actionError`, `conflict` when the job
   * had ended by itself.
   */
  cancel(): Promise<JobSnapshot> {
    return this.#act('cancel');
  }

  /** Asks the server to run the job again, where `links.retry` allows it. Never rejects: a refusal is `actionError`. */
  retry(): Promise<JobSnapshot> {
    return this.#act('retry');
  }

  /** For the store: an answer about this job, from wherever it came. `whole`: it tells all that can be told. */
  feed(answer: Job, whole = true): void {
    const { job: previous } = this.#snapshot;
    const job = mergeJob(previous, answer);
    const now = this.#host.clock.now();
    this.#answeredAt = now;
    this.#freshUntil = whole ? now + FRESH : 0;
    // Before the end is known here: a tab that asks for others, too, has to go on until it has told them.
    if (isFinal(job)) this.#host.channel.unwatch(this.id);
    else if (this.#held) this.#host.channel.watch(this.id);
    this.#host.channel.heard(job);
    this.#update({ job, ...succeeded(this.#snapshot, now) });
    this.#host.history.learn(job);
    const ended = previous && isFinal(job) && (!isFinal(previous) || job.retryCount > previous.retryCount);
    if (ended) this.#host.ends.notify(job);
  }

  /** For the store: reading this job failed. */
  fail(error: JobApiError): void {
    // A final job was asked for by somebody; what is wrong shall heal without a second click.
    if (this.#held) this.#host.channel.watch(this.id);
    this.#freshUntil = 0;
    this.#update(failed(this.#snapshot, error, this.#answeredAt));
  }

  /** For the store, when it closes. */
  close(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    this.#held = false;
  }

  #act(action: JobAction): Promise<JobSnapshot> {
    const entry = this.#current();
    if (entry !== this) return entry.#act(action);
    this.#acting ??= this.#during(() => this.#perform(action)).finally(() => {
      this.#acting = null;
    });
    return this.#acting;
  }

  async #perform(action: JobAction): Promise<void> {
    this.#update({ pending: action, actionError: null });
    let actionError: JobApiError | null = null;
    // What is being read now may have been asked for before.
    let fresh = true;
    try {
      if (action === 'cancel') await this.#host.cancel(this.#snapshot.job ?? this.id);
      else fresh = !(await this.#again());
    } catch (error) {
      actionError = error as JobApiError;
    }
    await this.#host.channel.refresh(this.id, { fresh });
    // Somebody else cancelled it first: that is what was wanted.
    if (action === 'cancel' && this.#snapshot.job?.status === 'cancelled') actionError = null;
    this.#update({ pending: null, actionError });
  }

  /** Whether the answer showed the job; then it is polled already. */
  async #again(): Promise<boolean> {
    const { job } = this.#snapshot;
    if (!job || !canRetry(job)) throw new JobApiError({ code: 'conflict', message: 'This job cannot be run again.' });
    const answer = await this.#host.retry(job);
    if (answer) this.feed(answer);
    return answer !== null;
  }

  /** Who kept an entry that had left the store joins the one that stands for the job now. */
  #current(): JobEntry {
    const entry = this.#host.adopt(this);
    if (entry === this) this.#linger();
    return entry;
  }

  async #during(work: () => Promise<void>): Promise<JobSnapshot> {
    this.#busy++;
    try {
      await work();
    } finally {
      this.#busy--;
      this.#linger();
    }
    return this.#snapshot;
  }

  #update(changes: Partial<JobSnapshot>): void {
    const before = this.#snapshot;
    const next = changed(before, changes);
    if (next === before) return;
    this.#snapshot = next;
    this.#live.notify(next);
    this.#observers.notify(next);
    if (this.#painters.size > 0) this.#host.beat.ask(this.#repaint, !hasOnlyMovedOn(before, next));
  }

  #hold(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    if (this.#held) return;
    this.#held = true;
    const { job } = this.#snapshot;
    const fresh = this.#fresh;
    if (!job || !isFinal(job) || fresh === 0) this.#host.channel.watch(this.id, fresh);
  }

  /** For how long the last answer is still good, in ms. Not at all when the clock was set meanwhile. */
  get #fresh(): number {
    const left = this.#freshUntil - this.#host.clock.now();
    return left <= FRESH ? Math.max(0, left) : 0;
  }

  /** Nobody may be left: stops, and leaves the store, unless somebody comes within the grace. */
  #linger(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    if (this.#live.size > 0) return;
    this.#cancelGrace = this.#host.clock.setTimeout(() => {
      this.#cancelGrace = null;
      if (this.#held) this.#host.channel.unwatch(this.id);
      this.#held = false;
      if (this.#observers.size + this.#busy > 0) return;
      const fresh = this.#fresh;
      if (fresh === 0) this.#host.drop(this);
      else this.#cancelGrace = this.#host.clock.setTimeout(() => this.#host.drop(this), fresh);
    }, this.#host.grace);
  }
}

/** The same work goes on, and nothing else has changed. */
function hasOnlyMovedOn({ job: before, ...beside }: JobSnapshot, { job, ...besideNow }: JobSnapshot): boolean {
  return before !== null && before.status === job?.status && before.retryCount === job.retryCount && changed(beside, besideNow) === beside;
}
