/** `npm run bench:updates [-- --part time|heap]`: main-thread time per 1,000 job updates at 100 jobs; heap at 1,000 jobs and after they are gone. */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import type { Contender } from './lib/contenders.ts';
import { HAND, PREACT, REACT, WIDGETS, WIDGETS_BATCH, WIDGETS_CARD, WIDGETS_EVENTS, WIDGETS_WHOLE } from './lib/contenders.ts';
import type { Site } from './lib/site.ts';
import { median, SHOWN, startSite } from './lib/site.ts';
import { table } from './lib/table.ts';

const CONTENDERS = [WIDGETS_EVENTS, WIDGETS_BATCH, WIDGETS_CARD, WIDGETS_WHOLE, WIDGETS, REACT, PREACT, HAND];
const JOBS = 100;
const MANY = 1_000;
/** Every job changes, and is asked for, once in so many ms. */
const TICK = 1_000;
const SECONDS = 6;
const ROUNDS = 3;

interface Rows {
  show(ids: readonly string[]): void;
  clear(): void;
}
declare global {
  var bench: Rows;
}

interface Cost {
  /** Ms of the main thread. */
  readonly perThousand: number;
  /** In a minute. */
  readonly requests: number;
}

/** CPU seconds of the main thread, which other programs on the machine do not lengthen. */
async function threadTime(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

const show = (page: Page, count: number): Promise<unknown> =>
  page.evaluate((jobs) => globalThis.bench.show(Array.from({ length: jobs }, (_, index) => `job-${index + 1}`)), count);
const shown = (page: Page, count: number): Promise<unknown> => page.waitForFunction(`(${SHOWN})(${count})`, undefined, { timeout: 60_000, polling: 500 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function updates(site: Site, contender: Contender, still: boolean): Promise<Cost> {
  const { page, devtools, close } = await site.open(contender, {
    interval: TICK,
    still,
    prepare: async (_, session) => {
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    },
  });
  await show(page, JOBS);
  await shown(page, JOBS);
  const stop = site.move(contender, JOBS, TICK);
  await pause(2_000);
  const [requests, time] = [site.requests(contender), await threadTime(devtools)];
  await pause(SECONDS * 1_000);
  const spent = (await threadTime(devtools)) - time;
  const asked = site.requests(contender) - requests;
  stop();
  await close();
  return { perThousand: (spent * 1_000 * 1_000) / ((JOBS * SECONDS * 1_000) / TICK), requests: (asked * 60) / SECONDS };
}

async function heap(site: Site, contender: Contender): Promise<{ before: number; full: number; after: number }> {
  // Slow enough that showing them all is over before anything is asked for again.
  const { page, devtools, close } = await site.open(contender, { interval: 30_000, still: true });
  const used = async (): Promise<number> => {
    for (let round = 0; round < 3; round++) {
      await devtools.send('HeapProfiler.collectGarbage');
      await pause(100);
    }
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  // Once through, so that code and caches that stay are there before.
  const round = async (): Promise<number> => {
    await show(page, MANY);
    await shown(page, MANY);
    const full = await used();
    await page.evaluate(() => globalThis.bench.clear());
    await pause(2_500);
    return full;
  };
  await round();
  const before = await used();
  const full = await round();
  const after = await used();
  await close();
  return { before, full, after };
}

/**
 * `still`: with the animations off, which the peers do not have; so the updates alone are compared. In turn, so that what else the
 * machine does meets all of them alike.
 */
async function time(site: Site): Promise<void> {
  const costs = new Map<string, Cost[]>();
  const key = (contender: Contender, still: boolean): string => `${contender.name} ${still}`;
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of CONTENDERS) {
      for (const still of [true, false]) {
        const cost = await updates(site, contender, still);
        costs.set(key(contender, still), [...(costs.get(key(contender, still)) ?? []), cost]);
      }
    }
  }
  const of = (contender: Contender, still: boolean, what: keyof Cost): number => median((costs.get(key(contender, still)) ?? []).map((cost) => cost[what]));
  const cells = (contender: Contender, still: boolean): string[] => [
    `${Math.round(of(contender, still, 'perThousand'))} ms`,
    (of(contender, still, 'perThousand') / of(REACT, still, 'perThousand')).toFixed(2),
  ];
  console.log(`Main thread per 1,000 updates: ${JOBS} jobs that change once a second, ${SECONDS} s each, median of ${ROUNDS}.\n`);
  const rows = CONTENDERS.map((each) => [each.name, ...cells(each, true), ...cells(each, false), String(Math.round(of(each, true, 'requests')))]);
  console.log(table(['page', 'animations off', 'of React', 'animations on', 'of React', 'requests/min'], rows));
}

async function memory(site: Site): Promise<void> {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const rows = [];
  for (const contender of CONTENDERS) {
    const { before, full, after } = await heap(site, contender);
    rows.push([contender.name, megabytes(before), megabytes(full), megabytes(after), `${(((after - before) / before) * 100).toFixed(1)} %`]);
  }
  console.log(`\nHeap with ${MANY} jobs shown and taken away for the second time.\n`);
  console.log(table(['page', 'empty', `${MANY} jobs`, 'empty again', 'more than before'], rows));
}

const { part } = parseArgs({ options: { part: { type: 'string' } } }).values;
const site = await startSite(MANY);
try {
  if (part !== 'heap') await time(site);
  if (part !== 'time') await memory(site);
} finally {
  await site.close();
}
