import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a real job of the real service went. */
export interface Recording {
  /** What was made. */
  readonly video: string;
  /** Running time in ms. */
  readonly ends: number;
  /** What the service expected, in seconds. */
  readonly estimate: number | null;
  /** Their names. */
  readonly steps: readonly string[];
  /** What it told from when on: ms since its start, progress, the step at work, and the progress within it. */
  readonly moments: readonly (readonly [at: number, progress: number, step: number, within: number])[];
}

export const FOLDER = join(import.meta.dirname, 'recordings');

/** All that are kept, the shortest first. */
export function recordings(): Recording[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const all = files.map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Recording);
  return all.toSorted((a, b) => a.ends - b.ends);
}

/** The same job on a machine that takes so many times as long. */
export function stretched(recording: Recording, times: number): Recording {
  const moments = recording.moments.map(([at, ...rest]) => [at * times, ...rest] as const);
  return { ...recording, ends: recording.ends * times, moments };
}

/** The service writes progress so often, in ms. */
const WRITTEN = 250;

/** What the service answered `ms` after the start of the job, when that was at `start` (ms since the epoch). */
export function wireOf({ ends, estimate, steps, moments }: Recording, ms: number, start: number): Record<string, unknown> {
  const over = ms >= ends;
  const index = moments.findLastIndex(([at]) => at <= ms);
  const [at, progress, current, within] = (moments[index] ?? [0, 0, -1, 0]).slice() as [number, number, number, number];
  // Between two moments that were kept it went on about evenly.
  const next = moments[index + 1];
  const written = Math.floor((ms - at) / WRITTEN) * WRITTEN;
  const share = next && next[2] === current ? written / Math.max(written, next[0] - at, 1) : 0;
  const between = (from: number, to: number): number => from + (to - from) * share;
  const time = (at: number): string => new Date(start + at).toISOString();
  const done = next && share > 0 ? between(within, next[3]) : within;
  return {
    job_id: 'recorded',
    status: over ? 'success' : index >= 0 ? 'processing' : 'started',
    progress: over ? 1 : next && share > 0 ? between(progress, next[1]) : progress,
    retry_count: 0,
    platform: 'youtube',
    started_at: time(0),
    updated_at: time(over ? ends : share > 0 ? at + written : at),
    completed_at: over ? time(ends) : null,
    estimated_duration: estimate,
    steps: index >= 0 ? steps.map((name, order) => ({ name, ...stateOf(over ? 1 : Math.sign(current - order), done) })) : [],
  };
}

/** Of a step that is over (1), at work (0) or to come (-1). */
function stateOf(order: number, within: number): { status: string; progress: number } {
  if (order > 0) return { status: 'success', progress: 1 };
  return order === 0 ? { status: 'processing', progress: within } : { status: 'pending', progress: 0 };
}
