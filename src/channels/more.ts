import type { Connectivity, JobClient, JobClientOptions } from '../api/job-client.ts';
import { linkUrl } from '../api/urls.ts';
import { isFinal } from '../core/job.ts';
import type { Job, JobLinks } from '../core/job.ts';
import type { JobApiError } from '../core/errors.ts';
import { Subscribable } from '../core/subscribable.ts';
import { Batch } from './batch.ts';
import { browserTabs, sharedName, Tabs } from './cross-tab.ts';
import type { TabsPlatform } from './cross-tab.ts';
import type { Visibility } from './loop.ts';
import type { PollChannel } from './poll.ts';
import { LIMITS } from './push.ts';
import type { ChannelName, OpenOwnPush, OpenPush, PushChannel, PushContext, PushSink } from './push.ts';
import type { Scheduler } from './scheduler.ts';

/** What a store gives to the channels that are loaded when there is a use for them. */
export interface MoreHost {
  readonly client: JobClient;
  readonly scheduler: Scheduler;
  readonly poll: PollChannel;
  readonly channel: ChannelName;
  /** The page's own push channel goes before those that jobs offer. */
  readonly push: OpenOwnPush | undefined;
  readonly options: Pick<JobClientOptions, 'fetch' | 'headers' | 'credentials'>;
  readonly connectivity: Connectivity;
  readonly visibility: Visibility;
  /** The job as it is known. */
  known(id: string): Job | null;
  /** The same, where it runs and its last answer was a good one. */
  live(id: string): Job | null;
  /** A job that was learnt. */
  feed(job: Job): void;
  fail(id: string, error: JobApiError): void;
  /** The page's user, where jobs do not tell theirs. */
  userId(): string | null;
}

type PushKind = 'events' | 'socket';

/** While another tab asks, it is looked so often, in ms, whether it has forgotten a job, and that it has when it told nothing of it for so long. */
const SAFETY = 30_000;
const FORGOTTEN = 90_000;

/** The best first: a stream goes through every proxy that lets requests through. */
const KINDS: readonly PushKind[] = ['events', 'socket'];

/** All that goes beyond asking for one job at a time: many in one request, and pushes. Polling stands behind it. */
export class More {
  readonly #host: MoreHost;
  readonly #batch: Batch;
  readonly #sink: PushSink;
  readonly #tabs: Tabs | null;
  /** What this page shows. */
  readonly #own = new Set<string>();
  /** What other tabs want to know of. */
  #wanted: ReadonlySet<string> = new Set();
  /** Another tab asks for all. */
  #asleep = false;
  /** When the other tab last told of a job, by the clock; for one that it has not told of, since when it asks. */
  readonly #heardAt = new Map<string, number>();
  #cancelSafety: (() => void) | null = null;
  /** What is open now is of no use any more. */
  #renewing = false;
  readonly #seen = new Subscribable();
  #batchLink: string | undefined;
  #push: PushChannel | null = null;
  #opening = false;
  #closed = false;

  constructor(host: MoreHost, platform: TabsPlatform | null = browserTabs()) {
    this.#host = host;
    const { poll, scheduler } = host;
    this.#batch = new Batch({
      client: host.client,
      clock: scheduler.clock,
      wokenAt: () => scheduler.wokenAt,
      link: () => this.#batchLink,
      userOf: (id) => host.known(id)?.userId ?? host.userId(),
      onJob: (job) => this.#learnt(job),
    });
    this.#sink = {
      onJob: (job) => this.#learnt(job),
      onHint: (id) => void poll.refresh(id, { fresh: true }),
      onLive: (id) => poll.rest(id, true),
      onSilent: (id) => {
        this.#batch.beCareful();
        poll.rest(id, false);
      },
    };
    for (const id of poll.ids) this.#own.add(id);
    scheduler.onSlept = () => this.#renew();
    this.#tabs = this.#share(platform);
  }

  /** Reads one job, together with what else is asked for at this moment. */
  read(id: string, signal: AbortSignal): Promise<Job> {
    return this.#batch.read(id, signal);
  }

  /** Told of each job that is read: its links say what the backend can do. */
  learn(job: Job): void {
    const { id, links } = job;
    this.#tabs?.tell(job);
    if (!this.#own.has(id)) this.#heardFor(job);
    if (links) this.#batchLink = links.batch;
    void this.#open(links ?? {});
  }

  /** Reading a job failed. */
  fail(id: string, error: JobApiError): void {
    this.#tabs?.tellError(id, error);
  }

  watch(id: string): void {
    this.#own.add(id);
    this.#push?.watch(id);
    this.#tabs?.changed();
  }

  unwatch(id: string): void {
    this.#own.delete(id);
    this.#heardAt.delete(id);
    this.#tabs?.changed();
    const job = this.#host.known(id);
    if (this.#wanted.has(id) && !(job && isFinal(job))) this.#host.poll.keep(id);
    else this.#release(id);
  }

  close(): void {
    this.#closed = true;
    this.#host.scheduler.onSlept = null;
    this.#cancelSafety?.();
    this.#tabs?.close();
    this.#push?.close();
  }

  /** Something told of a job unasked. */
  #learnt(job: Job): void {
    this.#host.feed(job);
    this.#tabs?.tell(job);
    if (!this.#own.has(job.id)) this.#heardFor(job);
  }

  /** A job that only other tabs show. */
  #heardFor(job: Job): void {
    const { poll } = this.#host;
    if (isFinal(job)) this.#drop(job.id);
    else poll.heard(job);
  }

  #drop(id: string): void {
    this.#host.poll.drop(id);
    this.#release(id);
  }

  #release(id: string): void {
    this.#push?.unwatch(id);
    this.#host.poll.rest(id, false);
  }

  #share(platform: TabsPlatform | null): Tabs | null {
    const { client, scheduler, options, poll, visibility, feed, fail, live } = this.#host;
    // What a page's own `fetch` adds to a request cannot be told.
    if (!platform || options.fetch) return null;
    const { clock, random } = scheduler;
    let last = { parts: '', name: Promise.resolve('') };
    const name = async () => {
      const token = await client.transport.auth.get();
      const address = new URL(client.baseUrl, globalThis.document?.baseURI).href;
      // Who wants another pace is not served by a tab that keeps its own.
      const parts = JSON.stringify([address, token, this.#host.userId(), scheduler.wanted, options.headers, options.credentials]);
      if (parts !== last.parts) last = { parts, name: sharedName(parts) };
      return last.name;
    };
    const onAsleep = (asleep: boolean) => {
      this.#asleep = asleep;
      this.#batch.beCareful();
      poll.asleep = asleep;
      this.#seen.notify();
      this.#cancelSafety?.();
      this.#heardAt.clear();
      if (asleep) this.#watchForgotten();
    };
    const onWanted = (ids: ReadonlySet<string>) => {
      const before = this.#wanted;
      this.#wanted = ids;
      for (const id of before) if (!ids.has(id) && !this.#own.has(id)) this.#drop(id);
      for (const id of ids) {
        if (before.has(id) || this.#own.has(id)) continue;
        // One that has ended may have gone round again since: it is read, and rests when it is still over.
        poll.keep(id);
        this.#push?.watch(id);
      }
    };
    const ids = () => [...this.#own];
    const heard = (id: string) => {
      if (this.#asleep && this.#own.has(id)) this.#heardAt.set(id, clock.now());
    };
    const onJob = (job: Job) => {
      heard(job.id);
      feed(job);
    };
    const onError = (id: string, error: JobApiError) => {
      heard(id);
      fail(id, error);
    };
    return new Tabs({ clock, visibility, random, name, ids, known: live, onJob, onError, onAsleep, onWanted }, platform);
  }

  /** The tab that asks may be there and well, and a job of this one still be lost to it: then it is read here. */
  #watchForgotten(): void {
    const { scheduler, poll, live, known } = this.#host;
    const now = scheduler.clock.now();
    for (const id of this.#own) {
      const at = this.#heardAt.get(id);
      if (at !== undefined && now - at < FORGOTTEN) continue;
      this.#heardAt.set(id, now);
      // What is known to be out of touch is so by a word of the other tab, which will ask again.
      if (at !== undefined && (live(id) ?? known(id) === null)) void poll.refresh(id);
    }
    this.#cancelSafety = scheduler.clock.setTimeout(() => this.#watchForgotten(), SAFETY);
  }

  async #open(links: Readonly<JobLinks>): Promise<void> {
    if (this.#opening) return;
    const { channel, poll, push } = this.#host;
    const kinds = channel === 'poll' || push ? [] : KINDS.filter((kind) => (channel === 'auto' || channel === kind) && this.#address(kind, links));
    if (!(push ? channel !== 'poll' : kinds.length > 0)) return;
    this.#opening = true;
    try {
      const open = push ? () => push(this.#context(''), this.#sink) : await this.#offered(kinds, links);
      if (this.#closed) return;
      this.#push = open();
      for (const id of poll.ids) this.#push.watch(id);
    } catch {
      // The chunk did not come: the next answer is the next occasion.
      this.#opening = false;
    }
  }

  /** What opens the best of these, the others behind it. */
  async #offered(kinds: readonly PushKind[], links: Readonly<JobLinks>): Promise<() => PushChannel> {
    const rungs = kinds.map((kind) => ({
      limit: LIMITS[kind],
      open: async (sink: PushSink) => (await load(kind))(this.#context(this.#address(kind, links) as string), sink),
    }));
    const [first] = kinds as [PushKind];
    const [open, { BestPush }] = await Promise.all([load(first), kinds.length > 1 ? import('./best-push.ts') : { BestPush: null }]);
    const context = this.#context(this.#address(first, links) as string);
    return () => (BestPush ? new BestPush(rungs, this.#host.scheduler.clock, this.#sink) : open(context, this.#sink));
  }

  #address(kind: PushKind, links: Readonly<JobLinks>): string | null {
    const url = linkUrl(links[kind], this.#host.client.baseUrl);
    return kind === 'socket' && url ? url.replace(/^http/, 'ws') : url;
  }

  /** Connections are made anew, also those that seem to be well, and until then their jobs are asked for. */
  #renew(): void {
    this.#renewing = true;
    this.#seen.notify();
    this.#renewing = false;
    this.#seen.notify();
    for (const id of this.#host.poll.ids) this.#sink.onSilent(id);
  }

  /** No connection is kept while another tab has one. */
  get #visibility(): Visibility {
    const { visibility } = this.#host;
    const isSeen = () => visibility.visible && !this.#asleep && !this.#renewing;
    return {
      get visible() {
        return isSeen();
      },
      subscribe: (listener) => {
        const ends = [visibility.subscribe(listener), this.#seen.subscribe(listener)];
        return () => {
          for (const end of ends) end();
        };
      },
    };
  }

  #context(url: string): PushContext {
    const { client, scheduler, options, connectivity } = this.#host;
    const visibility = this.#visibility;
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
