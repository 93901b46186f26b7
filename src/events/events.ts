import type { CreateJobRequest } from '../api/wire.ts';
import type { JobApiError } from '../core/errors.ts';
import { isFinal } from '../core/job.ts';
import type { Job } from '../core/job.ts';

/**
 * Every event that the elements dispatch, with its `detail`. All bubble and are composed, so one listener on the page (or
 * on `document`) hears every widget. Only those named `…-request`, `job-duplicate` and the two of errors can be cancelled.
 */
export interface JobEventDetails {
  /** The job shown has changed in any way, or is known for the first time (`previous` is `null`). */
  'job-change': { readonly job: Job; readonly previous: Job | null };
  /**
   * The job reached a final state while the page was watching. Once per attempt; never for a job that had already ended when
   * the page first saw it, so a reload does not repeat it. Where several elements show the job, each tells its own listeners,
   * but only the first one's event bubbles: a listener on the page hears of an end once. So with the three that follow.
   */
  'job-end': { readonly job: Job };
  /** Follows `job-end` when the job succeeded. */
  'job-success': { readonly job: Job };
  /** Follows `job-end` when the job failed. */
  'job-failure': { readonly job: Job };
  /** Follows `job-end` when the job was cancelled, by whomever. */
  'job-cancelled': { readonly job: Job };
  /** A job was created by this element. */
  'job-created': { readonly job: Job; readonly request: CreateJobRequest };
  /** A job is about to be created. `preventDefault()` keeps the element from sending the request. */
  'job-create-request': { readonly request: CreateJobRequest };
  /** A request was not taken up. What was filled in is still there. */
  'job-create-failed': { readonly request: CreateJobRequest; readonly error: JobApiError };
  /** Rows of a list are being sent. */
  'job-bulk-started': BulkCounts;
  /** More of a list is done, at most four times a second. `jobIds`: jobs created since the last such event. */
  'job-bulk-progress': BulkCounts & { readonly jobIds: readonly string[] };
  /** Of every row of a list is known what became of it, so far as it can be. Again after rows were sent anew. */
  'job-bulk-finished': BulkCounts & { readonly jobIds: readonly string[] };
  /** The user asks to cancel the job. `preventDefault()` keeps the element from doing it. */
  'job-cancel-request': { readonly jobId: string };
  /** The user asks to run the job again. `preventDefault()` keeps the element from doing it. */
  'job-retry-request': { readonly jobId: string };
  /** The user asks to read the job again now. `preventDefault()` keeps the element from doing it. */
  'job-refresh-request': { readonly jobId: string };
  /** A job ended, and `<job-notifications>` is about to tell of it. `preventDefault()` keeps it out of toasts, desktop and title. */
  'job-notification': { readonly job: Job };
  /** An element has failed, in an update or in work that it began. `preventDefault()` takes the error over; otherwise it is the page's. */
  'job-error': { readonly error: unknown };
  /** A `<job-error-boundary>` stands in for what failed inside (`source`). `preventDefault()` keeps its fallback away. */
  'job-error-boundary': { readonly error: unknown; readonly source: Element };
  /**
   * The user wants another job like this one; `preset` has the fields of `video_request` that the job tells. `preventDefault()` keeps
   * the element from opening the form for it.
   */
  'job-duplicate': { readonly job: Job; readonly preset: Readonly<Record<string, unknown>> };
  /** The user looks at other jobs of the list: another filter, order, page, or job opened. */
  'job-history-change': { readonly view: Readonly<Record<string, string | number>> };
}

/** How many rows of a list are where. `total`: rows that are sent at all; `left` come on top. */
export interface BulkCounts {
  readonly total: number;
  /** Not sent yet, or on their way. */
  readonly waiting: number;
  readonly created: number;
  /** Refused by the backend. */
  readonly failed: number;
  /** Sent, and the answer lost: there may be a job. */
  readonly unknown: number;
  /** Taken back by the user. */
  readonly cancelled: number;
  /** Bad rows that were left out from the start. */
  readonly left: number;
}

export type JobEventName = keyof JobEventDetails;
export type JobEvent<Name extends JobEventName> = CustomEvent<JobEventDetails[Name]>;

export type JobChangeEvent = JobEvent<'job-change'>;
export type JobEndEvent = JobEvent<'job-end'>;
export type JobSuccessEvent = JobEvent<'job-success'>;
export type JobFailureEvent = JobEvent<'job-failure'>;
export type JobCancelledEvent = JobEvent<'job-cancelled'>;
export type JobCreatedEvent = JobEvent<'job-created'>;
export type JobCreateRequestEvent = JobEvent<'job-create-request'>;
export type JobCreateFailedEvent = JobEvent<'job-create-failed'>;
export type JobBulkStartedEvent = JobEvent<'job-bulk-started'>;
export type JobBulkProgressEvent = JobEvent<'job-bulk-progress'>;
export type JobBulkFinishedEvent = JobEvent<'job-bulk-finished'>;
export type JobCancelRequestEvent = JobEvent<'job-cancel-request'>;
export type JobRetryRequestEvent = JobEvent<'job-retry-request'>;
export type JobRefreshRequestEvent = JobEvent<'job-refresh-request'>;
export type JobNotificationEvent = JobEvent<'job-notification'>;
export type JobErrorEvent = JobEvent<'job-error'>;
export type JobErrorBoundaryEvent = JobEvent<'job-error-boundary'>;
export type JobDuplicateEvent = JobEvent<'job-duplicate'>;
export type JobHistoryChangeEvent = JobEvent<'job-history-change'>;

/** Dispatches one of the events above. `false` when it is a request and a listener prevented it. */
export function dispatchJobEvent<Name extends JobEventName>(
  target: EventTarget,
  name: Name,
  detail: JobEventDetails[Name],
  bubbles = true,
): boolean {
  const cancelable = name.endsWith('-request');
  return target.dispatchEvent(new CustomEvent(name, { detail, bubbles, composed: true, cancelable }));
}

/** Ends that the page has heard of; the store gives the same object to all who show the job, also those of another copy of this module. */
const KEY = Symbol.for('job-elements.told.1');
const page = globalThis as { [KEY]?: WeakSet<Job> };
const told = (page[KEY] ??= new WeakSet());

/** Dispatches `job-end`, then the event of the state that the job ended in. */
export function dispatchJobEnd(target: EventTarget, job: Job): void {
  // One that has left the page meanwhile reaches nobody there.
  const isFirst = !told.has(job) && (target as Partial<Node>).isConnected !== false;
  if (isFirst) told.add(job);
  dispatchJobEvent(target, 'job-end', { job }, isFirst);
  if (isFinal(job)) dispatchJobEvent(target, `job-${job.status as 'success' | 'failure' | 'cancelled'}`, { job }, isFirst);
}

declare global {
  // The map that those of HTMLElement, Document and Window all extend.
  interface GlobalEventHandlersEventMap extends JobEventMap {}
}

type JobEventMap = { [Name in JobEventName]: JobEvent<Name> };
