import { DEFAULT_BASE_URL, JobClient } from '../api/job-client.ts';
import type { CreateOptions, Health, JobClientOptions, JobCounts, RequestOptions } from '../api/job-client.ts';
import type { CreateJobRequest } from '../api/wire.ts';
import type { Channel } from '../channels/channel.ts';
import type { Loop, LoopTask, Visibility } from '../channels/loop.ts';
import { PollChannel } from '../channels/poll.ts';
import { Scheduler } from '../channels/scheduler.ts';
import { systemClock } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { PaceHistory } from '../core/history-of-pace.ts';
import { Subscribable } from '../core/subscribable.ts';
import { connectivityFor } from './connectivity.ts';
import { JobEntry } from './job-entry.ts';
import type { EntryHost } from './job-entry.ts';
import { pageVisibility } from './visibility.ts';

/** Pause between two polls, in ms. */
export const DEFAULT_POLL_INTERVAL = 3_000;
const DEFAULT_GRACE = 1_000;

export interface JobStoreOptions extends Omit<JobClientOptions, 'baseUrl'> {
  /** Address of the API, with a prefix if it has one. `''` is the page's own origin. Default `http://localhost:8012`. */
  apiUrl?: string;
  /** Pause between two polls, in ms. Default 3 000, also when it is none that a timer can wait. */
  pollInterval?: number;
  /** How long a job or a list outlives its last user, in ms. Default 1 000. */
  grace?: number;
  visibility?: Visibility;
}

/** The page's one view of one backend: it alone acts, elements render its snapshots. */
export class JobStore {
  readonly clock: Clock;
  /** Every call of the API. What changes a job goes through its entry. */
  readonly client: JobClient;
  /** How long a job or a list outlives its last user, in ms. */
  readonly grace: number;
  /** How long jobs took that ended here. */
  readonly history = new PaceHistory();
  readonly #scheduler: Scheduler;
  readonly #channel: Channel;
  readonly #entryHost: EntryHost;
  readonly #entries = new Map<string, JobEntry>();
  readonly #created = new Subscribable<string>();

  constructor(options: JobStoreOptions = {}) {
    const { apiUrl, pollInterval = DEFAULT_POLL_INTERVAL, grace = DEFAULT_GRACE, visibility = pageVisibility, ...rest } = options;
    const { clock = systemClock, random } = rest;
    this.clock = clock;
    this.grace = grace;
    const connectivity = rest.connectivity ?? connectivityFor(apiUrl ?? DEFAULT_BASE_URL);
    const client = new JobClient({ ...rest, connectivity, baseUrl: apiUrl });
    const scheduler = new Scheduler({ clock, visibility, connectivity, interval: waitable(pollInterval), random });
    const entries = this.#entries;
    this.client = client;
    this.#scheduler = scheduler;
    this.#channel = new PollChannel(
      scheduler,
      {
        onJob: (job) => entries.get(job.id)?.feed(job),
        onError: (id, error) => entries.get(id)?.fail(error),
      },
      // The loop around it tries again by itself.
      (id, signal) => client.getJob(id, { signal, retries: 0 }),
    );
    this.#entryHost = {
      clock,
      grace,
      channel: this.#channel,
      history: this.history,
      get interval() {
        return scheduler.interval;
      },
      adopt: (entry) => getOrAdd(entries, entry.id, () => entry),
      drop: (entry) => forget(entries, entry.id, entry),
      cancel: (job) => client.cancelJob(job),
      retry: (job) => client.retryJob(job),
    };
  }

  /** Address of the API. */
  get apiUrl(): string {
    return this.client.baseUrl;
  }

  /** Pause between two polls, in ms. A change counts from the next pause on. */
  get pollInterval(): number {
    return this.#scheduler.interval;
  }

  set pollInterval(ms: number) {
    this.#scheduler.interval = waitable(ms);
  }

  /** How many jobs are held at the moment. */
  get size(): number {
    return this.#entries.size;
  }

  /** The page's one entry for this job. Without a subscriber it is forgotten after the grace. */
  entry(id: string): JobEntry {
    return getOrAdd(this.#entries, id, () => new JobEntry(id, this.#entryHost));
  }

  /** Asks again and again, in time with everything else, while it is started. */
  loop<T>(task: LoopTask<T>): Loop<T> {
    return this.#scheduler.loop(task);
  }

  /** Calls back with the user for whom a job was created. */
  onCreated(listener: (userId: string) => void): () => void {
    return this.#created.subscribe(listener);
  }

  /**
   * Creates a job. Its entry knows it at once, as the answer tells of it, and the user's lists are read again.
   * Rejects with `JobApiError`, whose `fields` name what was refused.
   */
  async create(request: CreateJobRequest, options?: CreateOptions): Promise<JobEntry> {
    const { id, job } = await this.client.createJob(request, options);
    const { title, script_id, user_id, platform } = request.video_request;
    const entry = this.entry(id);
    entry.feed({
      ...job,
      title: job.title ?? title,
      scriptId: job.scriptId ?? script_id,
      userId: job.userId ?? user_id,
      platform: job.platform ?? platform,
    });
    this.#created.notify(user_id);
    return entry;
  }

  /** How many jobs are in each status. Rejects with `JobApiError`. */
  statistics(options?: RequestOptions): Promise<JobCounts> {
    return this.client.getStatistics(options);
  }

  /** Whether the service is well. Rejects with `JobApiError` when it does not answer. */
  health(options?: RequestOptions): Promise<Health> {
    return this.client.getHealth(options);
  }

  /** Ends all timers, listeners and reads, and forgets everything. What was sent to change a job is not taken back. */
  close(): void {
    for (const entry of this.#entries.values()) entry.close();
    this.#entries.clear();
    this.#channel.close();
    this.#scheduler.close();
  }
}

/** Timers fire at once for what is no number, not above 0, or 2^31 and more. */
function waitable(ms: number): number {
  return ms > 0 && ms < 2 ** 31 ? ms : DEFAULT_POLL_INTERVAL;
}

function getOrAdd<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function forget<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.get(key) === value) map.delete(key);
}
