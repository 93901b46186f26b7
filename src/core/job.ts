/**
 * The job as every widget knows it: one shape, whatever the backend sent. `read-job.ts` alone builds it from the wire.
 */

/** The statuses that the wire contract documents. */
export const KNOWN_STATUSES = ['pending', 'started', 'processing', 'success', 'failure', 'cancelled'] as const;
export type KnownJobStatus = (typeof KNOWN_STATUSES)[number];

/** A status from the wire: a known one, or any other text, which is shown as it is and counts as still running. */
export type JobStatusName = KnownJobStatus | (string & {});

/** Stands for the status of an answer that named none. Merging keeps the known status then. */
export const UNKNOWN_STATUS = 'unknown';

/** The three statuses that never change again within an attempt. */
export const FINAL_STATUSES: readonly KnownJobStatus[] = ['success', 'failure', 'cancelled'];

/** What a finished job made. Keys the contract does not name stay readable in `extra`. */
export interface JobOutput {
  /** As on the wire: a URL, a server-relative path, or a path on the backend's own disk (useless in a browser). */
  videoPath: string | null;
  thumbnailPath: string | null;
  /** Length of the video in seconds. */
  duration: number | null;
  /** Bytes. */
  fileSize: number | null;
  /** `"1920x1080"` */
  resolution: string | null;
  extra: Readonly<Record<string, unknown>>;
}

/** Links relative to the API's origin. Their presence is a permission, their absence (when `links` exists) a refusal. */
export interface JobLinks {
  batch?: string;
  events?: string;
  socket?: string;
  cancel?: string;
  retry?: string;
  video?: string;
  thumbnail?: string;
  captions?: string;
}

export interface JobStep {
  name: string;
  status: JobStatusName;
  /** 0..1, `null` while unknown. */
  progress: number | null;
}

export interface Job {
  readonly id: string;
  readonly status: JobStatusName;
  /** 0..1, `null` when the backend sent none that can be read. */
  readonly progress: number | null;
  /** The current step, for a person to read. Plain text, never markup. */
  readonly message: string | null;
  readonly result: JobOutput | null;
  readonly error: string | null;
  /** Times are milliseconds since the epoch, `null` until known. */
  readonly createdAt: number | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly updatedAt: number | null;
  /** 0 for the first attempt. */
  readonly retryCount: number;
  /** Set when the answer named no attempt (`retryCount` is then 0): it belongs to the attempt that is known. */
  readonly attemptUnknown?: true;
  /** Running time in seconds once finished. */
  readonly duration: number | null;
  /** `null` when the backend sends no links: then status decides what is allowed. */
  readonly links: Readonly<JobLinks> | null;
  readonly title: string | null;
  readonly scriptId: string | null;
  readonly userId: string | null;
  readonly platform: string | null;
  readonly priority: number | null;
  /** The backend's own estimate of the whole running time, in seconds. */
  readonly estimatedDuration: number | null;
  /** 1 = next to be taken up. */
  readonly queuePosition: number | null;
  readonly steps: readonly JobStep[];
  /** Fields the contract does not name, as they came. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export function isFinalStatus(status: JobStatusName): boolean {
  return (FINAL_STATUSES as readonly string[]).includes(status);
}

export function isKnownStatus(status: unknown): status is KnownJobStatus {
  return (KNOWN_STATUSES as readonly unknown[]).includes(status);
}

export function isFinal(job: Pick<Job, 'status'>): boolean {
  return isFinalStatus(job.status);
}
