import { randomUUID } from 'node:crypto';
import type { KnownJobStatus } from '../../../src/core/job.ts';
import { kindOf } from '../jobs/estimate.ts';
import type { StoredResult } from '../jobs/record.ts';
import type { RenderStep, VideoRequest } from '../render/types.ts';
import { ERRORS, PLATFORMS, STEPS, TOPICS } from './texts.ts';
import type { SampleTopic } from './texts.ts';

/** A row of the table `jobs`, as far as a sample fills it. Times are ISO 8601. */
export interface SampleRow {
  id: string;
  user_id: string;
  script_id: string;
  title: string;
  platform: string;
  request: VideoRequest;
  priority: number;
  status: KnownJobStatus;
  progress: number;
  progress_message: string;
  steps: RenderStep[];
  result: StoredResult | null;
  error: string | null;
  attempt: string;
  retry_count: number;
  kind: string;
  target_seconds: number;
  estimated_duration: number;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  updated_at: string;
}

export interface SampleOptions {
  count: number;
  userId: string;
  /** Ms since the epoch. */
  now: number;
  /** What finished samples show: a wide clip and an upright one. Without any they have no media. */
  clips: readonly StoredResult[];
  /** The same seed gives the same jobs, ids apart. */
  seed: number;
}

/** Of a hundred jobs. */
const MIX: Record<KnownJobStatus, number> = { success: 54, failure: 15, cancelled: 9, pending: 11, processing: 8, started: 3 };
/** The newest come one of each, so that also a few show all there is. */
const FIRST: readonly KnownJobStatus[] = ['processing', 'pending', 'failure', 'success', 'started', 'cancelled'];
const MINUTE = 60_000;
const DAYS = 14;
/** What still goes on was created within this, ms. */
const FRESH = 40 * MINUTE;

/** Jobs of the last two weeks, oldest first. */
export function sampleJobs({ count, userId, now, clips, seed }: SampleOptions): SampleRow[] {
  const random = randomFrom(seed);
  const statuses = Array.from({ length: count }, (_, index) => FIRST[index] ?? pickStatus(random()));
  return statuses.map((status, index) => sampleJob({ status, index, userId, now, clips, random })).sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
}

interface Making extends Omit<SampleOptions, 'count' | 'seed'> {
  status: KnownJobStatus;
  index: number;
  random: () => number;
}

function sampleJob({ status, index, userId, now, clips, random }: Making): SampleRow {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  // Each topic once before any comes again.
  const topic = TOPICS[index % TOPICS.length] as SampleTopic;
  const platform = pick(PLATFORMS);
  const upright = platform !== 'youtube' && random() < 0.7;
  const unfinished = status === 'pending' || status === 'started' || status === 'processing';
  // Most are of the last days. The first six lie minutes apart, newest first.
  const age = index < FIRST.length ? (index + 1) * 2 * MINUTE : unfinished ? random() * FRESH + 15 * MINUTE : DAYS * 1440 * MINUTE * random() ** 2 + FRESH;
  const created = now - age;
  const ran = status !== 'pending' && !(status === 'cancelled' && random() < 0.4);
  const started = ran ? created + Math.min(age / 4, random() * 5 * MINUTE) : null;
  const took = 1000 * Math.round(4 + 200 * random() ** 3);
  const completed = unfinished ? null : Math.min(now, (started ?? created) + took);
  const progress = status === 'success' ? 1 : ran && status !== 'started' ? Math.round((0.05 + 0.9 * random()) * 100) / 100 : 0;
  const duration = pick([5, 10, 15, 20, 30, 60]);
  const retries = random() < 0.2 ? 1 + Math.floor(random() * 3) : 0;
  const request: VideoRequest = {
    script_id: `sample-${index + 1}`, user_id: userId, title: topic.title, script_content: topic.script, language: topic.language, platform,
    duration: Math.max(duration, 15), voice_provider: pick(['azure', 'google', 'elevenlabs'] as const), resolution: pick(['720p', '1080p'] as const),
    aspect_ratio: upright ? '9:16' : '16:9',
  };
  // Every seventh success says nothing of what it made, as some backends do.
  const clip = clips[upright ? clips.length - 1 : 0];
  const result = status === 'success' && clip && index % 7 !== 6 ? clip : null;
  const steps = ran && status !== 'started' ? stepsAt(progress, status) : [];
  const iso = (time: number): string => new Date(time).toISOString();
  return {
    id: randomUUID(), attempt: randomUUID(), user_id: userId, script_id: request.script_id, title: request.title, platform, request,
    priority: 1 + Math.floor(random() * 10), status, progress, steps, result,
    progress_message: messageOf(status, steps, retries),
    error: status === 'failure' ? pick(ERRORS) : null,
    retry_count: status === 'failure' && random() < 0.5 ? 3 : retries,
    kind: kindOf(request), target_seconds: request.duration, estimated_duration: Math.max(3, Math.round((took / 1000) * (0.7 + 0.6 * random()))),
    created_at: iso(created), started_at: started === null ? null : iso(started), completed_at: completed === null ? null : iso(completed),
    updated_at: iso(completed ?? (started === null ? created : Math.min(now, started + took / 2))),
  };
}

function pickStatus(share: number): KnownJobStatus {
  let left = share * 100;
  for (const [status, part] of Object.entries(MIX) as [KnownJobStatus, number][]) {
    left -= part;
    if (left < 0) return status;
  }
  return 'success';
}

function stepsAt(progress: number, status: KnownJobStatus): RenderStep[] {
  const at = Math.min(STEPS.length - 1, Math.floor(progress * STEPS.length));
  return STEPS.map((name, index) => {
    if (status === 'success' || index < at) return { name, status: 'success', progress: 1 };
    if (index > at) return { name, status: 'pending', progress: 0 };
    return { name, status: status === 'failure' ? 'failure' : 'processing', progress: Math.round((progress * STEPS.length - at) * 100) / 100 };
  });
}

function messageOf(status: KnownJobStatus, steps: readonly RenderStep[], retries: number): string {
  switch (status) {
    case 'pending': return retries > 0 ? 'The worker was lost; waiting for another' : 'Waiting for a worker';
    case 'started': return 'Starting';
    case 'success': return 'Finished';
    case 'failure': return 'Failed';
    case 'cancelled': return 'Cancelled';
    case 'processing': return steps.find((step) => step.status === 'processing')?.name ?? 'Working';
  }
}

function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
