import type { JobStatusResponse } from '../../../src/api/wire.ts';
import type { RenderOutput } from '../render/types.ts';
import type { WireRecord } from './record.ts';

export const JOBS_PATH = '/api/v1/jobs';
export const VIDEOS_PATH = '/api/v1/videos';
export const BULK_PATH = `${JOBS_PATH}/bulk`;
export const TEMPLATES_PATH = '/api/v1/templates';
export const GENERATE_PATH = `${VIDEOS_PATH}/generate`;

export type MediaKind = 'video' | 'thumbnail' | 'captions';

const mediaRoutes: Record<MediaKind, string> = { video: 'download', thumbnail: 'thumbnail', captions: 'captions' };

/** Path of a job's file, relative to the API's origin. */
export function mediaPath(id: string, kind: MediaKind): string {
  return `${VIDEOS_PATH}/${id}/${mediaRoutes[kind]}`;
}

/** A row as the API answers it. `links` says what may be done with the job now. */
export function toWire(job: WireRecord, queuePosition: number | null): JobStatusResponse {
  return {
    job_id: job.id,
    status: job.status,
    progress: job.progress,
    progress_message: job.progress_message,
    result: resultToWire(job),
    error: job.error,
    created_at: job.created_at.toISOString(),
    started_at: job.started_at?.toISOString() ?? null,
    completed_at: job.completed_at?.toISOString() ?? null,
    updated_at: job.updated_at.toISOString(),
    retry_count: job.retry_count,
    duration: runningSeconds(job),
    title: job.title,
    script_id: job.script_id,
    user_id: job.user_id,
    platform: job.platform,
    priority: job.priority,
    estimated_duration: job.estimated_duration,
    queue_position: queuePosition,
    steps: job.steps,
    links: links(job),
  };
}

function runningSeconds(job: WireRecord): number | null {
  if (!job.started_at || !job.completed_at) return null;
  return Math.max(0, Math.round((job.completed_at.getTime() - job.started_at.getTime()) / 1000));
}

/** The same for every job: one request or one connection serves many. */
const SHARED_LINKS = { batch: `${JOBS_PATH}/batch`, events: `${JOBS_PATH}/events`, socket: `${JOBS_PATH}/socket` };

function links(job: WireRecord): Record<string, string> {
  return { ...ownLinks(job), ...SHARED_LINKS };
}

function ownLinks(job: WireRecord): Record<string, string> {
  const path = `${JOBS_PATH}/${job.id}`;
  if (job.status === 'success') return mediaLinks(job);
  if (job.status === 'failure' || job.status === 'cancelled') return { retry: `${path}/retry` };
  return { cancel: path };
}

function mediaLinks(job: WireRecord): Record<string, string> {
  if (!job.result) return {};
  const { captions } = job.result.files;
  return {
    video: mediaPath(job.id, 'video'),
    thumbnail: mediaPath(job.id, 'thumbnail'),
    ...(captions ? { captions: mediaPath(job.id, 'captions') } : {}),
  };
}

function resultToWire(job: WireRecord): JobStatusResponse['result'] {
  if (!job.result) return null;
  const { output, files } = job.result;
  return {
    ...output,
    video_path: mediaPath(job.id, 'video'),
    thumbnail_path: mediaPath(job.id, 'thumbnail'),
    captions_path: files.captions ? mediaPath(job.id, 'captions') : null,
  };
}

/** What the renderer said of the video, as it travels: snake_case, and no path of this machine. */
export function outputToWire(output: RenderOutput): Record<string, unknown> {
  const { videoPath, thumbnailPath, captionsPath, ...rest } = output;
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}
