import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { seedTestService } from '../support/seed.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';
import { axeFindings, pageWith, serveBundle } from './service-page.ts';

const JOBS = 300;
const ICON = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>';

/** What stands around the jobs, over a real mix of them. */
describe('statistics, notifications and boundary over 300 jobs of every kind', { timeout: 300_000 }, () => {
  let browser: Browser;
  let service: TestService;
  let bundle: StaticServer;
  let site: StaticServer;
  let page: Page;
  const complaints: string[] = [];

  before(async () => {
    bundle = await serveBundle();
    service = await startTestService({ JOB_SERVICE_CONCURRENCY: '1' });
    await seedTestService(service, { userId: 'demo', jobs: JOBS, media: false });
    browser = await launchChromium();
    const body = `<link rel="icon" href='${ICON}'><main><h1>Jobs</h1>
      <job-provider api-url="${service.url}" user-id="demo" poll-interval="500ms">
        <job-notifications></job-notifications>
        <job-error-boundary><job-stats></job-stats></job-error-boundary>
        <job-error-boundary id="list"><job-history page-size="10" status="pending,processing"></job-history><p slot="fallback">No list now.</p></job-error-boundary>
      </job-provider></main>`;
    site = await serveStatic({ pages: { '/': pageWith(bundle, body) } });
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.grantPermissions(['notifications'], { origin: site.origin });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${site.origin}/`);
    await page.locator('job-stats .tile').first().waitFor();
    await page.locator('job-history .body [data-grid-row]').first().waitFor();
  });

  after(async () => {
    await browser?.close();
    await site?.close();
    await bundle?.close();
    await service?.stop();
  });

  const tiles = (): Promise<Record<string, number>> =>
    page.locator('job-stats .tile').evaluateAll((all) =>
      Object.fromEntries(all.map((tile) => [(tile as HTMLElement).dataset['status'] ?? 'all', Number(tile.querySelector('dd')!.textContent!.replace(/\D/g, ''))])),
    );

  it('counts each of the 300 jobs once, in tiles, bar and table alike', async () => {
    await withPicture(page, 'around-stats', async () => {
      const { statistics } = (await (await fetch(`${service.url}/api/v1/jobs/stats/counts`)).json()) as { statistics: Record<string, number> };
      const shown = await tiles();
      assert.equal(shown['all'], JOBS);
      for (const status of ['pending', 'started', 'processing', 'success', 'failure', 'cancelled']) {
        assert.equal(shown[status], statistics[status], status);
        assert.ok(shown[status]! > 0, `a mix has ${status}`);
      }
      const rows = page.locator('job-stats [part=bar] tbody tr');
      const counts = await rows.locator('td:nth-child(2)').evaluateAll((cells) => cells.map(({ textContent }) => Number(textContent)));
      assert.equal(counts.reduce((sum, count) => sum + count, 0), JOBS);
      assert.equal(await page.locator('job-stats [part=bar] rect').count(), 6);
    });
  });

  it('a widget that fails takes neither the page nor the other boundary with it, and comes back', async () => {
    await withPicture(page, 'around-boundary', async () => {
      const list = page.locator('job-history');
      await page.evaluate(() => {
        const heard: string[] = [];
        Object.assign(globalThis, { heardFailures: heard });
        document.addEventListener('job-error-boundary', ({ detail }) => heard.push(`${detail.source.localName}: ${(detail.error as Error).message}`));
        const element = document.querySelector('job-history')!;
        Object.defineProperty(element, 'hideFilters', {
          configurable: true,
          get: () => {
            throw new Error('broken');
          },
        });
        element.requestUpdate();
      });
      const again = page.locator('#list [part~=retry]');
      await again.waitFor();
      assert.ok(await page.getByText('No list now.').isVisible());
      assert.equal(await list.isVisible(), false);
      assert.deepEqual(await page.evaluate(() => (globalThis as unknown as { heardFailures: string[] }).heardFailures), ['job-history: broken']);
      assert.ok(await page.locator('job-stats .tile').first().isVisible(), 'the other one goes on');
      assert.deepEqual(await axeFindings(page), []);
      await list.evaluate((element) => {
        delete (element as { hideFilters?: boolean }).hideFilters;
      });
      await again.click();
      await list.locator('.body [data-grid-row]').first().waitFor();
      assert.equal(await again.count(), 0);
      assert.deepEqual(complaints, []);
    });
  });

  it('an end is told by toast, bell, title and icon, and by the desktop once the user has asked for that', async () => {
    await withPicture(page, 'around-notice', async () => {
      const bell = page.locator('job-notifications [part~=bell]');
      await bell.click();
      const desktop = page.locator('job-notifications [part~=desktop]');
      assert.equal(await desktop.getAttribute('aria-checked'), 'false', 'not by itself');
      await desktop.click();
      await page.locator('job-notifications [part~=desktop][aria-checked=true]').waitFor();
      await bell.click();
      await page.evaluate(() => {
        const shown: string[] = [];
        const Real = Notification;
        const Noted = new Proxy(Real, {
          construct(target, args: [string, NotificationOptions]) {
            shown.push(args[0]);
            return new target(...args);
          },
        });
        Object.assign(globalThis, { Notification: Noted, shownNotifications: shown });
        // The window stands behind another one: seen, and not in front.
        document.hasFocus = () => false;
      });
      const row = page.locator('job-history .body [data-grid-row]').first();
      const id = await row.getAttribute('data-grid-row');
      assert.equal((await fetch(`${service.url}/api/v1/jobs/${id}`, { method: 'DELETE' })).status, 200);
      const toast = page.locator('job-notifications [part~=toast]');
      await toast.waitFor();
      const text = (await toast.locator('.text').innerText()).trim();
      assert.match(text, /was cancelled\.$/);
      assert.equal(await page.title(), `${text} A page`);
      assert.equal(await page.locator('job-notifications [part~=count]').innerText(), '1');
      const href = (): Promise<string | null> => page.locator('link[rel=icon]').getAttribute('href');
      await page.waitForFunction(() => document.querySelector('link[rel=icon]')!.getAttribute('href')!.startsWith('data:image/png'));
      await page.waitForFunction(() => (globalThis as unknown as { shownNotifications: string[] }).shownNotifications.length > 0);
      assert.deepEqual(await page.evaluate(() => (globalThis as unknown as { shownNotifications: string[] }).shownNotifications), [text]);
      assert.deepEqual(await axeFindings(page), []);
      await toast.locator('[part~=close]').click();
      await toast.waitFor({ state: 'detached' });
      assert.deepEqual([await page.title(), await href()], ['A page', ICON]);
      assert.deepEqual(complaints, []);
    });
  });

  it('fits a phone and a desk, in light, dark and right to left, and axe finds nothing', async () => {
    await withPicture(page, 'around-looks', async () => {
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        for (const [colorScheme, dir] of [['light', 'ltr'], ['dark', 'ltr'], ['light', 'rtl']] as const) {
          await page.emulateMedia({ colorScheme });
          await page.evaluate((direction) => {
            document.documentElement.dir = direction;
            document.documentElement.style.cssText = 'color-scheme: light dark; background: Canvas; color: CanvasText';
          }, dir);
          const how = `${width} ${colorScheme} ${dir}`;
          assert.ok(await page.evaluate(() => document.querySelector('job-stats')!.shadowRoot!.querySelector('section')!.scrollWidth <= innerWidth), how);
          assert.deepEqual(await axeFindings(page, 'job-stats'), [], how);
          assert.deepEqual(await axeFindings(page, 'job-notifications'), [], how);
        }
      }
    });
  });
});
