import type { Queryable } from '../db/db.ts';
import type { VideoRequest } from '../render/types.ts';

/** What the renderer makes of a request that names no resolution. */
const DEFAULT_RESOLUTION = '720p';
/** Seconds of work per second of video where there is no history yet. */
const WORK_PER_SECOND: Record<string, number> = { '720p': 0.5, '1080p': 1, '4k': 4 };
/** Seconds that every job takes: starting, the voice, the thumbnail. */
const BASE_SECONDS = 3;
/** With fewer like jobs than this, one odd job would decide. */
const ENOUGH_HISTORY = 3;
const HISTORY_LENGTH = 20;

/** Jobs of one kind take about the same time per second of video. */
export function kindOf(video: VideoRequest): string {
  return `${video.resolution ?? DEFAULT_RESOLUTION} ${video.aspect_ratio ?? video.platform}`;
}

/** Running times to expect, in whole seconds: from the latest like jobs, else from a formula. Waiting in line is not in them. */
export async function estimateDurations(db: Queryable, videos: readonly VideoRequest[]): Promise<number[]> {
  const rows = await db.query<{ kind: string; pace: number | null; jobs: number }>(
    `SELECT asked.kind, past.pace, past.jobs
     FROM unnest($1::text[]) AS asked (kind) CROSS JOIN LATERAL (
       SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds / target_seconds) AS pace, count(*)::int AS jobs
       FROM (
         SELECT target_seconds, extract(epoch FROM completed_at - started_at)::double precision AS seconds
         FROM job_service.jobs AS j
         WHERE j.kind = asked.kind AND status = 'success' AND NOT sample
         ORDER BY completed_at DESC
         LIMIT ${HISTORY_LENGTH}
       ) AS latest
     ) AS past`,
    [[...new Set(videos.map(kindOf))]],
  );
  const paces = new Map(rows.map(({ kind, pace, jobs }) => [kind, jobs >= ENOUGH_HISTORY ? pace : null]));
  return videos.map((video) => {
    const pace = paces.get(kindOf(video)) ?? null;
    const seconds = pace === null ? BASE_SECONDS + (WORK_PER_SECOND[video.resolution ?? DEFAULT_RESOLUTION] ?? 1) * video.duration : pace * video.duration;
    return Math.max(1, Math.ceil(seconds));
  });
}
