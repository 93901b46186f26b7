import type { JobApiError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';

/** Where a channel reports to. It may report any job, asked for or not; the receiver decides what is newer. */
export interface ChannelSink {
  /** A job was read. */
  onJob(job: Job): void;
  /** Reading `id` failed; the channel goes on trying. */
  onError(id: string, error: JobApiError): void;
}

/** A way in which answers reach the store. Watching is per id and idempotent; who is final or unwanted is the sink's to say. */
export interface Channel {
  /** Keeps `id` up to date from now on. What is known may be `fresh` enough for so long, in ms. */
  watch(id: string, fresh?: number): void;
  unwatch(id: string): void;
  /**
   * Reads `id` once, now, watched or not. Settled when the sink has heard the outcome; never rejects. A read that is already
   * under way is shared, unless `fresh` asks for one that starts after this call.
   */
  refresh(id: string, options?: { fresh?: boolean }): Promise<void>;
  /** This job has been learnt, from whatever channel: the next question can wait as long as its pace allows. */
  heard(job: Job): void;
  /** Ends all timers, listeners and requests. */
  close(): void;
}
