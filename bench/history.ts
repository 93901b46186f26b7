/** `npm run bench:history`: frames of a scripted scroll over 500 rows of `<job-history>`, while some of them are live. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { startDoubleServer } from '../test/double/server.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { serveStatic } from '../test/support/static-server.ts';
import { median } from './lib/site.ts';
import { table } from './lib/table.ts';

const ROWS = 500;
/** Length of one scroll from the top to the end, in frames of 60 in a second. */
const FRAMES = 360;
const ROUNDS = 5;
/** A frame that takes longer than this was late: the next one was missed. In ms. */
const LATE = 25;

interface Scroll {
  /** Ms between two frames. */
  frames: number[];
  /** Ms of the main thread for each frame: scripts, styles, layout and painting. */
  work: number;
}

/** Scrolls evenly, one step for each frame that the browser draws, and takes the time between them. */
async function scroll(page: Page): Promise<Scroll> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await busy();
  const frames = await page.evaluate(async (count) => {
    const end = document.documentElement.scrollHeight - innerHeight;
    const times: number[] = [];
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let frame = 1; frame <= count; frame++) {
      scrollTo(0, (end * frame) / count);
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now - last);
      last = now;
    }
    return times;
  }, FRAMES);
  return { frames, work: ((await busy()) - before) / FRAMES };
}

const share = (values: readonly number[], part: number): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

const folder = mkdtempSync(join(tmpdir(), 'job-history-bench-'));
const backend = await startDoubleServer({ many: 'batch' });
const { double } = backend;
for (let n = ROWS; n >= 1; n--) {
  const created_at = new Date(Date.now() - n * 600_000).toISOString();
  const runs = n % 10 === 0;
  double.add({
    title: `Video ${n}: what glaciers remember`,
    created_at,
    started_at: created_at,
    ...(runs ? { status: 'processing', progress: 0.3, progress_message: 'Scene 3 of 8' } : { status: n % 7 === 0 ? 'failure' : 'success', duration: 60 + n }),
    ...(n % 7 === 0 && !runs && { error: 'The voice is not known. Choose another one and try again.' }),
  });
}
await build({
  stdin: {
    contents: "import './src/elements/job-provider/define.ts'; import './src/elements/job-history/define.ts';",
    resolveDir: join(import.meta.dirname, '..'),
    loader: 'ts',
  },
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  outdir: folder,
  entryNames: 'history',
});
const page = `<!doctype html><html lang="en"><title>History</title><body>
<job-provider api-url="${backend.baseUrl}" user-id="user-1"><job-history page-size="${ROWS}"></job-history></job-provider>
<script type="module" src="/history.js"></script></body></html>`;
const site = await serveStatic({ pages: { '/': page }, folders: { '/': folder } });
const browser = await launchChromium();
let step = 0;
const moving = setInterval(() => {
  step++;
  for (let n = 1; n <= ROWS / 10; n++) double.progress(`00000000-0000-4000-8000-${String(ROWS - n * 10 + 1).padStart(12, '0')}`, 0.3 + (step % 60) / 100, `Step ${step}`);
}, 1000);
try {
  const rows: string[][] = [];
  for (const [name, viewport] of [
    ['table, 1280 px', { width: 1280, height: 900 }],
    ['cards, 360 px', { width: 360, height: 800 }],
  ] as const) {
    const context = await browser.newContext({ viewport });
    const tab = await context.newPage();
    await tab.goto(site.origin);
    await tab.waitForFunction((count) => document.querySelector('job-history')?.shadowRoot?.querySelectorAll('.body .row').length === count, ROWS);
    const rounds: Scroll[] = [];
    // The first round only warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      await tab.evaluate(() => scrollTo(0, 0));
      await tab.waitForTimeout(500);
      const result = await scroll(tab);
      if (round > 0) rounds.push(result);
    }
    const all = rounds.flatMap(({ frames }) => frames);
    const late = all.filter((ms) => ms > LATE).length;
    rows.push([
      name,
      `${(1000 / (all.reduce((sum, ms) => sum + ms, 0) / all.length)).toFixed(1)}`,
      `${share(all, 0.5).toFixed(1)} ms`,
      `${share(all, 0.99).toFixed(1)} ms`,
      `${((late / all.length) * 100).toFixed(1)} %`,
      `${median(rounds.map(({ work }) => work)).toFixed(1)} ms`,
    ]);
    await context.close();
  }
  console.log(`${ROWS} rows, of them ${ROWS / 10} running and changing every second; ${FRAMES} steps from top to end, ${ROUNDS} rounds.\n`);
  console.log(table(['layout', 'frames a second', 'median frame', '99 of 100 below', `above ${LATE} ms`, 'main thread a frame'], rows));
} finally {
  clearInterval(moving);
  await browser.close();
  await site.close();
  await backend.stop();
  rmSync(folder, { recursive: true, force: true });
}
