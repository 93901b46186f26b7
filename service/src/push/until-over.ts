import type { Clock } from '../clock.ts';
import type { JobFeed } from './job-feed.ts';

export interface UntilOverOptions {
  feed: Pick<JobFeed, 'subscribe'>;
  clock: Clock;
  /** Longest wait, ms. */
  within: number;
  /** Gets what is to be called when nobody waits for it any more. */
  onGone: (leave: () => void) => void;
}

/** Waits for the job's end; comes back sooner when the time is over, the service stops, or nobody waits any more. */
export function untilOver(id: string, { feed, clock, within, onGone }: UntilOverOptions): Promise<void> {
  return new Promise((resolve) => {
    const leave = (): void => {
      cancelTimer();
      subscription.end();
      resolve();
    };
    const subscription = feed.subscribe({
      onUpdate: () => {
        if (subscription.over) leave();
      },
      onClose: leave,
    });
    const cancelTimer = clock.setTimeout(leave, within);
    onGone(leave);
    subscription.add([id]);
  });
}
