import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../../core/clock.ts';
import type { WordsController } from '../../i18n/words.ts';
import type { Milestone } from './milestones.ts';

/** After this long, in ms, what was said is taken away, so that nobody finds it later out of its place. */
const KEEP = 8_000;

/** The text of a polite live region: set once for each message, empty otherwise. */
export class LiveRegion implements ReactiveController {
  text = '';
  readonly #host: ReactiveControllerHost;
  readonly #clock: () => Clock;
  #stop: (() => void) | null = null;

  constructor(host: ReactiveControllerHost, clock: () => Clock) {
    this.#host = host;
    this.#clock = clock;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
    this.text = '';
  }

  say(text: string): void {
    this.text = text;
    this.#stop?.();
    this.#stop = this.#clock().setTimeout(() => {
      this.#stop = null;
      this.text = '';
      this.#host.requestUpdate();
    }, KEEP);
    this.#host.requestUpdate();
  }
}

/** A milestone in words. */
export function milestoneText(milestone: Milestone, title: string, localize: WordsController): string {
  switch (milestone.kind) {
    case 'start':
      return localize.term('live.start', { title });
    case 'percent':
      return localize.term('live.percent', { percent: localize.percent(milestone.share) });
    case 'step':
      return localize.term('live.step', { step: milestone.step });
    case 'retry':
      return localize.term('live.retry', { title, number: milestone.number });
    case 'end':
      return localize.term(`live.${milestone.status as 'success' | 'failure' | 'cancelled'}`, { title });
  }
}
