import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';

const root = resolve(import.meta.dirname, '../..');

export interface WatchedPage {
  readonly page: Page;
  /** What no page may do, whatever the network does: uncaught errors, unhandled rejections, errors in the console. */
  readonly complaints: readonly string[];
  /** The state that each widget shows, by group and job id: `poll/7c3a…`. */
  shown(): Promise<Record<string, string>>;
  /** The `job-end` events that each widget has dispatched, by group and job id. */
  ends(): Promise<Record<string, string[]>>;
  /** The status in which each widget saw its job first, by group and job id. */
  first(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Widgets that share a provider, with a token of its own: with the same one they would share. */
export interface Group {
  /** Also the token. */
  readonly name: string;
  readonly apiUrl: string;
  /** Further attributes of the provider, as HTML. */
  readonly attributes?: string;
  readonly ids: readonly string[];
}

const FINAL = ['success', 'failure', 'cancelled'];

const inline = (ids: readonly string[]): string => ids.map((id) => `<job-status job-id="${id}" variant="inline"></job-status>`).join('\n');

const provider = ({ name, apiUrl, attributes = '', ids }: Group): string =>
  `<job-provider id="${name}" token="${name}" api-url="${apiUrl}" ${attributes}>${inline(ids)}</job-provider>`;

/** A real page with a real widget for each job of each group. */
export async function openWidgets(groups: readonly Group[]): Promise<WatchedPage> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import './src/elements/job-provider/define.ts'; import './src/elements/job-status/define.ts';`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    // Chunks of what is loaded later come in the same file.
    splitting: false,
    tsconfig: resolve(root, 'tsconfig.json'),
  });
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Chaos</title>
    <link rel="icon" href="data:,"><style>body { display: flex; flex-wrap: wrap; gap: 4px; margin: 4px }</style>
    <script type="module">
      window.ends = {};
      window.first = {};
      window.complaints = [];
      addEventListener('unhandledrejection', ({ reason }) => complaints.push('unhandled rejection: ' + (reason?.stack ?? reason)));
      addEventListener('job-change', ({ target, detail }) => (window.first[target.parentElement.id + '/' + target.jobId] ??= detail.job.status));
      addEventListener('job-end', ({ target, detail }) => (window.ends[target.parentElement.id + '/' + target.jobId] ??= []).push(detail.job.status));
    </script>
    <script type="module" src="/widgets.js"></script>
    ${groups.map(provider).join('\n')}`;
  const server = createServer(({ url }, response) => {
    const isScript = url === '/widgets.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? outputFiles[0]!.contents : html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  let browser: Browser | undefined;
  const complaints: string[] = [];
  const close = async (): Promise<void> => {
    await browser?.close();
    server.closeAllConnections();
    server.close();
  };
  try {
    browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      // What the browser itself writes about requests that went wrong.
      const isNetwork = /Failed to load resource|blocked by CORS|WebSocket connection to|net::ERR/.test(message.text());
      if (message.type() === 'error' && !isNetwork) complaints.push(`console: ${message.text()}`);
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return {
      page,
      complaints,
      shown: () =>
        page.$$eval(
          'job-status',
          (all, states) =>
            Object.fromEntries(all.map((one) => [`${one.parentElement?.id}/${one.jobId}`, states.find((state) => one.matches(`:state(${state})`)) ?? 'no end'])),
          FINAL,
        ),
      async ends() {
        complaints.push(...(await page.evaluate(() => (window as unknown as { complaints: string[] }).complaints.splice(0))));
        return page.evaluate(() => (window as unknown as { ends: Record<string, string[]> }).ends);
      },
      first: () => page.evaluate(() => (window as unknown as { first: Record<string, string> }).first),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
