import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { createJobRequestSchema } from '../../../src/api/schema.ts';
import type { CreateJobResponse } from '../../../src/api/wire.ts';
import type { Tx } from '../db/db.ts';
import { queueFor } from '../queue/job-queue.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { estimateDurations, kindOf } from './estimate.ts';

/** Validated. */
export type CreateRequest = z.infer<typeof createJobRequestSchema>;

const DEFAULT_PRIORITY = 5;

/** Stores jobs and puts them in line, in their order: a handful of statements, however many there are. */
export async function insertJobs(tx: Tx, queue: JobQueue, requests: readonly CreateRequest[]): Promise<CreateJobResponse[]> {
  if (requests.length === 0) return [];
  const videos = requests.map(({ video_request: video }) => withoutNulls(video));
  const estimates = await estimateDurations(tx, videos);
  // What is put in line at the same moment is taken up by the order of these.
  const attempts = videos.map(() => randomUUID()).sort();
  const rows = videos.map((video, place) => ({
    place,
    id: randomUUID(),
    user_id: video.user_id,
    script_id: video.script_id,
    title: video.title,
    platform: video.platform,
    request: video,
    priority: requests[place]?.priority ?? DEFAULT_PRIORITY,
    attempt: attempts[place] as string,
    kind: kindOf(video),
    target_seconds: video.duration,
    estimated_duration: estimates[place] as number,
  }));
  await tx.query(
    `INSERT INTO job_service.jobs
       (id, user_id, script_id, title, platform, request, priority, progress_message, attempt, kind, target_seconds, estimated_duration)
     SELECT id, user_id, script_id, title, platform, request, priority, 'Waiting for a worker', attempt, kind, target_seconds, estimated_duration
     FROM jsonb_to_recordset($1::jsonb) AS new (
       place integer, id uuid, user_id text, script_id text, title text, platform text, request jsonb, priority smallint, attempt uuid, kind text,
       target_seconds double precision, estimated_duration integer
     )
     ORDER BY place`,
    [JSON.stringify(rows)],
  );
  await queue.addAll(
    tx,
    rows.map(({ id, attempt, priority }) => ({ ticket: { jobId: id, attempt, queue: queueFor(priority) }, priority })),
  );
  return rows.map((row) => ({ job_id: row.id, status: 'pending', message: 'The job is in line.', estimated_duration: row.estimated_duration }));
}

/** `null` is what some callers send for "not given". */
function withoutNulls(video: CreateRequest['video_request']): CreateRequest['video_request'] {
  return Object.fromEntries(Object.entries(video).filter(([, value]) => value !== null)) as CreateRequest['video_request'];
}
