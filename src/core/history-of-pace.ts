import type { Job } from './job.ts';

/** What is known of jobs like one: how long it should take, and how its progress runs over its time. */
export interface Experience {
  /** Seconds of running time; `null` without ground: when fewer than three like it have ended, or they differ too much. */
  readonly seconds: number | null;
  /** The share of its time that is over at a share of its progress; both 0..1, rising. */
  timeAt(progress: number): number;
}

interface Pace {
  readonly seconds: number;
  /** Of its backend's estimate; `null` where there was none. */
  readonly ratio: number | null;
  /** Share of time at 10 %, 20 % … 90 % of progress; `null` when it was not watched from its beginning. */
  readonly curve: readonly number[] | null;
}

/** A moment at which a job's progress changed. */
export interface Moment {
  /** Seconds since the attempt began. */
  readonly second: number;
  /** 0..1 */
  readonly progress: number;
}

const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/** Jobs remembered of one kind: few enough that a backend which has become faster is noticed. */
const MOST_PER_KIND = 20;
const MOST_KINDS = 50;
/** A curve seen at fewer moments than this is chance. */
const LEAST_MOMENTS = 5;
/** Fewer jobs than this are no ground, and neither are jobs of which the quick ones and the slow ones differ by more than this factor. */
const LEAST_JOBS = 3;
const LIKE = 3;

/**
 * How long jobs took that ended on this page, so that the next one of their kind can be foretold from its first second.
 * One per store: other backends have other paces. Of one kind are jobs for the same platform with the same steps. The newest 20 of each kind count; nothing is stored.
 */
export class PaceHistory {
  readonly #kinds = new Map<string, Map<string, Pace>>();

  /** Takes in a job that ended well; any other is left aside. `moments`: its progress, watched from its beginning on. */
  learn(job: Job, moments?: readonly Moment[]): void {
    const seconds = runningTime(job);
    if (job.status !== 'success' || seconds === null || !(seconds > 0)) return;
    const key = kindOf(job);
    const kind = this.#kinds.get(key) ?? new Map<string, Pace>();
    const curve = (moments && curveOf(moments, seconds)) ?? kind.get(job.id)?.curve ?? null;
    kind.delete(job.id);
    kind.set(job.id, { seconds, ratio: job.estimatedDuration ? seconds / job.estimatedDuration : null, curve });
    this.#kinds.delete(key);
    this.#kinds.set(key, kind);
    dropOldest(kind, MOST_PER_KIND);
    dropOldest(this.#kinds, MOST_KINDS);
  }

  /** What jobs like this one tell about it. */
  about(job: Job): Experience {
    const like = [...(this.#kinds.get(kindOf(job))?.values() ?? [])];
    const expected = job.estimatedDuration;
    const ratio = expected ? typical(like.flatMap((pace) => pace.ratio ?? [])) : null;
    const seconds = expected ? ratio && ratio * expected : typical(like.map((pace) => pace.seconds));
    const curves = like.flatMap(({ curve }) => (curve ? [curve] : []));
    const curve = LEVELS.map((level, index) => (curves.length < LEAST_JOBS ? level : median(curves.map((each) => each[index] as number))));
    return { seconds, timeAt: (progress) => timeAt(curve, progress) };
  }
}

function kindOf({ platform, steps }: Job): string {
  return JSON.stringify([platform, ...steps.map(({ name }) => name)]);
}

function runningTime({ duration, startedAt, completedAt }: Job): number | null {
  if (startedAt !== null && completedAt !== null) return (completedAt - startedAt) / 1000;
  return duration;
}

function curveOf(moments: readonly Moment[], seconds: number): readonly number[] | null {
  if (moments.length < LEAST_MOMENTS) return null;
  return LEVELS.map((level) => {
    const next = moments.findIndex(({ progress }) => progress >= level);
    const to = moments[next] ?? { second: seconds, progress: 1 };
    const from = (next < 0 ? moments.at(-1) : moments[next - 1]) ?? { second: 0, progress: 0 };
    const share = to.progress > from.progress ? (level - from.progress) / (to.progress - from.progress) : 1;
    return Math.min(1, Math.max(0, (from.second + (to.second - from.second) * share) / seconds));
  });
}

function timeAt(curve: readonly number[], progress: number): number {
  const whole = [0, ...curve, 1];
  const place = Math.min(1, Math.max(0, progress)) * (whole.length - 1);
  const index = Math.min(Math.floor(place), whole.length - 2);
  const [from, to] = [whole[index] as number, whole[index + 1] as number];
  return from + (to - from) * (place - index);
}

/** The median of what is alike, `null` where the quarters lie too far apart. */
function typical(values: readonly number[]): number | null {
  if (values.length < LEAST_JOBS) return null;
  return quantile(values, 0.75) <= LIKE * quantile(values, 0.25) ? median(values) : null;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [from, to] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return from + (to - from) * (place % 1);
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
