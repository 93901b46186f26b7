import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Route } from 'playwright-core';
import { seedTestService } from '../support/seed.ts';
import { historySuite, JOBS } from './history-suite.ts';

const LIST = /\/api\/v1\/jobs\/\?/;
const MANY = 10_000;

/** Leaves of an answer what the core of the API has, and makes its `total` what somebody else would. */
const onlyCore = (total: number | undefined) => async (route: Route): Promise<void> => {
  const asked = new URL(route.request().url());
  for (const name of ['status', 'q', 'created_after', 'created_before', 'sort', 'order']) asked.searchParams.delete(name);
  const answer = await route.fetch({ url: asked.href });
  const { jobs, page, page_size } = (await answer.json()) as { jobs: Record<string, unknown>[]; page: number; page_size: number };
  for (const job of jobs) delete job['links'];
  await route.fulfill({ response: answer, json: { jobs, page, page_size, total } });
};

historySuite(
  'the list of the demo page by keyboard, in any width, on any backend',
  { prepare: (service) => seedTestService(service, { userId: 'big', jobs: MANY, media: false }) },
  (test) => {
    test('can be used by the keyboard alone', async ({ service, page, list }) => {
      await list.open(service.url);
      await list.list.locator('[part=status-choice]').last().focus();
      assert.deepEqual(await list.press('Tab', 'ArrowDown', 'ArrowRight', 'Home', 'End', 'Control+End', 'Control+Home', 'ArrowDown', 'PageDown'), [
        '1/title', '2/title', '2/status', '2/select', '2/duplicate', '10/duplicate', '0/select', '1/select', '10/select',
      ]);
      await list.press('PageUp', 'Space', 'ArrowDown', 'ArrowDown');
      assert.equal(await list.list.locator('.selection .count').innerText(), '1 selected');
      await list.press('Shift+Space', 'ArrowRight', 'Enter');
      assert.equal(await list.list.locator('.selection .count').innerText(), '3 selected');
      // The buttons come in a part of their own, after the badge.
      await list.list.locator('job-status button').first().waitFor();
      assert.equal(await list.focus(), '3/title');
      await list.press('Tab');
      assert.equal(await page.evaluate(() => document.querySelector('job-history')!.shadowRoot!.activeElement!.localName), 'job-status', 'into the details');
      await list.press('Escape');
      await list.list.locator('job-status').waitFor({ state: 'detached' });
      assert.equal(await list.focus(), '3/title');
      await list.press('Control+a');
      assert.equal(await list.list.locator('.selection .count').innerText(), '10 selected');
      for (let turn = 0; turn < 5 && (await list.focus()) !== 'clear-selection'; turn++) await list.press('Tab');
      await list.press('Enter');
      assert.equal(await list.list.locator('.row.chosen').count(), 0);
      assert.equal(await list.focus(), '3/title', 'out of the grid and in again at the same place');
      await list.press('Shift+Tab');
      assert.equal(await list.focus(), 'status-choice');
    });

    test('is a table where there is room and cards where there is none, and nothing is wider than the page', async ({ service, page, list }) => {
      await list.open(service.url);
      const heights: number[] = [];
      for (const width of [1280, 700, 320]) {
        await page.setViewportSize({ width, height: 900 });
        const row = list.rows.first();
        heights.push((await row.boundingBox())!.height);
        for (const cell of ['picture', 'title', 'status', 'created', 'actions']) assert.ok(await row.locator(`.${cell}`).isVisible(), `${cell} at ${width}`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${width}`);
      }
      assert.ok(heights[0]! < 80 && heights[1]! > 100 && heights[2]! > 100, heights.join());
    });

    test('asks for no rows but the unfinished ones on the screen', async ({ service, page, list }) => {
      const seen = (): Promise<string[]> =>
        list.rows.evaluateAll((rows) =>
          rows
            .filter((row) => row.hasAttribute('data-unfinished') && row.getBoundingClientRect().bottom > 0 && row.getBoundingClientRect().top < innerHeight)
            .map((row) => (row as HTMLElement).dataset['gridRow'] ?? ''),
        );
      const asked = async (): Promise<string[]> => {
        const request = await page.waitForRequest(/\/batch\?.*ids=/);
        return new URL(request.url()).searchParams.get('ids')!.split(',').toSorted();
      };
      const expectWatched = async (): Promise<void> => {
        const wanted = (await seen()).toSorted();
        assert.ok(wanted.length > 0 && wanted.length < 40);
        // What was under way when the page was moved was about the rows before.
        for (let turn = 0; turn < 20 && !isDeepStrictEqual(await asked(), wanted); turn++);
        assert.deepEqual(await asked(), wanted);
        assert.deepEqual(await asked(), wanted);
      };
      await list.open(service.url, '&size=100');
      // An open stream goes on with what it was opened for: each question tells better. Jobs that stand still would be asked about every 15 s.
      await page.evaluate(() => {
        const provider = document.querySelector('job-provider')!;
        provider.setAttribute('channel', 'poll');
        provider.setAttribute('poll-interval', '500ms');
      });
      await list.list.evaluate((element) => element.scrollIntoView());
      await list.settled();
      await list.rows.nth(10).evaluate((row) => row.scrollIntoView());
      await expectWatched();
      await list.rows.nth(45).evaluate((row) => row.scrollIntoView());
      await expectWatched();
    });

    test('puts new jobs on top, unless somebody reads: then nothing moves', async ({ service, list, create, cancel }) => {
      await list.open(service.url, '&size=50');
      await list.rows.nth(20).evaluate((row) => row.scrollIntoView());
      const before = await list.ids();
      const top = async (): Promise<number> => Math.round((await list.rows.nth(20).boundingBox())!.y);
      const at = await top();
      const first = await create({ title: 'New one' });
      await list.part('news').waitFor({ timeout: 60_000 });
      assert.deepEqual([await list.ids(), await top()], [before, at]);
      await list.expectChange(() => list.part('news').click());
      assert.equal((await list.ids())[0], first);
      await list.part('search').focus();
      await list.part('search').hover();
      const second = await create({ title: 'New two' });
      await list.row('New two').waitFor({ timeout: 60_000 });
      assert.deepEqual((await list.ids()).slice(0, 2), [second, first]);
      assert.equal(await list.part('news').count(), 0);
      for (const id of [first, second]) await cancel(id);
    });

    test('has a screen of its own for waiting, for an error, and for no jobs', async ({ service, page, list }) => {
      const fail = (route: Route): Promise<void> => route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Oh</h1>' });
      const pressed = (): Promise<boolean> => page.evaluate(() => 'pressed' in document.documentElement.dataset);
      let held: Route | null = null;
      await page.route(LIST, async (route) => {
        if (held === null) held = route;
        // The list goes on asking by itself, and must not be well again before the button is pressed.
        else await ((await pressed()) ? route.continue() : fail(route));
      });
      await page.goto(`${service.url}/?user=demo`);
      await list.part('loading').waitFor();
      while (held === null) await page.waitForEvent('request');
      await list.list.evaluate((element) => element.addEventListener('click', () => (document.documentElement.dataset['pressed'] = '')));
      await fail(held as Route);
      await list.part('screen').waitFor();
      assert.match(await list.part('screen').innerText(), /could not be loaded\s+The server had a problem\./);
      await list.part('again').click();
      await list.rows.first().waitFor();

      await page.unroute(LIST);
      await page.goto(`${service.url}/?user=nobody-yet`);
      await list.part('screen').waitFor();
      assert.match(await list.part('screen').innerText(), /No videos yet/);
    });

    test('keeps its rows when the connection is lost, and goes on when it is back', async ({ service, page, list }) => {
      await list.open(service.url);
      const before = await list.ids();
      await page.route(LIST, (route) => route.abort('connectionrefused'));
      await list.list.evaluate((element) => (element as HTMLElement & { refresh(): Promise<void> }).refresh());
      await list.list.locator('.stale', { hasText: 'Connection lost' }).waitFor();
      assert.deepEqual(await list.ids(), before);
      await page.unroute(LIST);
      await list.list.locator('.stale button').click();
      await list.list.locator('.stale', { hasText: 'Connection lost' }).waitFor({ state: 'detached' });
    });

    for (const total of [7, 100_000, undefined]) {
      test(`works on a backend that only pages and says ${total ?? 'no'} jobs`, async ({ service, page, list }) => {
        await page.route(LIST, onlyCore(total));
        await list.open(service.url, '&size=100');
        const seen = new Set<string>();
        for (let pages = 1; ; pages++) {
          assert.ok(pages <= 4);
          const ids = await list.ids();
          assert.ok(ids.length > 0, 'no page without jobs');
          for (const id of ids) seen.add(id);
          const next = list.part('next');
          if ((await next.getAttribute('aria-disabled')) === 'true') break;
          await list.expectChange(() => next.click());
        }
        assert.ok(seen.size >= JOBS);

        await list.choose('failure');
        await list.list.locator('.searched', { hasText: 'This server cannot filter' }).waitFor();
        if (await list.part('further').count()) await list.part('further').click();
        await list.list.locator('.searched', { hasText: 'all of your' }).waitFor();
        assert.equal((await list.range()).total, await list.count('failure'));
        for (const text of await list.rows.locator('.status').allInnerTexts()) assert.match(text, /Failed/);
        await list.expectChange(() => list.list.locator('.head .title button').click());
        const titles = await list.titles();
        assert.deepEqual(titles, titles.toSorted((a, b) => a.localeCompare(b)));
      });
    }

    test('shows the last of 10,000 jobs, and 500 of them on one page', async ({ service, page, list }) => {
      await page.goto(`${service.url}/?user=big`);
      await list.rows.first().waitFor();
      assert.match(await list.list.locator('.range').innerText(), /1–10 of 10,000/);
      await list.expectChange(() => list.part('last').click());
      assert.match(await list.list.locator('.where').innerText(), /1,000 of 1,000/);
      await page.goto(`${service.url}/?user=big&size=500`);
      await list.rows.nth(499).waitFor({ state: 'attached' });
      assert.equal(new Set(await list.ids()).size, 500);
    });
  },
);
