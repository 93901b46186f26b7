import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { seedTestService } from '../support/seed.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';
import { HistoryPage } from './history-page.ts';

const root = resolve(import.meta.dirname, '../..');
/** Of the user `demo`: a real mix. */
export const JOBS = 300;
const videoRequest = {
  script_id: 'e2e', user_id: 'demo', title: 'Harvest', script_content: 'The harvest begins at dawn. Every hand is needed in the field.', language: 'en-US',
  platform: 'youtube', duration: 12, voice_provider: 'google',
};

/** What is there in each test: the real service with its jobs, and a fresh page of the demo. */
export interface HistorySuite {
  readonly service: TestService;
  readonly page: Page;
  readonly list: HistoryPage;
  /** Has a job made by the service; returns its id. */
  create(fields?: object): Promise<string>;
  cancel(id: string): Promise<void>;
}

/** Tests of the list of the demo page, in a browser, on the real service. A complaint of the page fails the test that it came in. */
export function historySuite(
  name: string,
  { media = false, prepare = async () => {} }: { media?: boolean; prepare?: (service: TestService) => Promise<void> },
  define: (test: (name: string, steps: (suite: HistorySuite) => Promise<void>) => void) => void,
): void {
  describe(name, { timeout: 600_000 }, () => {
    let browser: Browser;
    let service: TestService;
    let page: Page;
    const complaints: string[] = [];

    before(async () => {
      const built = spawnSync(process.execPath, ['scripts/build.mjs', 'demo'], { cwd: root, encoding: 'utf8' });
      assert.equal(built.status, 0, built.stderr);
      service = await startTestService({ JOB_SERVICE_RETRIES: '0', JOB_SERVICE_CONCURRENCY: '1' });
      await seedTestService(service, { userId: 'demo', jobs: JOBS, media });
      await prepare(service);
      browser = await launchChromium();
    });

    after(async () => {
      await browser?.close();
      await service?.stop();
    });

    beforeEach(async () => {
      complaints.length = 0;
      const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, acceptDownloads: true });
      page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    });

    afterEach(async () => {
      await page.context().close();
      assert.deepEqual(complaints, []);
    });

    const create = async (fields: object = {}): Promise<string> => {
      const answer = await fetch(`${service.url}/api/v1/jobs/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ video_request: { ...videoRequest, ...fields } }),
      });
      return ((await answer.json()) as { job_id: string }).job_id;
    };
    const cancel = async (id: string): Promise<void> => void (await fetch(`${service.url}/api/v1/jobs/${id}`, { method: 'DELETE' }));

    define((title, steps) => {
      it(title, () => withPicture(page, title.replaceAll(/\W+/g, '-'), () => steps({ service, page, list: new HistoryPage(page), create, cancel })));
    });
  });
}
