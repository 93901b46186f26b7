import { readFile } from 'node:fs/promises';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, defaultReporter, summaryReporter } from '@web/test-runner';
import { chromiumArgs, findAnyBrowser, findBrowser } from './scripts/lib/browser.mjs';
import { fromRoot, root } from './scripts/lib/paths.mjs';
import { freePort } from './scripts/lib/ports.mjs';
import { countingReporter } from './scripts/lib/report-elements.mjs';

/** `chromium`, `firefox` or `webkit`; without it the first of the first two that is installed. */
const engine = process.env.WTR_BROWSER ?? findAnyBrowser()?.kind ?? 'chromium';

async function launcher() {
  if (engine === 'webkit') {
    const { webkitLauncher } = await import('./scripts/lib/webkit.mjs');
    return webkitLauncher();
  }
  const puppeteer = await import('puppeteer-core');
  const executablePath = findBrowser(engine === 'firefox' ? 'firefox' : 'chromium') ?? undefined;
  if (engine === 'firefox') {
    return chromeLauncher({ puppeteer, launchOptions: { browser: 'firefox', executablePath }, concurrency: 1 });
  }
  return chromeLauncher({
    launchOptions: { executablePath, args: chromiumArgs },
    createPage: async ({ context }) => {
      const page = await context.newPage();
      await page.emulateFocusedPage(true);
      return page;
    },
    // Of two pages one is not drawn for a while now and then: no frame comes, and no observer of what is on the screen is called.
    concurrency: 1,
  });
}

/** Browsers take modules only; of what tests load, this package alone is none. */
const commonJs = {
  name: 'common-js',
  async serve(/** @type {{ path: string }} */ { path }) {
    if (!/\/node_modules\/papaparse\/[\w.]+\.js$/.test(path)) return undefined;
    const { build } = await import('esbuild');
    const { outputFiles } = await build({ entryPoints: [fromRoot('node_modules/papaparse/papaparse.js')], bundle: true, format: 'esm', external: ['stream'], write: false });
    return { body: outputFiles[0]?.text ?? '', type: 'js' };
  },
};

/**
 * WebKit asks for videos by ranges and plays none that it does not get so; the runner's own server sends whole files only.
 * @param {import('@web/dev-server-core').Context} context
 * @param {() => Promise<unknown>} next
 */
async function sendRanges(context, next) {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(context.get('range')) ?? [];
  if (from === undefined || !/^\/test\/fixtures\/[\w-]+\.mp4$/.test(context.path)) return next();
  const file = await readFile(fromRoot(context.path.slice(1))).catch(() => null);
  if (file === null) return next();
  const last = Math.min(to ? Number(to) : Infinity, file.length - 1);
  context.status = 206;
  context.type = 'video/mp4';
  context.set('content-range', `bytes ${from}-${last}/${file.length}`);
  context.set('accept-ranges', 'bytes');
  context.body = file.subarray(Number(from), last + 1);
}

const coverage = process.argv.includes('--coverage');
const countsFile = process.env.TEST_COUNTS_FILE;

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  rootDir: root,
  files: process.env.WTR_FILES ?? 'test/elements/**/*.test.ts',
  nodeResolve: true,
  hostname: '127.0.0.1',
  port: await freePort(),
  browsers: [await launcher()],
  middleware: [sendRanges],
  plugins: [commonJs, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fromRoot('tsconfig.json') })],
  reporters: [
    process.stdout.isTTY ? defaultReporter() : summaryReporter({}),
    ...(countsFile ? [countingReporter(countsFile)] : []),
  ],
  staticLogging: !process.stdout.isTTY,
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  testFramework: { config: { timeout: 15_000, ui: 'bdd' } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  coverage,
  coverageConfig: { include: ['src/**'], report: true, reportDir: 'coverage', reporters: ['text-summary', 'lcov'] },
};
