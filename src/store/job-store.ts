import { JobClient } from '../api/job-client.ts';
import type { CreateOptions, Health, JobClientOptions, JobCounts, RequestOptions } from '../api/job-client.ts';
import { DEFAULT_BASE_URL } from '../api/urls.ts';
import type { CreateJobRequest } from '../api/wire.ts';
import type { Loop, LoopTask, Visibility } from '../channels/loop.ts';
import type { More } from '../channels/more.ts';
import { PollChannel } from '../channels/poll.ts';
import type { ChannelName, OpenOwnPush } from '../channels/push.ts';
import { PARALLEL, Scheduler } from '../channels/scheduler.ts';
import { systemClock } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import type { JobApiError } from '../core/errors.ts';
import { isFinal } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import { PaceHistory } from '../core/history-of-pace.ts';
import { Subscribable } from '../core/subscribable.ts';
import { connectivityFor } from './connectivity.ts';
import { JobEntry } from './job-entry.ts';
import type { EntryHost } from './job-entry.ts';
import { repaintBeat } from './repaint-beat.ts';
import { pageVisibility } from './visibility.ts';

const DEFAULT_GRACE = 1_000;
/** What is in the queue waits no longer for code that lets it go together, in ms. */
const PATIENCE = 2_000;

export interface JobStoreOptions extends Omit<JobClientOptions, 'baseUrl'> {
  /** Address of the API, with a prefix if it has one. `''` is the page's own origin. Default `http://localhost:8012`. */
  apiUrl?: string;
  /**
   * Pause between two polls, in ms; it grows for jobs that run long. Default, also when it is none that a timer can wait: by
   * each job's own estimate.
   */
  pollInterval?: number;
  /** How long a job or a list outlives its last user, in ms. Default 1 000. */
  grace?: number;
  visibility?: Visibility;
  /** Which way answers come, where the backend offers it. Default `auto`. */
  channel?: ChannelName;
  /** A push channel of the page's own in place of those that jobs offer, unless `channel` is `poll`. Polling stands behind it. */
  push?: OpenOwnPush;
}

/** The page's one view of one backend: it alone acts, elements render its snapshots. */
export class JobStore {
  readonly clock: Clock;
  /** Every call of the API. What changes a job goes through its entry. */
  readonly client: JobClient;
  /** How long a job or a list outlives its last user, in ms. */
  readonly grace: number;
  /** Tells of each job held here that ends: once per attempt, never of one that was final when first seen. */
  readonly ends = new Subscribable<Job>();
  /** How long jobs took that ended here. */
  readonly history = new PaceHistory();
  readonly #scheduler: Scheduler;
  readonly #poll: PollChannel;
  /** The user of the page, where the jobs do not tell whose they are: whose list may stand in for many reads. */
  userId: string | null = null;
  /** Whether other tabs of the browser may be asked. */
  readonly #shares: boolean;
  readonly #code: () => Promise<unknown>;
  readonly #loadMore: () => Promise<More>;
  /** Whether the page brought a channel of its own. */
  readonly #pushed: boolean;
  #more: More | null = null;
  #loading = false;
  #cancelPatience: (() => void) | null = null;
  #closed = false;
  readonly #entryHost: EntryHost;
  readonly #entries = new Map<string, JobEntry>();
  readonly #created = new Subscribable<string>();

  constructor(options: JobStoreOptions = {}, loadMore: () => Promise<{ More: typeof More }> = () => import('../channels/more.ts')) {
    const { apiUrl, pollInterval, grace = DEFAULT_GRACE, channel = 'auto', push, visibility = pageVisibility, ...rest } = options;
    const { clock = systemClock, random } = rest;
    this.clock = clock;
    this.grace = grace;
    this.#pushed = push !== undefined;
    const connectivity = rest.connectivity ?? connectivityFor(apiUrl ?? DEFAULT_BASE_URL);
    const client = new JobClient({ ...rest, connectivity, baseUrl: apiUrl });
    const scheduler = new Scheduler({ clock, visibility, connectivity, interval: waitable(pollInterval), random });
    const entries = this.#entries;
    const feed = (job: Job) => entries.get(job.id)?.feed(job);
    const fail = (id: string, error: JobApiError) => entries.get(id)?.fail(error);
    this.client = client;
    this.#scheduler = scheduler;
    const poll = new PollChannel(
      scheduler,
      {
        onJob: (job) => {
          feed(job);
          this.#learn(job);
        },
        onError: (id, error) => {
          fail(id, error);
          this.#more?.fail(id, error);
        },
      },
      // The loop around it tries again by itself.
      (id, signal) => this.#more?.read(id, signal) ?? client.getJob(id, { signal, retries: 0 }),
    );
    this.#poll = poll;
    this.#shares = Boolean(globalThis.document && globalThis.navigator?.locks && !rest.fetch);
    this.#code = loadMore;
    this.#loadMore = async () => {
      const { More } = await loadMore();
      const known = (id: string) => entries.get(id)?.snapshot.job ?? null;
      const live = (id: string) => {
        const { job = null, freshness = null } = entries.get(id)?.snapshot ?? {};
        return job && !isFinal(job) && freshness?.state === 'live' ? job : null;
      };
      const userId = () => this.userId;
      return new More({ client, scheduler, poll, channel, push, options: rest, connectivity, visibility, known, live, feed, fail, userId });
    };
    this.#entryHost = {
      clock,
      beat: repaintBeat(clock),
      grace,
      channel: poll,
      history: this.history,
      ends: this.ends,
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

  /** Pause between two polls, in ms; `undefined` for one by each job's own estimate. A change counts from the next pause on. */
  get pollInterval(): number | undefined {
    return this.#scheduler.wanted;
  }

  set pollInterval(ms: number | undefined) {
    this.#scheduler.wanted = waitable(ms);
  }

  /** Pause between two rounds of what has no pace of its own, such as a list, in ms. */
  get interval(): number {
    return this.#scheduler.interval;
  }

  /** How many jobs are held at the moment. */
  get size(): number {
    return this.#entries.size;
  }

  /** The page's one entry for this job. Without a subscriber it is forgotten after the grace. */
  entry(id: string): JobEntry {
    const { size } = this.#entries;
    // The code by which many go together is on its way while the first are asked for.
    if (size === PARALLEL && !this.#entries.has(id)) this.#code().catch(() => {});
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
    const known: Job = {
      ...job,
      title: job.title ?? title,
      scriptId: job.scriptId ?? script_id,
      userId: job.userId ?? user_id,
      platform: job.platform ?? platform,
    };
    entry.feed(known, false);
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

  /** With many jobs, or where the backend can push, more than single questions is worth its loading. */
  #learn(job: Job): void {
    this.#more?.learn(job);
    const { links } = job;
    if (this.#loading || this.#closed || !(this.#shares || links?.events || links?.socket || this.#pushed || this.#poll.ids.length > 1)) return;
    this.#loading = true;
    // What stands in the queue can go with others.
    const { gate } = this.#scheduler;
    if (gate.waiting > 0) {
      gate.width = 0;
      this.#cancelPatience = this.clock.setTimeout(() => (gate.width = PARALLEL), PATIENCE);
    }
    this.#loadMore()
      .then((more) => {
        this.#cancelPatience?.();
        if (this.#closed) {
          more.close();
          return;
        }
        this.#more = more;
        this.#poll.follower = more;
        more.learn(job);
        gate.width = Infinity;
      })
      .catch(() => {
        this.#cancelPatience?.();
        this.#loading = false;
        gate.width = PARALLEL;
      });
  }

  /** Ends all timers, listeners and reads, and forgets everything. What was sent to change a job is not taken back. */
  close(): void {
    for (const entry of this.#entries.values()) entry.close();
    this.#entries.clear();
    this.#closed = true;
    this.#cancelPatience?.();
    this.#more?.close();
    this.#poll.close();
    this.#scheduler.close();
  }
}

/** Timers fire at once for what is no number, not above 0, or 2^31 and more. */
function waitable(ms: number | undefined): number | undefined {
  return ms !== undefined && ms > 0 && ms < 2 ** 31 ? ms : undefined;
}

function getOrAdd<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function forget<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.get(key) === value) map.delete(key);
}
