import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';
import { DemoPage } from './demo-page.ts';

const root = resolve(import.meta.dirname, '../..');
const SCRIPT = 'The harvest begins at dawn. Every hand is needed in the field. By evening the barn is full.';

describe('a real job on the demo page', () => {
  let browser: Browser;
  let service: TestService;
  let page: Page;
  let demo: DemoPage;
  const complaints: string[] = [];

  before(async () => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', 'demo'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    service = await startTestService({ JOB_SERVICE_RETRIES: '0' });
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  beforeEach(async () => {
    complaints.length = 0;
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    demo = new DemoPage(page);
    await demo.open(service.url);
  });

  afterEach(() => page.close());

  it('is created, watched while it is made, and its video plays', { timeout: 180_000 }, () =>
    withPicture(page, 'finished', async () => {
      await demo.create({ title: 'Harvest', script: SCRIPT, duration: 12 });
      const finished = demo.waitForEnd('Done', 150_000);
      const progress = await demo.progressUntil(finished);
      await finished;
      assert.ok(progress.length >= 5, `progress was ${progress.join(', ')}`);
      assert.deepEqual(progress, progress.toSorted((a, b) => a - b), 'progress never falls');

      const video = demo.job.locator('video');
      await video.waitFor({ state: 'attached' });
      await video.evaluate((element: HTMLVideoElement) => (element.muted = true));
      await demo.job.locator('job-player [part~=play]').first().click();
      await assertPlays(video);
      await page.locator('job-history').getByText('Harvest').first().waitFor();
      assert.deepEqual(complaints, []);
    }),
  );

  it('is cancelled', { timeout: 60_000 }, () =>
    withPicture(page, 'cancelled', async () => {
      await demo.create({ title: 'Too long', script: SCRIPT.repeat(10), duration: 120 });
      await demo.press('cancel');
      await demo.press('cancel-yes');
      await demo.waitForEnd('Cancelled', 20_000);
      assert.deepEqual(complaints, []);
    }),
  );

  it('fails, and is tried again by button', { timeout: 60_000 }, () =>
    withPicture(page, 'failed', async () => {
      // The service takes it up; the renderer finds that so much cannot be shown in a second.
      await demo.create({ title: 'Cannot be made', script: SCRIPT.repeat(4), duration: 1 });
      await demo.waitForEnd('Failed', 30_000);
      await demo.press('retry');
      await demo.job.locator('[part~=attempt]').getByText('2').waitFor({ timeout: 20_000 });
      await demo.waitForEnd('Failed', 30_000);
      assert.deepEqual(complaints, []);
    }),
  );

  /** The picture has the size that the platform asks for, and time goes on. */
  async function assertPlays(video: ReturnType<Page['locator']>): Promise<void> {
    const state = (): Promise<{ time: number; width: number; height: number; duration: number }> =>
      video.evaluate((element: HTMLVideoElement) => ({
        time: element.currentTime,
        width: element.videoWidth,
        height: element.videoHeight,
        duration: element.duration,
      }));
    const deadline = Date.now() + 15_000;
    let now = await state();
    while (now.time < 0.5 && Date.now() < deadline) {
      await page.waitForTimeout(100);
      now = await state();
    }
    assert.ok(now.time >= 0.5, `the video stands still at ${now.time} s`);
    assert.deepEqual([now.width, now.height], [1280, 720]);
    assert.ok(Math.abs(now.duration - 12) < 3, `it lasts ${now.duration} s`);
  }
});
