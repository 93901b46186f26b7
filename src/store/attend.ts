import { isFinal, type Job } from '../core/job.ts';
import type { FirstJob } from '../core/read-plain.ts';
import type { JobSnapshot } from './snapshot.ts';

/** Who shows a job and tells the page of it. */
export interface Attendant {
  /** The job that `onChange` told of last. */
  told: Job | null;
  /** What was shown of a job before the entry knew it. */
  shown?: FirstJob | null;
  /** After each change of the job, and when it is known for the first time. */
  onChange?(job: Job, previous: Job | null): void;
  /** When the job ends while it is attended to: once per attempt, never for one that had ended before it was first shown. */
  onEnd?(job: Job): void;
  /** There is something new to draw. */
  onRepaint(): void;
}

/** An entry, as far as this needs one. */
interface Attended {
  readonly id: string;
  readonly snapshot: JobSnapshot;
  subscribe(listener: () => void): () => void;
  subscribeRepaint(listener: () => void): () => void;
  subscribeEnd(listener: (job: Job) => void): () => void;
}

/** Keeps a job live for who shows it. Gives what has to end with that. */
export function attend(entry: Attended, attendant: Attendant): readonly (() => void)[] {
  let attends = true;
  if (attendant.told?.id !== entry.id) attendant.told = null;
  const tell = (): void => {
    const previous = attendant.told;
    const { job } = entry.snapshot;
    if (!attends || !job || job === previous) return;
    attendant.told = job;
    attendant.onChange?.(job, previous);
    const { shown } = attendant;
    attendant.shown = null;
    // It ran when it was shown, and nobody else can have told of its end: the entry has only known it as over.
    if (previous === null && shown?.id === job.id && !isFinal(shown) && isFinal(job)) attendant.onEnd?.(job);
  };
  // Who is told may set properties of an element, which it does not like in the middle of an update.
  queueMicrotask(() => {
    // The element may have been away, and the entry made anew: what it was told of then is no news.
    const { job } = entry.snapshot;
    if (attendant.told && JSON.stringify(attendant.told) === JSON.stringify(job)) attendant.told = job;
    tell();
  });
  return [
    () => (attends = false),
    entry.subscribe(tell),
    entry.subscribeRepaint(() => attendant.onRepaint()),
    entry.subscribeEnd((job) => attendant.onEnd?.(job)),
  ];
}
