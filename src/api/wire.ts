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

/** What a backend offers beside jobs, each a URL relative to the API's origin. Absent: not offered. */
export interface ServiceLinks {
  /** Creating many jobs with one call. */
  bulk?: string;
  templates?: string;
  /** Creating a job and waiting for its end in one call. */
  generate?: string;
}

export interface ServiceHealth {
  status: string;
  service: string;
  message: string;
  /** Whether the same `Idempotency-Key` makes the same job once. */
  idempotency_keys?: boolean;
  links?: ServiceLinks | null;
  /** Of one bulk call: most jobs, and most bytes of its body. */
  bulk_limits?: { jobs: number; bytes: number } | null;
}

/** One job of a bulk call: a create request, and what `Idempotency-Key` is to a single one. */
export interface BulkJob extends CreateJobRequest {
  idempotency_key?: string | null;
}

export interface BulkRequest {
  /** `each` (default): a bad job never stops the others. `all`: one bad job, and none is created. */
  mode?: 'all' | 'each' | null;
  jobs: BulkJob[];
}

/** One refused field of a request, in FastAPI's form. */
export interface WireFieldError {
  /** The way to it: `["body", "jobs", 3, "video_request", "title"]`. */
  loc: (string | number)[];
  msg: string;
  type: string;
}

/** What became of one job of a bulk call. */
export interface BulkResult {
  /** Its place in `jobs`, from 0. */
  index: number;
  /** `repeated`: its key had been used for the same job, which is the one named here. */
  status: 'created' | 'repeated' | 'refused';
  job_id?: string | null;
  /** Seconds. */
  estimated_duration?: number | null;
  /** Why it was refused. */
  errors?: WireFieldError[] | null;
}

export interface BulkResponse {
  created: number;
  repeated: number;
  refused: number;
  /** One for each job, in their order. */
  results: BulkResult[];
}

/** What a template fills in: any fields of a request but whose it is and its script's id. */
export interface TemplateContent {
  video_request: Partial<Omit<VideoRequest, 'user_id' | 'script_id'>>;
  priority?: number | null;
}

export interface SaveTemplateRequest {
  user_id: string;
  /** The template to change. Without it a new one is made. */
  id?: string | null;
  /** What it is called, once per user; required for a new one. */
  name?: string | null;
  /** Required for a new one; otherwise the present one stays. */
  content?: TemplateContent | null;
}

export interface JobTemplate {
  id: string;
  name: string;
  content: TemplateContent;
  /** ISO 8601, UTC. */
  created_at: string;
  updated_at: string;
}

export interface TemplateListResponse {
  /** By name. */
  templates: JobTemplate[];
}

/** A job that was waited for: the job itself, and its files under the names that the synchronous route has for them. */
export interface GenerateResponse extends JobStatusResponse {
  message: string;
  video_url?: string | null;
  thumbnail_url?: string | null;
  captions_url?: string | null;
}
