import type { Connectivity, JobClient, JobClientOptions } from '../api/job-client.ts';
import { linkUrl } from '../api/urls.ts';
import { isFinal } from '../core/job.ts';
import type { Job, JobLinks } from '../core/job.ts';
import { Batch } from './batch.ts';
import type { Visibility } from './loop.ts';
import type { PollChannel } from './poll.ts';
import type { ChannelName, OpenPush, PushChannel, PushContext, PushSink } from './push.ts';
import type { Scheduler } from './scheduler.ts';

/** What a store gives to the channels that are loaded when there is a use for them. */
export interface MoreHost {
  readonly client: JobClient;
  readonly scheduler: Scheduler;
  readonly poll: PollChannel;
  readonly channel: ChannelName;
  readonly options: Pick<JobClientOptions, 'fetch' | 'headers' | 'credentials'>;
  readonly connectivity: Connectivity;
  readonly visibility: Visibility;
  /** The job as it is known. */
  known(id: string): Job | null;
  /** A job that was learnt. */
  feed(job: Job): void;
  /** The page's user, where jobs do not tell theirs. */
  userId(): string | null;
}

type PushKind = 'events' | 'socket';

/** The best first: a stream goes through every proxy that lets requests through. */
const KINDS: readonly PushKind[] = ['events', 'socket'];

/** All that goes beyond asking for one job at a time: many in one request, and pushes. Polling stands behind it. */
export class More {
  readonly #host: MoreHost;
  readonly #batch: Batch;
  readonly #sink: PushSink;
  #batchLink: string | undefined;
  #push: PushChannel | null = null;
  #opening = false;
  #closed = false;

  constructor(host: MoreHost) {
    this.#host = host;
    const { poll, scheduler } = host;
    this.#batch = new Batch({
      client: host.client,
      now: () => scheduler.clock.now(),
      link: () => this.#batchLink,
      userOf: (id) => host.known(id)?.userId ?? host.userId(),
      onJob: (job) => host.feed(job),
    });
    this.#sink = {
      onJob: (job) => host.feed(job),
      onHint: (id) => void poll.refresh(id, { fresh: true }),
      onLive: (id) => poll.rest(id, true),
      onSilent: (id) => poll.rest(id, false),
    };
  }

  /** Reads one job, together with what else is asked for at this moment. */
  read(id: string, signal: AbortSignal): Promise<Job> {
    return this.#batch.read(id, signal);
  }

  /** Told of each job that is read: its links say what the backend can do. */
  learn({ links }: Job): void {
    if (!links) return;
    this.#batchLink = links.batch;
    void this.#open(links);
  }

  watch(id: string): void {
    const job = this.#host.known(id);
    if (!job || !isFinal(job)) this.#push?.watch(id);
  }

  unwatch(id: string): void {
    this.#push?.unwatch(id);
    this.#host.poll.rest(id, false);
  }

  close(): void {
    this.#closed = true;
    this.#push?.close();
  }

  async #open(links: Readonly<JobLinks>): Promise<void> {
    const { channel, poll, client } = this.#host;
    const kind = KINDS.find((each) => links[each] && (channel === 'auto' || channel === each));
    const url = kind && linkUrl(links[kind], client.baseUrl);
    if (!url || this.#opening) return;
    this.#opening = true;
    try {
      const open = await load(kind);
      if (this.#closed) return;
      this.#push = open(this.#context(kind === 'socket' ? url.replace(/^http/, 'ws') : url), this.#sink);
      for (const id of poll.ids) this.watch(id);
    } catch {
      // The chunk did not come: the next answer is the next occasion.
      this.#opening = false;
    }
  }

  #context(url: string): PushContext {
    const { client, scheduler, options, connectivity, visibility } = this.#host;
    const { fetch: own, headers = {}, credentials } = options;
    const { clock, random } = scheduler;
    // Called without a receiver, as browsers want it.
    const send: typeof fetch = own ?? ((...args) => fetch(...args));
    return { url, auth: client.transport.auth, fetch: send, headers, credentials, clock, random, visibility, connectivity };
  }
}

async function load(kind: PushKind): Promise<OpenPush> {
  return kind === 'events' ? (await import('./events.ts')).openEvents : (await import('./socket.ts')).openSocket;
}
