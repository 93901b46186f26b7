/** Schemas of what an extended backend's lists and statistics answer beyond the core. The service and the tests load this; no widget does. */
import * as z from 'zod';
import { KNOWN_STATUSES } from '../core/job.ts';
import { jobListSchema, jobStatisticsSchema, jobStatusSchema } from './schema.ts';

export const JOB_STATUSES = KNOWN_STATUSES;

/** What a list may be sorted by. */
export const LIST_SORTS = ['created_at', 'updated_at', 'completed_at', 'title', 'status', 'priority', 'duration', 'progress'] as const;
export const LIST_ORDERS = ['desc', 'asc'] as const;

export type ListSort = (typeof LIST_SORTS)[number];
export type ListOrder = (typeof LIST_ORDERS)[number];

const time = z.iso.datetime();
const count = z.int().nonnegative();
const byStatus = { pending: count, started: count, processing: count, success: count, failure: count, cancelled: count };

/** The filter and order of a list, as the backend has applied them. */
export const listAppliedSchema = z.object({
  status: z.array(jobStatusSchema).meta({ description: 'Empty: any' }),
  q: z.string().nullable(),
  created_after: time.nullable(),
  created_before: time.nullable(),
  sort: z.enum(LIST_SORTS),
  order: z.enum(LIST_ORDERS),
});
export type ListApplied = z.infer<typeof listAppliedSchema>;

/** A list answer of a backend that filters and sorts by itself. */
export const filteredListSchema = jobListSchema.extend({
  applied: listAppliedSchema,
  counts: z.object(byStatus).meta({ description: 'Jobs of each status that the answer would have without the parameter status' }),
});

/** Of one that also lets its lists be walked along. */
export const walkedListSchema = filteredListSchema.extend({
  next: z.string().min(1).nullable().meta({ description: 'A cursor. Given as `after`, it leads to the jobs that follow these; null: there are none now.' }),
});

export const linkedStatisticsSchema = jobStatisticsSchema.extend({
  links: z.object({ history: z.string().min(1) }),
});

/** What happened in a stretch of time; all `null` when nobody counted in it. */
export const historyBucketSchema = z.object({
  start: time,
  samples: count.meta({ description: 'Minutes that were counted' }),
  counts: z.object({ ...byStatus, total: count }).nullable().meta({ description: 'At the end of its last counted minute' }),
  created: count.nullable(),
  ended: z.object({ success: count, failure: count, cancelled: count, total: count }).nullable(),
  throughput: z.number().nonnegative().nullable().meta({ description: 'Jobs that ended, per counted minute' }),
  failure_rate: z.number().min(0).max(1).nullable().meta({ description: 'failure / (success + failure); null when none of them ended' }),
  queue_depth: z.object({ mean: z.number().nonnegative(), max: count }).nullable().meta({ description: 'Pending jobs' }),
});
export type HistoryBucket = z.infer<typeof historyBucketSchema>;

export const statisticsHistorySchema = z.object({
  from: time,
  to: time,
  step: z.int().min(60).meta({ description: 'Length of a bucket in seconds' }),
  buckets: z.array(historyBucketSchema),
});
