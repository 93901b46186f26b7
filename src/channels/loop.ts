import { backoffDelay } from '../core/backoff.ts';
import type { Clock } from '../core/clock.ts';
import type { JobApiError, JobErrorCode } from '../core/errors.ts';
import type { Gate } from './gate.ts';

/** Whether the page is seen. */
export interface Visibility {
  readonly visible: boolean;
  /** Calls back when `visible` may have changed. */
  subscribe(listener: () => void): () => void;
}

/** A loop, as far as its host needs one. */
export interface ActiveLoop {
  wake(): void;
  close(): void;
}

/** What the loops of a store share. */
export interface LoopHost {
  readonly clock: Clock;
  /** No loop asks while the page is not seen. */
  readonly visibility: Visibility;
  /** 0 ≤ random() < 1, for the jitter. */
  readonly random: () => number;
  /** Bounds how many ask at once. */
  readonly gate: Gate;
  /** Pause between two rounds in ms. */
  readonly interval: number;
  /** Calls back on the beat nearest to `due` (ms since the epoch), but never before `earliest`. Returns the way back. */
  onBeat(due: number, earliest: number, callback: () => void): () => void;
  /** An active loop is woken when the page's state changes. */
  setActive(loop: ActiveLoop, active: boolean): void;
}

export interface LoopTask<T> {
  /** Rejects with `JobApiError` only. */
  ask(signal: AbortSignal): Promise<T>;
  /** `late`: a call that began after this one has been answered already. */
  onAnswer(answer: T, late: boolean): void;
  /** Pause after a good answer in ms; the host's interval by default. */
  pause?(): number;
  /** Somebody else asks at present: no question, unless somebody here waits for the answer. */
  rests?(): boolean;
  /** Unless a call that began later has been answered. */
  onError(error: JobApiError): void;
}

interface Call {
  readonly abort: AbortController;
  /** Somebody waits for it, so it outlives `stop()` and runs in a hidden page too. */
  wanted: boolean;
  promise: Promise<void>;
}

/** Bound of the backoff, and the pause where asking again soon is of no use, in ms. */
const SLOW = 30_000;
/** `Retry-After` is honoured up to this, in ms. */
const LONGEST_WAIT = 3_600_000;
/** Who was sent away until the same moment comes back within this after it, in ms; later when sent away again. */
const SPREAD = 10_000;
/** Asked again only so that it heals when somebody signs in or a copy catches up. */
const SLOW_CODES: readonly JobErrorCode[] = ['not-found', 'unauthorized', 'forbidden', 'offline'];

/** Asks again and again while it is started, the next time a pause after the last answer. */
export class Loop<T> {
  readonly #host: LoopHost;
  readonly #task: LoopTask<T>;
  #active = false;
  #current: Call | null = null;
  #calls = 0;
  /** Number of the newest call that was answered. */
  #answered = 0;
  #failures = 0;
  #pause = 0;
  /** The server asked to be left alone: for so long, until then, the spread included. */
  #rest = 0;
  #notBefore = 0;
  #timer: (() => void) | null = null;
  readonly #running = new Set<Call>();

  constructor(host: LoopHost, task: LoopTask<T>) {
    this.#host = host;
    this.#task = task;
  }

  /** Neither started nor asking for somebody. */
  get idle(): boolean {
    return !this.#active && this.#running.size === 0;
  }

  /** `pause`: before the first round, in ms. */
  start(pause = 0): void {
    if (this.#active) return;
    this.#active = true;
    this.#host.setActive(this, true);
    this.#next(pause);
  }

  /** Ends the rounds. A call that somebody waits for still comes to its end. */
  stop(): void {
    if (!this.#active) return;
    this.#active = false;
    this.#host.setActive(this, false);
    this.#cancelTimer();
    for (const call of this.#running) if (!call.wanted) this.#abort(call);
  }

  /** Ends everything, calls that somebody waits for included: they settle without an answer. */
  close(): void {
    this.stop();
    for (const call of this.#running) this.#abort(call);
  }

  /** Cuts a pause short, as far as the server and the page allow. */
  wake(): void {
    if (this.#active) this.#next(0);
  }

  /** What it would ask for has just been learnt elsewhere: the next question is a pause from now, in ms. */
  postpone(pause: number): void {
    this.#failures = 0;
    if (this.#active) this.#next(pause);
  }

  /** Asks now. Settles with the answer, whatever it is. */
  refresh(fresh = false): Promise<void> {
    const shared = fresh ? null : this.#current;
    const call = shared ?? this.#call(true);
    call.wanted = true;
    return call.promise;
  }

  #next(pause: number): void {
    // What runs now goes on by itself when it is done.
    if (this.#current) return;
    this.#cancelTimer();
    if (!this.#mayAsk) return;
    // The clock was set back meanwhile.
    if (this.#notBefore - this.#host.clock.now() > this.#rest) this.#notBefore = 0;
    const due = this.#host.clock.now() + pause;
    if (pause <= 0 && this.#notBefore <= due) this.#call(false);
    else this.#timer = this.#host.onBeat(Math.max(due, this.#notBefore), this.#notBefore, () => this.#next(0));
  }

  get #mayAsk(): boolean {
    return this.#host.visibility.visible && !this.#task.rests?.();
  }

  #call(wanted: boolean): Call {
    this.#cancelTimer();
    const call: Call = { abort: new AbortController(), wanted, promise: Promise.resolve() };
    this.#current = call;
    this.#running.add(call);
    call.promise = this.#run(call, ++this.#calls);
    return call;
  }

  async #run(call: Call, number: number): Promise<void> {
    const { signal } = call.abort;
    const outcome = await this.#host.gate
      .run(async () => {
        signal.throwIfAborted();
        // The page may have been hidden while this call stood in the queue.
        if (!call.wanted && !this.#mayAsk) return null;
        return { answer: await this.#task.ask(signal) };
      })
      .catch((error: JobApiError) => ({ error }));
    this.#running.delete(call);
    try {
      if (outcome && !signal.aborted) this.#settle(outcome, number);
    } finally {
      // The task may have started, stopped or asked anew meanwhile.
      if (this.#current === call) {
        this.#current = null;
        if (this.#active) this.#next(this.#pause);
      }
    }
  }

  #settle(outcome: { answer: T } | { error: JobApiError }, number: number): void {
    const late = number < this.#answered;
    if ('error' in outcome) {
      if (late) return;
      this.#pause = this.#pauseAfter(outcome.error, this.#failures++);
      this.#task.onError(outcome.error);
    } else {
      if (!late) {
        this.#answered = number;
        this.#failures = 0;
        this.#notBefore = 0;
      }
      this.#task.onAnswer(outcome.answer, late);
      if (!late) this.#pause = this.#task.pause?.() ?? this.#host.interval;
    }
  }

  #pauseAfter(error: JobApiError, failures: number): number {
    const { interval, random, clock } = this.#host;
    const slow = Math.max(SLOW, interval);
    const asked = Math.min(error.retryAfter ?? 0, LONGEST_WAIT);
    const base = asked > 0 ? Math.max(interval, SPREAD) : interval;
    const more = SLOW_CODES.includes(error.code) ? slow : backoffDelay(failures, { base, max: Math.max(slow, base), random });
    if (asked > 0) {
      this.#rest = asked + more;
      this.#notBefore = clock.now() + this.#rest;
    }
    return asked + more;
  }

  #abort(call: Call): void {
    call.abort.abort();
    this.#running.delete(call);
    // A start right after this one shall not wait for it.
    if (this.#current === call) this.#current = null;
  }

  #cancelTimer(): void {
    this.#timer?.();
    this.#timer = null;
  }
}
