import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';

const root = resolve(import.meta.dirname, '../..');
/** Pages at work at the same time. */
const STAGES = 2;
const folder = mkdtempSync(join(tmpdir(), 'job-elements-storybook-'));

const built = spawnSync(process.execPath, ['scripts/storybook.mjs', 'build', '--quiet', '--output-dir', folder], { cwd: root, encoding: 'utf8' });
const stories: { id: string; title: string; name: string }[] =
  built.status === 0
    ? Object.values<any>(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')).entries).filter(({ type }) => type === 'story')
    : [];

interface Finished {
  storyId: string;
  status: string;
  reporters: { type: string; status: string; result: any }[];
}

/** Collects, in the page, what Storybook tells its manager of each story. */
function listenToStories(): void {
  const seen: { finished: any[]; errors: string[] } = { finished: [], errors: [] };
  let channel: any;
  Object.defineProperty(globalThis, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set(value) {
      channel = value;
      value.on('storyFinished', (report: any) => seen.finished.push(report));
      for (const name of ['storyErrored', 'storyThrewException', 'playFunctionThrewException', 'unhandledErrorsWhilePlaying', 'storyMissing']) {
        value.on(name, (error: any) => seen.errors.push(`${name}: ${error?.message ?? error?.title ?? JSON.stringify(error)}`));
      }
    },
  });
  Object.assign(globalThis, { seenStories: seen });
}

function describeViolations(report: Finished): string {
  return report.reporters
    .filter(({ status }) => status === 'failed')
    .flatMap(({ result }) => result?.violations ?? [{ id: 'unknown', nodes: [] }])
    .map((rule: any) => `${rule.id}: ${rule.help}\n${rule.nodes.map((node: any) => `    ${node.html}\n    ${node.failureSummary}`).join('\n')}`)
    .join('\n');
}

/** Opens a story as Storybook does: a new page for another component, and within one the next story in the place of the last. */
async function open({ page, title: shown }: Stage, title: string, id: string, origin: string): Promise<void> {
  if (shown !== title) {
    await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story`);
    return;
  }
  await page.evaluate((storyId) => {
    const { seenStories, __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as any;
    Object.assign(seenStories, { finished: [], errors: [] });
    channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
  }, id);
}

/** Whether there is anything to see of a widget in the story, in the page. */
function showsWidget(): boolean {
  const widgets = [...document.querySelectorAll('#storybook-root :is(job-status, job-history, job-stats, job-player, job-notifications, job-create-form, job-create-bulk, job-error-boundary)')];
  return widgets.some((widget) => [widget, widget.shadowRoot].some((root) => [...(root?.querySelectorAll('*') ?? [])].some((part) => part.getClientRects().length > 0)));
}

/** A page that stories are opened in, one after the other, and what it complains of meanwhile. */
interface Stage {
  page: Page;
  complaints: string[];
  /** The component whose stories it is at; `null` where the next story needs a new page. */
  title: string | null;
}

async function openStage(browser: Browser): Promise<Stage> {
  const complaints: string[] = [];
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await page.addInitScript(listenToStories);
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // What did not load is told below, with its address.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return { page, complaints, title: null };
}

describe('stories', { concurrency: STAGES }, () => {
  let browser: Browser;
  let server: StaticServer;
  const free: Stage[] = [];

  before(async () => {
    assert.equal(built.status, 0, `${built.stdout}\n${built.stderr}`);
    server = await serveStatic({ folders: { '/': folder } });
    browser = await launchChromium();
    for (let count = 0; count < STAGES; count += 1) free.push(await openStage(browser));
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('there are some', () => assert.ok(stories.length > 0));

  for (const { id, title, name } of stories) {
    it(`${title} / ${name}`, { timeout: 60_000 }, async () => {
      const stage = free.pop()!;
      const { page, complaints } = stage;
      complaints.length = 0;
      try {
        await open(stage, title, id, server.origin);
        stage.title = null;
        const seen = await page.waitForFunction(
          (storyId) => {
            const { finished, errors } = (globalThis as any).seenStories;
            const report = finished.find((each: Finished) => each.storyId === storyId) ?? null;
            return report || errors.length > 0 ? { report, errors } : null;
          },
          id,
          { timeout: 45_000 },
        );
        const { report, errors } = (await seen.jsonValue()) as { report: Finished | null; errors: string[] };
        assert.deepEqual([...errors, ...complaints], []);
        assert.ok(report, 'the story did not finish');
        assert.ok(report.reporters.some(({ type }) => type === 'a11y'), 'axe did not look at the story');
        assert.ok(await page.evaluate(showsWidget), 'nothing is to be seen');
        assert.equal(describeViolations(report), '');
        assert.equal(report.status, 'success');
        stage.title = title;
      } finally {
        free.push(stage);
      }
    });
  }
});
