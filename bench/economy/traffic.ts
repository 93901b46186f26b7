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
import { table } from '../lib/table.ts';
import type { Watching } from './page.ts';
import { serveSocket, SOCKET_PATH } from './socket.ts';

interface Way {
  name: string;
  double: JobDoubleOptions;
  watch: 'watchByStore' | 'watchByQueries' | 'watchByReact';
  channel: Watching['channel'];
  userId: string | null;
  /** The backend offers a WebSocket and no events. */
  socket?: true;
}

interface Scene {
  name: string;
  jobs: number;
  copies: number;
  tabs: number;
  /** After it has been seen for a while. */
  hidden: boolean;
}

interface Outcome {
  perMinute: number;
  /** Mean time from the end of a job to the moment at which a page shows it, in ms; `null` where nobody looks. */
  delay: number | null;
  /** Share of the ends that were shown, of all tabs. */
  seen: number;
}

const PEER = { double: {}, channel: 'poll', userId: null } as const;
const STORE = { watch: 'watchByStore', userId: null } as const;
const WAYS: readonly Way[] = [
  { ...PEER, name: 'React Query, 3 s', watch: 'watchByReact' },
  { ...PEER, name: 'query-core, 3 s', watch: 'watchByQueries' },
  { ...STORE, name: 'store, one by one', double: { extensions: false }, channel: 'poll' },
  { ...STORE, name: 'store, user\'s list', double: { extensions: false }, channel: 'poll', userId: 'user-1' },
  { ...STORE, name: 'store, batch', double: { many: 'batch' }, channel: 'poll' },
  { ...STORE, name: 'store, events', double: { many: true }, channel: 'auto' },
  { ...STORE, name: 'store, socket', double: {}, channel: 'auto', socket: true },
];
const SCENES: readonly Scene[] = [
  { name: '1 job in 5 places', jobs: 1, copies: 5, tabs: 1, hidden: false },
  { name: '100 jobs', jobs: 100, copies: 1, tabs: 1, hidden: false },
  { name: '100 jobs, 4 tabs', jobs: 100, copies: 1, tabs: 4, hidden: false },
  { name: '100 jobs, hidden', jobs: 100, copies: 1, tabs: 1, hidden: true },
];
/** What happens before is not counted: pages load, tabs find each other. In ms. */
const SETTLING = 5_000;
const WINDOW = 18_000;
/** The last to end are shown a little later, in ms. */
const AFTERWARDS = 5_000;
/** Pages of so many ways are open at once, each with a backend of its own. */
const AT_ONCE = 4;
const HEAD = ['scene', 'way', 'requests/min', 'of React Query', 'end to shown', 'ends shown'];

/** `only`: the scenes whose names have this in them. Requests and delays of real pages in a browser, over HTTP: each way against a query per job every 3 s. */
export async function benchTraffic(only = ''): Promise<void> {
  const outdir = await mkdtemp(join(tmpdir(), 'job-economy-'));
  const entries = ['page.ts', 'react-page.jsx'].map((name) => new URL(name, import.meta.url).pathname);
  await build({
    entryPoints: entries, outdir, bundle: true, splitting: true, format: 'esm', target: 'es2022', jsx: 'automatic', logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const scripts = ['page', 'react-page'].map((name) => `<script type="module" src="/js/${name}.js"></script>`).join('');
  const site = await serveStatic({ pages: { '/': `<!doctype html><title>Economy</title><body>${scripts}` }, folders: { '/js/': outdir } });
  const browser = await launchChromium();
  try {
    console.log(`\nRequests per minute and mean delay from end to shown, ${WINDOW / 1_000} s in Chromium each; a fifth of the jobs ends meanwhile\n`);
    const rows: string[][] = [];
    for (const scene of SCENES.filter(({ name }) => name.includes(only))) {
      const outcomes = new Map<Way, Outcome>();
      const waiting = [...WAYS];
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let way = waiting.shift(); way; way = waiting.shift()) outcomes.set(way, await run(browser, site.origin, scene, way));
        }),
      );
      const peer = outcomes.get(WAYS[0] as Way)?.perMinute ?? 0;
      for (const way of WAYS) {
        const { perMinute, delay, seen } = outcomes.get(way) as Outcome;
        const share = peer > 0 ? (perMinute / peer).toFixed(3) : '-';
        const shown = delay === null ? ['-', '-'] : [`${(delay / 1_000).toFixed(2)} s`, `${Math.round(seen * 100)} %`];
        rows.push([scene.name, way.name, perMinute.toFixed(0), share, ...shown]);
      }
    }
    console.log(table(HEAD, rows));
  } finally {
    await browser.close();
    await site.close();
    await rm(outdir, { recursive: true });
  }
}

async function run(browser: Browser, origin: string, scene: Scene, way: Way): Promise<Outcome> {
  const { double, server, baseUrl, stop } = await startDoubleServer(way.double);
  if (way.socket) serveSocket(double, server);
  const context = await browser.newContext();
  let still = (): void => {};
  try {
    let requests = 0;
    context.on('request', (request) => {
      if (request.url().startsWith(baseUrl)) requests++;
    });
    context.on('page', (page) => page.on('websocket', () => requests++));
    const links = way.socket && { batch: '/api/v1/jobs/batch', socket: SOCKET_PATH };
    const fields = { status: 'processing', user_id: way.userId ?? undefined, ...(links && { links }) } as const;
    const ids = Array.from({ length: scene.jobs }, () => double.add(fields));
    const watching: Watching = { api: baseUrl, ids, copies: scene.copies, userId: way.userId, channel: way.channel };
    const pages = await Promise.all(
      Array.from({ length: scene.tabs }, async () => {
        const page = await context.newPage();
        await page.goto(origin);
        await page.waitForFunction(() => 'watchByStore' in globalThis && 'watchByReact' in globalThis);
        return page;
      }),
    );
    const ended = new Map<string, number>();
    still = play(double, ids, ended);
    await Promise.all(pages.map((page) => page.evaluate(([name, what]) => globalThis[name](what), [way.watch, watching] as const)));
    await wait(SETTLING);
    if (scene.hidden) {
      await Promise.all(
        pages.map((page) =>
          page.evaluate(() => {
            Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
            document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
          }),
        ),
      );
    }
    const before = requests;
    await wait(WINDOW);
    const perMinute = (requests - before) * (60_000 / WINDOW);
    if (scene.hidden) return { perMinute, delay: null, seen: 0 };
    await wait(AFTERWARDS);
    const delays: number[] = [];
    for (const page of pages) {
      const shown = await page.evaluate(() => globalThis.shown);
      for (const [id, at] of Object.entries(shown)) delays.push(at - (ended.get(id) ?? at));
    }
    const delay = delays.reduce((sum, each) => sum + each, 0) / delays.length;
    return { perMinute, delay, seen: delays.length / (ended.size * pages.length) };
  } finally {
    still();
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
