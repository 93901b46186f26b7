import { z } from 'zod';
import { linkedStatisticsSchema, statisticsHistorySchema, walkedListSchema } from '../../../src/api/extended-schema.ts';
import {
  cancelJobResponseSchema, createJobRequestSchema, createJobResponseSchema, errorSchema, healthSchema, jobListSchema, jobSchema,
  validationErrorSchema, videoRequestSchema,
} from '../../../src/api/schema.ts';

const exampleId = '3f0d1c52-8c1e-4a57-9d55-0b7a2f3c9e11';

const exampleRequest = {
  video_request: {
    script_id: 'script-42',
    user_id: 'ann',
    title: 'Why water boils earlier on a mountain',
    script_content: 'Water boils at one hundred degrees. Higher up it boils earlier.',
    language: 'en-US',
    platform: 'youtube',
    duration: 20,
    voice_provider: 'google',
    resolution: '720p',
  },
  priority: 5,
};

const exampleJob = {
  job_id: exampleId,
  status: 'processing',
  progress: 0.42,
  progress_message: 'Drawing and encoding 0:08 of 0:20',
  result: null,
  error: null,
  created_at: '2026-01-31T12:00:00.000Z',
  started_at: '2026-01-31T12:00:01.000Z',
  completed_at: null,
  retry_count: 0,
  title: exampleRequest.video_request.title,
  estimated_duration: 12,
  queue_position: null,
  steps: [{ name: 'Encoding', status: 'processing', progress: 0.4 }],
  links: {
    cancel: `/api/v1/jobs/${exampleId}`,
    batch: '/api/v1/jobs/batch',
    events: '/api/v1/jobs/events',
    socket: '/api/v1/jobs/socket',
  },
};

/** The shared wire schemas, named for the API description. */
export const CreateJobRequest = createJobRequestSchema.meta({ id: 'CreateJobRequest', example: exampleRequest });
export const CreateJobResponse = createJobResponseSchema.meta({ id: 'CreateJobResponse' });
export const CancelJobResponse = cancelJobResponseSchema.meta({ id: 'CancelJobResponse' });
export const Job = jobSchema.meta({ id: 'Job', description: 'A job. `links` says what the caller may do with it now.', example: exampleJob });
export const JobList = jobListSchema.extend({ jobs: z.array(Job) }).meta({ id: 'JobList' });
export const FilteredJobList = walkedListSchema.extend({ jobs: z.array(Job) }).meta({ id: 'FilteredJobList' });
export const JobStatistics = linkedStatisticsSchema.meta({ id: 'JobStatistics' });
export const StatisticsHistory = statisticsHistorySchema.meta({ id: 'StatisticsHistory' });
export const Health = healthSchema.meta({ id: 'Health' });
export const VideoRequest = videoRequestSchema.meta({ id: 'VideoRequest', example: exampleRequest.video_request });
export const ErrorBody = errorSchema.meta({ id: 'Error' });
/** What names the job that came to no good end. */
export const GenerateProblem = errorSchema.extend({ job_id: z.string().optional(), status: z.string().optional() }).meta({ id: 'GenerateProblem' });
export const ValidationError = validationErrorSchema.meta({ id: 'ValidationError' });

/** Any text: an id that is no id belongs to no job, and the answer is 404. */
export const JobParams = z.object({ job_id: z.string().meta({ description: 'Id of the job', format: 'uuid' }) });

/** Most ids of one request. */
const MAX_IDS = 100;
const IDS_MESSAGE = `Give ids as 1 to ${MAX_IDS} job ids, separated by commas.`;

export const IdsQuery = z.object({
  ids: z
    .string(IDS_MESSAGE)
    .max(10_000, IDS_MESSAGE)
    .transform((text) => [...new Set(text.split(',').map((id) => id.trim().toLowerCase()).filter(Boolean))])
    .pipe(z.array(z.string()).min(1, IDS_MESSAGE).max(MAX_IDS, IDS_MESSAGE))
    .meta({ type: 'string', description: `Job ids, ${MAX_IDS} at most, separated by commas. Those that are no jobs are left out.` }),
});

export const EventsHeaders = z.object({
  'last-event-id': z.string().max(200).optional().meta({ description: 'The `id` of the last event that was read: only what changed since then is sent.' }),
});

export const CreateHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'Give Idempotency-Key 1 to 255 visible ASCII characters.')
    .optional()
    .meta({ description: 'The same key within 24 hours gives the first answer again instead of a second job.' }),
});

/** One entry of `responses` of a route. */
export function json(schema: z.ZodType, description: string) {
  return { description, content: { 'application/json': { schema } } };
}
