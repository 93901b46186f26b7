import { spawnSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { serveStatic } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';

const root = resolve(import.meta.dirname, '../..');

/** The script-tag bundle, built from what is here, on an origin of its own. */
export async function serveBundle(): Promise<StaticServer> {
  const built = spawnSync(process.execPath, ['scripts/build.mjs', 'cdn'], { cwd: root, encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  return serveStatic({ folders: { '/': join(root, 'dist/cdn') }, headers: { 'access-control-allow-origin': '*' } });
}

/** A stranger's page with these elements. */
export function pageWith(bundle: StaticServer, body: string): string {
  return `<!doctype html><html lang="en"><title>A page</title><script type="module" src="${bundle.origin}/job-elements.js"></script>${body}</html>`;
}

/** Asks the service for a video; its id. One with a long script and little time fails at once, and for good. */
export async function createJob(url: string, { user = 'ann', title = 'Harvest', possible = true, seconds = 10 } = {}): Promise<string> {
  const sentence = 'The harvest begins at dawn, and every hand is needed in the field. ';
  const video_request = {
    script_id: 's', user_id: user, title, script_content: sentence.repeat(possible ? Math.max(2, Math.floor(seconds / 6)) : 60), language: 'en-US', platform: 'youtube',
    duration: possible ? seconds : 1, voice_provider: 'google', resolution: '720p',
  };
  const response = await fetch(`${url}/api/v1/jobs/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ video_request }),
  });
  assert.equal(response.status, 202);
  return ((await response.json()) as { job_id: string }).job_id;
}

export async function cancelJob(url: string, id: string): Promise<void> {
  assert.equal((await fetch(`${url}/api/v1/jobs/${id}`, { method: 'DELETE' })).status, 200);
}

/** Waits until the job is in this status. */
export async function untilStatus(url: string, id: string, status: string): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    const job = (await (await fetch(`${url}/api/v1/jobs/${id}`)).json()) as { status: string };
    if (job.status === status) return;
    assert.ok(Date.now() < end, `the job is ${job.status}, not ${status}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** What axe finds against WCAG 2.2 AA on the page, or in a part of it. */
export async function axeFindings(page: Page, within = 'html'): Promise<string[]> {
  await page.addScriptTag({ path: join(root, 'node_modules/axe-core/axe.min.js') });
  return page.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as { axe: { run(context: string, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    const { violations } = await axe.run(selector, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, within);
}
