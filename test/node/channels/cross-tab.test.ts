import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharedName, Tabs } from '../../../src/channels/cross-tab.ts';
import { JobApiError } from '../../../src/core/errors.ts';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from '../store/fake-page.ts';
import { FakeBrowser } from './fake-tabs.ts';

const job = (id: string) => readJob({ job_id: id, status: 'processing', progress: 0.5 }) as Job;

function setUp() {
  const clock = new FakeClock();
  const browser = new FakeBrowser();
  const open = async (ids: string[], name: string | null = 'n', random = 0.99) => {
    const platform = browser.tab();
    const page = new FakePage();
    const tab = {
      platform, page, ids, name, known: [] as string[], asleep: false, slept: 0, wanted: [] as string[], heard: [] as string[], tabs: null as unknown as Tabs,
    };
    tab.tabs = new Tabs(
      {
        clock,
        visibility: page.visibility,
        random: () => random,
        name: async () => tab.name,
        ids: () => tab.ids,
        known: (id) => (tab.known.includes(id) ? job(id) : null),
        onJob: ({ id }) => tab.heard.push(id),
        onError: (id, { code }) => tab.heard.push(`${id} ${code}`),
        onAsleep: (asleep) => {
          tab.asleep = asleep;
          if (asleep) tab.slept++;
        },
        onWanted: (wanted) => (tab.wanted = [...wanted].sort()),
      },
      platform,
    );
    await clock.flush();
    return tab;
  };
  return { clock, browser, open };
}

describe('tabs of one user', () => {
  it('let one of them ask for all, and tell the others', async () => {
    const { clock, open } = setUp();
    const [one, two, three] = [await open(['a']), await open(['a', 'b']), await open(['c'])];
    await clock.advance(1_000);
    assert.deepEqual([one.asleep, two.asleep, three.asleep], [false, true, true]);
    assert.deepEqual(one.wanted, ['a', 'b', 'c']);
    one.tabs.tell(job('b'));
    one.tabs.tellError('c', new JobApiError({ code: 'forbidden', message: '' }));
    await clock.flush();
    assert.deepEqual(two.heard, ['b', 'c forbidden']);
    three.ids = ['d'];
    three.tabs.changed();
    await clock.flush();
    assert.deepEqual(one.wanted, ['a', 'b', 'd']);
    for (const { tabs } of [one, two, three]) tabs.close();
    assert.equal(clock.pending, 0);
  });

  it('take over at once from one that closes or is hidden', async () => {
    const { clock, open } = setUp();
    const [one, two, three] = [await open(['a']), await open(['b']), await open(['c'])];
    await clock.advance(1_000);
    one.tabs.close();
    await clock.advance(100);
    assert.deepEqual([two.asleep, three.asleep], [false, true]);
    two.page.hide();
    await clock.advance(100);
    assert.equal(three.asleep, false);
    two.page.show();
    await clock.advance(1_000);
    assert.equal(two.asleep, true);
    assert.deepEqual(three.wanted, ['b', 'c'].filter((id) => id === 'b'));
  });

  it('take over within 2 s from one that freezes, which follows when it comes back', async () => {
    const { clock, open } = setUp();
    const [one, two] = [await open(['a']), await open(['b'])];
    await clock.advance(1_000);
    one.platform.frozen = true;
    await clock.advance(2_000);
    assert.equal(two.asleep, false);
    one.platform.frozen = false;
    await clock.advance(2_000);
    assert.deepEqual([one.asleep, two.asleep], [true, false]);
  });

  it('do not all take over at once', async () => {
    const { clock, browser, open } = setUp();
    const [one, two, three] = [await open(['a']), await open(['b'], 'n', 0.2), await open(['c'], 'n', 0.9)];
    await clock.advance(1_000);
    const before = browser.requests;
    one.platform.frozen = true;
    await clock.advance(10_000);
    assert.deepEqual([two.asleep, three.asleep], [false, true]);
    assert.equal(browser.requests, before + 2, 'one takes the lock, and the one that lost it stands in line');
  });

  it('let go at once of what a tab wanted that closes', async () => {
    const { clock, open } = setUp();
    const [one, two] = [await open(['a']), await open(['b'])];
    await clock.advance(1_000);
    assert.deepEqual(one.wanted, ['b']);
    two.tabs.close();
    await clock.flush();
    assert.deepEqual(one.wanted, []);
  });

  it('tell who asks for a job what is known of it, once: what was known says nothing about later', async () => {
    const { clock, open } = setUp();
    const [one, two] = [await open(['a']), await open(['a'])];
    one.known = ['a', 'b'];
    await clock.advance(20_000);
    assert.deepEqual(two.heard, []);
    two.ids = ['a', 'b'];
    two.tabs.changed();
    await clock.advance(20_000);
    assert.deepEqual(two.heard, ['b']);
  });

  it('ask by themselves where the browser lets them have no lock, as in a frame without an origin', async () => {
    const { clock, browser, open } = setUp();
    browser.deniesLocks = true;
    const [one, two] = [await open(['a']), await open(['b'])];
    await clock.advance(60_000);
    assert.deepEqual([one, two].map(({ asleep, wanted }) => [asleep, wanted]), Array(2).fill([false, []]));
    assert.equal(browser.requests, 2);
    assert.equal(clock.pending, 0);
  });

  it('pass on of a job what can be copied', async () => {
    const { clock, open } = setUp();
    const [one, two] = [await open(['a']), await open(['b'])];
    await clock.advance(1_000);
    one.tabs.tell({ ...job('b'), extra: { odd: () => {} } });
    await clock.flush();
    assert.deepEqual(two.heard, ['b']);
  });

  it('forget what a tab wanted that went without a word', async () => {
    const { clock, open } = setUp();
    const [one, two] = [await open(['a']), await open(['b'])];
    await clock.advance(1_000);
    two.platform.frozen = true;
    await clock.advance(25_000);
    assert.deepEqual(one.wanted, []);
  });
});

describe('tabs of different users', () => {
  it('know nothing of each other, also when one changes hands', async () => {
    const { clock, open } = setUp();
    const [one, two, three] = [await open(['a'], 'x'), await open(['b'], 'y'), await open(['c'], null)];
    await clock.advance(1_000);
    assert.deepEqual([one, two, three].map(({ asleep, wanted }) => [asleep, wanted]), Array(3).fill([false, []]));
    two.name = 'x';
    await clock.advance(6_000);
    assert.equal(two.asleep, true);
    two.name = 'z';
    await clock.advance(6_000);
    assert.equal(two.asleep, false);
    one.tabs.tell(job('b'));
    await clock.flush();
    assert.deepEqual(two.heard, []);
  });

  it('neither tell nor hear anything from the moment on at which one changes hands', async () => {
    for (const changing of ['one', 'two'] as const) {
      const { clock, browser, open } = setUp();
      const tabs = { one: await open(['a']), two: await open(['b']) };
      await clock.advance(1_000);
      assert.deepEqual([tabs.one.asleep, tabs.two.asleep], [false, true]);
      tabs[changing].name = 'other';
      tabs.one.tabs.tell(job('b'));
      tabs.one.tabs.tellError('b', new JobApiError({ code: 'forbidden', message: '' }));
      await clock.flush();
      assert.deepEqual(tabs.two.heard, [], `${changing} changed hands`);
      assert.equal(tabs.two.asleep, false);
      assert.equal(browser.said.some((text) => text.includes('forbidden')), changing === 'two');
    }
  });

  it('open anew what was opened for the one before', async () => {
    const { clock, open } = setUp();
    const tab = await open(['a']);
    await clock.advance(6_000);
    assert.equal(tab.slept, 0);
    tab.name = 'other';
    await clock.advance(6_000);
    assert.deepEqual([tab.slept, tab.asleep], [1, false]);
  });

  it('have names that do not show the token', async () => {
    const names = await Promise.all(['https://a secret u', 'https://a secret v', 'https://a other u'].map(sharedName));
    assert.equal(new Set(names).size, 3);
    assert.ok(names.every((name) => !name.includes('secret')));
    assert.equal(await sharedName('https://a secret u'), names[0]);
  });
});
