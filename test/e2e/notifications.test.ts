import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';
import { cancelJob, createJob, pageWith, serveBundle, untilStatus } from './service-page.ts';

interface Tab {
  page: Page;
  /** Every toast that was ever on show. */
  toasts(): Promise<string[]>;
  unread(): Promise<number>;
}

describe('<job-notifications> on the real service, in two tabs', { timeout: 240_000 }, () => {
  let browser: Browser;
  let service: TestService;
  let bundle: StaticServer;
  let site: StaticServer;
  let context: BrowserContext;
  const tabs: Tab[] = [];
  /** Of a video that no machine has made before both tabs have seen it being made. */
  const LONG = 240;
  const complaints: string[] = [];

  before(async () => {
    bundle = await serveBundle();
    service = await startTestService({ JOB_SERVICE_RETRIES: '0' });
    browser = await launchChromium();
    await untilStatus(service.url, await createJob(service.url, { title: 'Long ago', possible: false }), 'failure');
    const body = `<job-provider api-url="${service.url}" user-id="ann" poll-interval="500ms"><job-notifications watch></job-notifications></job-provider>`;
    site = await serveStatic({ pages: { '/': pageWith(bundle, body) } });
    context = await browser.newContext();
    await context.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seenToasts: seen });
      setInterval(() => {
        const root = document.querySelector('job-notifications')?.shadowRoot;
        for (const toast of root?.querySelectorAll<HTMLElement>('[part=toast]') ?? []) {
          const text = toast.querySelector('.text')?.textContent?.trim() ?? '';
          if (!seen.includes(text)) seen.push(text);
        }
      }, 50);
    });
    for (let count = 0; count < 2; count++) tabs.push(await open());
  });

  after(async () => {
    await browser?.close();
    await site?.close();
    await bundle?.close();
    await service?.stop();
  });

  async function open(): Promise<Tab> {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${site.origin}/`);
    await page.locator('job-notifications [part~=bell]').waitFor();
    return {
      page,
      toasts: () => page.evaluate(() => (globalThis as unknown as { seenToasts: string[] }).seenToasts),
      unread: () => page.locator('job-notifications').evaluate((bell) => (bell as HTMLElement & { unread: number }).unread),
    };
  }

  /** In how many notifications of each tab's list a title stands. */
  async function listed(title: string): Promise<number[]> {
    return Promise.all(
      tabs.map(async ({ page }) => {
        const bell = page.locator('job-notifications [part~=bell]');
        await bell.click();
        await page.locator('job-notifications [part~=list]').waitFor();
        const count = await page.locator('job-notifications [part~=item]', { hasText: title }).count();
        await bell.click();
        return count;
      }),
    );
  }

  /** Both tabs have seen these jobs run: what had ended before is not told of. */
  async function seenRunning(ids: readonly string[]): Promise<void> {
    for (const { page } of tabs) {
      await page.waitForFunction(
        (wanted) => {
          const bell = document.querySelector('job-notifications') as unknown as { followed: { entry: { snapshot: { jobs: { id: string; status: string }[] } } } };
          const running = bell.followed.entry.snapshot.jobs.filter(({ status }) => !['success', 'failure', 'cancelled'].includes(status));
          return wanted.every((id) => running.some((job) => job.id === id));
        },
        ids,
        // While no job runs, a list is asked for once in half a minute.
        { timeout: 60_000 },
      );
    }
  }

  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it('tells of an end in one of them alone; the other has it in its list', async () => {
    await withPicture(tabs[0]!.page, 'notifications', async () => {
      const id = await createJob(service.url, { title: 'How rivers bend', seconds: LONG });
      await seenRunning([id]);
      await cancelJob(service.url, id);
      await untilStatus(service.url, id, 'cancelled');
      await pause(6_000);
      const shown = await Promise.all(tabs.map(({ toasts }) => toasts()));
      assert.deepEqual(shown.flat(), ['How rivers bend was cancelled.'], JSON.stringify(shown));
      const unread = await Promise.all(tabs.map((tab) => tab.unread()));
      assert.deepEqual(unread.sort(), [0, 1]);
      assert.deepEqual(await listed('How rivers bend'), [1, 1]);
    });
  });

  it('has read in all what was read in one', async () => {
    await pause(500);
    assert.deepEqual(await Promise.all(tabs.map((tab) => tab.unread())), [0, 0]);
    assert.deepEqual(await Promise.all(tabs.map(({ page }) => page.title())), ['A page', 'A page']);
  });

  it('tells of many that end at once, each once', async () => {
    const titles = ['One', 'Two', 'Three', 'Four'];
    const ids: string[] = [];
    for (const title of titles) ids.push(await createJob(service.url, { title, seconds: LONG }));
    await seenRunning(ids);
    await Promise.all(ids.map((id) => cancelJob(service.url, id)));
    await pause(6_000);
    for (const { page } of tabs) {
      const closeAll = page.locator('job-notifications [part~=close-all]');
      if (await closeAll.isVisible()) await closeAll.click();
    }
    await pause(500);
    const unread = await Promise.all(tabs.map((tab) => tab.unread()));
    assert.deepEqual(unread, [0, 0]);
    for (const title of titles) assert.deepEqual(await listed(`${title} was cancelled`), [1, 1]);
    const shown = (await Promise.all(tabs.map(({ toasts }) => toasts()))).flat();
    assert.equal(shown.length, new Set(shown).size, shown.join());
  });

  it('says nothing again after a reload, and never anything of jobs that had ended before', async () => {
    for (const { page } of tabs) {
      await page.reload();
      await page.locator('job-notifications [part~=bell]').waitFor();
    }
    await pause(4_000);
    assert.deepEqual((await Promise.all(tabs.map(({ toasts }) => toasts()))).flat(), []);
    assert.deepEqual(complaints, []);
  });
});
