import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { DoubleServer } from '../double/server.ts';
import { startDoubleServer } from '../double/server.ts';
import { launchChromium } from '../support/chromium.ts';
import type { StaticServer } from '../support/static-server.ts';
import { serveStatic } from '../support/static-server.ts';

interface Tab {
  page: Page;
  requests: number;
  /** When it asked last, ms since the epoch. */
  askedAt: number;
}

describe('several tabs in a browser', () => {
  let outdir: string;
  let site: StaticServer;
  let server: DoubleServer;
  let browser: Browser;
  let context: BrowserContext;

  before(async () => {
    outdir = await mkdtemp(join(tmpdir(), 'job-tabs-'));
    const entry = new URL('tabs-page.ts', import.meta.url).pathname;
    await build({ entryPoints: [entry], outdir, bundle: true, splitting: true, format: 'esm', target: 'es2022', logLevel: 'error' });
    site = await serveStatic({
      pages: { '/': '<!doctype html><title>Tabs</title><script type="module" src="/js/tabs-page.js"></script>' },
      folders: { '/js/': outdir },
    });
    server = await startDoubleServer({ many: 'batch' });
    browser = await launchChromium();
    context = await browser.newContext();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await site?.close();
    await rm(outdir, { recursive: true, force: true });
  });

  async function open(ids: readonly string[], token: string): Promise<Tab> {
    const page = await context.newPage();
    const tab = { page, requests: 0, askedAt: 0 };
    page.on('request', (request) => {
      if (!request.url().startsWith(server.baseUrl)) return;
      tab.requests++;
      tab.askedAt = Date.now();
    });
    await page.goto(site.origin);
    await page.waitForFunction(() => 'watchJobs' in globalThis);
    await page.evaluate((watched) => globalThis.watchJobs(watched), { api: server.baseUrl, ids, token });
    return tab;
  }

  /** Those that ask while `ms` pass. */
  async function asking(tabs: readonly Tab[], ms: number): Promise<Tab[]> {
    const counts = tabs.map(({ requests }) => requests);
    await wait(ms);
    return tabs.filter(({ requests }, index) => requests > (counts[index] as number));
  }

  it('of one token: one asks for all, another takes over when it closes; of another token: on its own', async () => {
    const { double } = server;
    const ids = Array.from({ length: 5 }, () => double.add({ status: 'processing', progress: 0.1 }));
    const tabs = [await open(ids.slice(0, 3), 'one'), await open(ids.slice(1, 4), 'one'), await open(ids.slice(4), 'one')];
    const stranger = await open(ids.slice(0, 1), 'two');
    await wait(3_000);
    const first = await asking(tabs, 8_000);
    assert.equal(first.length, 1);
    assert.equal((await asking([stranger], 4_000)).length, 1);

    for (const id of ids) double.progress(id, 0.4);
    await first[0]?.page.close();
    const rest = tabs.filter((tab) => tab !== first[0]);
    // Taken over within 2 s, then asked for with the next beat.
    await Promise.all(
      rest.map(({ page }) =>
        page.waitForFunction(() => Object.values(globalThis.progress).every((progress) => progress === 0.4), null, { timeout: 8_000 }),
      ),
    );
    await wait(2_000);
    assert.equal((await asking(rest, 8_000)).length, 1);
  });

  it('of one token: another takes over when the one that asks freezes, and leads on when that comes back', async () => {
    const { double } = server;
    const id = double.add({ status: 'processing', progress: 0.1 });
    const tabs = [await open([id], 'frozen'), await open([id], 'frozen')];
    await wait(3_000);
    const [leader] = (await asking(tabs, 5_000)) as [Tab];
    const other = tabs.find((tab) => tab !== leader) as Tab;
    const requests = other.requests;
    // Nothing runs in a page until its dialog is closed.
    const dialog = leader.page.waitForEvent('dialog');
    const thaws = leader.page.evaluate(() => alert('frozen'));
    const frozen = await dialog;
    const frozenAt = Date.now();
    double.progress(id, 0.4);
    await other.page.waitForFunction((job) => globalThis.progress[job] === 0.4, id, { timeout: 8_000 });
    console.log(`asked ${other.askedAt - frozenAt} ms after the other froze`);
    assert.ok(other.requests > requests);
    await frozen.accept();
    await thaws;
    await leader.page.waitForFunction((job) => globalThis.progress[job] === 0.4, id, { timeout: 8_000 });
    await wait(2_000);
    assert.deepEqual(await asking(tabs, 5_000), [other]);
  });
});
