import { Random } from './random.ts';

export const FAMILIES = ['linear', 'staged', 'stalling', 'bursty', 'retrying'] as const;
export type Family = (typeof FAMILIES)[number];

/** A corner of a job's progress over its running time, both 0..1. */
type Point = readonly [time: number, progress: number];

/** What jobs of one kind have in common: how their progress grows, how long they take, what the backend tells. */
interface Kind {
  readonly curve: readonly Point[];
  readonly steps: readonly string[] | null;
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

/** Always the same cases for the same seed. */
export function* cases(family: Family, options: { count: number; seed: number; expects: boolean; before: number }): Generator<Case> {
  const random = new Random(options.seed);
  for (let number = 0; number < options.count; number++) {
    const kind = makeKind(family, random, options.expects);
    const id = `${family}-${number}`;
    const before = Array.from({ length: options.before }, (_, index) => makeTrace(`${id}-before-${index}`, kind, 'linear', random));
    yield { trace: makeTrace(id, kind, family, random), before };
  }
}

function makeKind(family: Family, random: Random, expects: boolean): Kind {
  const staged = family === 'staged' || (family === 'retrying' && random.next() < 0.5);
  const names = Array.from({ length: 3 + Math.floor(random.next() * 3) }, (_, index) => `step ${index + 1}`);
  return {
    curve: staged ? stagedCurve(names.length, random) : family === 'stalling' ? stallingCurve(random) : family === 'bursty' ? burstyCurve(random) : EVEN,
    steps: staged && random.next() < 0.5 ? names : null,
    seconds: random.factor(10, 1800),
    grain: random.pick([0.001, 0.01, 0.05]),
    tellsStart: random.next() < 0.7,
    expects: expects ? random.factor(0.5, 2) : null,
  };
}

/** Jobs of a kind differ by a quarter in what they take, and somewhat in how they get there. */
function makeTrace(id: string, kind: Kind, family: Family, random: Random): Trace {
  const seconds = Math.max(10, kind.seconds * random.factor(0.8, 1.25));
  const curve = wobbly(kind.curve, random);
  const queue = random.between(0, 10);
  const attempts: Attempt[] = [{ from: queue, seconds, curve }];
  const fails = family === 'retrying' ? 1 + Math.floor(random.next() * 2) : 0;
  let end = queue + seconds;
  for (let retry = 0; retry < fails; retry++) {
    const { from } = attempts.at(-1) as Attempt;
    const again = from + seconds * random.between(0.15, 0.9) + random.between(5, 60);
    attempts.push({ from: again, seconds, curve });
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

const EVEN: readonly Point[] = Array.from({ length: 11 }, (_, index) => [index / 10, index / 10] as const);

/** Stages of the same share of progress that take from a third of the mean to three times as long. */
function stagedCurve(count: number, random: Random): Point[] {
  return pieces(Array.from({ length: count }, () => ({ progress: 1, time: random.factor(1 / 3, 3) })));
}

/** Even, but for one stop at a place that nobody knows, for 20 % to 50 % of the whole time. */
function stallingCurve(random: Random): Point[] {
  const at = random.between(0.2, 0.95);
  const stop = random.between(0.2, 0.5);
  return pieces([{ progress: at, time: at * (1 - stop) }, { progress: 0, time: stop }, { progress: 1 - at, time: (1 - at) * (1 - stop) }]);
}

/** Now much, now nothing. */
function burstyCurve(random: Random): Point[] {
  return pieces(
    Array.from({ length: 10 + Math.floor(random.next() * 20) }, () => [
      { progress: 0.1, time: random.factor(0.3, 3) },
      { progress: random.factor(0.3, 3), time: 0.1 },
    ]).flat(),
  );
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

/** The same way with every stretch up to a fifth longer or shorter. */
function wobbly(curve: readonly Point[], random: Random): Point[] {
  return pieces(
    curve.slice(1).map(([time, progress], index) => {
      const [timeBefore, progressBefore] = curve[index] as Point;
      return { progress: progress - progressBefore, time: (time - timeBefore) * random.factor(0.8, 1.25) };
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

function stepsAt(names: readonly string[], progress: number): object[] {
  return names.map((name, index) => {
    const own = Math.min(1, Math.max(0, progress * names.length - index));
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
