import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../../core/clock.ts';

const BEAT = 1000;

/** One tick a second for all elements on one clock, on the full second; none while nobody listens. */
class Beat {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#stop === null) this.#schedule();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  #schedule(): void {
    this.#stop = this.#clock.setTimeout(
      () => {
        this.#schedule();
        for (const listener of [...this.#listeners]) listener();
      },
      BEAT - (this.#clock.now() % BEAT),
    );
  }
}

const beats = new WeakMap<Clock, Beat>();

function beatOf(clock: Clock): Beat {
  let beat = beats.get(clock);
  if (beat === undefined) {
    beat = new Beat(clock);
    beats.set(clock, beat);
  }
  return beat;
}

/**
 * Updates its host once a second while the host is connected and `clock` names one. Elements that show ages and countdowns
 * share one timer this way.
 */
export class BeatController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #clock: () => Clock | null;
  #connected = false;
  #updated = false;
  #current: Clock | null = null;
  #stop: (() => void) | null = null;

  /** `clock` is asked after each update of the host; `null` means that nothing on it moves with time. */
  constructor(host: ReactiveControllerHost, clock: () => Clock | null) {
    this.#host = host;
    this.#clock = clock;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    if (this.#updated) this.#follow();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#follow();
  }

  hostUpdated(): void {
    this.#updated = true;
    this.#follow();
  }

  #follow(): void {
    const clock = this.#connected ? this.#clock() : null;
    if (clock === this.#current) return;
    this.#stop?.();
    this.#current = clock;
    this.#stop = clock === null ? null : beatOf(clock).subscribe(() => this.#host.requestUpdate());
  }
}
