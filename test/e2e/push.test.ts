import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';

const root = resolve(import.meta.dirname, '../..');
const SCRIPT = 'The harvest begins at dawn. Every hand is needed in the field. By evening the barn is full.';

/** The real service, and pages of another origin that use the script-tag bundle. */
describe('a real job on a page that is pushed to', { timeout: 300_000 }, () => {
  let browser: Browser;
  let service: TestService;
  let bundle: StaticServer;

  before(async () => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', 'cdn'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    [service, browser] = await Promise.all([startTestService({ JOB_SERVICE_RETRIES: '0' }), launchChromium()]);
    bundle = await serveStatic({ folders: { '/': join(root, 'dist/cdn') }, headers: { 'access-control-allow-origin': '*' } });
  });

  after(async () => {
    await browser?.close();
    await bundle?.close();
    await service?.stop();
  });

  const create = async (): Promise<string> => {
    const video_request = {
      script_id: 's', user_id: 'ann', title: 'Harvest', script_content: SCRIPT, language: 'en-US', platform: 'youtube', duration: 8,
      voice_provider: 'google', resolution: '720p',
    };
    const response = await fetch(`${service.url}/api/v1/jobs/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ video_request }),
    });
    assert.equal(response.status, 202);
    return ((await response.json()) as { job_id: string }).job_id;
  };

  for (const channel of ['events', 'socket']) {
    it(`shows it from its start to its end with few questions (${channel})`, async () => {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      let reads = 0;
      const ways = new Set<string>();
      page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (request.method() === 'GET' && pathname === `/api/v1/jobs/${id}`) reads += 1;
        if (pathname.endsWith('/events')) ways.add('events');
      });
      page.on('websocket', () => ways.add('socket'));
      const id = await create();
      const body = `<job-provider api-url="${service.url}" channel="${channel}"><job-status job-id="${id}"></job-status></job-provider>`;
      const site = await serveStatic({ pages: { '/': `<!doctype html><html lang="en"><script type="module" src="${bundle.origin}/job-elements.js"></script>${body}` } });
      try {
        await withPicture(page, channel, async () => {
          await page.goto(`${site.origin}/`);
          const seen = new Set<string>();
          const status = page.locator('job-status');
          const done = status.locator('[part~=badge]').getByText('Done', { exact: true }).waitFor({ timeout: 120_000 });
          let over = false;
          void done.then(() => (over = true), () => (over = true));
          while (!over) {
            const value = await status.locator('[role=progressbar]').getAttribute('aria-valuenow', { timeout: 500 }).catch(() => null);
            if (value !== null) seen.add(value);
            await page.waitForTimeout(50);
          }
          await done;
          assert.ok(seen.size >= 4, `shown were ${[...seen].join(', ')}`);
          assert.ok(reads <= 3, `${reads} reads of the job`);
          assert.deepEqual([...ways], [channel]);
          assert.deepEqual(complaints, []);
        });
      } finally {
        await page.close();
        await site.close();
      }
    });
  }
});
