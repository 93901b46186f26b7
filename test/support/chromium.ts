import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { chromiumArgs, requireChromium } from '../../scripts/lib/browser.mjs';

/** The Chromium of this machine, without a window. The one who launches it closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: [...chromiumArgs, '--autoplay-policy=no-user-gesture-required'] });
}

/** Runs `steps`; when they fail, keeps a picture of the page and names it in the error. */
export async function withPicture<T>(page: Page, name: string, steps: () => Promise<T>): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    const path = join(mkdtempSync(join(tmpdir(), 'job-elements-')), `${name}.png`);
    const taken = await page.screenshot({ path, fullPage: true }).then(
      () => true,
      () => false,
    );
    throw taken ? new Error(`${error instanceof Error ? error.message : error}\nThe page at that moment: ${path}`, { cause: error }) : error;
  }
}
