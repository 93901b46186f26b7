import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { launch } from 'puppeteer-core';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import { startDoubleServer } from '../double/server.ts';
import { serveStatic } from '../support/static-server.ts';

const root = resolve(import.meta.dirname, '../..');
const firefox = findBrowser('firefox');

describe('the script tag in Firefox, which asks once for a module', { skip: firefox ? false : 'Firefox is not installed' }, () => {
  it('is well again after its second stage was refused', async () => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', 'cdn'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    const backend = await startDoubleServer();
    const id = backend.double.add({ status: 'processing', progress: 0.25, title: 'Harvest' });
    let refused = 0;
    const site = await serveStatic({
      folders: { '/cdn/': join(root, 'dist/cdn') },
      pages: { '/': `<!doctype html><script type="module" src="/cdn/job-elements.js"></script><job-status job-id="${id}" api-url="${backend.baseUrl}"></job-status>` },
      refuses: (path) => /\/later-/.test(path) && ++refused <= 2,
    });
    const browser = await launch({ browser: 'firefox', executablePath: firefox as string });
    try {
      const page = await browser.newPage();
      await page.goto(`${site.origin}/`);
      await page.waitForFunction(() => document.querySelector('job-status')?.shadowRoot?.querySelector('[part~=cancel]'), { timeout: 30_000 });
      assert.equal(refused, 3, 'both who asked for it have the same one');
    } finally {
      await browser.close();
      await site.close();
      await backend.stop();
    }
  });
});
