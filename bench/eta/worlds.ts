/** Two numbers: from, to. */
export type Bounds = readonly [low: number, high: number];

/** What jobs are made up from. Factors are drawn so that each doubling is as likely as the next. */
export interface World {
  readonly seed: number;
  /** Running time of a kind of jobs, in seconds. */
  readonly seconds: Bounds;
  /** How much single jobs of a kind differ in what they take, and in each stretch of their way, as factors. */
  readonly likeness: Bounds;
  readonly wobble: Bounds;
  /** The backend tells progress in steps of one of these shares. */
  readonly grains: readonly number[];
  /** How many of ten backends tell when a job started. */
  readonly tellsStart: number;
  /** What backends that tell an estimate are off by, as a factor. */
  readonly expects: Bounds;
  /** Even jobs have so many stretches that wobble. */
  readonly stretches: number;
  /** How many stages, how much of the progress each is, and how long it takes, both against the mean. */
  readonly stages: { readonly count: Bounds; readonly share: Bounds; readonly time: Bounds };
  /** How often it stops, from which to which progress, and for which share of the whole time altogether. */
  readonly stops: { readonly count: Bounds; readonly at: Bounds; readonly share: Bounds };
  /** How many bursts, how long the pause before each, and how much comes in it, both against the mean. */
  readonly bursts: { readonly count: Bounds; readonly pause: Bounds; readonly leap: Bounds };
  /** How often a job fails, and at which share of its time. */
  readonly fails: { readonly count: Bounds; readonly at: Bounds };
  /** Pause between two answers in seconds, and which share of them is lost. */
  readonly pause: Bounds;
  readonly lost: number;
}

/** Constants of the estimate were chosen by looking at this one. */
export const TUNED: World = {
  seed: 1,
  seconds: [10, 1_800],
  likeness: [0.8, 1.25],
  wobble: [0.8, 1.25],
  grains: [0.001, 0.01, 0.05],
  tellsStart: 0.7,
  expects: [0.5, 2],
  stretches: 10,
  stages: { count: [3, 5], share: [1, 1], time: [1 / 3, 3] },
  stops: { count: [1, 1], at: [0.2, 0.95], share: [0.2, 0.5] },
  bursts: { count: [10, 29], pause: [0.3, 3], leap: [0.3, 3] },
  fails: { count: [1, 2], at: [0.15, 0.9] },
  pause: [3, 3.4],
  lost: 0.02,
};

/** Nobody looked at this one before: other numbers in everything, most of them wilder. What it gives is what is claimed. */
export const HELD_OUT: World = {
  seed: 20_261_123,
  seconds: [15, 3_600],
  likeness: [0.7, 1.4],
  wobble: [0.7, 1.4],
  grains: [0.002, 0.02, 0.1],
  tellsStart: 0.5,
  expects: [0.4, 2.5],
  stretches: 16,
  stages: { count: [2, 7], share: [0.5, 2], time: [0.25, 4] },
  stops: { count: [1, 2], at: [0.1, 0.9], share: [0.1, 0.6] },
  bursts: { count: [8, 40], pause: [0.2, 4], leap: [0.2, 4] },
  fails: { count: [1, 3], at: [0.1, 0.95] },
  pause: [2, 5],
  lost: 0.05,
};
