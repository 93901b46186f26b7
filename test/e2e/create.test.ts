import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { startTestService } from '../support/service.ts';
import type { TestService } from '../support/service.ts';

const root = resolve(import.meta.dirname, '../..');
const SCRIPT = 'The harvest begins at dawn. Every hand is needed in the field.';

interface Wire {
  title?: string;
  priority?: number;
  [key: string]: unknown;
}

describe('the create form on the real service', () => {
  let browser: Browser;
  let service: TestService;
  let context: BrowserContext;
  let page: Page;
  /** Bodies of what the page asked to be created. */
  let created: { video_request: Wire; priority?: number }[];

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
    context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
    page = await context.newPage();
    created = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/v1/jobs/')) created.push(request.postDataJSON());
    });
    await open();
  });

  afterEach(() => context.close());

  async function open(): Promise<void> {
    await page.goto(`${service.url}/`);
    await control('title').waitFor();
  }

  const control = (name: string) => page.locator(`job-create-form [part~=control][name=${name}]`);
  const done = () => page.locator('job-create-form job-status');
  const send = () => page.locator('job-create-form [part~=submit]').click();

  async function fill(title: string): Promise<void> {
    await control('title').fill(title);
    await control('script_content').fill(SCRIPT);
    await control('duration').fill('6');
  }

  /** The user's jobs, as the service has them. */
  async function jobs(): Promise<Wire[]> {
    const user = await page.evaluate(() => document.querySelector('job-provider')!.userId as string);
    const answer = await fetch(`${service.url}/api/v1/jobs/?user_id=${encodeURIComponent(user)}&page=1&page_size=20`);
    return ((await answer.json()) as { jobs: Wire[] }).jobs;
  }

  it('creates a job with every field', { timeout: 120_000 }, () =>
    withPicture(page, 'all-fields', async () => {
      await fill('All of it');
      await page.locator('job-create-form summary').click();
      const choices = {
        platform: 'tiktok', language: 'en-GB', voice_provider: 'azure', background_music: 'calm', aspect_ratio: '1:1', resolution: '720p', template_id: 'paper',
        subtitle_style: 'boxed', priority: '3',
      };
      for (const [name, value] of Object.entries(choices)) await control(name).selectOption(value);
      await control('voice_name').selectOption({ label: 'Sonia' });
      await control('script_id').fill('my-script');
      await send();
      await done().waitFor();
      const user = await page.evaluate(() => document.querySelector('job-provider')!.userId as string);
      assert.deepEqual(created, [
        {
          video_request: {
            ...choices, priority: undefined, title: 'All of it', script_content: SCRIPT, duration: 6, voice_name: 'en-GB-SoniaNeural', enable_subtitles: true,
            script_id: 'my-script', user_id: user,
          },
          priority: 3,
        },
      ].map(({ video_request: { priority: _priority, ...video }, priority }) => ({ video_request: video, priority })));
      const [job] = await jobs();
      assert.deepEqual([job!['title'], job!['script_id'], job!['platform'], job!['priority']], ['All of it', 'my-script', 'tiktok', 3]);
    }),
  );

  it('puts what the service itself refuses at its field', { timeout: 60_000 }, () =>
    withPicture(page, 'refused', async () => {
      // What the browser checks is passed by on the way.
      await page.route('**/api/v1/jobs/', async (route: Route) => {
        const body = route.request().postDataJSON() as { video_request: Wire };
        body.video_request['duration'] = 99_999;
        body.video_request['resolution'] = '8k';
        await route.continue({ postData: JSON.stringify(body) });
      });
      await fill('Too long');
      await send();
      await page.locator('job-create-form #duration-problem').waitFor();
      assert.match(await page.locator('job-create-form #duration-problem').innerText(), /whole number from 1 to 3600/);
      assert.match(await page.locator('job-create-form #resolution-problem').innerText(), /720p, 1080p, 4k/);
      assert.equal(await page.evaluate(() => document.querySelector('job-create-form')!.shadowRoot!.activeElement?.id), 'duration');
      assert.equal(await control('title').inputValue(), 'Too long');
      assert.deepEqual(await jobs(), []);
    }),
  );

  it('keeps the draft over a reload, until the job has been created', { timeout: 60_000 }, () =>
    withPicture(page, 'draft', async () => {
      await fill('Draft');
      await page.reload();
      await page.locator('job-create-form [part~=restored]').waitFor();
      assert.deepEqual([await control('title').inputValue(), await control('duration').inputValue()], ['Draft', '6']);
      await send();
      await done().waitFor();
      await open();
      assert.equal(await control('title').inputValue(), '');
    }),
  );

  it('creates one job for a double click, and one when the answer was lost and the page reloaded', { timeout: 60_000 }, () =>
    withPicture(page, 'twice', async () => {
      await fill('Once');
      await page.locator('job-create-form [part~=submit]').dblclick();
      await done().waitFor();
      assert.equal((await jobs()).length, 1);

      await open();
      await fill('Lost');
      // The service takes the job up, and its answer never comes.
      let taken!: () => void;
      const arrived = new Promise<void>((resolve) => (taken = resolve));
      await page.route(
        '**/api/v1/jobs/',
        async (route: Route) => {
          await route.fetch();
          taken();
        },
        { times: 1 },
      );
      await send();
      await arrived;
      await page.reload();
      await page.locator('job-create-form [part~=restored]').waitFor();
      await send();
      await done().waitFor();
      assert.deepEqual((await jobs()).map(({ title }) => title).sort(), ['Lost', 'Once']);
    }),
  );

  it('keeps presets on the service, across browsers', { timeout: 60_000 }, () =>
    withPicture(page, 'presets', async () => {
      const user = await page.evaluate(() => document.querySelector('job-provider')!.userId as string);
      await control('platform').selectOption('tiktok');
      await control('duration').fill('25');
      const bar = page.locator('job-create-form [part~=presets]');
      await bar.getByText('Save as preset').click();
      await bar.locator('input').fill('Mine');
      await bar.getByText('Save', { exact: true }).click();
      await bar.getByText('Rename').waitFor();

      const other = await browser.newContext();
      try {
        const elsewhere = await other.newPage();
        await elsewhere.goto(`${service.url}/`);
        await elsewhere.locator('job-provider').evaluate((provider: HTMLElement, id) => provider.setAttribute('user-id', id), user);
        await elsewhere.locator('job-create-form [name=title]').focus();
        const select = elsewhere.locator('job-create-form #preset');
        await select.locator('option', { hasText: 'Mine' }).waitFor({ state: 'attached' });
        await select.selectOption({ label: 'Mine' });
        assert.equal(await elsewhere.locator('job-create-form [name=duration]').inputValue(), '25');
        assert.equal(await elsewhere.evaluate(() => JSON.stringify(Object.entries(localStorage)).includes('Mine')), false);
        await elsewhere.locator('job-create-form [part~=presets]').getByText('Delete').click();
        await elsewhere.locator('job-create-form [part~=presets] .danger').click();
        await select.locator('option', { hasText: 'Mine' }).waitFor({ state: 'detached' });
      } finally {
        await other.close();
      }
    }),
  );

  it('makes the video directly when jobs cannot be created, and shows it', { timeout: 180_000 }, () =>
    withPicture(page, 'direct', async () => {
      await page.route('**/api/v1/jobs/', (route: Route) =>
        route.request().method() === 'POST'
          ? route.fulfill({ status: 503, contentType: 'application/json', body: '{"detail":"The queue is down."}' })
          : route.continue(),
      );
      await page.locator('job-create-form').evaluate((form: HTMLElement) => form.setAttribute('sync-fallback', ''));
      await fill('Directly');
      await send();
      await page.locator('job-create-form [part~=generating]').waitFor({ timeout: 60_000 });
      await done().locator('job-player video').waitFor({ state: 'attached', timeout: 120_000 });
      const [job, ...others] = await jobs();
      assert.deepEqual([job!['title'], job!['status'], others.length], ['Directly', 'success', 0]);
    }),
  );
});
