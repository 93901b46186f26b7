import assert from 'node:assert/strict';
import fs from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { build } from 'esbuild';
import { html, unsafeStatic } from 'lit/static-html.js';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';
import { scenarios } from './scenarios.ts';

const root = resolve(import.meta.dirname, '../..');

async function renderOnServer(markup: string): Promise<string> {
  return collectResult(render(html`${unsafeStatic(markup)}`));
}

describe('without a DOM', () => {
  it('every element can be imported and registered', async () => {
    assert.equal(typeof document, 'undefined');
    await import('../../src/index.ts');
    await import('../../src/define.ts');
    const folders = fs.globSync('src/elements/*/define.ts', { cwd: root }).map((file) => file.split('/').at(-2)!);
    assert.deepEqual(folders.filter((name) => customElements.get(name) === undefined), []);
    const shown = Object.values(scenarios).join();
    assert.deepEqual(folders.filter((name) => !shown.includes(`<${name}`)), [], 'elements without a scenario here');
  });

  it('rendering leaves no timer or request behind', async () => {
    const busy = (): string[] => process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|GetAddrInfo/.test(name));
    const before = busy();
    for (const markup of Object.values(scenarios)) await renderOnServer(markup);
    assert.deepEqual(busy(), before);
  });
});

describe('server rendering', () => {
  let browser: Browser;
  let server: StaticServer;
  const problems: string[] = [];

  /** A page that can run `./page.ts`, with or without what hydrates. */
  async function open({ hydrating }: { hydrating: boolean }): Promise<Page> {
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${server.origin}/`);
    await page.evaluate(async (hydrates) => {
      if (hydrates) await import('/hydrate.js' as string);
      Object.assign(globalThis, await import('/page.js' as string));
    }, hydrating);
    return page;
  }

  before(async () => {
    await import('../../src/define.ts');
    const { loadLocale } = await import('../../src/i18n/index.ts');
    await loadLocale('ne');
    const output = resolve(root, '.cache', `ssr-${process.pid}`);
    await build({
      entryPoints: {
        page: 'test/ssr/page.ts',
        define: 'src/define.ts',
        i18n: 'src/i18n/index.ts',
        hydrate: '@lit-labs/ssr-client/lit-element-hydrate-support.js',
      },
      absWorkingDir: root,
      outdir: output,
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
    });
    server = await serveStatic({ folders: { '/': `${output}/` }, pages: { '/': '<!doctype html><html lang="en"><title>SSR</title><body></body></html>' } });
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    fs.rmSync(resolve(root, '.cache', `ssr-${process.pid}`), { recursive: true, force: true });
  });

  for (const [name, markup] of Object.entries(scenarios)) {
    it(`${name}: gives the markup of the first rendering in a browser`, async () => {
      const sent = await renderOnServer(markup);
      const page = await open({ hydrating: false });
      const fromServer = await page.evaluate((text) => (globalThis as any).readServerMarkup(text), sent);
      await page.evaluate(() => (globalThis as any).defineElements('/define.js'));
      // Both sides have the words already: how they come is the concern of the localisation's own tests. An element names its own
      // when the first one is made.
      await page.evaluate(async (text) => {
        for (const [, tag] of text.matchAll(/<(job-[a-z-]+)/g)) document.createElement(tag as string);
        await (await import('/i18n.js' as string)).loadLocale('ne');
      }, markup);
      const inBrowser = await page.evaluate((text) => (globalThis as any).readFirstMarkup(text), markup);
      await page.close();
      assert.ok(fromServer.length > 0, 'the server rendered no shadow root');
      assert.deepEqual(fromServer, inBrowser);
      assert.deepEqual(problems.splice(0), []);
    });

    it(`${name}: hydrates and keeps its nodes`, async () => {
      const sent = await renderOnServer(markup);
      const page = await open({ hydrating: true });
      await page.evaluate(() => (globalThis as any).defineElements('/define.js'));
      const { lost, hosts } = await page.evaluate((text) => (globalThis as any).hydrate(text), sent);
      await page.close();
      assert.ok(hosts > 0);
      assert.deepEqual(lost, []);
      assert.deepEqual(problems.splice(0), []);
    });
  }
});
