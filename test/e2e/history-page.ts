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

  /** Of the line above the list, `1–10 of 300`, or `7 videos`. */
  async range(): Promise<{ from: number; to: number; total: number }> {
    const text = await this.list.locator('.range').innerText();
    const numbers = (text.match(/\d+/g) ?? []).map(Number);
    if (numbers.length === 1) return { from: 1, to: numbers[0]!, total: numbers[0]! };
    const [from = 0, to = 0, total = to] = numbers;
    return { from, to, total };
  }

  /** The number on a button of the status filter. */
  async count(status: string): Promise<number> {
    const text = await this.list.locator(`[part=status-choice][data-status="${status}"]`).innerText();
    return Number(/(\d+)\s*$/.exec(text)?.[1]);
  }

  /** Presses a button of the status filter, and waits until its rows are here. */
  async choose(status: string): Promise<void> {
    await this.list.locator(`[part=status-choice][data-status="${status}"]`).click();
    await this.settled();
  }

  /** Sets one of the fields that fold out. */
  async fill(field: string, value: string): Promise<void> {
    const input = this.list.locator(`[data-field=${field}]`);
    await input.fill(value);
    await input.blur();
  }

  /** The rows on show are those that are asked for. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => {
      const root = document.querySelector('job-history')?.shadowRoot;
      return root?.querySelector('.grid:not(.busy), [part=screen]') && !root.querySelector('[part=loading]');
    });
  }

  /** Does something that asks for other rows, and waits for them; returns what the service answered. */
  async answerTo(act: () => Promise<void>): Promise<{ jobs: Record<string, unknown>[]; total: number }> {
    const asked = this.page.waitForResponse((response) => new URL(response.url()).pathname === '/api/v1/jobs/' && response.ok());
    await act();
    const answer = (await (await asked).json()) as { jobs: Record<string, unknown>[]; total: number };
    await this.page.waitForFunction(
      (ids) => [...document.querySelector('job-history')!.shadowRoot!.querySelectorAll<HTMLElement>('.body [data-grid-row]')].map(({ dataset }) => dataset['gridRow']).join() === ids,
      answer.jobs.map(({ job_id }) => job_id).join(),
    );
    return answer;
  }

  /** The place in the grid that has the focus: the number of its row, the head is 0, and its column. */
  focus(): Promise<string> {
    return this.page.evaluate(() => {
      const root = document.querySelector('job-history')!.shadowRoot!;
      const active = root.activeElement as HTMLElement | null;
      const row = active?.closest('[data-grid-row]');
      if (!row) return active?.part[active.part.length - 1] ?? '';
      return `${[...root.querySelectorAll('[data-grid-row]')].indexOf(row)}/${active!.dataset['stop']}`;
    });
  }

  /** Presses keys one after the other, and tells where the focus is after each. */
  async press(...keys: string[]): Promise<string[]> {
    const places: string[] = [];
    for (const key of keys) {
      await this.page.keyboard.press(key);
      places.push(await this.focus());
    }
    return places;
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
