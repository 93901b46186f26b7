import { generateVideo } from '../../api/generate.ts';
import type { JobApiError, JobErrorCode } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import { readJob } from '../../core/read-job.ts';
import type { JobEntry } from '../../store/job-entry.ts';
import type { JobStore } from '../../store/job-store.ts';
import type { Submission } from './submission.ts';

/** The service takes no jobs: it says so, does not know the route, or does not answer at all. */
const NO_QUEUE: readonly JobErrorCode[] = ['unavailable', 'not-found', 'network'];

/**
 * Makes the video in one long call where creating a job failed for lack of the queue; `null` for any other reason. What comes
 * back is fed to the store as a job, so that the same element shows it. Rejects with `JobApiError`, code `aborted` when
 * `signal` stopped the waiting.
 */
export function generateInstead(error: JobApiError, submission: Submission, store: JobStore, signal: AbortSignal): Promise<JobEntry> | null {
  return NO_QUEUE.includes(error.code) ? generate(submission, store, signal) : null;
}

async function generate({ request, idempotencyKey }: Submission, store: JobStore, signal: AbortSignal): Promise<JobEntry> {
  const { video_request: video } = request;
  const made = await generateVideo(store.client, video, { idempotencyKey, signal });
  // A backend that names no job has none that could be asked for.
  const id = made.jobId ?? `generated-${idempotencyKey}`;
  const result = { video_path: made.videoUrl, thumbnail_path: made.thumbnailUrl };
  const job = made.job ?? (readJob({ job_id: id, status: 'success', progress: 1, result }) as Job);
  const entry = store.entry(id);
  entry.feed({ ...job, title: job.title ?? video.title, userId: job.userId ?? video.user_id }, made.ended);
  return entry;
}
