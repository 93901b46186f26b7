import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Attempts, RunEnd } from '../jobs/attempts.ts';
import type { Ticket } from '../queue/job-queue.ts';
import { RenderError } from '../render/types.ts';
import type { Render, RenderOutput } from '../render/types.ts';
import { storeOutput } from '../storage/files.ts';
import type { Storage } from '../storage/storage.ts';
import { ProgressWriter } from './progress-writer.ts';

export interface RunLimits {
  /** Seconds after which the renderer is asked to stop. */
  soft: number;
  /** Seconds after which the run has failed, whatever the renderer does. */
  hard: number;
}

export interface RunContext {
  attempts: Attempts;
  render: Render;
  storage: Storage;
  /** Holds one private directory per run. */
  workDirectory: string;
  limits: RunLimits;
  clock: Clock;
  logger: Logger;
}

/** Why a run was stopped from outside. */
export type StopCause = 'unwanted' | 'shutdown' | 'time-limit';

export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  override readonly cause: StopCause;

  constructor(cause: StopCause) {
    super(`the run was stopped: ${cause}`);
    this.cause = cause;
  }
}

/** One run of one job, from the queue to its end. */
export class Run {
  readonly ticket: Ticket;
  /** Resolves when nothing of the run is left; never rejects. */
  readonly ended: Promise<void>;
  readonly #context: RunContext;
  readonly #abort = new AbortController();
  readonly #logger: Logger;

  constructor(ticket: Ticket, context: RunContext) {
    this.ticket = ticket;
    this.#context = context;
    this.#logger = context.logger.child({ job: ticket.jobId, attempt: ticket.attempt });
    this.ended = this.#execute().catch((error: unknown) => {
      this.#logger.error({ err: error }, 'could not store how the run ended; it will be taken up again');
    });
  }

  stop(cause: StopCause): void {
    this.#abort.abort(new RunStopped(cause));
  }

  async #execute(): Promise<void> {
    const { attempts, storage, workDirectory } = this.#context;
    const job = await attempts.begin(this.ticket);
    if (!job) return;
    this.#logger.info({ retry: job.retry_count }, 'job started');
    const workDir = join(workDirectory, this.ticket.attempt);
    const writer = this.#progressWriter();
    try {
      await mkdir(workDir, { recursive: true });
      const output = await this.#renderWithin({ jobId: job.id, video: job.request, workDir }, writer);
      await writer.close();
      const result = await storeOutput(storage, this.ticket, output);
      if (await attempts.succeed(this.ticket, result)) this.#logger.info('job finished');
      else await storage.remove(this.ticket.jobId, this.ticket.attempt);
    } catch (error) {
      await writer.close();
      const end = this.#endOf(error);
      this.#logger.info({ end: end?.kind ?? 'unwanted' }, 'run ended without a video');
      if (end) await attempts.end(this.ticket, end);
    } finally {
      await rm(workDir, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async #renderWithin(request: Parameters<Render>[0], writer: ProgressWriter): Promise<RenderOutput> {
    const { clock, limits, render } = this.#context;
    let giveUp = (): void => undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(new RunStopped('time-limit'));
    });
    const cancelSoft = clock.setTimeout(() => this.stop('time-limit'), limits.soft * 1000);
    const cancelHard = clock.setTimeout(giveUp, limits.hard * 1000);
    try {
      return await Promise.race([
        render(request, { onProgress: (progress) => writer.report(progress), signal: this.#abort.signal, logger: this.#logger }),
        tooLong,
      ]);
    } finally {
      cancelSoft();
      cancelHard();
    }
  }

  #progressWriter(): ProgressWriter {
    return new ProgressWriter(this.#context.clock, async (progress) => {
      try {
        if (!(await this.#context.attempts.progress(this.ticket, progress))) this.stop('unwanted');
      } catch (error) {
        this.#logger.warn({ err: error }, 'could not store the progress');
      }
    });
  }

  /** `null`: nobody waits for this run any more. */
  #endOf(error: unknown): RunEnd | null {
    const reason: unknown = this.#abort.signal.aborted ? this.#abort.signal.reason : error;
    if (reason instanceof RunStopped) {
      if (reason.cause === 'unwanted') return null;
      if (reason.cause === 'shutdown') return { kind: 'interrupted' };
      // Another run would take as long and hold a place again; a person may still send it round.
      return { kind: 'failed', message: `Making the video took longer than ${spokenMinutes(this.#context.limits.soft)}.`, permanent: true };
    }
    if (error instanceof RenderError) {
      this.#logger.warn({ err: error }, 'rendering failed');
      return { kind: 'failed', message: error.message, permanent: error.permanent };
    }
    this.#logger.error({ err: error }, 'a run failed inside the service');
    return { kind: 'failed', message: 'Something went wrong inside the service.', permanent: false };
  }
}

function spokenMinutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
