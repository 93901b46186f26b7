import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { DoubleServer } from '../../test/double/server.ts';
import { startDoubleServer } from '../../test/double/server.ts';
import { launchChromium } from '../../test/support/chromium.ts';
import { serveStatic } from '../../test/support/static-server.ts';
import type { Contender } from './contenders.ts';
import { buildPeers, buildWidgets, folder, HAND, pageOf, PREACT, REACT, WIDGETS } from './contenders.ts';

export interface OpenPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Pause between two polls, in ms. */
  interval: number;
  /** So many jobs are shown from the beginning. Default 0. */
  count?: number;
  /** Without animations: a browser without a graphics card has no time for anything else with 1,000 of them. */
  still?: boolean;
  /** Comes before the page is loaded. */
  prepare?: (page: Page, devtools: CDPSession) => Promise<void>;
}

/** A backend with running jobs, the contenders' pages, and a browser to open them. */
export interface Site {
  /** How many requests the contender's backend has answered. */
  requests(contender: Contender): number;
  /** Moves the first `count` of the contender's jobs on by a step, once every `ms`, until told to stop. */
  move(contender: Contender, count: number, ms: number): () => void;
  open(contender: Contender, options: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** Far more steps than any bench takes, so that progress always rises. */
const STEPS = 2_000;

export async function startSite(jobs: number): Promise<Site> {
  await buildPeers();
  const widgets = await buildWidgets();
  const backends: Record<'alone' | 'batch' | 'events', DoubleServer> = {
    alone: await startDoubleServer(),
    batch: await startDoubleServer({ many: 'batch' }),
    events: await startDoubleServer({ many: true }),
  };
  const ids = Array.from({ length: jobs }, (_, index) => `job-${index + 1}`);
  for (const { double } of Object.values(backends)) {
    for (const id of ids) double.add({ job_id: id, status: 'processing', title: `Video ${id}` });
  }
  const backendOf = ({ offers }: Contender): DoubleServer => backends[offers ?? 'alone'];
  const pages = Object.fromEntries([WIDGETS, REACT, PREACT, HAND].map((contender) => [`/${contender.entry}`, pageOf(contender)]));
  const site = await serveStatic({ pages, folders: { '/widgets/': widgets.folder, '/peers/': join(folder, 'peers') } });
  const browser: Browser = await launchChromium();
  let step = 0;
  return {
    requests: (contender) => backendOf(contender).double.requests.length,
    move(contender, count, ms) {
      const { double } = backendOf(contender);
      const timer = setInterval(() => {
        step++;
        for (const id of ids.slice(0, count)) double.progress(id, step / STEPS, `Step ${step} of ${id}`);
      }, ms);
      return () => clearInterval(timer);
    },
    async open(contender, { interval, count = 0, still = false, prepare }) {
      // Tall enough for every row: what is off the screen may cost nothing.
      const context = await browser.newContext({ viewport: { width: 1000, height: 6000 }, reducedMotion: still ? 'reduce' : 'no-preference' });
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await prepare?.(page, devtools);
      const query = new URLSearchParams({ api: backendOf(contender).baseUrl, interval: String(interval), count: String(count), look: contender.look ?? 'row' });
      await page.goto(`${site.origin}/${contender.entry}?${query}`);
      return { page, devtools, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await site.close();
      await Promise.all(Object.values(backends).map((backend) => backend.stop()));
    },
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A page's script that tells whether this many rows show the status of their job. */
export const SHOWN = `(count) => {
  const rows = document.querySelectorAll('job-status, .row');
  if (rows.length < count) return false;
  return [...rows].every((row) => (row.shadowRoot ? row.shadowRoot.querySelector('[part~=percent]') : row.querySelector('.badge'))?.textContent.trim());
}`;
