import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';
import { cancelJob, createJob, pageWith, serveBundle, untilStatus } from './service-page.ts';

describe('<job-stats> on the real service', { timeout: 240_000 }, () => {
  let browser: Browser;
  let service: TestService;
  let bundle: StaticServer;
  let site: StaticServer;
  let page: Page;
  const complaints: string[] = [];
  const asked: string[] = [];

  before(async () => {
    bundle = await serveBundle();
    service = await startTestService({ JOB_SERVICE_RETRIES: '0' });
    browser = await launchChromium();
    for (let count = 0; count < 3; count++) await untilStatus(service.url, await createJob(service.url, { possible: false }), 'failure');
    const id = await createJob(service.url);
    await cancelJob(service.url, id);
    await untilStatus(service.url, id, 'cancelled');
    site = await serveStatic({ pages: { '/': pageWith(bundle, `<job-stats api-url="${service.url}"></job-stats>`) } });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${site.origin}/`);
  });

  after(async () => {
    await browser?.close();
    await site?.close();
    await bundle?.close();
    await service?.stop();
  });

  const tile = (status: string): string => `job-stats [data-status=${status}] dd`;
  const showsCount = (status: string, count: string): Promise<void> =>
    page.locator(tile(status)).getByText(count, { exact: true }).waitFor({ timeout: 20_000 });

  it('counts what the service counts, and says that it is well', async () => {
    await withPicture(page, 'stats', async () => {
      await showsCount('failure', '3');
      await showsCount('cancelled', '1');
      await showsCount('success', '0');
      assert.equal((await page.locator('job-stats [part=health]').innerText()).trim(), 'Healthy');
      assert.equal(await page.locator('job-stats .tile.all dd').innerText(), '4');
    });
  });

  it('draws the history that the service announces, with a table behind each chart', async () => {
    await withPicture(page, 'stats-history', async () => {
      await page.locator('job-stats [part=chart]').first().waitFor();
      assert.ok(asked.includes('/api/v1/jobs/stats/history'));
      assert.equal(await page.locator('job-stats [part=chart]').count(), 3);
      const table = page.locator('job-stats [part=chart] table').first();
      assert.ok((await table.locator('tbody tr').count()) >= 24);
      await page.locator('job-stats [part=chart] summary').first().click();
      assert.ok(await table.isVisible());
      await page.locator('job-stats select').selectOption('hour');
      await page.waitForFunction(
        () => (document.querySelector('job-stats')?.shadowRoot?.querySelectorAll('[part=chart] table')[0]?.querySelectorAll('tbody tr').length ?? 0) >= 30,
        null,
        { timeout: 15_000 },
      );
    });
  });

  it('is live, and its history has what ended within two minutes', async () => {
    await withPicture(page, 'stats-live', async () => {
      await untilStatus(service.url, await createJob(service.url, { possible: false }), 'failure');
      await showsCount('failure', '4');
      // The service counts once a minute, and the page asks for it once a minute.
      await page.locator('job-stats [part=chart] .fill.failure').first().waitFor({ state: 'attached', timeout: 150_000 });
      assert.deepEqual(complaints, []);
    });
  });
});
