import type { Locator, Page } from 'playwright-core';

export interface Request {
  title: string;
  script: string;
  /** Seconds. */
  duration: number;
}

/** The demo page as a person sees it. */
export class DemoPage {
  readonly page: Page;
  /** The job that the form has handed over to. */
  readonly job: Locator;

  constructor(page: Page) {
    this.page = page;
    this.job = page.locator('job-create-form job-status');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/`);
    await this.page.locator('job-create-form [name=title]').waitFor();
    // So short a job would be over before five looks at the usual pace.
    await this.page.locator('job-provider').evaluate((provider: HTMLElement) => provider.setAttribute('poll-interval', '300ms'));
  }

  async create({ title, script, duration }: Request): Promise<void> {
    const form = this.page.locator('job-create-form');
    await form.locator('[name=title]').fill(title);
    await form.locator('[name=script_content]').fill(script);
    await form.locator('[name=duration]').fill(String(duration));
    await form.locator('[part~=submit]').click();
    await this.job.waitFor();
  }

  /** Presses a button of the job by its part. */
  async press(part: string): Promise<void> {
    await this.job.locator(`[part~=${part}]`).click();
  }

  /** Waits for one end of the job; another end is told with its reason, at once. */
  async waitForEnd(status: 'Done' | 'Failed' | 'Cancelled', timeout: number): Promise<void> {
    const badge = this.job.locator('[part~=badge]').getByText(/^(Done|Failed|Cancelled)$/);
    await badge.waitFor({ timeout });
    const end = await badge.innerText();
    if (end !== status) throw new Error(`The job ended as "${end}":\n${await this.job.innerText()}`);
  }

  /** Every percentage that the progress bar shows until `done` comes true, each once, in order. */
  async progressUntil(done: Promise<unknown>): Promise<number[]> {
    const seen: number[] = [];
    let over = false;
    const settled = done.then(
      () => (over = true),
      () => (over = true),
    );
    while (!over) {
      const text = await this.job
        .locator('[role=progressbar]')
        .getAttribute('aria-valuenow', { timeout: 500 })
        .catch(() => null);
      const value = text === null ? null : Number(text);
      if (value !== null && value !== seen.at(-1)) seen.push(value);
      await Promise.race([settled, this.page.waitForTimeout(50)]);
    }
    return seen;
  }
}
