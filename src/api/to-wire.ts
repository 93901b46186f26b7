import type { Job, JobOutput } from '../core/job.ts';
import type { JobResult, JobStatus, JobStatusResponse } from './wire.ts';

/**
 * A job in the documented wire form, whatever its backend sent: numbers are numbers, times have their zone, documented
 * fields are there, and what nobody documented is passed on. Fields of the extensions come only where they are known.
 */
export function toWire(job: Job): JobStatusResponse {
  return {
    ...job.extra,
    job_id: job.id,
    status: job.status as JobStatus,
    progress: job.progress ?? 0,
    progress_message: job.message ?? '',
    result: job.result && resultToWire(job.result),
    error: job.error,
    created_at: toIso(job.createdAt) ?? '',
    started_at: toIso(job.startedAt),
    completed_at: toIso(job.completedAt),
    retry_count: job.retryCount,
    duration: job.duration,
    ...known({
      links: job.links,
      title: job.title,
      script_id: job.scriptId,
      user_id: job.userId,
      platform: job.platform,
      priority: job.priority,
      estimated_duration: job.estimatedDuration,
      queue_position: job.queuePosition,
      updated_at: toIso(job.updatedAt),
      steps: job.steps.length > 0 ? job.steps.map((step) => ({ ...step })) : null,
    }),
  };
}

function resultToWire(output: JobOutput): JobResult {
  return {
    ...output.extra,
    video_path: output.videoPath,
    thumbnail_path: output.thumbnailPath,
    duration: output.duration,
    file_size: output.fileSize,
    resolution: output.resolution,
  };
}

function known(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** A time that no calendar has is none. */
function toIso(time: number | null): string | null {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
