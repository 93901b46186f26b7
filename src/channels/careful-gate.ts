import { wait } from '../api/abortable.ts';
import type { Clock } from '../core/clock.ts';
import { Gate } from './gate.ts';

/** Between the starts of two tasks while care is taken, in ms: a hundred of them take seven seconds. */
const GAP = 70;
/** So many may start at once when none has for a while. */
const BURST = 3;
/** How long care is taken after the last reason for it is over, in ms: by then all have come back from their longest wait. */
const CARE = 30_000;

/**
 * A gate whose tasks start one after the other, a gap apart, for as long as there is a reason not to come all at once: a server or
 * a network that is only just back.
 */
export class CarefulGate {
  readonly #gate: Gate;
  readonly #clock: Clock;
  readonly #width: number;
  /** When the newest reason arose, by the clock. */
  #reason = -Infinity;
  #failing = false;
  /** When the next task may start. */
  #next = -Infinity;

  constructor(width: number, clock: Clock) {
    this.#gate = new Gate(width, clock);
    this.#clock = clock;
    this.#width = width;
  }

  /** From now on care is taken. */
  beCareful(): void {
    this.#reason = this.#clock.now();
  }

  /** How the newest answer was. Care is taken from the first bad one until some time after the first good one. */
  set failing(failing: boolean) {
    if (failing !== this.#failing) this.beCareful();
    this.#failing = failing;
  }

  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    // Who joined the queue while care was taken keeps its place in it.
    const joined = this.#careful;
    return this.#gate.run(async () => {
      const delay = joined || this.#careful ? this.#turn() : 0;
      if (delay > 0) await wait(this.#clock, delay, signal);
      signal.throwIfAborted();
      return task();
    });
  }

  get #careful(): boolean {
    return this.#failing || Math.abs(this.#clock.now() - this.#reason) <= CARE;
  }

  /** How long until the next task may start, in ms; what comes after it starts a gap later. */
  #turn(): number {
    const now = this.#clock.now();
    const earliest = now - (BURST - 1) * GAP;
    // No more than a gap for each task beside it, also when the clock was set back meanwhile.
    const at = Math.min(Math.max(earliest, this.#next), now + this.#width * GAP);
    this.#next = at + GAP;
    return at - now;
  }
}
