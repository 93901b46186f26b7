import { Pace } from '../core/pace.ts';
import type { Job } from '../core/job.ts';
import type { Channel, ChannelSink } from './channel.ts';
import type { Loop } from './loop.ts';
import type { Scheduler } from './scheduler.ts';

/** Pause of a job whose changes come by themselves, in ms: what a lost message hid comes to light after it. */
const RESTING = 60_000;

interface Watched {
  readonly loop: Loop<Job>;
  readonly pace: Pace;
  /** Pause after the newest answer, in ms. */
  pause: number | undefined;
}

/** Asks for each watched job, again and again, at the job's own pace. The floor that every other channel stands on. */
export class PollChannel implements Channel {
  readonly #scheduler: Scheduler;
  readonly #sink: ChannelSink;
  readonly #ask: (id: string, signal: AbortSignal) => Promise<Job>;
  /** Told of what is watched, each time that it is said. */
  follower: { watch(id: string): void; unwatch(id: string): void } | null = null;
  readonly #watched = new Map<string, Watched>();
  #asleep = false;
  readonly #resting = new Set<string>();

  constructor(scheduler: Scheduler, sink: ChannelSink, ask: (id: string, signal: AbortSignal) => Promise<Job>) {
    this.#scheduler = scheduler;
    this.#sink = sink;
    this.#ask = ask;
  }

  /** What is asked for at present. */
  get ids(): string[] {
    return [...this.#watched.keys()];
  }

  watch(id: string, fresh = 0): void {
    this.keep(id, fresh);
    this.follower?.watch(id);
  }

  /** As `watch`, for somebody else than this page: its follower is not told. */
  keep(id: string, fresh = 0): void {
    this.#find(id).loop.start(fresh);
  }

  unwatch(id: string): void {
    this.drop(id);
    this.follower?.unwatch(id);
  }

  drop(id: string): void {
    this.#watched.get(id)?.loop.stop();
    this.#tidy(id);
  }

  async refresh(id: string, options: { fresh?: boolean } = {}): Promise<void> {
    await this.#find(id).loop.refresh(options.fresh);
    this.#tidy(id);
  }

  heard(job: Job): void {
    const watched = this.#watched.get(job.id);
    if (!watched) return;
    const { clock, wanted } = this.#scheduler;
    const pause = watched.pace.next(job, clock.now(), wanted);
    watched.pause = this.#resting.has(job.id) ? RESTING : pause;
    watched.loop.postpone(watched.pause);
  }

  /** Whether the changes of this job come by themselves. When they no longer do, it is asked for at once. */
  rest(id: string, resting: boolean): void {
    if (resting === this.#resting.has(id)) return;
    const loop = this.#watched.get(id)?.loop;
    if (resting) {
      this.#resting.add(id);
      loop?.postpone(RESTING);
    } else {
      this.#resting.delete(id);
      loop?.wake();
    }
  }

  /** While another tab asks for all, nothing is asked for here. */
  set asleep(asleep: boolean) {
    this.#asleep = asleep;
    for (const { loop } of this.#watched.values()) loop.wake();
  }

  close(): void {
    for (const { loop } of this.#watched.values()) loop.close();
    this.#watched.clear();
    this.#resting.clear();
  }

  #find(id: string): Watched {
    let watched = this.#watched.get(id);
    if (!watched) {
      const loop = this.#scheduler.loop<Job>({
        ask: (signal) => this.#ask(id, signal),
        // Whatever a server calls the job in its answer, it was asked for this one.
        onAnswer: (job) => this.#sink.onJob(job.id === id ? job : { ...job, id }),
        onError: (error) => this.#sink.onError(id, error),
        rests: () => this.#asleep,
        pause: () => this.#watched.get(id)?.pause ?? this.#scheduler.interval,
      });
      this.#watched.set(id, (watched = { loop, pace: new Pace(), pause: undefined }));
    }
    return watched;
  }

  #tidy(id: string): void {
    if (this.#watched.get(id)?.loop.idle) this.#watched.delete(id);
  }
}
