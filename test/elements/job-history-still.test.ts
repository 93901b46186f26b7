import { expect, waitUntil } from '@open-wc/testing';
import { clean, clearHistories, showHistory, type HistoryPage } from '../scenarios/history-page.ts';
import { many, oneOfEach } from '../scenarios/job-history.ts';
import { expectAccessible } from '../support/axe.ts';

const WIDTHS = ['320px', '900px', '1200px'];

/** Where the rows are on the page. */
const places = (page: HistoryPage): number[] => page.rows().map((row) => Math.round(row.getBoundingClientRect().top + scrollY));
const box = (page: HistoryPage, index: number): HTMLElement => page.rows()[index]!.querySelector('input')!;
const pointer = async (page: HistoryPage, type: 'pointerenter' | 'pointerleave'): Promise<void> => {
  page.$('.frame').dispatchEvent(new PointerEvent(type));
  await page.settle();
};

describe('job-history: no row moves', () => {
  afterEach(clearHistories);

  for (const width of WIDTHS) {
    it(`when jobs are chosen, asked about and downloaded, at ${width}`, async () => {
      const onClick = (event: Event): void => void (event.composedPath()[0] instanceof HTMLAnchorElement && event.preventDefault());
      document.addEventListener('click', onClick);
      const page = await showHistory({ arrange: oneOfEach, media: { video: `${location.origin}/a.mp4` }, width });
      const before = places(page);
      await page.click(box(page, 0));
      expect(places(page), 'chosen').to.deep.equal(before);
      await page.click('select-page');
      expect(places(page), 'all chosen').to.deep.equal(before);
      await page.click('download-some');
      expect(page.part('files')).not.to.equal(null);
      expect(places(page), 'downloaded').to.deep.equal(before);
      await page.click('cancel-some');
      expect(places(page), 'asked').to.deep.equal(before);
      await page.click('cancel-no');
      await page.click('clear-selection');
      expect(places(page), 'none chosen').to.deep.equal(before);
      document.removeEventListener('click', onClick);
    });

    it(`when new jobs are told of while some are chosen, or the connection is lost, at ${width}`, async () => {
      const page = await showHistory({ arrange: (world) => many(world, 8), width });
      await page.click(box(page, 0));
      const before = places(page);
      page.double.add({ title: 'New' });
      await page.advance(31_000);
      expect(clean(page.part('news'))).to.equal('1 new');
      expect(places(page)).to.deep.equal(before);
      page.double.fault({ kind: 'network', times: 100 });
      await page.advance(60_000);
      expect(clean(page.$('.stale'))).to.contain('Connection lost');
      expect(places(page)).to.deep.equal(before);
      await expectAccessible(page.history);
    });
  }

  it('behind the form for another like one of them', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const before = page.titles();
    await page.click(page.rows()[0]!.querySelector<HTMLElement>('[part~=duplicate]')!);
    await waitUntil(() => page.root.querySelector('dialog[open] job-create-form'), 'the form');
    page.double.add({ title: 'New' });
    await page.advance(31_000);
    expect(page.titles()).to.deep.equal(before);
    expect(clean(page.part('news'))).to.equal('1 new');
  });

  it('while a pointer is on them; when it has gone, new ones come', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 8) });
    await pointer(page, 'pointerenter');
    const before = places(page);
    page.double.add({ title: 'New' });
    await page.advance(31_000);
    expect(page.titles()[0], 'what is pointed at stays').to.equal('Lesson 8');
    expect(clean(page.part('news'))).to.equal('1 new');
    expect(places(page)).to.deep.equal(before);
    await pointer(page, 'pointerleave');
    expect(page.titles()[0]).to.equal('New');
    expect(page.part('news')).to.equal(null);
  });

  it('and what can be done with them stays on the screen, over no row that has the focus', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 60), attributes: { 'page-size': '50' } });
    await page.click(box(page, 0));
    const bar = (): DOMRect => page.part('selection').getBoundingClientRect();
    expect(bar().bottom, 'at the lower edge').to.be.at.most(innerHeight);
    box(page, 0).focus();
    for (let turn = 0; turn < 30; turn++) await page.press('ArrowDown');
    await page.settle();
    expect(page.focus()).to.equal('Lesson 30/select');
    const focused = page.root.activeElement!.getBoundingClientRect();
    expect(focused.bottom).to.be.lessThan(bar().top);
    expect(page.$('.range').getBoundingClientRect().bottom, 'words lie over no rows').to.be.lessThan(0);
    page.rows().at(-1)!.scrollIntoView();
    await page.settle();
    expect(bar().top, 'below the last row at the end').to.be.at.least(page.rows().at(-1)!.getBoundingClientRect().bottom);
  });
});

describe('job-history: what a row tells, in any width', () => {
  afterEach(clearHistories);

  for (const width of WIDTHS) {
    it(`is all there at ${width}`, async () => {
      const page = await showHistory({ arrange: oneOfEach, width });
      page.history.style.setProperty('--job-motion-duration', '0s');
      const row = page.row('A voice that nobody has');
      for (const name of ['picture', 'title', 'status', 'progress', 'created', 'duration', 'actions']) {
        const { width: wide, height } = row.querySelector(`.${name}`)!.getBoundingClientRect();
        expect(wide * height, name).to.be.greaterThan(100);
      }
      const cells = [...row.children].map((cell) => cell.getBoundingClientRect());
      for (const [index, one] of cells.entries()) {
        for (const other of cells.slice(index + 1)) {
          const over = Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
          expect(over, 'cells lie over each other').to.equal(false);
        }
      }
      row.querySelector<HTMLElement>('[part=open]')!.focus();
      const exact = row.querySelector('.exact')!;
      expect(getComputedStyle(exact).opacity).to.equal('1');
      const badge = row.querySelector('.badge')!.getBoundingClientRect();
      const { left, top, right, bottom } = exact.getBoundingClientRect();
      expect(right < badge.left || left > badge.right || bottom < badge.top || top > badge.bottom, 'the exact time hides no status').to.equal(true);
      expect([left >= page.history.getBoundingClientRect().left, right <= page.history.getBoundingClientRect().right]).to.deep.equal([true, true]);
    });
  }

  it('can be chosen by the words beside the box, where rows are cards', async () => {
    const page = await showHistory({ arrange: oneOfEach, width: '320px' });
    await page.click(page.$('.head .card-only'));
    expect(page.all('.row.chosen').length).to.equal(7);
  });
});

describe('job-history: while other rows are on their way', () => {
  afterEach(clearHistories);

  it('those of before can still be read', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    page.double.latency = 500;
    page.history.status = 'failure';
    await page.settle();
    expect(page.$('.grid').classList.contains('busy')).to.equal(true);
    await expectAccessible(page.history);
  });

  it('those of another user are gone at once, and nothing of them is chosen', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 3) });
    await page.click('select-page');
    page.double.latency = 500;
    page.provider.userId = 'user-2';
    await page.settle();
    expect(page.rows().length).to.equal(0);
    expect(clean(page.part('loading'))).to.equal('Loading…');
    page.provider.userId = 'user-1';
    await page.advance(1_000);
    expect(page.all('.row.chosen').length).to.equal(0);
  });

  it('has a lock for who may not see them', async () => {
    const page = await showHistory({ arrange: ({ double }) => double.fault({ status: 401, times: 100 }) });
    expect(clean(page.part('screen'))).to.equal('The videos could not be loaded You need to sign in. Try again');
    await expectAccessible(page.history);
    await waitUntil(() => page.part('screen').querySelector('svg path')!.getAttribute('d')!.startsWith('M5 9h10'));
  });
});
