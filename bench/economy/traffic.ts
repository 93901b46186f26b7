import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import type { JobDouble, JobDoubleOptions } from '../../test/double/job-double.ts';
import { startDoubleServer } from '../../test/double/server.ts';
import { launchChromium } from '../../test/support/chromium.ts';
import { serveStatic } from '../../test/support/static-server.ts';
import type { Watching } from './page.ts';

interface Way {
  name: string;
  double: JobDoubleOptions;
  watch: 'watchByStore' | 'watchByQueries';
  channel: Watching['channel'];
  userId: string | null;
}

interface Scene {
  name: string;
  jobs: number;
  copies: number;
  tabs: number;
  hidden: boolean;
}

interface Outcome {
  perMinute: number;
  /** Mean time from the end of a job to the moment at which a page shows it, in ms. */
  delay: number | null;
}

const PEER: Way = { name: 'query-core, 3 s', double: {}, watch: 'watchByQueries', channel: 'poll', userId: null };
const WAYS: readonly Way[] = [
  PEER,
  { name: 'store, one by one', double: { extensions: false }, watch: 'watchByStore', channel: 'poll', userId: null },
  { name: 'store, user\'s list', double: { extensions: false }, watch: 'watchByStore', channel: 'poll', userId: 'user-1' },
  { name: 'store, batch', double: { many: 'batch' }, watch: 'watchByStore', channel: 'poll', userId: null },
  { name: 'store, events', double: { many: true }, watch: 'watchByStore', channel: 'auto', userId: null },
];
const SCENES: readonly Scene[] = [
  { name: '1 job in 5 places', jobs: 1, copies: 5, tabs: 1, hidden: false },
  { name: '100 jobs', jobs: 100, copies: 1, tabs: 1, hidden: false },
  { name: '100 jobs, 4 tabs', jobs: 100, copies: 1, tabs: 4, hidden: false },
  { name: '100 jobs, hidden', jobs: 100, copies: 1, tabs: 1, hidden: true },
];
/** What happens before is not counted: pages load, tabs find each other. In ms. */
const SETTLING = 5_000;
const WINDOW = 15_000;

/** `only`: the scenes whose names have this in them. Requests and delays of real pages in a browser, over HTTP: each way against a query per job every 3 s. */
export async function benchTraffic(only = ''): Promise<void> {
  const outdir = await mkdtemp(join(tmpdir(), 'job-economy-'));
  const entry = new URL('page.ts', import.meta.url).pathname;
  await build({ entryPoints: [entry], outdir, bundle: true, splitting: true, format: 'esm', target: 'es2022', logLevel: 'error' });
  const site = await serveStatic({
    pages: { '/': '<!doctype html><title>Economy</title><script type="module" src="/js/page.js"></script>' },
    folders: { '/js/': outdir },
  });
  const browser = await launchChromium();
  try {
    console.log(`\nRequests per minute and mean delay from end to shown, ${WINDOW / 1_000} s in Chromium each; a fifth of the jobs ends meanwhile\n`);
    console.log('scene               way                  requests/min  of peer   delay');
    for (const scene of SCENES.filter(({ name }) => name.includes(only))) {
      let peer = 0;
      for (const way of WAYS) {
        const { perMinute, delay } = await run(browser, site.origin, scene, way);
        if (way === PEER) peer = perMinute;
        const ratio = peer > 0 ? (perMinute / peer).toFixed(3) : '-';
        const late = delay === null ? '-' : `${(delay / 1_000).toFixed(2)} s`;
        console.log(`${scene.name.padEnd(19)} ${way.name.padEnd(20)} ${perMinute.toFixed(0).padStart(12)}  ${ratio.padEnd(8)}  ${late}`);
      }
    }
  } finally {
    await browser.close();
    await site.close();
    await rm(outdir, { recursive: true });
  }
}

async function run(browser: Browser, origin: string, scene: Scene, way: Way): Promise<Outcome> {
  const { double, baseUrl, stop } = await startDoubleServer(way.double);
  const context = await browser.newContext();
  try {
    let requests = 0;
    context.on('request', (request) => {
      if (request.url().startsWith(baseUrl)) requests++;
    });
    if (scene.hidden) {
      await context.addInitScript(() => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }));
    }
    const ids = Array.from({ length: scene.jobs }, () => double.add({ status: 'processing', user_id: way.userId ?? undefined }));
    const ended = new Map<string, number>();
    const still = play(double, ids, ended);
    const watching: Watching = { api: baseUrl, ids, copies: scene.copies, userId: way.userId, channel: way.channel };
    const pages = await Promise.all(
      Array.from({ length: scene.tabs }, async () => {
        const page = await context.newPage();
        await page.goto(origin);
        await page.waitForFunction(() => 'shown' in globalThis);
        await page.evaluate(([name, what]) => globalThis[name](what), [way.watch, watching] as const);
        return page;
      }),
    );
    await wait(SETTLING);
    const before = requests;
    await wait(WINDOW);
    const perMinute = (requests - before) * (60_000 / WINDOW);
    // The last to end are shown a little later.
    if (!scene.hidden) await wait(4_000);
    still();
    const delays: number[] = [];
    for (const page of pages) {
      const shown = await page.evaluate(() => globalThis.shown);
      for (const [id, at] of Object.entries(shown)) delays.push(at - (ended.get(id) ?? at));
    }
    const delay = delays.length > 0 ? delays.reduce((sum, each) => sum + each, 0) / delays.length : null;
    return { perMinute, delay };
  } finally {
    await context.close();
    await stop();
  }
}

/** Jobs that go on steadily; a fifth of them, at least one, ends in the middle of what is counted. */
function play(double: JobDouble, ids: readonly string[], ended: Map<string, number>): () => void {
  const start = Date.now();
  const ending = Math.max(1, ids.length / 5);
  const lasts = ids.map((_, index) => (index < ending ? SETTLING + ((index + 0.7) / ending) * WINDOW : 300_000));
  const timer = setInterval(() => {
    const now = Date.now();
    for (const [index, id] of ids.entries()) {
      if (ended.has(id)) continue;
      const share = (now - start) / (lasts[index] as number);
      if (share < 1) double.progress(id, share);
      else {
        ended.set(id, now);
        double.finish(id);
      }
    }
  }, 100);
  return () => clearInterval(timer);
}
