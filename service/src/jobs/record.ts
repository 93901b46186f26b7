import type { KnownJobStatus } from '../../../src/core/job.ts';
import type { RenderStep, VideoRequest } from '../render/types.ts';

/** Where the files of a finished job lie in the storage, and what else its result says. */
export interface StoredResult {
  files: { video: string; thumbnail: string; captions: string | null };
  /** As on the wire, without the paths. */
  output: Record<string, unknown>;
}

/** A row of the table `jobs`. */
export interface JobRecord {
  id: string;
  user_id: string;
  script_id: string;
  title: string;
  platform: string;
  request: VideoRequest;
  priority: number;
  status: KnownJobStatus;
  progress: number;
  progress_message: string;
  steps: RenderStep[];
  result: StoredResult | null;
  error: string | null;
  /** Id of the present run. */
  attempt: string;
  retry_count: number;
  /** Runs that failed since a person last asked for the job. */
  failures: number;
  /** Runs that ended with their worker since then. */
  crashes: number;
  estimated_duration: number;
  created_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
  updated_at: Date;
}

/** A row without what no answer tells: the request, which may be longer than all the rest. */
export type WireRecord = Omit<JobRecord, 'request'>;

const WIRE_NAMES = [
  'id', 'user_id', 'script_id', 'title', 'platform', 'priority', 'status', 'progress', 'progress_message', 'steps', 'result',
  'error', 'attempt', 'retry_count', 'failures', 'crashes', 'estimated_duration', 'created_at', 'started_at', 'completed_at', 'updated_at',
];
const columns = (names: readonly string[]): string => names.map((name) => `j.${name}`).join(', ');

export const WIRE_COLUMNS = columns(WIRE_NAMES);
export const JOB_COLUMNS = columns([...WIRE_NAMES, 'request']);

/** SQL for the statuses in which a worker holds the job. */
export const RUNNING = `('started', 'processing')`;
/** SQL for the statuses from which a job still goes on by itself. */
export const UNFINISHED = `('pending', 'started', 'processing')`;
/** SQL for the statuses that stay. */
export const FINISHED = `('success', 'failure', 'cancelled')`;
