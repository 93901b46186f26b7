import { expect, waitUntil } from '@open-wc/testing';
import { clean, clearHistories, showHistory, type HistoryPage } from '../scenarios/history-page.ts';
import { many, oneOfEach } from '../scenarios/job-history.ts';
import { playableMedia } from '../scenarios/page.ts';
import { expectAccessible } from '../support/axe.ts';

const MINUTE = 60_000;

/** The rows as text: title, status, progress, created, duration. */
const table = ({ rows }: HistoryPage): string[][] =>
  rows().map((row) => ['title', 'status', 'progress', 'created', 'duration'].map((name) => clean(row.querySelector(`.${name}`))));
const screen = (page: HistoryPage): string => clean(page.part('screen'));
const details = (page: HistoryPage): Element | null => page.root.querySelector('job-status');

describe('job-history', () => {
  afterEach(clearHistories);

  it('shows the newest jobs first, with status, progress, age and duration', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const exact = (ago: number): string =>
      new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(page.clock.now() - ago).replace(/\s+/g, ' ');
    expect(table(page)).to.deep.equal([
      ['The moons of Saturn', 'Waiting', 'Number 3 in the queue', `now ${exact(0)}`, ''],
      ['Second try', 'Retrying', '', `now ${exact(30_000)}`, ''],
      ['How rivers bend', 'In progress', '45% Scene 4 of 8', `1 minute ago ${exact(MINUTE)}`, ''],
      ['From a newer backend', 'polishing', '', `5 minutes ago ${exact(5 * MINUTE)}`, ''],
      ['Job 00000000', 'Cancelled', '', `1 hour ago ${exact(50 * MINUTE)}`, '5 s'],
      ['A voice that nobody has', 'Failed', 'The <b>voice</b> is not known.', `3 hours ago ${exact(180 * MINUTE)}`, '3 s'],
      ['Why bees dance', 'Done', '', `yesterday ${exact(1560 * MINUTE)}`, '1 min 12 s'],
    ]);
    const bar = page.$<HTMLProgressElement>('progress');
    expect([bar.value, bar.getAttribute('aria-label')]).to.deep.equal([0.456, 'Progress of How rivers bend']);
    expect(page.rows()[3]!.querySelector('progress')!.position, 'unknown').to.equal(-1);
    await expectAccessible(page.history);
  });

  it('shows the picture of a video, and does without one that cannot be loaded', async () => {
    const page = await showHistory({ arrange: oneOfEach, media: playableMedia });
    const image = page.row('Why bees dance').querySelector('img')!;
    await waitUntil(() => image.naturalWidth > 0);
    expect([image.getAttribute('src'), image.alt, image.loading]).to.deep.equal([playableMedia.thumbnail, '', 'lazy']);
    expect(page.all('img').length, 'only of what is done').to.equal(1);
    // Pictures that are not on the screen need not load.
    clearHistories();

    const broken = await showHistory({ arrange: oneOfEach, media: { thumbnail: '/nothing.jpg' } });
    await waitUntil(() => broken.row('Why bees dance').querySelector('img')!.hidden);
    const never = await showHistory({ arrange: (world) => world.double.add({ status: 'success', result: { video_path: 'javascript:alert(1)', thumbnail_path: 'data:image/png,x' }, links: {} }) });
    expect(never.all('img, a').length, 'nothing but http, https and blob').to.equal(0);
  });

  it('opens a job in place and closes it, one at a time', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const opener = (title: string): HTMLElement => page.row(title).querySelector<HTMLElement>('[part=open]')!;
    await page.click(opener('Why bees dance'));
    await waitUntil(() => details(page)?.shadowRoot?.textContent?.includes('Done'), 'the details come', { timeout: 5000 });
    expect(details(page)!.getAttribute('job-id')).to.equal('00000000-0000-4000-8000-000000000001');
    expect(page.history.getAttribute('open-job')).to.equal('00000000-0000-4000-8000-000000000001');
    expect(opener('Why bees dance').getAttribute('aria-expanded')).to.equal('true');
    expect(page.row('Why bees dance').nextElementSibling!.contains(details(page)), 'right below it').to.equal(true);
    await expectAccessible(page.history);

    await page.click(opener('A voice that nobody has'));
    expect(page.all('job-status').length).to.equal(1);
    expect(opener('Why bees dance').getAttribute('aria-expanded')).to.equal('false');
    await page.click(opener('A voice that nobody has'));
    expect(details(page)).to.equal(null);
  });

  it('shows the exact time while its row has the focus', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    page.history.style.setProperty('--job-motion-duration', '0s');
    const [row] = page.rows();
    const exact = row!.querySelector('.exact')!;
    expect(getComputedStyle(exact).opacity).to.equal('0');
    row!.querySelector<HTMLElement>('.created')!.focus();
    expect(getComputedStyle(exact).opacity).to.equal('1');
    expect(row!.querySelector('time')!.dateTime).to.equal('2026-01-01T12:00:00.000Z');
  });

  it('has a screen of its own for waiting, for nothing there, for nobody, and for an error', async () => {
    const waiting = await showHistory({ arrange: ({ double }) => double.fault({ kind: 'hang' }) });
    expect(clean(waiting.part('loading'))).to.equal('Loading…');
    expect(waiting.$('section').getAttribute('aria-busy')).to.equal('true');
    await expectAccessible(waiting.history);

    const empty = await showHistory();
    expect(screen(empty)).to.equal('No videos yet What you create appears here, the newest first.');
    expect(empty.part('filters'), 'nothing to filter').to.equal(null);
    await expectAccessible(empty.history);

    const nobody = await showHistory({ userId: null });
    expect(screen(nobody)).to.equal('Videos are shown once a user is known.');
    expect(nobody.double.requests).to.deep.equal([]);

    const broken = await showHistory({ arrange: ({ double }) => double.fault({ status: 500 }) });
    expect(screen(broken)).to.equal('The videos could not be loaded The server had a problem. Try again');
    await expectAccessible(broken.history);
    broken.double.add({ title: 'Here again' });
    await broken.click('again');
    expect(broken.titles()).to.deep.equal(['Here again']);
  });

  it('has a screen for filters that nothing fits, and takes them away', async () => {
    const page = await showHistory({ arrange: oneOfEach, attributes: { q: 'zebra', status: 'failure' } });
    expect(screen(page)).to.equal('Nothing fits these filters Try other words, other days or another status. Clear filters');
    await expectAccessible(page.history);
    await page.click('clear-filters');
    expect(page.rows().length).to.equal(7);
    expect([page.history.q, page.history.status]).to.deep.equal(['', '']);
    expect(page.focus(), 'the button is gone, the focus is not').to.equal('search');
  });

  it('keeps what it knows when the connection is lost, and says since when', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    page.double.fault({ kind: 'network', times: 100 });
    await page.advance(40_000);
    expect(page.rows().length).to.equal(7);
    expect(clean(page.$('.stale'))).to.match(/^Connection lost\. Trying again… As of .+\. Try again$/);
    await expectAccessible(page.history);
    page.double.clearFaults();
    await page.click(page.$('.stale button'));
    expect(clean(page.$('.stale'))).to.equal('');

    page.setOnline(false);
    await page.advance(40_000);
    expect(clean(page.$('.stale'))).to.contain('You are offline.');
    await expectAccessible(page.history);
    page.setOnline(true);
    page.double.fault({ status: 401, times: 100 });
    await page.click(page.$('.stale button'));
    expect(clean(page.$('.stale')), 'it was no connection that was lost').to.match(/^You need to sign in\. As of .+\. Try again$/);
  });

  it('is a table where there is room and cards where there is none, and a grid to screen readers in both', async () => {
    const page = await showHistory({ arrange: oneOfEach, width: '900px' });
    const row = page.row('How rivers bend');
    const middles = (): number[] => [...row.children].map((cell) => cell.getBoundingClientRect()).flatMap(({ height, top }) => (height > 0 ? top + height / 2 : []));
    const host = page.history.parentElement!.parentElement!;
    expect(Math.max(...middles()) - Math.min(...middles()), 'one line').to.be.lessThan(2);
    const at900 = row.getBoundingClientRect().height;
    for (const width of ['320px', '600px']) {
      host.style.inlineSize = width;
      await page.settle();
      expect(row.getBoundingClientRect().height, 'title, progress, status and age, actions').to.be.greaterThan(at900 * 1.5);
      expect(page.$('section').scrollWidth, `fits ${width}`).to.be.at.most(parseInt(width, 10));
      await expectAccessible(page.history);
    }
    host.style.inlineSize = '320px';
    await page.click(page.row('A voice that nobody has').querySelector<HTMLElement>('[part=open]')!);
    await waitUntil(() => details(page)?.shadowRoot?.textContent?.includes('voice'), 'the details come', { timeout: 5000 });
    expect(page.part('details').getBoundingClientRect().width, 'details fit as well').to.be.at.most(320);
    expect(page.$('[role=grid]').getAttribute('aria-multiselectable')).to.equal('true');
  });

  it('keeps words at the edge of the page, right to left, whichever way they run', async () => {
    const arrange = ({ double }: HistoryPage): void => {
      double.add({ title: 'Failed', status: 'failure', error: 'The voice is not known. '.repeat(6) });
      double.add({ title: 'Why bees dance and what they tell each other about flowers that are far away '.repeat(2) });
    };
    const page = await showHistory({ arrange: arrange as never, attributes: { dir: 'rtl' } });
    const host = page.history.parentElement!.parentElement!;
    for (const width of ['1100px', '320px']) {
      host.style.inlineSize = width;
      await page.settle();
      for (const [index, words] of [page.$('.body .title button span'), page.$('.reason')].entries()) {
        const range = document.createRange();
        range.selectNodeContents(words);
        const rights = [...range.getClientRects()].map(({ right }) => Math.round(right));
        const edge = Math.round(words.getBoundingClientRect().right);
        expect(Math.min(...rights.slice(0, 2)), `${width}, text ${index}`).to.be.closeTo(edge, 8);
      }
      expect(page.$('section').scrollWidth).to.be.at.most(parseInt(width, 10));
    }
  });

  it('takes user and slots from the page', async () => {
    const page = await showHistory({ attributes: { 'user-id': 'u 2' }, content: '<h2 slot="heading">Films</h2><p slot="empty">Nothing yet.</p>' });
    expect(page.double.requests[0]!.query.get('user_id')).to.equal('u 2');
    expect(getComputedStyle(page.history.querySelector('[slot=empty]')!).display).to.equal('block');
  });

  it('leaves nothing running when it goes', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    page.history.remove();
    await page.clock.advance(60_000);
    const after = page.double.requests.length;
    await page.clock.advance(60_000);
    expect(page.double.requests.length).to.equal(after);
    expect(page.clock.pending).to.equal(0);
  });

  it('starts again where it left off when it is moved', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 12), attributes: { 'page-size': '5', page: '2' } });
    const asked = page.asked().length;
    page.provider.append(page.history);
    await page.settle();
    expect(page.titles()[0]).to.equal('Lesson 7');
    expect(page.asked().length, 'what is known is still good').to.equal(asked);
  });

  it('speaks the language around it', async () => {
    const page = await showHistory({ arrange: oneOfEach, attributes: { lang: 'ne' } });
    await waitUntil(() => clean(page.$('.head .title')) === 'शीर्षक');
    expect(table(page)[0]![1]).to.equal('पालो पर्खँदै');
    expect(clean(page.all('.chip')[0])).to.equal('सबै ७');
  });
});
