import type { Job } from '../core/job.ts';
import { isFinal } from '../core/job.ts';
import { readJob } from '../core/read-job.ts';
import { isRecord, readText } from '../core/read-values.ts';
import { apiError } from './http-error.ts';
import type { JobClient, RequestOptions } from './job-client.ts';
import { mediaUrl } from './media-url.ts';
import { serviceOffers } from './offers.ts';
import type { MediaUrlMap } from './urls.ts';
import { apiUrl } from './urls.ts';
import type { VideoRequest } from './wire.ts';

/** What waiting for a video gave. */
export interface GeneratedVideo {
  /** `null` where the backend names no job: then there is only the video. */
  readonly jobId: string | null;
  /** The job as answered, for `<job-status>` or to show; `null` without an id. */
  readonly job: Job | null;
  /** Whether it has ended. If not, the backend waited as long as it does, and the job goes on: follow it by `jobId`. */
  readonly ended: boolean;
  /** Where a browser gets the video (http, https or blob); `null` when there is none, or none that a browser can reach. */
  readonly videoUrl: string | null;
  readonly thumbnailUrl: string | null;
  /** What the backend said about it, as text. */
  readonly message: string | null;
}

export interface GenerateOptions extends RequestOptions {
  /** Ms that the whole call may take. Default 300 000: a render takes minutes. */
  timeout?: number;
  /** The same key gives the same job, on backends whose health answer says `idempotency_keys`; elsewhere it is not sent. */
  idempotencyKey?: string;
  /** The page's own say about media, as for `<job-provider>`. */
  mediaUrl?: MediaUrlMap;
}

/** A render takes minutes. */
const PATIENCE = 300_000;

/**
 * Makes a video in one call that answers when it is done: the way out where jobs cannot be created. It is never repeated by
 * itself. Stopping it by `signal` stops the waiting only; a backend may well go on with the video.
 *
 * Rejects with `JobApiError`: as creating a job does, and with the backend's words in `detail` when the video failed.
 */
export async function generateVideo(client: JobClient, video: VideoRequest, options: GenerateOptions = {}): Promise<GeneratedVideo> {
  const { idempotencyKey, mediaUrl: map, timeout = PATIENCE, ...rest } = options;
  // Jobs may be what does not work just now, and the health answer with them. The documented route needs none.
  const offers = await serviceOffers(client, { signal: rest.signal, retries: 0 }).catch((error: unknown) => {
    if (rest.signal?.aborted) throw error;
    return null;
  });
  const url = offers?.generate ?? apiUrl(client.baseUrl, '/api/v1/videos/generate');
  const headers: Record<string, string> = idempotencyKey && offers?.idempotencyKeys ? { 'Idempotency-Key': idempotencyKey } : {};
  const wire = await client.transport.send({ method: 'POST', url, body: video, headers, repeatable: false }, { ...rest, timeout });
  return readGenerated(wire, client.baseUrl, map);
}

/** Stands for the id of a job that the answer does not name. */
const NO_ID = '-';

/** Backends answer with a job, with the result alone, or with either in an envelope. */
function readGenerated(wire: unknown, baseUrl: string, map: MediaUrlMap | undefined): GeneratedVideo {
  const outer = isRecord(wire) ? wire : {};
  const record = [outer.data, outer.job].find(isRecord) ?? outer;
  const inner = isRecord(record.result) ? record.result : {};
  const file = (kind: 'video' | 'thumbnail') => [inner, record].map((from) => readText(from[`${kind}_path`]) ?? readText(from[`${kind}_url`])).find(Boolean) ?? null;
  const jobId = readText(record.job_id) ?? readText(record.id) ?? readText(outer.job_id);
  const video = file('video');
  const message = readText(record.message) ?? readText(outer.message);
  if (jobId === null && video === null) {
    const error = readText(record.error) ?? readText(outer.error);
    throw error === null ? apiError('malformed', { detail: message ?? undefined }) : apiError('server', { detail: error });
  }
  // A video is there only when the job has ended well, whatever word the backend has for that.
  const finished = video !== null && { status: 'success', progress: 1, result: { ...inner, video_path: video, thumbnail_path: file('thumbnail') } };
  const job = readJob({ status: 'processing', ...record, ...finished }, jobId ?? NO_ID) as Job;
  return {
    jobId,
    job: jobId === null ? null : job,
    ended: isFinal(job),
    videoUrl: reachable(mediaUrl(job, 'video', { baseUrl, map })),
    thumbnailUrl: reachable(mediaUrl(job, 'thumbnail', { baseUrl, map })),
    message: message ?? job.message,
  };
}

/** The route that serves a file on the backend's disk needs the job's id. */
function reachable(url: string | null): string | null {
  return url?.includes(`/api/v1/videos/${NO_ID}/`) ? null : url;
}
