import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { build } from 'esbuild';
import Papa from 'papaparse';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { JobListResponse } from '../../src/api/wire.ts';
import type { DoubleServer } from '../double/server.ts';
import { startDoubleServer } from '../double/server.ts';
import { launchChromium, withPicture } from '../support/chromium.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { watchTasks } from './longest-task.ts';

const ROWS = 5_000;
/** No task of the page may run longer, ms: half of what people begin to feel, so that slower machines stay below that. */
const LIMIT = 50;
// Its sentences need longer than a second, so a job of it ends at once: what is tested is creating.
const SCRIPT = 'A bee that has found flowers flies home, "dances", and tells the others.\nThe direction of the dance tells the way, its length how far. '.repeat(3);

/** Every 33rd row or so is bad, each in its own way: 3 % of them. */
const isBad = (index: number): boolean => index % 100 === 7 || index % 100 === 40 || index % 100 === 93;

function list(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const title = `Row ${index}; why bees dance`;
    if (!isBad(index)) return [title, SCRIPT, 'youtube', 1];
    return index % 3 === 0 ? ['', SCRIPT, 'youtube', 1] : index % 3 === 1 ? [title, '', 'youtube', 1] : [title, SCRIPT, 'youtube', '1,5'];
  });
  return Papa.unparse({ fields: ['Titel', 'Skript', 'Plattform', 'Dauer'], data: rows }, { delimiter: ';' });
}

describe('a list of videos', () => {
  let outdir: string;
  let site: StaticServer;
  let service: TestService;
  let browser: Browser;
  let context: BrowserContext;

  before(async () => {
    outdir = await mkdtemp(join(tmpdir(), 'job-bulk-'));
    const entryPoints = [new URL('bulk-page.ts', import.meta.url).pathname];
    await build({ entryPoints, outdir, bundle: true, splitting: true, minify: true, format: 'esm', target: 'es2022', logLevel: 'error' });
    site = await serveStatic({
      pages: { '/': '<!doctype html><html lang="en"><title>Many videos</title><script type="module" src="/js/bulk-page.js"></script></html>' },
      folders: { '/js/': outdir },
      headers: { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src http://127.0.0.1:*" },
    });
    service = await startTestService({ JOB_SERVICE_RETRIES: '0', JOB_SERVICE_CONCURRENCY: '1' });
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await service?.stop();
    await site?.close();
    await rm(outdir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  });
  afterEach(() => context.close());

  async function open(user: string, { api = service.url, rate = 100_000, form = false } = {}): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => assert.fail(error));
    await page.goto(`${site.origin}/?${new URLSearchParams({ api, user, rate: String(rate), ...(form && { form: '' }) })}`);
    await page.locator(form ? 'job-create-form' : 'job-create-bulk').waitFor();
    return page;
  }

  async function choose(page: Page, count: number): Promise<void> {
    // A file on disk: what a test gives as bytes is unpacked in the page, which takes the page's time.
    const path = join(outdir, 'videos.csv');
    await writeFile(path, list(count));
    await page.locator('input[type=file]').setInputFiles(path);
    await page.locator('[part=send][aria-disabled=false]').waitFor({ timeout: 60_000 });
  }

  const sendAll = (page: Page) => page.locator('[part=send]').click();
  const goOn = (page: Page) => page.locator('[data-action=resume]').click({ timeout: 60_000 });
  const ended = (page: Page) => page.locator('[data-action=again]').waitFor({ timeout: 240_000 });
  const tile = async (page: Page, state: string): Promise<number> => {
    const found = page.locator(`.tile[data-state=${state}] dd`);
    return (await found.count()) === 0 ? 0 : Number((await found.innerText()).replace(/\D/g, ''));
  };
  const until = (page: Page, state: string, count: number) =>
    page.waitForFunction(
      ([name, least]) => {
        const root = document.querySelector('job-create-form')?.shadowRoot ?? document;
        const found = root.querySelector('job-create-bulk')?.shadowRoot?.querySelector(`.tile[data-state=${name}] dd`);
        return Number(found?.textContent?.replace(/\D/g, '')) >= Number(least);
      },
      [state, count] as const,
      { timeout: 120_000 },
    );

  /** The titles of all jobs that the service has for this user. */
  async function titles(user: string): Promise<string[]> {
    const found: string[] = [];
    for (let page = 1; ; page++) {
      const query = new URLSearchParams({ user_id: user, page: String(page), page_size: '100', sort: 'title', order: 'asc' });
      const { jobs } = (await (await fetch(`${service.url}/api/v1/jobs/?${query}`)).json()) as JobListResponse;
      found.push(...jobs.map(({ title }) => title ?? ''));
      if (jobs.length < 100) return found;
    }
  }

  async function report(page: Page): Promise<Record<string, string>[]> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=report]').click()]);
    assert.equal(file.suggestedFilename(), 'videos-report.csv');
    return Papa.parse<Record<string, string>>((await readFile(await file.path(), 'utf8')).replace('\ufeff', ''), { header: true, skipEmptyLines: true }).data;
  }

  /** The longest task of the page since it was last asked, ms; 0 when none was long. */
  const longest = (page: Page): Promise<number> => page.evaluate(() => Math.round(Math.max(0, ...globalThis.longTasks.splice(0))));

  it(`of ${ROWS} rows, 3 % of them bad, with a reload in the middle: each good row once, each bad one reported, the page responsive`, async (t) => {
    const page = await open('many');
    await withPicture(page, 'bulk', async () => {
      await page.waitForTimeout(1_000);
      const idle = await longest(page);
      const busiest = await watchTasks(browser, page);
      await choose(page, ROWS);
      const parsing = await longest(page);
      const good = Array.from({ length: ROWS }, (_, index) => index).filter((index) => !isBad(index));
      assert.match(await page.locator('.counts').innerText(), /4,850 good rows\s+150 bad rows/);

      await sendAll(page);
      await until(page, 'created', 1_000);
      const sending = await longest(page);
      await page.reload();
      const resume = page.locator('[data-action=resume]');
      await resume.waitFor({ timeout: 60_000 });
      assert.ok((await tile(page, 'created')) >= 900 && (await tile(page, 'created')) < 4_850, 'it was left in the middle');
      await page.waitForTimeout(500);
      const taking = await longest(page);
      await goOn(page);
      await ended(page);
      const rest = await longest(page);
      const task = await busiest();
      t.diagnostic(`longest task, ms: idle ${idle}, reading and checking ${parsing}, sending ${sending}, taking up ${taking}, the rest ${rest}; of the page's own time ${task.toFixed(0)}`);

      assert.deepEqual([await tile(page, 'created'), await tile(page, 'left'), await tile(page, 'unknown'), await tile(page, 'failed')], [4_850, 150, 0, 0]);
      const there = await titles('many');
      assert.equal(there.length, 4_850, 'no row was created twice');
      assert.deepEqual(new Set(there), new Set(good.map((index) => `Row ${index}; why bees dance`)));

      const rows = await report(page);
      assert.equal(rows.length, ROWS);
      assert.deepEqual(
        rows.filter(({ status }) => status === 'left out').map(({ row }) => Number(row)),
        Array.from({ length: ROWS }, (_, index) => index).filter(isBad).map((index) => index + 2),
      );
      assert.equal(new Set(rows.map(({ job_id }) => job_id).filter(Boolean)).size, 4_850);
      assert.ok(rows.every(({ status, reason }) => status === 'created' || /missing|whole number/.test(reason ?? '')));

      assert.deepEqual(await page.evaluate(() => globalThis.refusals), [], 'it works under a strict policy');
      assert.ok(task <= LIMIT, `a task took ${task} ms`);
    });
  });

  it('in two tabs: one sends it; the other waits, and takes over when the first is gone', async () => {
    const first = await open('tabs', { rate: 50 });
    await choose(first, 300);
    await sendAll(first);
    await until(first, 'created', 1);
    const second = await open('tabs', { rate: 100_000 });
    let sent = 0;
    second.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
    await second.locator('[part=note]').waitFor();
    assert.match(await second.locator('[part=note]').innerText(), /Another tab has a list[^]*\d+ of 291 rows/);
    await choose(second, 20);
    await sendAll(second);
    await second.waitForTimeout(1_000);
    assert.equal(sent, 0);
    await first.close();
    await goOn(second);
    await ended(second);
    assert.equal(await tile(second, 'created'), 291);
    const there = await titles('tabs');
    assert.deepEqual([there.length, new Set(there).size], [291, 291]);
  });

  it('inside the form, whose values stand for what rows do not say, and which opens a list that was left', async () => {
    const page = await open('form', { rate: 20, form: true });
    await page.locator('job-create-form input[value=bulk]').check({ force: true });
    await choose(page, 60);
    await sendAll(page);
    await until(page, 'created', 5);
    await page.reload();
    await goOn(page);
    await ended(page);
    assert.equal(await tile(page, 'created'), 58);
    const there = await titles('form');
    assert.deepEqual([there.length, new Set(there).size], [58, 58]);
  });

  it('where the service knows no keys and the page goes in the middle: nothing is sent twice, what nobody knows is said', async () => {
    const server: DoubleServer = await startDoubleServer({ extensions: false, latency: 200 });
    try {
      const page = await open('plain', { api: server.baseUrl, rate: 40 });
      await choose(page, 60);
      await sendAll(page);
      await until(page, 'created', 8);
      await page.reload();
      await goOn(page);
      await ended(page);
      const sent = server.double.requests.filter(({ method }) => method === 'POST').map(({ body }) => (JSON.parse(body) as { video_request: { title: string } }).video_request.title);
      assert.equal(new Set(sent).size, sent.length, 'each row left once');
      const [created, unknown] = [await tile(page, 'created'), await tile(page, 'unknown')];
      assert.equal(created + unknown, 58);
      assert.ok(unknown > 0 && unknown <= 4, `${unknown} were on their way`);
      assert.match(await page.locator('[part=note]').innerText(), /cannot tell whether their videos were made/);
    } finally {
      await server.stop();
    }
  });
});
