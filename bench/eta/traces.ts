import { Random } from './random.ts';
import type { Bounds, World } from './worlds.ts';

export const FAMILIES = ['linear', 'staged', 'stalling', 'bursty', 'retrying'] as const;
/** `curved` slows down or speeds up all the way: no constant of the estimate was chosen by it. */
export type Family = (typeof FAMILIES)[number] | 'curved';

/** A corner of a job's progress over its running time, both 0..1. */
type Point = readonly [time: number, progress: number];

interface Step {
  readonly name: string;
  /** The job's progress at its end. */
  readonly until: number;
}

/** What jobs of one kind have in common: how their progress grows, how long they take, what the backend tells. */
interface Kind {
  readonly curve: readonly Point[];
  readonly steps: readonly Step[] | null;
  readonly seconds: number;
  /** The backend tells progress in steps of this share. */
  readonly grain: number;
  readonly tellsStart: boolean;
  /** What the backend expects of every job of this kind, as a multiple of what the kind takes; `null`: it does not say. */
  readonly expects: number | null;
}

interface Attempt {
  /** Seconds since the job was created. */
  readonly from: number;
  /** Seconds that it takes, had it not failed before. */
  readonly seconds: number;
  readonly curve: readonly Point[];
}

/** One job, known from its beginning to its end. Times are seconds since its creation. */
export interface Trace {
  readonly id: string;
  readonly end: number;
  /** The job as the backend would send it at this time. */
  wireAt(second: number): Record<string, unknown>;
  /** Running time that the attempt under way still needs (had it not failed); `null` while none runs. */
  remainingAt(second: number): number | null;
}

/** A job to watch, and others of its kind that were watched before. */
export interface Case {
  readonly trace: Trace;
  readonly before: readonly Trace[];
}

/** Always the same cases for the same world and seed. */
export function* cases(family: Family, world: World, options: { count: number; seed: number; expects: boolean; before: number }): Generator<Case> {
  const random = new Random(options.seed);
  for (let number = 0; number < options.count; number++) {
    const kind = makeKind(family, world, random, options.expects);
    const id = `${family}-${number}`;
    const before = Array.from({ length: options.before }, (_, index) => makeTrace(`${id}-before-${index}`, kind, 'linear', world, random));
    yield { trace: makeTrace(id, kind, family, world, random), before };
  }
}

function makeKind(family: Family, world: World, random: Random, expects: boolean): Kind {
  const staged = family === 'staged' || (family === 'retrying' && random.next() < 0.5);
  const stages = stagedCurve(world, random);
  const curves: Partial<Record<Family, () => Point[]>> = {
    stalling: () => stallingCurve(world, random),
    bursty: () => burstyCurve(world, random),
    curved: () => curvedCurve(random),
  };
  return {
    curve: staged ? stages : (curves[family] ?? (() => evenCurve(world.stretches)))(),
    steps: staged && random.next() < 0.5 ? stages.slice(1).map(([, progress], index) => ({ name: `step ${index + 1}`, until: progress })) : null,
    seconds: random.factor(...world.seconds),
    grain: random.pick(world.grains),
    tellsStart: random.next() < world.tellsStart,
    expects: expects ? random.factor(...world.expects) : null,
  };
}

/** Jobs of a kind differ in what they take, and somewhat in how they get there. */
function makeTrace(id: string, kind: Kind, family: Family, world: World, random: Random): Trace {
  const seconds = Math.max(10, kind.seconds * random.factor(...world.likeness));
  const curve = wobbly(kind.curve, world.wobble, random);
  const queue = random.between(0, 10);
  const attempts: Attempt[] = [{ from: queue, seconds, curve }];
  const fails = family === 'retrying' ? random.whole(...world.fails.count) : 0;
  let end = queue + seconds;
  for (let retry = 0; retry < fails; retry++) {
    const { from } = attempts.at(-1) as Attempt;
    const again = from + seconds * random.between(...world.fails.at) + random.between(5, 60);
    attempts.push({ from: again, seconds, curve: wobbly(kind.curve, world.wobble, random) });
    end = again + seconds;
  }
  return { id, end, ...backend(id, kind, attempts, random) };
}

function backend(id: string, kind: Kind, attempts: readonly Attempt[], random: Random): Pick<Trace, 'wireAt' | 'remainingAt'> {
  // The deployed backend waits up to a minute between two attempts: nothing runs then.
  const stops = attempts.map((attempt, index) => {
    const next = attempts[index + 1];
    return next ? Math.max(attempt.from, next.from - random.between(2, 5)) : attempt.from + attempt.seconds;
  });
  const running = (second: number): Attempt | undefined => attempts.find(({ from }, index) => from <= second && second < (stops[index] as number));
  const estimate = kind.expects === null ? {} : { estimated_duration: kind.seconds * kind.expects };
  return {
    remainingAt(second) {
      const attempt = running(second);
      return attempt ? attempt.from + attempt.seconds - second : null;
    },
    wireAt(second) {
      const tried = attempts.filter((_, index) => second >= (stops[index] as number)).length;
      const common = { job_id: id, platform: 'youtube', created_at: iso(0), ...estimate };
      if (tried === attempts.length) {
        const last = attempts.at(-1) as Attempt;
        return { ...common, status: 'success', progress: 1, retry_count: tried - 1, started_at: iso(last.from), completed_at: iso(last.from + last.seconds), duration: Math.round(last.seconds) };
      }
      const attempt = running(second);
      if (!attempt) return { ...common, status: 'pending', progress: 0, retry_count: tried };
      const exact = along(attempt.curve, (second - attempt.from) / attempt.seconds);
      const progress = Math.floor(exact / kind.grain + 1e-9) * kind.grain;
      const started = kind.tellsStart ? { started_at: iso(attempt.from), updated_at: iso(second) } : {};
      return { ...common, status: 'processing', progress, retry_count: tried, ...started, ...(kind.steps && { steps: stepsAt(kind.steps, exact) }) };
    },
  };
}

function evenCurve(stretches: number): Point[] {
  return pieces(Array.from({ length: stretches }, () => ({ progress: 1, time: 1 })));
}

function stagedCurve({ stages: { count, share, time } }: World, random: Random): Point[] {
  return pieces(Array.from({ length: random.whole(...count) }, () => ({ progress: random.factor(...share), time: random.factor(...time) })));
}

/** Even, but for stops at places that nobody knows. */
function stallingCurve({ stops: { count, at, share } }: World, random: Random): Point[] {
  const places = Array.from({ length: random.whole(...count) }, () => random.between(...at)).toSorted((a, b) => a - b);
  const stop = random.between(...share);
  const parts = places.flatMap((place, index) => {
    const way = place - (places[index - 1] ?? 0);
    return [{ progress: way, time: way * (1 - stop) }, { progress: 0, time: stop / places.length }];
  });
  const rest = 1 - (places.at(-1) as number);
  return pieces([...parts, { progress: rest, time: rest * (1 - stop) }]);
}

/** Now much, now nothing. */
function burstyCurve({ bursts: { count, pause, leap } }: World, random: Random): Point[] {
  const parts = Array.from({ length: random.whole(...count) }, () => [
    { progress: 0.1, time: random.factor(...pause) },
    { progress: random.factor(...leap), time: 0.1 },
  ]);
  return pieces(parts.flat());
}

/** Progress as a power of the time. */
function curvedCurve(random: Random): Point[] {
  const bend = random.factor(0.5, 2);
  const at = Array.from({ length: 20 }, (_, index) => ((index + 1) / 20) ** bend - (index / 20) ** bend);
  return pieces(at.map((progress) => ({ progress, time: 1 })));
}

function pieces(parts: readonly { progress: number; time: number }[]): Point[] {
  const whole = { progress: sum(parts.map(({ progress }) => progress)), time: sum(parts.map(({ time }) => time)) };
  let at = { progress: 0, time: 0 };
  return [
    [0, 0],
    ...parts.map((part): Point => {
      at = { progress: at.progress + part.progress, time: at.time + part.time };
      return [at.time / whole.time, at.progress / whole.progress];
    }),
  ];
}

/** The same way with every stretch somewhat longer or shorter. */
function wobbly(curve: readonly Point[], wobble: Bounds, random: Random): Point[] {
  return pieces(
    curve.slice(1).map(([time, progress], index) => {
      const [timeBefore, progressBefore] = curve[index] as Point;
      return { progress: progress - progressBefore, time: (time - timeBefore) * random.factor(...wobble) };
    }),
  );
}

function along(curve: readonly Point[], time: number): number {
  const next = curve.findIndex(([at]) => at > time);
  if (next < 0) return 1;
  const [fromTime, fromProgress] = curve[next - 1] ?? [0, 0];
  const [toTime, toProgress] = curve[next] as Point;
  return fromProgress + ((toProgress - fromProgress) * (time - fromTime)) / (toTime - fromTime);
}

function stepsAt(steps: readonly Step[], progress: number): object[] {
  return steps.map(({ name, until }, index) => {
    const from = steps[index - 1]?.until ?? 0;
    const own = Math.min(1, Math.max(0, (progress - from) / (until - from)));
    return { name, status: own >= 1 ? 'success' : own > 0 ? 'processing' : 'pending', progress: own };
  });
}

/** When every trace begins, by any clock. */
export const START = Date.UTC(2026, 0, 1);

function iso(second: number): string {
  return new Date(START + second * 1000).toISOString();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
