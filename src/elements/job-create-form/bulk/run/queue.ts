import type { JobErrorCode } from '../../../../core/errors.ts';
import type { RowMark } from './rows.ts';

interface Misses {
  count: number;
  /** Answers to other rows, at the first miss. */
  readonly answers: number;
}

/** After so many lost answers a row is given up, if others get theirs or the backend itself breaks on it. */
const MAX_TRIES = 3;
/** The backend was reached, and broke. */
const BROKEN = new Set<JobErrorCode>(['server', 'incomplete', 'malformed']);

/** Which rows wait, in what order, and how many of them may go in one call. */
export class RunQueue {
  #waiting: number[];
  readonly #misses = new Map<number, Misses>();

  constructor(marks: readonly RowMark[]) {
    this.#waiting = marks.flatMap(({ state }, index) => (state === 'waiting' ? [index] : []));
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** `first`: they come before the others, since nothing speaks against them. */
  add(indexes: readonly number[], first = false): void {
    this.#waiting = first ? [...indexes, ...this.#waiting] : [...this.#waiting, ...indexes];
  }

  /**
   * Takes the next, `most` at most. Rows that went in a call that broke go in smaller ones, at last each by itself: so the
   * one that breaks it is found, and the others go through.
   */
  take(most: number): number[] {
    const tries = this.#tries(this.#waiting[0]);
    const count = Math.max(1, Math.floor(most / 10 ** tries));
    let end = 0;
    while (end < Math.min(count, this.#waiting.length) && this.#tries(this.#waiting[end]) === tries) end++;
    return this.#waiting.splice(0, end);
  }

  clear(): number[] {
    return this.#waiting.splice(0);
  }

  /** Counts a lost answer. `false` when it is this row that has none, not the backend as a whole. */
  mayTryAgain(index: number, code: JobErrorCode, answers: number): boolean {
    const misses = this.#misses.get(index) ?? { count: 0, answers };
    misses.count++;
    this.#misses.set(index, misses);
    if (misses.count < MAX_TRIES || !(BROKEN.has(code) || answers > misses.answers)) return true;
    this.#misses.delete(index);
    return false;
  }

  #tries(index: number | undefined): number {
    return index === undefined ? 0 : (this.#misses.get(index)?.count ?? 0);
  }
}
