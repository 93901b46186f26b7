import type { Clock } from '../core/clock.ts';

/** How long what has only moved on may wait to be drawn while there is much of it, in ms. */
const BEAT = 250;
/** So many answers in one beat are each drawn as they come. */
const FEW = 4;
/** How long after the last crowd another one is expected, in ms: a round of polls at the usual pace later. */
const MEMORY = 5_000;

/**
 * One rhythm for the repaints of a page. A picture costs the browser about the same for one row as for ten, so where many answers come one
 * by one, each at its own moment, they are drawn together: on the full quarter of a second. A few are drawn at once, and so are all that
 * come in one answer.
 */
export class RepaintBeat {
  readonly #clock: Clock;
  readonly #gathered = new Set<() => void>();
  #beat = 0;
  /** Answers in this beat. */
  #answers = 0;
  /** Still the same answer. */
  #sameAnswer = false;
  #crowdedUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `repaint` now, or on the next beat, and then once, however often it was asked for. `atOnce`: it is news, and does not wait. */
  ask(repaint: () => void, atOnce: boolean): void {
    if (atOnce || this.#isCalm()) {
      this.#gathered.delete(repaint);
      repaint();
      return;
    }
    if (this.#gathered.size === 0) this.#clock.setTimeout(() => this.#flush(), BEAT - (this.#clock.now() % BEAT));
    this.#gathered.add(repaint);
  }

  #isCalm(): boolean {
    const now = this.#clock.now();
    if (!this.#sameAnswer) this.#count(now);
    if (this.#answers > FEW) this.#crowdedUntil = now + MEMORY;
    // A clock that was set back must not keep the page waiting for as long.
    return now >= this.#crowdedUntil || now + MEMORY < this.#crowdedUntil;
  }

  #count(now: number): void {
    const beat = Math.floor(now / BEAT);
    this.#answers = beat === this.#beat ? this.#answers + 1 : 1;
    this.#beat = beat;
    this.#sameAnswer = true;
    queueMicrotask(() => {
      this.#sameAnswer = false;
    });
  }

  #flush(): void {
    const repaints = [...this.#gathered];
    this.#gathered.clear();
    for (const repaint of repaints) repaint();
  }
}

const beats = new WeakMap<Clock, RepaintBeat>();

/** The one beat of all stores on this clock. */
export function repaintBeat(clock: Clock): RepaintBeat {
  let beat = beats.get(clock);
  if (beat === undefined) beats.set(clock, (beat = new RepaintBeat(clock)));
  return beat;
}
