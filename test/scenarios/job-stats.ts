import type { World } from './world.ts';

const COUNTS = /stats\/counts$/;
const HISTORY = /stats\/history$/;
const HEALTH = /jobs\/health$/;
const FOREVER = 1e9;

export interface StatsWorld {
  counts: Record<string, number>;
  /** As the backend says it; the sum of the counts by default. */
  total?: number;
  /** The service keeps one. Default true. */
  history?: boolean;
}

/** From now on the service answers so. What went wrong before is over. */
export function answerStats({ double }: World, { counts, total, history = true }: StatsWorld): void {
  double.clearFaults();
  const sum = Object.values(counts).reduce((all, count) => all + count, 0);
  const links = history ? { links: { history: '/api/v1/jobs/stats/history' } } : {};
  const body = { statistics: { ...counts, total: total ?? sum }, ...links };
  double.fault({ status: 200, body, path: COUNTS, times: FOREVER });
}

/** A day as a service may have seen it, an hour each: a quiet night, a busy noon, one hour in which nobody counted. */
export function answerHistory({ double, clock }: World, { step = 3_600, count = 24 } = {}): void {
  const end = Math.ceil(clock.now() / 1000 / step) * step;
  const buckets = Array.from({ length: count }, (_, index) => bucket((end - (count - index) * step) * 1000, index, count, step));
  double.fault({ status: 200, body: { step, buckets }, path: HISTORY, times: FOREVER });
}

function bucket(start: number, index: number, count: number, step: number): object {
  const at = new Date(start).toISOString();
  if (index === 5) return { start: at, samples: 0, counts: null, created: null, ended: null, throughput: null, failure_rate: null, queue_depth: null };
  const busy = Math.sin((index / count) * Math.PI) ** 2;
  const success = Math.round(busy * 42);
  const failure = index % 7 === 3 ? Math.round(busy * 9) : Math.round(busy * 1.4);
  const cancelled = index % 5 === 2 ? 2 : 0;
  const ended = { success, failure, cancelled, total: success + failure + cancelled };
  const failureRate = success + failure === 0 ? null : failure / (success + failure);
  return { start: at, samples: step / 60, ended, failure_rate: failureRate, queue_depth: { mean: busy * 12.4, max: Math.ceil(busy * 19) } };
}

export const USUAL = { pending: 7, started: 1, processing: 4, success: 1284, failure: 61, cancelled: 18 };

/** A service with a history, and all is well. */
export function usual(world: World): void {
  answerStats(world, { counts: USUAL });
  answerHistory(world);
}

/** The deployed backend: counts, and nothing else. */
export function withoutHistory(world: World): void {
  answerStats(world, { counts: USUAL, history: false });
}

export function empty(world: World): void {
  answerStats(world, { counts: { pending: 0, started: 0, processing: 0, success: 0, failure: 0, cancelled: 0 } });
  answerHistory(world);
}

/** Counts that are right, with a total that is not, and a status that nobody has heard of. */
export function wrongTotal(world: World): void {
  answerStats(world, { counts: { ...USUAL, polishing: 3 }, total: 9 });
  answerHistory(world);
}

export function unhealthy(world: World): void {
  usual(world);
  world.double.fault({ status: 503, body: { detail: 'The queue does not answer.' }, path: HEALTH, times: FOREVER });
}

export function broken(world: World): void {
  world.double.fault({ status: 500, path: COUNTS, times: FOREVER });
}

/** An older backend, which does not even count. */
export function withoutCounts(world: World): void {
  world.double.fault({ status: 404, body: { detail: 'Not Found' }, path: COUNTS, times: FOREVER });
}

/** A history is announced, and cannot be read. */
export function brokenHistory(world: World): void {
  answerStats(world, { counts: USUAL });
  world.double.fault({ status: 500, path: HISTORY, times: FOREVER });
}

export function loading({ double }: World): void {
  double.fault({ kind: 'hang', times: FOREVER });
}

/** Half a minute passes on a service without a history, and jobs end meanwhile. */
export async function watchFor(world: World, rounds = 12): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    answerStats(world, {
      counts: { ...USUAL, pending: 7 + (round % 4), success: 1284 + round * 2, failure: 61 + Math.floor(round / 4) },
      history: false,
    });
    await world.clock.advance(5_000);
  }
}
