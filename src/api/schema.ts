/**
 * The wire as zod schemas: the one source of what a request may be, for the form and for the service, and of what a
 * well-behaved backend answers, for the contract tests. Widgets that only show jobs never load this; they read liberally.
 */
import * as z from 'zod';
import { KNOWN_STATUSES } from '../core/job.ts';
import { ASPECT_RATIOS, DEFAULTS, LIMITS, PLATFORM_SETTINGS, PLATFORMS, RESOLUTIONS, VOICE_PROVIDERS } from './choices.ts';
import type {
  BulkJob,
  BulkRequest,
  BulkResponse,
  CancelJobResponse,
  CreateJobRequest,
  CreateJobResponse,
  GenerateResponse,
  JobListResponse,
  JobStatistics,
  JobStatusResponse,
  JobTemplate,
  SaveTemplateRequest,
  ServiceHealth,
  TemplateContent,
  TemplateListResponse,
  VideoRequest,
} from './wire.ts';

// By default zod compiles parsers with `new Function`, which a page's Content-Security-Policy may forbid.
if ('window' in globalThis) z.config({ jitless: true });

export { ASPECT_RATIOS, DEFAULTS, LIMITS, PLATFORM_SETTINGS, PLATFORMS, RESOLUTIONS, VOICE_PROVIDERS };

/** No NUL and no half of a surrogate pair: neither can be stored as text or as JSON everywhere. */
export const CLEAN = /^[^\0\ud800-\udfff]*$/u;
/** The shape of a BCP 47 tag. Whether somebody speaks it is for the voice to say. */
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

const cleanText = (what: string, max: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? `Fill in ${what}.` : `Give ${what} as text.`) })
    .trim()
    .max(max, `Shorten ${what} to ${max} characters at most.`)
    .regex(CLEAN, `Remove the characters from ${what} that are no text.`);

const requiredText = (what: string, max: number) => cleanText(what, max).min(1, `Fill in ${what}.`);

const oneOf = <const T extends readonly [string, ...string[]]>(what: string, values: T) =>
  z.enum(values, `Choose ${what}: ${values.join(', ')}.`);

const wholeNumber = (what: string, { min, max }: { min: number; max: number }) => {
  const message = `Give ${what} as a whole number from ${min} to ${max}.`;
  return z.int(message).min(min, message).max(max, message);
};

/** `null` is what some callers send for "not given". */
const optional = <T extends z.ZodType>(schema: T) => schema.nullish();

export const videoRequestSchema = z.object(
  {
    script_id: requiredText('the script id', LIMITS.id),
    user_id: requiredText('the user id', LIMITS.id),
    title: requiredText('the title', LIMITS.title),
    script_content: requiredText('the script', LIMITS.script),
    language: requiredText('the language', LIMITS.language).regex(LANGUAGE, 'Give the language as a tag such as en-US.'),
    platform: requiredText('the platform', LIMITS.platform),
    duration: wholeNumber('the duration in seconds', LIMITS.duration),
    voice_provider: oneOf('a voice provider', VOICE_PROVIDERS),
    voice_name: optional(cleanText('the voice name', LIMITS.option)),
    background_music: optional(cleanText('the background music', LIMITS.option)),
    template_id: optional(cleanText('the template id', LIMITS.id)),
    aspect_ratio: optional(oneOf('an aspect ratio', ASPECT_RATIOS)),
    resolution: optional(oneOf('a resolution', RESOLUTIONS)),
    enable_subtitles: optional(z.boolean('Say true or false for subtitles.')),
    subtitle_style: optional(cleanText('the subtitle style', LIMITS.option)),
  },
  'Give the video request as an object.',
) satisfies z.ZodType<VideoRequest>;

/** The fields of a request, required ones first. */
export const VIDEO_FIELDS = Object.keys(videoRequestSchema.shape) as (keyof VideoRequest)[];

const prioritySchema = optional(wholeNumber('the priority', LIMITS.priority));

export const createJobRequestSchema = z.object(
  {
    video_request: videoRequestSchema,
    priority: prioritySchema,
  },
  'Give the request as a JSON object.',
) satisfies z.ZodType<CreateJobRequest>;

/** What may stand in a header, since keys of single requests travel in one. */
export const idempotencyKeySchema = z
  .string('Give the idempotency key as text.')
  .regex(/^[\x21-\x7e]{1,255}$/, 'Give the idempotency key 1 to 255 visible ASCII characters.');

export const bulkJobSchema = createJobRequestSchema.extend({
  idempotency_key: optional(idempotencyKeySchema),
}) satisfies z.ZodType<BulkJob>;

const BULK_JOBS = `Give 1 to ${LIMITS.bulk} jobs as a list.`;

/** Of a bulk call as a whole. Its jobs are judged one by one, with `bulkJobSchema`, so that one bad one need not stop the rest. */
export const bulkRequestSchema = z.object(
  {
    mode: optional(z.enum(['all', 'each'], 'Choose a mode: all, each.')),
    jobs: z.array(z.unknown(), BULK_JOBS).min(1, BULK_JOBS).max(LIMITS.bulk, BULK_JOBS),
  },
  'Give the request as a JSON object.',
) satisfies z.ZodType<Omit<BulkRequest, 'jobs'>>;

const TEMPLATE_CONTENT = 'Give the content of the template as an object.';

export const templateContentSchema = z.object(
  {
    video_request: z.object(videoRequestSchema.omit({ user_id: true, script_id: true }).partial().shape, 'Give the video request as an object.'),
    priority: prioritySchema,
  },
  TEMPLATE_CONTENT,
) satisfies z.ZodType<TemplateContent>;

export const saveTemplateSchema = z.object(
  {
    user_id: requiredText('the user id', LIMITS.id),
    id: optional(z.string('Give the id of the template as text.')),
    name: optional(requiredText('the name', LIMITS.template.name)),
    content: optional(templateContentSchema),
  },
  'Give the request as a JSON object.',
) satisfies z.ZodType<SaveTemplateRequest>;

export const jobStatusSchema = z.enum(KNOWN_STATUSES);

const jobId = z.string().regex(/\S/);
const amount = z.number().nonnegative();
const share = z.number().min(0).max(1);
/** UTC where no zone is given. */
const time = z.iso.datetime({ offset: true, local: true });

export const createJobResponseSchema = z.looseObject({
  job_id: jobId,
  status: jobStatusSchema,
  message: z.string(),
  estimated_duration: amount.nullish(),
}) satisfies z.ZodType<CreateJobResponse>;

export const cancelJobResponseSchema = z.looseObject({
  job_id: jobId,
  status: z.literal('cancelled'),
  message: z.string(),
}) satisfies z.ZodType<CancelJobResponse>;

export const jobResultSchema = z.looseObject({
  video_path: z.string().nullish(),
  thumbnail_path: z.string().nullish(),
  duration: amount.nullish(),
  file_size: z.int().nonnegative().nullish(),
  resolution: z.string().nullish(),
});

const link = z.string().min(1).optional();
export const jobLinksSchema = z.object({
  batch: link,
  events: link,
  socket: link,
  cancel: link,
  retry: link,
  video: link,
  thumbnail: link,
  captions: link,
});

export const jobStepSchema = z.object({
  name: z.string().regex(/\S/),
  status: z.string().regex(/\S/),
  progress: share.nullish(),
});

export const jobSchema = z.looseObject({
  job_id: jobId,
  status: jobStatusSchema,
  progress: share,
  progress_message: z.string(),
  result: jobResultSchema.nullish(),
  error: z.string().nullish(),
  created_at: time,
  started_at: time.nullish(),
  completed_at: time.nullish(),
  retry_count: z.int().nonnegative(),
  duration: z.int().nonnegative().nullish(),
  links: jobLinksSchema.nullish(),
  title: z.string().nullish(),
  script_id: z.string().nullish(),
  user_id: z.string().nullish(),
  platform: z.string().nullish(),
  priority: z.int().min(LIMITS.priority.min).max(LIMITS.priority.max).nullish(),
  estimated_duration: amount.nullish(),
  queue_position: z.int().min(1).nullish(),
  updated_at: time.nullish(),
  steps: z.array(jobStepSchema).nullish(),
}) satisfies z.ZodType<JobStatusResponse>;

export const jobListSchema = z.object({
  jobs: z.array(jobSchema),
  total: z.int().nonnegative(),
  page: z.int().min(1),
  page_size: z.int().min(1).max(100),
}) satisfies z.ZodType<JobListResponse>;

const count = z.int().nonnegative();
export const jobStatisticsSchema = z.object({
  statistics: z.object({
    pending: count,
    started: count,
    processing: count,
    success: count,
    failure: count,
    cancelled: count,
    total: count,
  }),
  timestamp: time,
}) satisfies z.ZodType<JobStatistics>;

export const healthSchema = z.looseObject({
  status: z.string(),
  service: z.string(),
  message: z.string(),
  idempotency_keys: z.boolean().optional(),
  links: z.looseObject({ bulk: link, templates: link, generate: link }).nullish(),
  bulk_limits: z.object({ jobs: z.int().min(1), bytes: z.int().min(1) }).nullish(),
}) satisfies z.ZodType<ServiceHealth>;

/** One refused field; `loc` leads to it from the body: `["body", "video_request", "title"]`. */
export const fieldErrorSchema = z.looseObject({
  loc: z.array(z.union([z.string(), z.int()])),
  msg: z.string(),
  type: z.string(),
});

export const errorSchema = z.object({ detail: z.string() });
export const validationErrorSchema = z.object({ detail: z.array(fieldErrorSchema).min(1) });

export const bulkResponseSchema = z.object({
  created: count,
  repeated: count,
  refused: count,
  results: z.array(
    z.object({
      index: count,
      status: z.enum(['created', 'repeated', 'refused']),
      job_id: jobId.nullish(),
      estimated_duration: amount.nullish(),
      errors: z.array(fieldErrorSchema).nullish(),
    }),
  ),
}) satisfies z.ZodType<BulkResponse>;

export const templateSchema = z.object({
  id: jobId,
  name: z.string().min(1),
  content: templateContentSchema,
  created_at: time,
  updated_at: time,
}) satisfies z.ZodType<JobTemplate>;

export const templateListSchema = z.object({ templates: z.array(templateSchema) }) satisfies z.ZodType<TemplateListResponse>;

export const generateResponseSchema = jobSchema.extend({
  message: z.string(),
  video_url: z.string().nullish(),
  thumbnail_url: z.string().nullish(),
  captions_url: z.string().nullish(),
}) satisfies z.ZodType<GenerateResponse>;
