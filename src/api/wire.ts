/**
 * The wire as job-api documents it, snake_case and all: what the plain functions take and give. Widgets read `Job`
 * instead, which is made for answers that drift from this.
 */
import type { JobLinks, KnownJobStatus } from '../core/job.ts';

/** A status as documented. A backend may send others; the plain functions pass them through. */
export type JobStatus = KnownJobStatus;

/** What the video is to be. Limits and messages: `videoRequestSchema`. */
export interface VideoRequest {
  script_id: string;
  user_id: string;
  title: string;
  /** What is spoken, at least one character. */
  script_content: string;
  /** BCP 47, `en-US`. */
  language: string;
  /** `youtube`, `tiktok`, `instagram`, `youtube_shorts`, or another that the backend knows. */
  platform: string;
  /** Target length in whole seconds. */
  duration: number;
  voice_provider: 'azure' | 'google' | 'elevenlabs';
  voice_name?: string | null;
  background_music?: string | null;
  template_id?: string | null;
  aspect_ratio?: '16:9' | '9:16' | '1:1' | '4:5' | null;
  resolution?: '720p' | '1080p' | '4k' | null;
  enable_subtitles?: boolean | null;
  subtitle_style?: string | null;
}

export interface CreateJobRequest {
  video_request: VideoRequest;
  /** 1 (first) to 10; 1-3 high, 4-7 default, 8-10 low queue. */
  priority?: number | null;
}

export interface CreateJobResponse {
  job_id: string;
  status: JobStatus;
  message: string;
  /** Seconds. */
  estimated_duration?: number | null;
}

export interface CancelJobResponse {
  job_id: string;
  status: JobStatus;
  message: string;
}

/** What a finished job made; a backend may add keys. */
export interface JobResult {
  video_path?: string | null;
  thumbnail_path?: string | null;
  /** Seconds. */
  duration?: number | null;
  /** Bytes. */
  file_size?: number | null;
  /** `"1920x1080"` */
  resolution?: string | null;
  [key: string]: unknown;
}

/** A job as it travels. Times are ISO 8601, UTC. */
export interface JobStatusResponse {
  job_id: string;
  status: JobStatus;
  /** 0..1 */
  progress: number;
  progress_message: string;
  result?: JobResult | null;
  error?: string | null;
  created_at: string;
  started_at?: string | null;
  completed_at?: string | null;
  retry_count: number;
  /** Running time in whole seconds, once finished. */
  duration?: number | null;
  links?: JobLinks | null;
  title?: string | null;
  script_id?: string | null;
  user_id?: string | null;
  platform?: string | null;
  priority?: number | null;
  estimated_duration?: number | null;
  queue_position?: number | null;
  updated_at?: string | null;
  steps?: { name: string; status: string; progress?: number | null }[] | null;
  [key: string]: unknown;
}

export interface JobListResponse {
  jobs: JobStatusResponse[];
  total: number;
  page: number;
  page_size: number;
}

export interface JobStatistics {
  statistics: Record<JobStatus | 'total', number>;
  /** ISO 8601, UTC. */
  timestamp: string;
}

export interface ServiceHealth {
  status: string;
  service: string;
  message: string;
  /** Whether the same `Idempotency-Key` makes the same job once. */
  idempotency_keys?: boolean;
}
