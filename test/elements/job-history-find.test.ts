import { expect, waitUntil } from '@open-wc/testing';
import { clean, clearHistories, showHistory, type HistoryPage } from '../scenarios/history-page.ts';
import { isoAgo, many, oneOfEach } from '../scenarios/job-history.ts';
import type { World } from '../scenarios/world.ts';
import { expectAccessible } from '../support/axe.ts';

const DAY = 86_400_000;
const chip = (page: HistoryPage, text: string): HTMLElement => page.all('.chip').find((each) => clean(each).startsWith(text))!;
const isOff = (page: HistoryPage, part: string): boolean => page.part(part).getAttribute('aria-disabled') === 'true';
const choose = async (page: HistoryPage, field: string, value: string): Promise<void> => {
  const control = page.$<HTMLInputElement>(`[data-field=${field}]`);
  control.value = value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await page.settle();
};
const type = async (page: HistoryPage, text: string): Promise<void> => {
  const search = page.part<HTMLInputElement>('search');
  search.value = text;
  search.dispatchEvent(new Event('input', { bubbles: true }));
  await page.settle();
};
/** A backend that only pages. */
const core = { extensions: false } as const;

describe('job-history: pages', () => {
  afterEach(clearHistories);

  it('goes through all pages and no further', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 12), attributes: { 'page-size': '5' } });
    expect(clean(page.$('.range'))).to.equal('1–5 of 12');
    expect(clean(page.$('.where'))).to.equal('Page 1 of 3');
    expect([isOff(page, 'first'), isOff(page, 'previous'), isOff(page, 'next'), isOff(page, 'last')]).to.deep.equal([true, true, false, false]);
    await expectAccessible(page.history);
    await page.click('next');
    await page.click('next');
    expect(page.titles()).to.deep.equal(['Lesson 2', 'Lesson 1']);
    expect([isOff(page, 'next'), isOff(page, 'last'), page.history.page]).to.deep.equal([true, true, 3]);
    await page.click('next');
    expect(page.history.page).to.equal(3);
    await page.click('first');
    expect(page.titles()[0]).to.equal('Lesson 12');
    expect(page.spoken(), 'says where it is').to.equal('1–5 of 12');
  });

  it('has a choice of page sizes, and survives any that an author writes', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 34) });
    await page.click('unfold');
    await choose(page, 'pageSize', '10');
    expect([page.rows().length, page.history.getAttribute('page-size')]).to.deep.equal([10, '10']);
    page.history.pageSize = NaN;
    page.history.page = -3;
    await page.settle();
    expect(page.rows().length).to.equal(20);
    page.history.pageSize = 101;
    await page.settle();
    expect(page.asked().at(-1), 'hundreds above 100').to.equal('user_id=user-1&page=1&page_size=100');
  });

  it('shows 500 on a page, put together from answers of a hundred', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 230), attributes: { 'page-size': '500' } });
    expect(page.rows().length).to.equal(230);
    expect(page.asked().slice(0, 3).map((query) => query.split('&').slice(1).join('&'))).to.deep.equal(['page=1&page_size=100', 'page=2&page_size=100', 'page=3&page_size=100']);
  });

  for (const total of [3, 0, 7, 500, null]) {
    it(`believes no total: ${total} of a core backend with 10 jobs`, async () => {
      const page = await showHistory({
        ...core,
        arrange: (world) => {
          many(world, 10);
          lie(world, total);
        },
        attributes: { 'page-size': '5' },
      });
      expect(isOff(page, 'next'), 'a full page with one after it').to.equal(false);
      await page.click('next');
      expect(page.titles()).to.deep.equal(['Lesson 5', 'Lesson 4', 'Lesson 3', 'Lesson 2', 'Lesson 1']);
      expect(isOff(page, 'next'), 'a full page with none after it').to.equal(true);
    });
  }

  it('says as much of a number as can be known', async () => {
    for (const [total, text] of [[3, '1–5 of more than 5'], [null, '1–5 of more than 5'], [500, '1–5 of about 500']] as const) {
      const arrange = (world: World): void => {
        many(world, 12);
        lie(world, total);
      };
      const page = await showHistory({ ...core, arrange, attributes: { 'page-size': '5' } });
      expect(clean(page.$('.range'))).to.equal(text);
      clearHistories();
    }
  });

  it('offers nothing further on while a page is on its way, and keeps its place', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 12), attributes: { 'page-size': '5' } });
    page.double.latency = 500;
    await page.click('next');
    expect([clean(page.$('.where')), isOff(page, 'next'), isOff(page, 'last'), page.titles()[0]]).to.deep.equal(['Page 2 of 3', true, true, 'Lesson 12']);
    await page.advance(600);
    expect([clean(page.$('.where')), isOff(page, 'next'), page.titles()[0]]).to.deep.equal(['Page 2 of 3', false, 'Lesson 7']);
  });

  it('is offered a next page by a full one when the look ahead fails', async () => {
    const page = await showHistory({
      ...core,
      arrange: (world) => {
        many(world, 5);
        lie(world, 0, 2);
      },
      attributes: { 'page-size': '5' },
    });
    expect(isOff(page, 'next')).to.equal(false);
    await page.click('next');
    await page.settle();
    expect([page.history.page, page.rows().length], 'back from nowhere').to.deep.equal([1, 5]);
  });

  it('goes back from an empty page beyond the end', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 12), attributes: { 'page-size': '5', page: '9' } });
    await waitUntil(() => page.history.page === 3);
    await page.settle();
    expect(page.titles()).to.deep.equal(['Lesson 2', 'Lesson 1']);
  });
});

/** Makes a core backend count wrong, and from the `failing`th question on, answer with errors. */
function lie({ double }: World, total: number | null, failing = Infinity): void {
  const answer = double.handle.bind(double);
  let asked = 0;
  double.handle = async (request, signal) => {
    const result = await answer(request, signal);
    if (result === 'network' || request.path !== '/api/v1/jobs/') return result;
    if (++asked === failing) return 'network';
    return { ...result, body: JSON.stringify({ ...JSON.parse(result.body as string), total }) };
  };
}

describe('job-history: filters and order', () => {
  afterEach(clearHistories);

  it('filters by status, with counts, several at once', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    expect(page.all('.chip').map(clean)).to.deep.equal(['All 7', 'Waiting 2', 'In progress 1', 'Done 1', 'Failed 1', 'Cancelled 1']);
    await page.click(chip(page, 'Failed'));
    expect(page.titles()).to.deep.equal(['A voice that nobody has']);
    await page.click(chip(page, 'Done'));
    expect(page.titles()).to.deep.equal(['A voice that nobody has', 'Why bees dance']);
    expect(page.asked().at(-1)).to.contain('status=success&status=failure');
    expect(page.history.status).to.equal('failure,success');
    expect(page.all('.chip[aria-pressed=true]').map(clean)).to.deep.equal(['Done 1', 'Failed 1']);
    expect(clean(page.$('.searched')), 'the server did it').to.equal('');
    await page.click(chip(page, 'All'));
    expect(page.rows().length).to.equal(7);
  });

  it('searches when nobody has typed for a moment, not at each letter', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const before = page.asked().length;
    for (const text of ['b', 'be', 'bees']) {
      await type(page, text);
      await page.clock.advance(200);
    }
    expect(page.asked().length).to.equal(before);
    await page.advance(100);
    expect(page.titles()).to.deep.equal(['Why bees dance']);
    expect(page.asked().slice(before).filter((query) => query.includes('q='))).to.deep.equal(['user_id=user-1&page=1&page_size=20&q=bees']);
    expect(page.spoken()).to.equal('1 video');
  });

  it('keeps the rows before on show while the next ones are on their way', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    page.double.latency = 500;
    await page.click(chip(page, 'Failed'));
    expect(page.rows().length).to.equal(7);
    expect(page.$('.grid').classList.contains('busy')).to.equal(true);
    await page.advance(600);
    expect(page.rows().length).to.equal(1);
    expect(page.$('.grid').classList.contains('busy')).to.equal(false);
  });

  it('keeps counts and numbers on show meanwhile', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const chips = page.all('.chip').map(clean);
    page.double.latency = 500;
    page.double.fault({ status: 500 });
    await page.click(chip(page, 'Failed'));
    expect([page.all('.chip').map(clean), clean(page.$('.range'))]).to.deep.equal([chips, '7 videos']);
    await page.advance(600);
    expect(page.all('.chip').map(clean), 'nothing is known of what was asked for').to.deep.equal(['All', 'Waiting', 'In progress', 'Done', 'Failed', 'Cancelled']);
  });

  it('filters by days of the viewer, both counted', async () => {
    const page = await showHistory({
      arrange: (world) => {
        for (const days of [0, 1, 2, 3]) world.double.add({ title: `${days} days ago`, created_at: isoAgo(world, days * DAY) });
      },
    });
    await page.click('unfold');
    const day = (ago: number): string => {
      const date = new Date(page.clock.now() - ago * DAY);
      return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
    };
    await choose(page, 'from', day(2));
    expect(page.titles()).to.deep.equal(['0 days ago', '1 days ago', '2 days ago']);
    await choose(page, 'to', day(1));
    expect(page.titles()).to.deep.equal(['1 days ago', '2 days ago']);
    expect(clean(page.part('unfold'))).to.equal('Filters, 2 set');
    await expectAccessible(page.history);
    await page.click('clear-filters');
    expect(page.rows().length).to.equal(4);
  });

  it('sorts by a column, and the other way round at the next press', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const header = (name: string): HTMLElement => page.$(`.head .${name}`);
    await page.click(header('title').querySelector('button')!);
    expect(page.titles().filter((title) => !title.startsWith('Job')).slice(0, 3)).to.deep.equal(['A voice that nobody has', 'From a newer backend', 'How rivers bend']);
    expect(header('title').getAttribute('aria-sort')).to.equal('ascending');
    expect(header('created').getAttribute('aria-sort')).to.equal('none');
    await page.click(header('title').querySelector('button')!);
    expect(page.titles()[0]).to.equal('Why bees dance');
    expect(page.asked().filter((query) => query.includes('sort')).at(-1)).to.contain('sort=title&order=desc');
    await page.click(header('duration').querySelector('button')!);
    expect(page.titles()[0]).to.equal('Why bees dance');
  });

  it('takes nonsense for nothing said', async () => {
    const page = await showHistory({ arrange: oneOfEach, attributes: { status: 'failed?', sort: 'colour', order: 'up', from: '2026-99-99', to: 'soon', page: 'x' } });
    expect(page.rows().length).to.equal(7);
    expect(page.asked()[0]).to.equal('user_id=user-1&page=1&page_size=20');
  });
});

describe('job-history: filters on a backend that only pages', () => {
  afterEach(clearHistories);

  it('filters and sorts in the browser, and says so', async () => {
    const page = await showHistory({ ...core, arrange: oneOfEach });
    expect(clean(page.$('.searched')), 'nothing to say while nothing is asked').to.equal('');
    await page.click(chip(page, 'Failed'));
    expect(page.titles()).to.deep.equal(['A voice that nobody has']);
    expect(clean(page.$('.searched'))).to.equal('This server cannot filter. Looked through all of your 7 videos here.');
    expect(page.all('.chip').map(clean)).to.deep.equal(['All 7', 'Waiting 2', 'In progress 2', 'Done 1', 'Failed 1', 'Cancelled 1']);
    await expectAccessible(page.history);
    const before = page.asked().length;
    await type(page, 'bees');
    await page.advance(300);
    await page.click(chip(page, 'All'));
    expect(page.titles()).to.deep.equal(['Why bees dance']);
    expect(page.asked().length - before, 'what is loaded is enough').to.be.at.most(1);
    await page.click(chip(page, 'In progress'));
    await type(page, '');
    await page.advance(300);
    expect(page.titles(), 'a status that nobody knows is in progress').to.deep.equal(['How rivers bend', 'From a newer backend']);
  });

  it('counts what is all on the page', async () => {
    const page = await showHistory({ ...core, arrange: oneOfEach });
    expect(page.all('.chip').map(clean)).to.deep.equal(['All 7', 'Waiting 2', 'In progress 2', 'Done 1', 'Failed 1', 'Cancelled 1']);
    const more = await showHistory({ ...core, arrange: oneOfEach, attributes: { 'page-size': '5' } });
    expect(more.all('.chip').map(clean), 'not a part of them').to.deep.equal(['All', 'Waiting', 'In progress', 'Done', 'Failed', 'Cancelled']);
  });

  it('looks further back when asked to, and pages over what it found', async () => {
    const page = await showHistory({ ...core, arrange: (world) => many(world, 250), attributes: { q: 'lesson', sort: 'title', 'page-size': '10' } });
    expect(clean(page.$('.searched'))).to.equal('This server cannot filter. Looked through the newest 100 videos. Look further back');
    expect(clean(page.$('.range'))).to.equal('1–10 of 100');
    await page.click('further');
    await page.settle();
    expect(clean(page.$('.searched'))).to.equal('This server cannot filter. Looked through all of your 250 videos here.');
    expect(clean(page.$('.range'))).to.equal('1–10 of 250');
    expect(page.titles()[0]).to.equal('Lesson 1');
    await page.click('last');
    expect([page.titles().at(-1), isOff(page, 'next')]).to.deep.equal(['Lesson 99', true]);
  });

  it('is live there too: what no longer fits goes when nobody reads', async () => {
    const page = await showHistory({ ...core, arrange: oneOfEach, attributes: { status: 'processing' } });
    expect(page.titles()).to.deep.equal(['How rivers bend', 'From a newer backend']);
    page.double.finish('00000000-0000-4000-8000-000000000005');
    await page.advance(6_000);
    expect(page.titles()).to.deep.equal(['From a newer backend']);
  });
});

describe('job-history: the address', () => {
  const start = location.href;
  beforeEach(() => history.replaceState(null, '', `${location.pathname}?theirs=a+b%20c&flag&x=1#part`));
  afterEach(() => {
    clearHistories();
    history.replaceState(null, '', start);
  });

  it('is left alone without `url-state`', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    await page.click(chip(page, 'Failed'));
    expect(location.search).to.equal('?theirs=a+b%20c&flag&x=1');
  });

  it('keeps the view, and everything else in it to the letter', async () => {
    history.replaceState({ mine: 1 }, '');
    const page = await showHistory({ arrange: oneOfEach, attributes: { 'url-state': '' } });
    const steps = history.length;
    await page.click(chip(page, 'Failed'));
    expect(location.search + location.hash).to.equal('?theirs=a+b%20c&flag&x=1&status=failure#part');
    expect(history.state).to.deep.equal({ mine: 1 });
    expect(history.length).to.equal(steps + 1);
    for (const text of ['v', 'voice']) {
      await type(page, text);
      await page.advance(300);
    }
    expect(location.search).to.equal('?theirs=a+b%20c&flag&x=1&status=failure&q=voice');
    expect(history.length, 'one step for one search').to.equal(steps + 2);
    await page.click(chip(page, 'All'));
    expect(location.search).to.equal('?theirs=a+b%20c&flag&x=1&q=voice');
  });

  it('brings the view back: on loading, by back and by forward', async () => {
    history.replaceState(null, '', '?status=success,failure&sort=title&order=asc&size=50&job=00000000-0000-4000-8000-000000000002');
    const page = await showHistory({ arrange: oneOfEach, attributes: { 'url-state': '' } });
    expect(page.titles()).to.deep.equal(['A voice that nobody has', 'Why bees dance']);
    expect([page.history.openJob, page.history.pageSize]).to.deep.equal(['00000000-0000-4000-8000-000000000002', 50]);
    await page.click(chip(page, 'Done'));
    expect(page.titles()).to.deep.equal(['A voice that nobody has']);
    history.back();
    await waitUntil(() => page.history.status === 'success,failure');
    await page.settle();
    expect(page.titles()).to.deep.equal(['A voice that nobody has', 'Why bees dance']);
    history.forward();
    await waitUntil(() => page.history.status === 'failure');
    await page.settle();
    expect(page.titles()).to.deep.equal(['A voice that nobody has']);
  });

  it('has a prefix where there are several lists', async () => {
    history.replaceState(null, '', '?a.q=bees&b.q=voice');
    const page = await showHistory({ arrange: oneOfEach, attributes: { 'url-state': 'a.' } });
    const other = await showHistory({ arrange: oneOfEach, attributes: { 'url-state': 'b.' } });
    expect([page.titles(), other.titles()]).to.deep.equal([['Why bees dance'], ['A voice that nobody has']]);
    await other.click(chip(other, 'Done'));
    expect(location.search).to.equal('?a.q=bees&b.status=success&b.q=voice');
  });

  it('tells the page what is looked at', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const views: unknown[] = [];
    document.addEventListener('job-history-change', ({ detail }) => views.push(detail.view['status']), { once: true });
    await page.click(chip(page, 'Failed'));
    expect(views).to.deep.equal(['failure']);
  });
});
