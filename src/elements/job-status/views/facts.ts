import { isFinal, type Job } from '../../../core/job.ts';
import { duration, durationRange } from '../../../i18n/amounts.ts';
import type { StatusModel } from '../status-model.ts';

interface Fact {
  /** Part of the widget, for styling: `elapsed`, `remaining`, `attempt`. */
  readonly part: string;
  readonly text: string;
}

/** Clocks that differ by less are taken to agree, in ms. */
const AGREE = 600_000;
/** No job runs for so long, in ms: where nobody knows what the server's clock says, that is the clocks' doing. */
const BEYOND = 43_200_000;

/** What the times are told by. */
interface Times {
  readonly now: number;
  /** How far the server's clock is ahead of ours, in ms; `null` where that is not known. */
  readonly ahead: number | null;
}

/** Times and attempts, the most telling first. */
export function factsOf(model: StatusModel, maxAttempts: number, { now, ahead }: Times): Fact[] {
  const { trouble, snapshot } = model;
  // While out of touch the time stands still: nobody knows what happened since.
  const known = trouble === null ? now : (snapshot?.freshness.since ?? now);
  const facts = [...remainingFacts(model), elapsedFact(model, { now: known, ahead }), attemptFact(model, maxAttempts)];
  return facts.filter((fact) => fact !== null);
}

function remainingFacts({ remaining, kind, trouble, localize }: StatusModel): Fact[] {
  if (trouble !== null || kind === 'cancelling') return [];
  const range = ({ low, high }: { low: number; high: number }): string => durationRange(localize, low, high);
  return remaining.map((said) => {
    switch (said.kind) {
      case 'left':
        return { part: 'remaining', text: localize.term('time.left', { time: range(said) }) };
      case 'starts-in':
        return { part: 'remaining', text: localize.term('time.startsIn', { time: range(said) }) };
      case 'takes':
        return { part: 'remaining', text: localize.term('time.takes', { time: range(said) }) };
      case 'almost':
        return { part: 'remaining', text: localize.term('time.almost') };
      case 'long':
        return { part: 'remaining', text: localize.term('time.long') };
    }
  });
}

/** Time since the start while it runs, the whole running time once it has ended. */
function elapsedFact({ job, running, localize }: StatusModel, times: Times): Fact | null {
  if (job === null) return null;
  if (isFinal(job)) {
    const took = job.duration !== null ? job.duration * 1000 : span(job.startedAt, job.completedAt);
    return took === null || took < 1000 ? null : { part: 'elapsed', text: localize.term('time.took', { time: duration(localize, took) }) };
  }
  const elapsed = elapsedOf(job, times);
  if (!running || elapsed === null || elapsed < 1000) return null;
  return { part: 'elapsed', text: localize.term('time.elapsed', { time: duration(localize, elapsed) }) };
}

/** By the server's clock, which told when it started; where that cannot be known, by ours as far as the two can be taken to agree. */
function elapsedOf({ startedAt, createdAt, updatedAt }: Job, { now, ahead }: Times): number | null {
  const from = startedAt ?? createdAt;
  if (ahead !== null) return span(from, now + ahead);
  if (updatedAt !== null && Math.abs(now - updatedAt) > AGREE) return span(from, updatedAt);
  const elapsed = span(from, now);
  return elapsed !== null && elapsed < BEYOND ? elapsed : null;
}

function span(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : to - from;
}

/** Silent on the first attempt. The number of attempts is only said while it is true. */
function attemptFact({ job, kind, localize }: StatusModel, total: number): Fact | null {
  const number = job === null ? 1 : job.retryCount + (kind === 'retrying' && isFinal(job) ? 2 : 1);
  if (number < 2) return null;
  const text = number <= total ? localize.term('attempt.of', { number, total }) : localize.term('attempt', { number });
  return { part: 'attempt', text };
}
