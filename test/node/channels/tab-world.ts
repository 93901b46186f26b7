import { createHash } from 'node:crypto';
import { mock } from 'node:test';
import { JobClient } from '../../../src/api/job-client.ts';
import { More } from '../../../src/channels/more.ts';
import type { MoreHost } from '../../../src/channels/more.ts';
import type { OpenOwnPush } from '../../../src/channels/push.ts';
import { PollChannel } from '../../../src/channels/poll.ts';
import { Scheduler } from '../../../src/channels/scheduler.ts';
import { PaceHistory } from '../../../src/core/history-of-pace.ts';
import type { Job } from '../../../src/core/job.ts';
import { isFinal } from '../../../src/core/job.ts';
import { Subscribable } from '../../../src/core/subscribable.ts';
import { JobEntry } from '../../../src/store/job-entry.ts';
import { repaintBeat } from '../../../src/store/repaint-beat.ts';
import { JobDouble } from '../../double/job-double.ts';
import type { JobDoubleOptions } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from '../store/fake-page.ts';
import { FakeBrowser } from './fake-tabs.ts';

export interface Tab {
  readonly page: FakePage;
  readonly platform: ReturnType<FakeBrowser['tab']>;
  readonly ends: Subscribable<Job>;
  /** What the page gives for it, perhaps later. */
  token: string | Promise<string>;
  /** How many requests it has sent. */
  requests: number;
  entry(id: string): JobEntry;
  /** Shows these jobs. */
  show(...ids: string[]): void;
  close(): void;
}

export interface TabOptions {
  token?: string;
  interval?: number;
  userId?: string | null;
  /** What the page sets for its requests. */
  options?: MoreHost['options'];
  push?: OpenOwnPush;
}

// The real one works on a thread of its own, which is done when the machine lets it: no clock waits for that.
mock.method(crypto.subtle, 'digest', async (_algorithm: string, bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()).buffer);

/** Tabs of one browser over one backend, each with entries, polling and what is beyond it, as a store has them. */
export function tabWorld(options: JobDoubleOptions = {}) {
  const clock = new FakeClock();
  const browser = new FakeBrowser();
  const double = new JobDouble({ clock, ...options });

  const open = async ({ token = 'one', interval, userId = null, options: own = {}, push }: TabOptions = {}): Promise<Tab> => {
    const page = new FakePage();
    const { visibility, connectivity } = page;
    const platform = browser.tab();
    const entries = new Map<string, JobEntry>();
    const ends = new Subscribable<Job>();
    const fetch: typeof globalThis.fetch = (...args) => {
      tab.requests++;
      return double.fetch(...args);
    };
    const client = new JobClient({ fetch, clock, connectivity, getToken: () => tab.token });
    const scheduler = new Scheduler({ clock, visibility, connectivity, interval, random: () => 0.5, parallel: Infinity });
    const poll: PollChannel = new PollChannel(
      scheduler,
      {
        onJob: (job) => {
          entries.get(job.id)?.feed(job);
          more.learn(job);
        },
        onError: (id, error) => {
          entries.get(id)?.fail(error);
          more.fail(id, error);
        },
      },
      (id, signal) => more.read(id, signal),
    );
    const known = (id: string): Job | null => entries.get(id)?.snapshot.job ?? null;
    const live = (id: string): Job | null => {
      const job = known(id);
      return job && !isFinal(job) && entries.get(id)?.snapshot.freshness.state === 'live' ? job : null;
    };
    const more = new More(
      {
        client, scheduler, poll, connectivity, visibility, known, live,
        channel: push ? 'auto' : 'poll',
        push,
        options: own,
        feed: (job) => entries.get(job.id)?.feed(job),
        fail: (id, error) => entries.get(id)?.fail(error),
        userId: () => userId,
      },
      platform,
    );
    poll.follower = more;
    const entry = (id: string): JobEntry => {
      const refuse = async () => null;
      const host = {
        clock, ends, beat: repaintBeat(clock), grace: 1_000, channel: poll, history: new PaceHistory(),
        adopt: (each: JobEntry) => each,
        drop: (each: JobEntry) => void entries.delete(each.id),
        cancel: refuse,
        retry: refuse,
      };
      const known = entries.get(id) ?? new JobEntry(id, host);
      entries.set(id, known);
      return known;
    };
    const tab: Tab = {
      page, platform, ends, token, entry,
      requests: 0,
      show: (...ids) => ids.forEach((id) => entry(id).subscribe(() => {})),
      close() {
        for (const each of entries.values()) each.close();
        more.close();
        poll.close();
      },
    };
    await clock.advance(600);
    return tab;
  };
  return { clock, browser, double, open };
}
