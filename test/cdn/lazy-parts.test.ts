import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startDoubleServer } from '../double/server.ts';
import type { DoubleServer } from '../double/server.ts';
import { launchChromium } from '../support/chromium.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist/cdn');
const OF_THE_FORM = /job-create-form\/|api\/schema\.ts|\/zod\/|papaparse|idb-keyval/;

describe('what the script tag loads in a browser', () => {
  let browser: Browser;
  let bundle: StaticServer;
  let backend: DoubleServer;

  before(async () => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', 'cdn'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    bundle = await serveStatic({ folders: { '/cdn/': dist }, pages: { '/': '<!doctype html><html lang="en"><title>Page</title><body></body></html>' } });
    backend = await startDoubleServer();
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await bundle?.close();
    await backend?.stop();
  });

  /** Opens a page with this body; tells the sources of every script that it has loaded so far. */
  async function open(body: string): Promise<{ page: Page; sources: () => string[] }> {
    const page = await browser.newPage();
    const scripts = new Set<string>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/cdn/') && pathname.endsWith('.js')) scripts.add(pathname.slice('/cdn/'.length));
    });
    await page.goto(`${bundle.origin}/`);
    await page.evaluate(async (markup) => {
      document.body.innerHTML = markup;
      await import('/cdn/job-elements.js' as string);
    }, body);
    // The bundler's own few lines have no source, and so no map.
    const maps = (): string[] => [...scripts].map((name) => join(dist, `${name}.map`)).filter((map) => existsSync(map));
    const sources = (): string[] => maps().flatMap((map) => (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources);
    return { page, sources };
  }

  it('a page with one <job-status> never loads zod, CSV or the form, from the first picture to the end of the job', async () => {
    const id = backend.double.add({ status: 'processing', progress: 0.25, title: 'Harvest' });
    const { page, sources } = await open(`<job-status job-id="${id}" api-url="${backend.baseUrl}" poll-interval="300ms"></job-status>`);
    await page.locator('job-status [role=progressbar]').waitFor();
    await page.locator('job-status [part~=cancel]').waitFor();
    backend.double.finish(id);
    await page.locator('job-status job-player').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    assert.ok(sources().some((source) => source.includes('job-status/job-status.ts')), 'the sources can be told');
    assert.deepEqual(sources().filter((source) => OF_THE_FORM.test(source)), []);
    await page.close();
  });

  it('the form loads zod and the voices when somebody turns to it, and the part for many when that is asked for', async () => {
    const { page, sources } = await open(`<job-create-form bulk api-url="${backend.baseUrl}" user-id="u-1"></job-create-form>`);
    const has = (part: string | RegExp): boolean => sources().some((source) => (typeof part === 'string' ? source.includes(part) : part.test(source)));
    await page.locator('job-create-form [name=title]').waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual([has('/zod/'), has('/voices.ts'), has('/bulk/job-create-bulk.ts')], [false, false, false]);
    await page.locator('job-create-form [name=title]').focus();
    await page.waitForLoadState('networkidle');
    await page.locator('job-create-form [name=duration]').fill('5000');
    await page.locator('job-create-form [name=title]').focus();
    await page.locator('job-create-form #duration-problem').waitFor();
    assert.deepEqual([has('/zod/'), has('/voices.ts'), has('/bulk/job-create-bulk.ts')], [true, true, false]);
    await page.locator('job-create-form').evaluate((form) => form.setAttribute('mode', 'bulk'));
    await page.locator('job-create-form job-create-bulk').waitFor();
    assert.equal(has('/bulk/job-create-bulk.ts'), true);
    await page.close();
  });
});
