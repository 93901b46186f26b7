import type { Job } from '../core/job.ts';
import type { Channel, ChannelSink } from './channel.ts';
import type { Loop } from './loop.ts';
import type { Scheduler } from './scheduler.ts';

/** Asks for each watched job by itself, again and again. The floor that every other channel stands on. */
export class PollChannel implements Channel {
  readonly #scheduler: Scheduler;
  readonly #sink: ChannelSink;
  readonly #ask: (id: string, signal: AbortSignal) => Promise<Job>;
  readonly #loops = new Map<string, Loop<Job>>();

  constructor(scheduler: Scheduler, sink: ChannelSink, ask: (id: string, signal: AbortSignal) => Promise<Job>) {
    this.#scheduler = scheduler;
    this.#sink = sink;
    this.#ask = ask;
  }

  watch(id: string): void {
    this.#loop(id).start();
  }

  unwatch(id: string): void {
    this.#loops.get(id)?.stop();
    this.#tidy(id);
  }

  async refresh(id: string, options: { fresh?: boolean } = {}): Promise<void> {
    await this.#loop(id).refresh(options.fresh);
    this.#tidy(id);
  }

  close(): void {
    for (const loop of this.#loops.values()) loop.close();
    this.#loops.clear();
  }

  #loop(id: string): Loop<Job> {
    let loop = this.#loops.get(id);
    if (!loop) {
      loop = this.#scheduler.loop<Job>({
        ask: (signal) => this.#ask(id, signal),
        // Whatever a server calls the job in its answer, it was asked for this one.
        onAnswer: (job) => this.#sink.onJob(job.id === id ? job : { ...job, id }),
        onError: (error) => this.#sink.onError(id, error),
      });
      this.#loops.set(id, loop);
    }
    return loop;
  }

  #tidy(id: string): void {
    if (this.#loops.get(id)?.idle) this.#loops.delete(id);
  }
}
