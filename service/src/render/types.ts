/**
 * What the worker asks of the renderer, and what it gets back. The worker knows nothing of frames and encoders; the renderer
 * knows nothing of jobs in a database.
 */
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { createJobRequestSchema } from '../../../src/api/schema.ts';

/** The wire object, validated. */
export type VideoRequest = z.infer<typeof createJobRequestSchema>['video_request'];

export interface RenderRequest {
  jobId: string;
  video: VideoRequest;
  /** A directory for this attempt alone, on local disk. The worker makes and removes it. */
  workDir: string;
}

export type RenderStepStatus = 'pending' | 'processing' | 'success' | 'failure';

export interface RenderStep {
  name: string;
  status: RenderStepStatus;
  /** 0..1 */
  progress: number;
}

export interface RenderProgress {
  /** Stable key of the current step. */
  step: string;
  /** The current step, for a person to read. */
  message: string;
  /** 0..1 overall, never falls within one call of `render`. */
  progress: number;
  steps: RenderStep[];
}

export interface RenderOutput {
  /** Absolute paths of files inside `workDir`. */
  videoPath: string;
  thumbnailPath: string;
  captionsPath: string | null;
  /** Seconds. */
  duration: number;
  /** Bytes. */
  fileSize: number;
  /** `"1920x1080"` */
  resolution: string;
  /** `engine: null` means that nobody speaks in the video; `reason` says why. `tempo` is 1 for the voice's natural speed. */
  voice: { engine: string | null; name?: string; tempo?: number; reason?: string };
  /** Whatever else the renderer can say of the video; it passes through to the job's result. */
  [key: string]: unknown;
}

export interface RenderOptions {
  onProgress(progress: RenderProgress): void;
  /** Aborting ends every process of this rendering within a second; `render` then rejects with the signal's reason. */
  signal: AbortSignal;
  logger: Logger;
}

export type Render = (request: RenderRequest, options: RenderOptions) => Promise<RenderOutput>;

/** Why a video could not be made. `message` is shown to people: it names no file and no command. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  /** `true`: the same request fails again, so it is not tried again by itself. */
  readonly permanent: boolean;

  constructor(message: string, options: { permanent: boolean; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.permanent = options.permanent;
  }
}
