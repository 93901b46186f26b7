import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { compressedSize } from '../../scripts/lib/budget.mjs';
import { startDoubleServer } from '../double/server.ts';
import type { DoubleServer } from '../double/server.ts';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';
import { strictPage, watchPage } from './strict-page.ts';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist/cdn');
const fixture = (name: string): Buffer => readFileSync(join(root, 'test/fixtures', name));
const { budgets } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { budgets: Record<string, number> };

describe('the script tag on a page of another origin, under a strict policy', () => {
  let browser: Browser;
  let bundle: StaticServer;
  let backend: DoubleServer;
  let page: Page;
  let site: StaticServer | undefined;
  let watched: Awaited<ReturnType<typeof watchPage>>;

  before(async () => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', 'cdn'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    bundle = await serveStatic({ folders: { '/': dist, '/copy/': dist }, headers: { 'access-control-allow-origin': '*' } });
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await bundle?.close();
  });

  beforeEach(async () => {
    const files = { video: fixture('clip.mp4'), thumbnail: fixture('clip.jpg'), captions: fixture('clip.vtt').toString() };
    backend = await startDoubleServer({ files });
    page = await browser.newPage();
    watched = await watchPage(page);
  });

  afterEach(async () => {
    await page.close();
    await site?.close();
    await backend.stop();
  });

  /** Opens a page of its own origin with this body. */
  async function open(body: string, scripts = [`${bundle.origin}/job-elements.js`]): Promise<void> {
    site = await serveStatic({ pages: { '/': strictPage({ scripts, api: backend.baseUrl, body }) } });
    await page.goto(`${site.origin}/`);
  }

  const scriptsLoaded = (): string[] => watched.requests.filter((url) => url.startsWith(bundle.origin)).map((url) => new URL(url).pathname.slice(1));

  it('shows a job, live, and plays its video', async () => {
    const id = backend.double.add({ status: 'processing', progress: 0.25, title: 'Harvest' });
    await open(`<job-status job-id="${id}" api-url="${backend.baseUrl}"></job-status>`);
    await withPicture(page, 'script-tag', async () => {
      const bar = page.getByRole('progressbar');
      await page.waitForFunction(() => document.querySelector('job-status')?.shadowRoot?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') === '25');
      assert.equal(await bar.count(), 1);

      backend.double.finish(id);
      const video = page.locator('job-status video');
      await video.waitFor({ state: 'attached', timeout: 15_000 });
      await video.evaluate((element: HTMLVideoElement) => {
        element.muted = true;
        return element.play();
      });
      await page.waitForFunction(() => {
        const find = (scope: ParentNode): HTMLVideoElement | null => {
          for (const element of scope.querySelectorAll('*')) {
            if (element instanceof HTMLVideoElement) return element;
            const inner = element.shadowRoot && find(element.shadowRoot);
            if (inner) return inner;
          }
          return null;
        };
        const player = find(document);
        return player !== null && player.currentTime > 0.2 && player.videoWidth > 0;
      });
      assert.deepEqual(await watched.complaints(), []);
    });
  });

  it('shows a job before its second stage is there, which it asks for until it comes', async () => {
    const second = /\/later-[^/]*\.js$/;
    let release = (): void => undefined;
    const looked = new Promise<void>((resolve) => (release = resolve));
    let asked = 0;
    await page.route(second, async (route) => {
      const first = ++asked === 1;
      await looked;
      await (first ? route.abort() : route.continue());
    });
    const id = backend.double.add({ status: 'processing', progress: 0.25, title: 'Harvest' });
    let beforeAnswer: string[] = [];
    page.on('response', (response) => {
      if (beforeAnswer.length === 0 && response.url().includes(id)) beforeAnswer = scriptsLoaded();
    });
    await open(`<job-status job-id="${id}" api-url="${backend.baseUrl}"></job-status>`);
    const bar = page.getByRole('progressbar');
    await page.waitForFunction(() => document.querySelector('job-status')?.shadowRoot?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') === '25');
    const first = beforeAnswer.filter((name) => !second.test(`/${name}`));
    assert.equal(new Set(first).size, 2, `the loader and one file, not ${first.join(', ')}`);
    const { gzip } = compressedSize(dist, [...new Set(first)]);
    assert.ok(gzip <= budgets['job-status'], `loaded ${first.join(', ')}: ${gzip} bytes`);

    const before = await bar.boundingBox();
    const cancel = page.locator('job-status [part~=cancel]');
    assert.equal(await cancel.count(), 0);
    release();
    await cancel.waitFor({ timeout: 15_000 });
    assert.deepEqual(await bar.boundingBox(), before, 'nothing has moved');
  });

  it('says so while the second stage does not come, with an answer and without one, and is well again when it does', async () => {
    await page.clock.install();
    let lost = true;
    let asked = 0;
    await page.route(/\/later-[^/]*\.js$/, (route) => (asked++, lost ? route.abort() : route.continue()));
    const running = backend.double.add({ status: 'processing', progress: 0.25, title: 'Harvest' });
    const over = backend.double.add({ status: 'success', title: 'Sowing' });
    await open([running, over, 'no-such-job'].map((id) => `<job-status job-id="${id}" api-url="${backend.baseUrl}"></job-status>`).join(''));
    const words = (): Promise<(string | undefined)[]> =>
      page.evaluate(() => [...document.querySelectorAll('job-status')].map((status) => status.shadowRoot?.querySelector<HTMLElement>('.badge .word')?.innerText));
    await page.waitForFunction(() => [...document.querySelectorAll('job-status')].filter(({ model }) => model.job).length === 2);
    await page.clock.runFor(9_000);
    assert.deepEqual(await words(), ['In progress', 'Done', 'Loading…']);
    await page.clock.runFor(2_000);
    assert.deepEqual(await words(), ['In progress · No connection', 'Done', 'Loading… · No connection']);
    assert.equal(await page.getByRole('progressbar', { name: 'Harvest' }).getAttribute('aria-valuenow'), '25', 'what is known stays');
    assert.ok(asked > 1, 'it is asked for again meanwhile');

    lost = false;
    await page.clock.runFor(30_000);
    await page.locator('job-status [part~=cancel]').waitFor();
    assert.deepEqual(await words(), ['In progress', 'Done', 'Not found']);
  });

  it('has the second stage in one file, and the part for many jobs in another, which wait for no more files of their own', async () => {
    const ids = Array.from({ length: 8 }, () => backend.double.add({ status: 'processing', progress: 0.25 }));
    await open(ids.map((id) => `<job-status job-id="${id}" api-url="${backend.baseUrl}"></job-status>`).join(''));
    await page.waitForFunction(
      (count) => [...document.querySelectorAll('job-status')].filter((status) => status.shadowRoot?.querySelector('[part~=cancel]')).length === count,
      ids.length,
    );
    await page.waitForLoadState('networkidle');
    const [entry, ...parts] = scriptsLoaded();
    assert.equal(entry, 'job-elements.js');
    assert.deepEqual(parts.map((name) => name.replace(/-[\w-]{6}\.js$/, '')).sort(), ['later', 'more', 'shared']);
    assert.deepEqual(await watched.complaints(), []);
  });

  it('brings an element whose file was lost on its way, without which those inside it would wait for ever, and says so meanwhile', async () => {
    await page.clock.install();
    let asked = 0;
    let lost = true;
    await page.route(/\/job-provider-[^/]*\.js$/, (route) => (asked++, lost ? route.abort() : route.continue()));
    const id = backend.double.add({ status: 'processing', progress: 0.25 });
    await open(`<job-provider api-url="${backend.baseUrl}"><job-status job-id="${id}"></job-status></job-provider>`);
    await page.locator('job-status .badge').waitFor();
    await page.clock.runFor(11_000);
    assert.equal(await page.locator('job-status .badge .word').innerText(), 'Loading… · No connection');
    assert.ok(asked > 1);
    lost = false;
    await page.clock.runFor(30_000);
    await page.locator('job-status [part~=cancel]').waitFor();
    assert.equal(await page.locator('job-status .badge .word').innerText(), 'In progress');
  });

  it('brings elements that are added later, each when it is first there', async () => {
    await open('<main></main>');
    await page.waitForLoadState('networkidle');
    assert.equal(scriptsLoaded().length, 2, 'a page without elements loads what all of them stand on, and no more');
    await page.evaluate((api) => {
      const provider = document.createElement('job-provider');
      provider.setAttribute('api-url', api);
      provider.setAttribute('user-id', 'u-1');
      provider.append(document.createElement('job-history'));
      document.querySelector('main')!.append(provider);
    }, backend.baseUrl);
    await page.waitForFunction(() => document.querySelector('job-history')?.shadowRoot?.childElementCount);
    assert.equal(await page.evaluate(() => customElements.get('job-create-form')), undefined);
    assert.deepEqual(await watched.complaints(), []);
  });

  it('brings every element, none of them against the policy', async () => {
    const id = backend.double.add({ status: 'processing', title: 'Harvest' });
    await open(`<job-provider api-url="${backend.baseUrl}" user-id="u-1">
      <job-create-form></job-create-form><job-history></job-history><job-status job-id="${id}"></job-status><job-player></job-player>
      <job-error-boundary><job-stats></job-stats></job-error-boundary><job-notifications hide-mark></job-notifications>
    </job-provider>`);
    for (const name of ['job-provider', 'job-create-form', 'job-history', 'job-status', 'job-player', 'job-error-boundary', 'job-stats', 'job-notifications']) {
      await page.waitForFunction((tag) => customElements.get(tag) !== undefined, name);
    }
    // What is far off screen asks for nothing.
    await page.locator('job-stats').scrollIntoViewIfNeeded();
    await page.locator('job-stats [part=bar]').waitFor();
    await page.locator('job-notifications [part~=bell]').click();
    await page.locator('job-notifications [part~=empty]').waitFor();
    await page.locator('job-status [role=progressbar]').waitFor();
    backend.double.finish(id);
    await page.locator('job-notifications [part~=toast]').waitFor({ timeout: 15_000 });
    assert.deepEqual(await watched.complaints(), []);
  });

  it('does no harm twice on a page', async () => {
    const id = backend.double.add({ status: 'processing', progress: 0.5 });
    const element = `<job-status job-id="${id}" api-url="${backend.baseUrl}"></job-status>`;
    await open(element + element, [`${bundle.origin}/job-elements.js`, `${bundle.origin}/copy/job-elements.js`]);
    await page.waitForFunction(() => [...document.querySelectorAll('job-status')].every((status) => status.shadowRoot?.querySelector('[role=progressbar]')));
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await watched.complaints(), []);
    assert.equal(backend.double.requests.filter(({ method }) => method === 'GET').length, 1, 'one request for one job');
  });

  it('tells the page of an end once under several addresses', async () => {
    const id = backend.double.add({ status: 'processing', progress: 0.5 });
    const element = `<job-status job-id="${id}" api-url="${backend.baseUrl}" poll-interval="300ms"></job-status>`;
    await open(element + element, ['job-elements.js', 'job-elements.js?v=2', 'copy/job-elements.js'].map((name) => `${bundle.origin}/${name}`));
    await page.waitForFunction(() => [...document.querySelectorAll('job-status')].every(({ job, details }) => job && details));
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      document.addEventListener('job-end', () => heard.push('page'));
      for (const status of document.querySelectorAll('job-status')) status.addEventListener('job-end', () => heard.push('element'));
    });
    backend.double.finish(id);
    await page.locator('job-status job-player').last().waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.deepEqual(heard.toSorted(), ['element', 'element', 'page']);
  });

  it('registers elements on demand, for those in shadow roots', async () => {
    await open('<main></main>');
    const defined = await page.evaluate(async (url) => {
      const { define } = (await import(url)) as { define(...names: string[]): Promise<void> };
      await define('job-player');
      return customElements.get('job-player') !== undefined;
    }, `${bundle.origin}/job-elements.js`);
    assert.ok(defined);
  });
});
