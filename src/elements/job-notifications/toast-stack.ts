import type { Clock } from '../../core/clock.ts';

interface Toast {
  readonly name: string;
  /** What is left of its time in ms; `null` for one that stays. */
  left: number | null;
  since: number;
  stop: (() => void) | null;
}

/** Which toasts are on show, and for how long still. Time passes only while nobody reads them and somebody could. */
export class ToastStack {
  readonly #onChange: (timedOut: string | null) => void;
  readonly #toasts: Toast[] = [];
  #clock: Clock;
  #max = 3;
  #paused = false;

  /** `onChange` is called after each change; with the name of a toast whose time was over. */
  constructor(clock: Clock, onChange: (timedOut: string | null) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Those on show, the oldest first. */
  get visible(): readonly string[] {
    return this.#toasts.slice(0, this.#max).map(({ name }) => name);
  }

  /** How many more wait for a place. */
  get waiting(): number {
    return Math.max(0, this.#toasts.length - this.#max);
  }

  /** How many are shown at once. */
  set max(max: number) {
    if (max === this.#max) return;
    this.#max = max;
    this.#settle();
  }

  set clock(clock: Clock) {
    if (clock === this.#clock) return;
    this.#rest();
    this.#clock = clock;
    this.#settle();
  }

  /** `duration`: in ms; 0 or less for one that stays until it is closed. */
  add(name: string, duration: number): void {
    this.#toasts.push({ name, left: duration > 0 ? duration : null, since: 0, stop: null });
    this.#settle();
    this.#onChange(null);
  }

  remove(name: string): void {
    const index = this.#toasts.findIndex((toast) => toast.name === name);
    if (index < 0) return;
    this.#toasts[index]?.stop?.();
    this.#toasts.splice(index, 1);
    this.#settle();
    this.#onChange(null);
  }

  /** Time stands still, or goes on where it stood. */
  set paused(paused: boolean) {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) this.#rest();
    else this.#settle();
  }

  #settle(): void {
    if (this.#paused) return;
    this.#toasts.forEach((toast, index) => {
      if (index >= this.#max || toast.stop !== null || toast.left === null) return;
      toast.since = this.#clock.now();
      toast.stop = this.#clock.setTimeout(() => this.#end(toast), toast.left);
    });
  }

  #rest(): void {
    for (const toast of this.#toasts) {
      if (toast.stop === null || toast.left === null) continue;
      toast.stop();
      toast.stop = null;
      toast.left = Math.max(0, toast.left - (this.#clock.now() - toast.since));
    }
  }

  #end(toast: Toast): void {
    const index = this.#toasts.indexOf(toast);
    if (index >= 0) this.#toasts.splice(index, 1);
    this.#settle();
    this.#onChange(toast.name);
  }
}
