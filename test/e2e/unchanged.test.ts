import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { until } from '../../service/test/support/until.ts';
import { launchChromium } from '../support/chromium.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';
import type { StaticServer } from '../support/static-server.ts';
import { serveStatic } from '../support/static-server.ts';

/** The real service, the browser's own cache, and a page of another origin that sends a token. */
describe('a job that stays as it is', () => {
  let outdir: string;
  let site: StaticServer;
  let service: TestService;
  let browser: Browser;

  before(async () => {
    outdir = await mkdtemp(join(tmpdir(), 'job-unchanged-'));
    const entry = new URL('tabs-page.ts', import.meta.url).pathname;
    await build({ entryPoints: [entry], outdir, bundle: true, splitting: true, format: 'esm', target: 'es2022', logLevel: 'error' });
    site = await serveStatic({
      pages: { '/': '<!doctype html><title>Unchanged</title><script type="module" src="/js/tabs-page.js"></script>' },
      folders: { '/js/': outdir },
    });
    [service, browser] = await Promise.all([startTestService({ JOB_SERVICE_CONCURRENCY: '1' }), launchChromium()]);
  });

  after(async () => {
    await browser?.close();
    await service?.stop();
    await site?.close();
    await rm(outdir, { recursive: true, force: true });
  });

  async function create(duration = 2): Promise<string> {
    const video_request = {
      script_id: 's', user_id: 'ann', title: 'Bees', script_content: 'One bee.', language: 'en-US', platform: 'youtube', duration,
      voice_provider: 'google',
    };
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${service.url}/api/v1/jobs/`, { method: 'POST', headers, body: JSON.stringify({ video_request }) });
    assert.equal(response.status, 202);
    return ((await response.json()) as { job_id: string }).job_id;
  }

  it('is answered with 304, alone and by batch, and its change is seen', async () => {
    const page = await browser.newPage();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    const urls = new Map<string, string>();
    const answers: { url: string; status: number }[] = [];
    devtools.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
    devtools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => answers.push({ url: urls.get(requestId) ?? '', status: statusCode }));
    const unchanged = (path: RegExp): number => answers.filter(({ url, status }) => status === 304 && path.test(url)).length;
    // The one place is taken for longer than this takes, so the others wait.
    await create(600);
    // Up to three jobs keep a pace of their own each, and may stay half a second apart; more of them share their rounds.
    const ids: string[] = [];
    while (ids.length < 5) ids.push(await create());
    await page.goto(site.origin);
    await page.waitForFunction(() => 'watchJobs' in globalThis);
    for (const [watched, path] of [[ids.slice(0, 1), /\/jobs\/[\w-]{36}$/], [ids, /\/jobs\/batch\?/]] as const) {
      await page.evaluate((jobs) => globalThis.watchJobs(jobs), { api: service.url, ids: watched, token: 'one' });
      await until(() => unchanged(path) >= 2, { within: 30_000, what: `an answer of 304 for ${path}` });
    }
    await fetch(`${service.url}/api/v1/jobs/${ids[0]}`, { method: 'DELETE' });
    await page.waitForFunction((id) => globalThis.statuses[id] === 'cancelled', ids[0] as string, { timeout: 30_000 });
  });
});
