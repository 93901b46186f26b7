import assert from 'node:assert/strict';
import { historySuite, JOBS } from './history-suite.ts';

historySuite('300 jobs in the list of the demo page', { media: true }, (test) => {
  test('goes through all pages: each job once, and no page after the last', async ({ service, page, list }) => {
    await list.open(service.url, '&size=50');
    const seen = new Set<string>();
    for (;;) {
      const ids = await list.ids();
      for (const id of ids) seen.add(id);
      const next = list.part('next');
      if ((await next.getAttribute('aria-disabled')) === 'true') break;
      await list.expectChange(() => next.click());
    }
    assert.equal(seen.size, JOBS);
    assert.equal((await list.range()).total, JOBS);
    assert.match(page.url(), /page=6/);
  });

  test('filters by each status as the counts say, and by days', async ({ service, page, list }) => {
    await list.open(service.url);
    const words = { pending: /Waiting|Retrying/, processing: /In progress|Started/, success: /Done/, failure: /Failed/, cancelled: /Cancelled/ };
    let sum = 0;
    for (const [status, word] of Object.entries(words)) {
      const count = await list.count(status);
      assert.ok(count > 10, status);
      sum += count;
      await list.choose(status);
      assert.equal((await list.range()).total, count, status);
      for (const text of await list.rows.locator('.status').allInnerTexts()) assert.match(text, word);
      await list.choose(status);
    }
    assert.equal(sum, await list.count(''));
    await list.choose('failure');
    await list.part('unfold').click();
    await list.expectChange(() => list.fill('to', '2020-01-01'));
    assert.match(await list.part('screen').innerText(), /Nothing fits these filters/);
    await list.expectChange(() => list.part('screen').locator('button').click());
    const today = await page.evaluate(() => new Date().toLocaleDateString('sv'));
    await list.fill('from', today);
    await page.waitForFunction((all) => Number(/(\d+)\D*$/.exec(document.querySelector('job-history')!.shadowRoot!.querySelector('.range')!.textContent!)?.[1]) < all, JOBS);
    for (const time of await list.rows.locator('time').evaluateAll((times) => times.map((each) => new Date((each as HTMLTimeElement).dateTime).toLocaleDateString('sv')))) {
      assert.equal(time, today);
    }
  });

  test('finds words', async ({ service, list }) => {
    await list.open(service.url);
    const [title = ''] = await list.titles();
    const word = title.split(/\s+/).toSorted((a, b) => b.length - a.length)[0] ?? '';
    await list.expectChange(() => list.part('search').fill(word));
    for (const text of await list.rows.allInnerTexts()) assert.match(text, new RegExp(word, 'i'));
    await list.expectChange(() => list.part('search').fill(''));
    assert.equal((await list.range()).total, JOBS);
  });

  test('sorts by each column, either way round', async ({ service, list }) => {
    await list.open(service.url, '&size=100');
    const values: Record<string, (job: Record<string, unknown>) => string | number> = {
      title: ({ title }) => String(title).toLowerCase(),
      status: ({ status }) => ['pending', 'started', 'processing', 'success', 'failure', 'cancelled'].indexOf(String(status)),
      progress: ({ progress }) => Number(progress),
      created: ({ created_at }) => Date.parse(String(created_at)),
    };
    for (const [column, valueOf] of Object.entries(values)) {
      for (let turn = 0; turn < 2; turn++) {
        const header = list.list.locator(`.head .${column}`);
        const { jobs } = await list.answerTo(() => header.locator('button').click());
        const found = jobs.map(valueOf);
        if ((await header.getAttribute('aria-sort')) === 'descending') found.reverse();
        for (const [index, value] of found.entries()) assert.ok(index === 0 || found[index - 1]! <= value, `${column}: ${found[index - 1]}, ${value}`);
      }
    }
  });

  test('cancels many after a question, and sends them round again', async ({ service, page, list, create, cancel }) => {
    const ids = [await create({ title: 'Bulk 1' }), await create({ title: 'Bulk 2' }), await create({ title: 'Bulk 3' })];
    await list.open(service.url, '&q=Bulk');
    await list.part('select-page').click();
    await list.part('cancel-some').click();
    assert.match(await list.part('question').innerText(), /Cancel 3 jobs\?/);
    await list.part('question').locator('[part~=cancel-yes]').click();
    await page.waitForFunction(() => [...document.querySelector('job-history')!.shadowRoot!.querySelectorAll('.body .status')].every((status) => status.textContent!.includes('Cancelled')));
    await list.part('retry-some').click();
    await page.waitForFunction(() => [...document.querySelector('job-history')!.shadowRoot!.querySelectorAll('.body .status')].every((status) => !status.textContent!.includes('Cancelled')));
    for (const id of ids) await cancel(id);
  });

  test('downloads one, and several with a link for each', async ({ service, page, list }) => {
    await list.open(service.url, '&status=success');
    const [download] = await Promise.all([page.waitForEvent('download'), list.rows.first().locator('[part~=download]').click()]);
    assert.match(download.suggestedFilename(), /\.mp4$/);
    const names: string[] = [];
    page.on('download', (each) => names.push(each.suggestedFilename()));
    for (const index of [0, 1, 2]) await list.rows.nth(index).locator('input').check();
    const third = page.waitForEvent('download', () => names.length >= 3);
    await list.part('download-some').click();
    await list.part('files').getByText('3 downloads were started').waitFor();
    await third;
    assert.equal(await list.part('files').locator('a[download]').count(), 3);
    for (const name of names) assert.match(name, /\.mp4$/);
  });

  test('shows the picture of each video on the screen', async ({ service, page, list }) => {
    await list.open(service.url, '&status=success');
    await list.rows.first().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => {
      const images = [...document.querySelector('job-history')!.shadowRoot!.querySelectorAll<HTMLImageElement>('.body img')].slice(0, 5);
      return images.length === 5 && images.every(({ naturalWidth, hidden }) => naturalWidth > 0 && !hidden);
    });
  });

  test('opens details in place and closes them by Escape, at their row', async ({ service, page, list }) => {
    await list.open(service.url, '&status=success');
    await list.rows.nth(1).locator('[part=open]').click();
    await list.list.locator('job-status [part~=badge]', { hasText: 'Done' }).waitFor();
    await list.list.locator('job-player').waitFor();
    assert.match(page.url(), /job=/);
    await page.keyboard.press('Escape');
    await list.list.locator('job-status').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    const at = await page.evaluate(() => document.querySelector('job-history')!.shadowRoot!.activeElement!.closest<HTMLElement>('[data-grid-row]')!.dataset['gridRow']);
    assert.equal(at, (await list.ids())[2]);
  });

  test('duplicates a job with what it was made of, and the new one stands on top', async ({ service, page, list, create, cancel }) => {
    await cancel(await create({ title: 'The original', script_content: 'One sentence of its own.', duration: 14 }));
    await list.open(service.url, '&q=original');
    await list.row('The original').locator('[part~=duplicate]').click();
    const form = list.list.locator('dialog job-create-form');
    await form.locator('[name=script_content]').waitFor();
    assert.equal(await form.locator('[name=title]').inputValue(), 'The original');
    assert.equal(await form.locator('[name=script_content]').inputValue(), 'One sentence of its own.');
    assert.equal(await form.locator('[name=duration]').inputValue(), '14');
    await form.locator('[name=title]').fill('The original, once more');
    await form.locator('button[type=submit]').click();
    await form.locator('job-status').waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    // The focus is back at the row, so that this stays where it is.
    assert.deepEqual(await list.titles(), ['The original']);
    await list.expectChange(() => list.part('news').click());
    assert.deepEqual(await list.titles(), ['The original, once more', 'The original']);
    await cancel((await list.ids())[0] ?? '');
  });

  test('puts new jobs behind a pill on a later page, and a row lives until its end', async ({ service, page, list, create }) => {
    const newest = page.waitForResponse((response) => /page=1&/.test(response.url()));
    await list.open(service.url, '&page=2');
    await newest;
    // Off the screen it would ask for nothing.
    await list.rows.first().scrollIntoViewIfNeeded();
    const before = await list.ids();
    const id = await create({ title: 'Watched to its end' });
    await list.part('news').waitFor({ timeout: 90_000 });
    assert.deepEqual(await list.ids(), before);
    assert.equal((await list.part('news').innerText()).trim(), '1 new');
    await list.expectChange(() => list.part('news').click());
    const row = list.row('Watched to its end');
    await row.locator('.status', { hasText: /In progress|Started|Done/ }).waitFor({ timeout: 60_000 });
    await row.locator('.status', { hasText: 'Done' }).waitFor({ timeout: 150_000 });
    await row.locator('[part~=download]').waitFor();
    assert.equal((await list.ids())[0], id);
  });

  test('comes back as it was after a reload, and by the back button', async ({ service, page, list }) => {
    await list.open(service.url, '#hash');
    await list.expectChange(() => list.choose('success'));
    await list.expectChange(() => list.part('next').click());
    const before = await list.ids();
    assert.match(page.url(), /\?user=demo&status=success&page=2#hash$/);
    await page.reload();
    await list.rows.first().waitFor();
    assert.deepEqual(await list.ids(), before);
    await list.expectChange(() => page.goBack().then(() => undefined));
    await list.expectChange(() => page.goBack().then(() => undefined));
    assert.match(page.url(), /\?user=demo#hash$/);
    assert.equal((await list.range()).from, 1);
    await list.expectChange(() => page.goForward().then(() => undefined));
    assert.deepEqual([...new Set(await list.rows.locator('.status').allInnerTexts())].map((text) => text.trim()), ['Done']);
  });

  test('opens the details again after a reload', async ({ service, page, list }) => {
    await list.open(service.url, '&page=2');
    const id = (await list.ids())[3];
    await list.rows.nth(3).locator('[part=open]').click();
    await list.list.locator('job-status').waitFor();
    await page.reload();
    await list.list.locator('job-status').waitFor();
    assert.equal(await list.list.locator('job-status').getAttribute('job-id'), id);
  });
});
