import type { Queryable } from '../db/db.ts';
import type { VideoRequest } from '../render/types.ts';

/** Seconds of work per second of video where there is no history yet. */
const WORK_PER_SECOND: Record<string, number> = { '720p': 0.5, '1080p': 1, '4k': 4 };
/** Seconds that every job takes: starting, the voice, the thumbnail. */
const BASE_SECONDS = 3;
/** With fewer like jobs than this, one odd job would decide. */
const ENOUGH_HISTORY = 3;
const HISTORY_LENGTH = 20;

/** Jobs of one kind take about the same time per second of video. */
export function kindOf(video: VideoRequest): string {
  return `${video.resolution ?? 'default'} ${video.aspect_ratio ?? video.platform}`;
}

/** Running time to expect, in whole seconds: from the latest like jobs, else from a formula. Waiting in line is not in it. */
export async function estimateDuration(db: Queryable, video: VideoRequest): Promise<number> {
  const [history] = await db.query<{ pace: number | null; jobs: number }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds / target_seconds) AS pace, count(*)::int AS jobs
     FROM (
       SELECT target_seconds, extract(epoch FROM completed_at - started_at)::double precision AS seconds
       FROM job_service.jobs
       WHERE kind = $1 AND status = 'success' AND NOT sample
       ORDER BY completed_at DESC
       LIMIT ${HISTORY_LENGTH}
     ) AS latest`,
    [kindOf(video)],
  );
  const known = history && history.jobs >= ENOUGH_HISTORY && history.pace !== null;
  const seconds = known ? history.pace! * video.duration : BASE_SECONDS + (WORK_PER_SECOND[video.resolution ?? '1080p'] ?? 1) * video.duration;
  return Math.max(1, Math.ceil(seconds));
}
