import { expect, waitUntil } from '@open-wc/testing';
import { clean, clearHistories, showHistory, type HistoryPage } from '../scenarios/history-page.ts';
import { many, oneOfEach } from '../scenarios/job-history.ts';
import { request } from '../node/store/world.ts';
import { expectAccessible } from '../support/axe.ts';

/** Jobs of the user that are being worked on. */
const running = (count: number) => ({ double }: Pick<HistoryPage, 'double'>): void => {
  for (let n = count; n >= 1; n--) double.add({ title: `Running ${n}`, status: 'processing', progress: 0.1 });
};
/** Ids that were asked for in requests of many, the last number of each. */
const batched = (page: HistoryPage): number[][] =>
  page.double.requests.filter(({ path }) => path.endsWith('/batch')).map(({ query }) => query.get('ids')!.split(',').map((id) => Number(id.slice(-3))));

describe('job-history: live', () => {
  afterEach(clearHistories);

  it('shows progress, ages and new jobs by themselves, and rows stay what they are', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    const row = page.row('How rivers bend');
    page.double.progress('00000000-0000-4000-8000-000000000005', 0.9, 'Scene 8 of 8');
    await page.advance(6_000);
    expect(clean(row.querySelector('.progress'))).to.equal('90% Scene 8 of 8');
    page.double.add({ title: 'From elsewhere' });
    await page.advance(15_000);
    expect(page.titles()[0]).to.equal('From elsewhere');
    expect(page.row('How rivers bend'), 'moved, not made anew').to.equal(row);
    await page.advance(120_000);
    expect(clean(page.row('The moons of Saturn').querySelector('.created span'))).to.equal('2 minutes ago');
  });

  it('asks for the unfinished rows on the screen, together, and for no others', async () => {
    const page = await showHistory({ arrange: running(60), many: 'batch', attributes: { 'page-size': '100' } });
    const tops = (): number[] => page.rows().map((row) => row.getBoundingClientRect().top);
    // Whether one that only touches the edge is seen, engines do not agree on: none does here.
    const next = tops().find((top) => top > innerHeight - 5)!;
    if (next < innerHeight + 5) page.history.style.marginBlockStart = '12px';
    await page.settle();
    await page.advance(12_000);
    const visible = tops().filter((top) => top < innerHeight).length;
    expect(visible).to.be.lessThan(40);
    const last = batched(page).at(-1)!;
    expect(last.length).to.equal(visible);
    const lists = page.asked().length;

    page.rows().at(-1)!.scrollIntoView();
    await page.settle();
    await waitUntil(() => page.history.visibility.ids.has('00000000-0000-4000-8000-000000000001'));
    await page.advance(12_000);
    const after = batched(page).at(-1)!;
    expect(after, 'those of before have left the screen').to.include(1);
    expect(after).not.to.include(60);
    expect(page.asked().length - lists, 'the list itself only now and then').to.be.at.most(2);
  });

  it('does not ask for rows that have ended', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 10), many: 'batch' });
    await page.advance(25_000);
    expect(page.double.requests.length).to.equal(1);
  });

  it('asks for nothing while it is off the screen, and goes on when it is back', async () => {
    const page = await showHistory({ arrange: running(5), many: 'batch' });
    await page.advance(6_000);
    const spacer = document.createElement('div');
    spacer.style.blockSize = '5000px';
    document.body.prepend(spacer);
    await waitUntil(() => !page.history.visibility.onScreen);
    await page.advance(5_000);
    const before = page.double.requests.length;
    page.double.progress('00000000-0000-4000-8000-000000000001', 0.7);
    await page.advance(120_000);
    expect(page.double.requests.length).to.equal(before);
    spacer.remove();
    await waitUntil(() => page.history.visibility.onScreen);
    await page.advance(6_000);
    expect(clean(page.row('Running 5').querySelector('.progress'))).to.contain('70%');
  });

  it('asks for nothing in a hidden tab', async () => {
    let visible = true;
    const listeners = new Set<() => void>();
    const visibility = {
      get visible() {
        return visible;
      },
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    const page = await showHistory({ arrange: running(5), many: 'batch', store: { visibility } });
    await page.advance(6_000);
    visible = false;
    for (const listener of [...listeners]) listener();
    const before = page.double.requests.length;
    await page.advance(120_000);
    expect(page.double.requests.length).to.equal(before);
  });

  it('puts the user\'s own new job on top at once', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 10) });
    await page.store.create(request);
    await page.settle();
    expect(page.titles()[0]).to.equal('A walk in the hills');
    expect(page.part('news')).to.equal(null);
  });
});

describe('job-history: new jobs while somebody reads', () => {
  afterEach(clearHistories);

  it('wait behind a pill while the list is scrolled into', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 60), attributes: { 'page-size': '50' } });
    page.rows()[20]!.scrollIntoView();
    await waitUntil(() => page.history.visibility.scrolled);
    await page.settle();
    const top = page.rows()[20]!.getBoundingClientRect().top;
    page.double.add({ title: 'New 1' });
    page.double.add({ title: 'New 2' });
    await page.advance(31_000);
    expect(clean(page.part('news'))).to.equal('2 new');
    expect(page.part('news').getAttribute('aria-label')).to.equal('Show 2 new videos');
    expect(Math.round(page.rows()[20]!.getBoundingClientRect().top), 'nothing moved').to.equal(Math.round(top));
    expect(page.titles()[0]).to.equal('Lesson 60');
    await expectAccessible(page.history);
    await page.click('news');
    expect(page.titles().slice(0, 3)).to.deep.equal(['New 2', 'New 1', 'Lesson 60']);
    expect(page.focus()).to.equal('New 2/title');
    expect(page.part('news')).to.equal(null);
  });

  it('wait there, too, when the page was moved past the top of the list in one go', async () => {
    const spacer = document.createElement('div');
    spacer.style.blockSize = '5000px';
    document.body.prepend(spacer);
    const page = await showHistory({ arrange: (world) => many(world, 60), attributes: { 'page-size': '50' } });
    await waitUntil(() => !page.history.visibility.onScreen);
    page.rows()[20]!.scrollIntoView();
    await waitUntil(() => page.history.visibility.onScreen);
    await page.settle();
    page.double.add({ title: 'New' });
    await page.advance(31_000);
    expect(clean(page.part('news'))).to.equal('1 new');
    expect(page.titles()[0]).to.equal('Lesson 60');
    spacer.remove();
  });

  it('wait while the focus is in the list, and come when it leaves', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 10) });
    page.row('Lesson 8').querySelector<HTMLElement>('[part=open]')!.focus();
    page.double.add({ title: 'New' });
    await page.advance(31_000);
    expect(clean(page.part('news'))).to.equal('1 new');
    expect(page.titles()[0]).to.equal('Lesson 10');
    page.part('search').focus();
    await page.settle();
    expect(page.titles()[0]).to.equal('New');
    expect(page.part('news')).to.equal(null);
  });

  it('wait on any page but the first, and under another order', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 12), attributes: { 'page-size': '5', page: '2' } });
    const before = page.titles();
    page.double.add({ title: 'New' });
    await page.advance(61_000);
    expect(page.titles()).to.deep.equal(before);
    expect(clean(page.part('news'))).to.equal('1 new');
    await page.click('news');
    expect([page.titles()[0], page.history.page]).to.deep.equal(['New', 1]);
  });

  it('are not called new when they only move up', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 12), attributes: { 'page-size': '5' } });
    page.row('Lesson 11').querySelector<HTMLElement>('[part=open]')!.focus();
    page.double.remove('00000000-0000-4000-8000-000000000012');
    await page.advance(31_000);
    expect(page.part('news')).to.equal(null);
    expect(page.titles()[0], 'what is read stays').to.equal('Lesson 12');
  });
});
