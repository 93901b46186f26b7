import type { PushContext, PushSink } from '../../../src/channels/push.ts';
import type { Job } from '../../../src/core/job.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from '../store/fake-page.ts';

/** Time, page, token and store of a channel under test; what the store was told is in `told`. */
export function pushWorld(url: string) {
  const clock = new FakeClock();
  const page = new FakePage();
  const jobs: Job[] = [];
  const told: string[] = [];
  const tokens = { now: 'token-1' as string | null, next: null as string | null, accepted: [] as (string | null)[] };
  const sink: PushSink = {
    onJob: (job) => {
      jobs.push(job);
      told.push(`job ${job.id} ${job.progress}`);
    },
    onHint: (id) => told.push(`hint ${id}`),
    onLive: (id) => told.push(`live ${id}`),
    onSilent: (id) => told.push(`silent ${id}`),
  };
  const context: PushContext = {
    url,
    auth: {
      get: async () => tokens.now,
      replace: async (refused) => {
        if (tokens.next !== null && tokens.now === refused) tokens.now = tokens.next;
        return tokens.now === refused ? null : tokens.now;
      },
      accepted: (token) => tokens.accepted.push(token),
    },
    fetch: () => Promise.reject(new Error('not given')),
    headers: { 'X-App': 'test' },
    credentials: undefined,
    clock,
    random: () => 0.5,
    visibility: page.visibility,
    connectivity: page.connectivity,
  };
  return {
    clock,
    page,
    jobs,
    tokens,
    sink,
    context,
    /** What was told since it was asked last. */
    told: () => told.splice(0),
  };
}

export const wire = (id: string, progress: number, fields: object = {}) => ({ job_id: id, status: 'processing', progress, retry_count: 0, ...fields });
