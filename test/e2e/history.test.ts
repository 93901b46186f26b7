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
const JOBS = 300;
const videoRequest = {
  script_id: 'e2e', user_id: 'demo', title: 'Harvest', script_content: 'The harvest begins at dawn. Every hand is needed in the field.', language: 'en-US',
  platform: 'youtube', duration: 12, voice_provider: 'google',
};

describe('300 jobs in the list of the demo page', { timeout: 600_000 }, () => {
  let browser: Browser;
  let service: TestService;
  let page: Page;
  let list: HistoryPage;
  const complaints: string[] = [];

  before(async () => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', 'demo'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    service = await startTestService({ JOB_SERVICE_RETRIES: '0', JOB_SERVICE_CONCURRENCY: '1' });
    await seedTestService(service, { userId: 'demo', jobs: JOBS });
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
    list = new HistoryPage(page);
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
  const remove = (id: string): Promise<Response> => fetch(`${service.url}/api/v1/jobs/${id}`, { method: 'DELETE' });

  const test = (name: string, steps: () => Promise<void>): void => {
    it(name, () => withPicture(page, name.replaceAll(/\W+/g, '-'), steps));
  };

  test('goes through all pages: each job once, and no page after the last', async () => {
    await list.open(service.url, '&size=50');
    const seen = new Set<string>();
    for (;;) {
      const ids = await list.ids();
      for (const id of ids) seen.add(id);
      const next = list.part('next');
      if ((await next.getAttribute('aria-disabled')) === 'true') break;
      await list.expectChange(() => next.click());
    }
    assert.equal(seen.size, JOBS);
    assert.equal((await list.range()).total, JOBS);
    assert.match(page.url(), /page=6/);
  });

  test('filters by status as the counts say, and by days', async () => {
    await list.open(service.url);
    const failed = await list.count('failure');
    assert.ok(failed > 10);
    await list.expectChange(() => list.part('status-choice').and(page.locator('[data-status=failure]')).click());
    assert.equal((await list.range()).total, failed);
    assert.deepEqual([...new Set(await list.rows.locator('.status').allInnerTexts())].map((text) => text.trim()), ['Failed']);
    await list.part('unfold').click();
    const today = await page.evaluate(() => new Date().toLocaleDateString('sv'));
    await list.expectChange(() => list.list.locator('[data-field=to]').fill('2020-01-01').then(() => list.list.locator('[data-field=to]').blur()));
    assert.match(await list.part('screen').innerText(), /Nothing fits these filters/);
    await list.expectChange(() => list.part('screen').locator('button').click());
    await list.list.locator('[data-field=from]').fill(today);
    await list.list.locator('[data-field=from]').blur();
    await page.waitForFunction((all) => Number(/(\d+)\D*$/.exec(document.querySelector('job-history')!.shadowRoot!.querySelector('.range')!.textContent!)?.[1]) < all, JOBS);
  });

  test('finds words, and sorts', async () => {
    await list.open(service.url);
    const [title = ''] = await list.titles();
    const word = title.split(/\s+/).toSorted((a, b) => b.length - a.length)[0] ?? '';
    await list.expectChange(() => list.part('search').fill(word));
    for (const text of await list.rows.allInnerTexts()) assert.match(text, new RegExp(word, 'i'));
    await list.expectChange(() => list.part('search').fill(''));
    await list.expectChange(() => list.list.locator('.head .title button').click());
    const titles = await list.titles();
    assert.deepEqual(titles, titles.toSorted((a, b) => a.localeCompare(b)));
  });

  test('cancels many after a question, and sends them round again', async () => {
    const ids = [await create({ title: 'Bulk 1' }), await create({ title: 'Bulk 2' }), await create({ title: 'Bulk 3' })];
    await list.open(service.url, '&q=Bulk');
    await list.part('select-page').click();
    await list.part('cancel-some').click();
    assert.match(await list.part('question').innerText(), /Cancel 3 jobs\?/);
    await list.part('question').locator('[part~=cancel-yes]').click();
    await page.waitForFunction(() => [...document.querySelector('job-history')!.shadowRoot!.querySelectorAll('.body .status')].every((status) => status.textContent!.includes('Cancelled')));
    await list.part('retry-some').click();
    await page.waitForFunction(() => [...document.querySelector('job-history')!.shadowRoot!.querySelectorAll('.body .status')].every((status) => !status.textContent!.includes('Cancelled')));
    for (const id of ids) await remove(id);
  });

  test('downloads one, and several with a link for each', async () => {
    await list.open(service.url, '&status=success');
    const [download] = await Promise.all([page.waitForEvent('download'), list.rows.first().locator('[part~=download]').click()]);
    assert.match(download.suggestedFilename(), /\.mp4$/);
    await list.rows.nth(0).locator('input').check();
    await list.rows.nth(1).locator('input').check();
    const names: string[] = [];
    page.on('download', (each) => names.push(each.suggestedFilename()));
    await list.part('download-some').click();
    await list.part('files').getByText('2 downloads were started').waitFor();
    assert.equal(await list.part('files').locator('a[download]').count(), 2);
    assert.ok(names.length >= 1);
  });

  test('opens details in place and closes them by Escape, at their row', async () => {
    await list.open(service.url, '&status=success');
    await list.rows.nth(1).locator('[part=open]').click();
    await list.list.locator('job-status [part~=badge]', { hasText: 'Done' }).waitFor();
    await list.list.locator('job-player').waitFor();
    assert.match(page.url(), /job=/);
    await page.keyboard.press('Escape');
    await list.list.locator('job-status').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    const at = await page.evaluate(() => document.querySelector('job-history')!.shadowRoot!.activeElement!.closest<HTMLElement>('[data-grid-row]')!.dataset['gridRow']);
    assert.equal(at, (await list.ids())[2]);
  });

  test('duplicates a job with what it was made of', async () => {
    const id = await create({ title: 'The original', script_content: 'One sentence of its own.', duration: 14 });
    await remove(id);
    await list.open(service.url, '&q=original');
    await list.row('The original').locator('[part~=duplicate]').click();
    const form = list.list.locator('dialog job-create-form');
    await form.locator('[name=script_content]').waitFor();
    assert.equal(await form.locator('[name=title]').inputValue(), 'The original');
    assert.equal(await form.locator('[name=script_content]').inputValue(), 'One sentence of its own.');
    assert.equal(await form.locator('[name=duration]').inputValue(), '14');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  test('puts new jobs behind a pill on a later page, and a row lives until its end', async () => {
    const newest = page.waitForResponse((response) => /page=1&/.test(response.url()));
    await list.open(service.url, '&page=2');
    await newest;
    // Off the screen it would ask for nothing.
    await list.rows.first().scrollIntoViewIfNeeded();
    const before = await list.ids();
    const id = await create({ title: 'Watched to its end' });
    await list.part('news').waitFor({ timeout: 90_000 });
    assert.deepEqual(await list.ids(), before);
    assert.equal((await list.part('news').innerText()).trim(), '1 new');
    await list.expectChange(() => list.part('news').click());
    const row = list.row('Watched to its end');
    await row.locator('.status', { hasText: /In progress|Started|Done/ }).waitFor({ timeout: 60_000 });
    await row.locator('.status', { hasText: 'Done' }).waitFor({ timeout: 150_000 });
    await row.locator('[part~=download]').waitFor();
    assert.equal((await list.ids())[0], id);
  });

  test('comes back as it was after a reload, and by the back button', async () => {
    await list.open(service.url, '#hash');
    await list.expectChange(() => list.part('status-choice').and(page.locator('[data-status=success]')).click());
    await list.expectChange(() => list.part('next').click());
    const before = await list.ids();
    assert.match(page.url(), /\?user=demo&status=success&page=2#hash$/);
    await page.reload();
    await list.rows.first().waitFor();
    assert.deepEqual(await list.ids(), before);
    await list.expectChange(() => page.goBack().then(() => undefined));
    await list.expectChange(() => page.goBack().then(() => undefined));
    assert.match(page.url(), /\?user=demo#hash$/);
    assert.equal((await list.range()).from, 1);
    await list.expectChange(() => page.goForward().then(() => undefined));
    assert.deepEqual([...new Set(await list.rows.locator('.status').allInnerTexts())].map((text) => text.trim()), ['Done']);
  });
});
