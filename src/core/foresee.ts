/** A moment at which the progress changed. */
export interface Sample {
  /** Seconds on our own clock. */
  readonly at: number;
  /** 0..1 */
  readonly value: number;
  /** Which of the job's steps was at work, -1 when it tells none. */
  readonly step: number;
  /** How much of that step was done, 0 when it does not tell. */
  readonly within: number;
}

export interface Foresight {
  /** Seconds. */
  readonly left: number;
  /** Standard error of the pace, as a share of it. */
  readonly doubt: number;
}

/** What happened between two samples. */
interface Part {
  readonly time: number;
  readonly progress: number;
  readonly step: number;
}

/** Seconds per whole job, and the square of its standard error. */
interface Cost {
  readonly cost: number;
  readonly error: number;
}

/** A part that takes longer than this many times the usual has a stop in it. */
const STOP = 2;
/** So many mean pauses between two changes are nothing to wonder at. */
const PATIENT = 2;
/** A change of pace is believed from this many standard errors on, squared. */
const CHANGE = 12;
/** What a single part is taken to be off by at least, as a share: few parts may agree by chance. */
const LEAST_ERROR = 0.1;
/** A pace is told by so many parts, or not at all. */
const FEW = 3;
/** From this share of a step on, its length can be told. */
const STEP_BEGUN = 0.1;

/** What is left by the pace alone. `samples`: two at least, rising; the job is still at the last of them at second `at`. */
export function foresee(samples: readonly Sample[], at: number): Foresight {
  const last = samples.at(-1) as Sample;
  const parts = withoutStops(
    samples.slice(1).map((sample, index): Part => {
      const before = samples[index] as Sample;
      return { time: sample.at - before.at, progress: sample.value - before.value, step: sample.step };
    }),
  );
  const sums = sumsOf(parts);
  const whole = sums(0, parts.length);
  const rest = 1 - last.value;
  const step = stepAhead(samples, rest);
  const ahead = step?.ahead ?? rest;
  const due = ahead * present(parts, sums, samples, step?.from ?? 0, ahead, whole.cost) + (rest - ahead) * whole.cost;
  const patience = (PATIENT * total(parts.map(({ time }) => time))) / parts.length;
  const idle = at - last.at;
  return { left: Math.max(0, due - Math.min(idle, patience)) + Math.max(0, idle - patience), doubt: Math.sqrt(whole.error / whole.cost ** 2 + LEAST_ERROR ** 2 / parts.length) };
}

/** Stops are left out as far as they are single: of some that are alike, one. The more there were, the more will come. */
function withoutStops(parts: readonly Part[]): Part[] {
  const byCost = parts.toSorted((a, b) => a.time / a.progress - b.time / b.progress);
  const half = total(parts.map(({ progress }) => progress)) / 2;
  let sum = 0;
  const middle = byCost.find(({ progress }) => (sum += progress) >= half) as Part;
  const usual = middle.time / middle.progress;
  const stops = parts.map(({ time, progress }) => Math.max(0, time - STOP * usual * progress));
  const all = total(stops);
  return parts.map((part, index) => ({ ...part, time: part.time - (all > 0 ? (stops[index] as number) ** 2 / all : 0) }));
}

/** From which sample on the step at work is watched, and the progress that it should still bring; `null` without ground. */
function stepAhead(samples: readonly Sample[], rest: number): { from: number; ahead: number } | null {
  const last = samples.at(-1) as Sample;
  const from = last.step < 0 ? -1 : samples.findIndex(({ step }) => step === last.step);
  if (from < 0) return null;
  const first = samples[from] as Sample;
  const held = last.value - first.value;
  if (samples.length - from < FEW) return { from: 0, ahead: 0 };
  if (last.within < STEP_BEGUN || last.within <= first.within) return { from, ahead: rest * lasting(held, rest) };
  return { from, ahead: Math.min(rest, (held * (1 - last.within)) / (last.within - first.within)) };
}

/** The cost of what is `ahead` with this step, or altogether: as in it so far, unless the pace has changed meanwhile. */
function present(parts: readonly Part[], cost: ReturnType<typeof sumsOf>, samples: readonly Sample[], begun: number, ahead: number, usual: number): number {
  const base = cost(begun, parts.length).cost;
  let from = begun;
  let sure = 0;
  for (let split = -1; split !== 0; ) {
    split = 0;
    let most = CHANGE;
    for (let at = from + FEW - 1; at <= parts.length - FEW; at++) {
      const before = cost(from, at);
      const after = cost(at, parts.length);
      const chance = (LEAST_ERROR * usual) ** 2 * (1 / (at - from) + 1 / (parts.length - at));
      const contrast = (before.cost - after.cost) ** 2 / (before.error + after.error + chance);
      if (contrast > most) [most, split] = [contrast, at];
    }
    if (split > 0) [from, sure] = [split, 1 - CHANGE / most];
  }
  if (from === begun || ahead <= 0) return base;
  const held = (samples.at(-1) as Sample).value - (samples[from] as Sample).value;
  const share = sure * lasting(held, ahead);
  return share * cost(from, parts.length).cost + (1 - share) * base;
}

/**
 * For which share of `rest` a pace should hold that held so far, when nothing is known of how long such a thing lasts: after `x`
 * more it still holds with a chance of held / (held + x).
 */
function lasting(held: number, rest: number): number {
  return (held / rest) * Math.log(1 + rest / held);
}

/** The cost of any stretch of parts, from one to before another. */
function sumsOf(parts: readonly Part[]): (from: number, to: number) => Cost {
  const sums = [[0, 0, 0, 0, 0]];
  for (const { time, progress } of parts) {
    const each = [time, progress, time ** 2, time * progress, progress ** 2];
    sums.push(each.map((value, index) => value + ((sums.at(-1) as number[])[index] as number)));
  }
  return (from, to) => {
    const [time, progress, times, products, shares] = (sums[to] as number[]).map((value, index) => value - ((sums[from] as number[])[index] as number)) as [number, number, number, number, number];
    const cost = time / progress;
    const squares = Math.max(0, times - 2 * cost * products + cost ** 2 * shares);
    const count = to - from;
    return { cost, error: (squares / progress ** 2) * (count / Math.max(1, count - 1)) };
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
