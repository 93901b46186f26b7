import type { Locator, Page } from 'playwright-core';

/** The list of all jobs on the demo page, as a person sees it. */
export class HistoryPage {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.locator('job-history');
    this.rows = this.list.locator('.body [data-grid-row]');
  }

  async open(url: string, query = ''): Promise<void> {
    await this.page.goto(`${url}/?user=demo${query}`);
    await this.rows.first().waitFor();
  }

  part(name: string): Locator {
    return this.list.locator(`[part~="${name}"]`);
  }

  row(title: string | RegExp): Locator {
    return this.rows.filter({ has: this.page.locator('[part=open]', { hasText: title }) });
  }

  titles(): Promise<string[]> {
    return this.rows.locator('[part=open]').allInnerTexts();
  }

  ids(): Promise<string[]> {
    return this.rows.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['gridRow'] ?? ''));
  }

  /** Of the line above the list, `1–10 of 300`. */
  async range(): Promise<{ from: number; to: number; total: number }> {
    const text = await this.list.locator('.range').innerText();
    const [from = 0, to = 0, total = to] = (text.match(/\d+/g) ?? []).map(Number);
    return { from, to, total };
  }

  /** The number on a button of the status filter. */
  async count(status: string): Promise<number> {
    const text = await this.list.locator(`[part=status-choice][data-status="${status}"]`).innerText();
    return Number(/(\d+)\s*$/.exec(text)?.[1]);
  }

  /** Does something that leads to other rows, and waits until they are here. */
  async expectChange(act: () => Promise<void>): Promise<void> {
    const before = (await this.ids()).join();
    await act();
    await this.page.waitForFunction(
      (ids) => {
        const root = document.querySelector('job-history')?.shadowRoot;
        const now = [...(root?.querySelectorAll<HTMLElement>('.body [data-grid-row]') ?? [])].map((row) => row.dataset['gridRow']);
        return now.join() !== ids && !root?.querySelector('.grid.busy');
      },
      before,
      { timeout: 15_000 },
    );
  }
}
