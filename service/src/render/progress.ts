import type { RenderProgress, RenderStep } from './types.ts';

/** The steps in their order: a stable key, and the name that people read. */
export const STEPS = [
  { key: 'script', name: 'Script' },
  { key: 'narration', name: 'Narration' },
  { key: 'scenes', name: 'Scenes' },
  { key: 'encode', name: 'Encoding' },
  { key: 'thumbnail', name: 'Thumbnail' },
  { key: 'finish', name: 'Finishing' },
] as const;

export type StepKey = (typeof STEPS)[number]['key'];

/** Seconds that each step is expected to take, so that the overall progress runs about evenly. */
export type StepCosts = Record<StepKey, number>;

/** Reports within a step are at least this far apart, in milliseconds. */
const INTERVAL = 150;

/** Turns the progress of single steps into one that never falls. */
export class ProgressTracker {
  private readonly costs: StepCosts;
  private readonly report: (progress: RenderProgress) => void;
  private readonly now: () => number;
  private current = -1;
  private within = 0;
  private overall = 0;
  private message = '';
  private failed = false;
  private reportedAt = Number.NEGATIVE_INFINITY;

  constructor(costs: StepCosts, report: (progress: RenderProgress) => void, now: () => number = Date.now) {
    this.costs = costs;
    this.report = report;
    this.now = now;
  }

  /** Begins a step; the ones before it are done. */
  start(key: StepKey, message: string): void {
    this.current = STEPS.findIndex((step) => step.key === key);
    this.within = 0;
    this.message = message;
    this.emit(true);
  }

  /** How far the current step is, 0..1. */
  update(share: number, message?: string): void {
    this.within = Math.min(1, Math.max(this.within, Number.isFinite(share) ? share : 0));
    if (message !== undefined) this.message = message;
    this.emit(false);
  }

  /** The current step cannot be done. */
  fail(): void {
    this.failed = true;
    this.emit(true);
  }

  /** Everything is done. */
  end(message: string): void {
    this.current = STEPS.length;
    this.message = message;
    this.emit(true);
  }

  private emit(now: boolean): void {
    const time = this.now();
    if (!now && time - this.reportedAt < INTERVAL) return;
    this.reportedAt = time;
    const total = STEPS.reduce((sum, { key }) => sum + this.costs[key], 0);
    const done = STEPS.reduce((sum, { key }, i) => sum + this.costs[key] * this.shareOf(i), 0);
    this.overall = Math.max(this.overall, Math.min(1, done / total));
    this.report({
      step: STEPS[Math.min(this.current, STEPS.length - 1)]!.key,
      message: this.message,
      progress: this.overall,
      steps: STEPS.map(({ name }, i): RenderStep => ({
        name,
        status: i < this.current ? 'success' : i > this.current ? 'pending' : this.failed ? 'failure' : 'processing',
        progress: this.shareOf(i),
      })),
    });
  }

  private shareOf(index: number): number {
    if (index < this.current) return 1;
    return index === this.current ? this.within : 0;
  }
}
