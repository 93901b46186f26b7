import { doneOf } from './views/run-view.ts';
import type { RunPhase } from './run/run.ts';
import type { RunCounts } from './run/rows.ts';
import type { BulkWords } from './words.ts';

/** Tells screen readers of milestones: the start, each quarter, a pause, the end. Never of every row. */
export class Announcer {
  readonly #words: BulkWords;
  readonly #say: (text: string) => void;
  #phase: RunPhase | null = null;
  #quarter = 0;

  constructor(words: BulkWords, say: (text: string) => void) {
    this.#words = words;
    this.#say = say;
  }

  checked(good: number, bad: number): void {
    this.#say(this.#words.term('say.checked', { good, bad }));
  }

  /** Another list, or none: what was so when it was first seen is no news. */
  reset(): void {
    this.#phase = null;
    this.#quarter = 0;
  }

  run(phase: RunPhase, counts: RunCounts): void {
    const before = this.#phase;
    const quarter = Math.floor((4 * doneOf(counts)) / Math.max(1, counts.total));
    const further = quarter > this.#quarter;
    this.#phase = phase;
    this.#quarter = quarter;
    const words = this.#words;
    if (phase !== before) {
      if (phase === 'finished' && before !== null) {
        this.#say(words.term('say.finished', { created: counts.created, rest: counts.total + counts.left - counts.created }));
      } else if (phase === 'paused' && before !== null) this.#say(words.term('say.paused'));
      else if (phase === 'running') this.#say(before === 'paused' ? words.term('say.resumed') : words.term('say.started', { count: counts.waiting + counts.sending }));
    } else if (phase === 'running' && further && quarter < 4) this.#say(words.term('say.share', { share: words.percent(quarter / 4) }));
  }
}
