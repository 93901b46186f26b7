import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/elements/job-provider/define.ts';
import '../../src/elements/job-stats/define.ts';
import type { JobStats } from '../../src/elements/job-stats/job-stats.ts';
import { answerStats, broken, brokenHistory, empty, loading, unhealthy, usual, USUAL, watchFor, withoutCounts, withoutHistory, wrongTotal } from '../scenarios/job-stats.ts';
import { makeWorld, type World, type WorldOptions } from '../scenarios/world.ts';
import { expectAccessible } from '../support/axe.ts';

interface Scene extends World {
  stats: JobStats;
  settle(): Promise<void>;
}

async function scene(
  arrange: (world: World) => void,
  content: TemplateResult = html`<job-stats></job-stats>`,
  options: WorldOptions = {},
): Promise<Scene> {
  const world = makeWorld(options);
  arrange(world);
  const page = await fixture(html`<job-provider .store=${world.store}>${content}</job-provider>`);
  const stats = page.querySelector('job-stats')!;
  const settle = async (): Promise<void> => {
    await world.clock.flush();
    await stats.updateComplete;
  };
  stats.scrollIntoView();
  await waitUntil(() => world.double.requests.length > 0, 'it comes into view');
  await settle();
  return { ...world, stats, settle };
}

const clean = (node: Element | null | undefined): string => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const all = <E extends Element = Element>(stats: JobStats, selector: string): E[] => [...stats.shadowRoot!.querySelectorAll<E>(selector)];
const one = <E extends Element = HTMLElement>(stats: JobStats, selector: string): E | null => stats.shadowRoot!.querySelector<E>(selector);
const tiles = (stats: JobStats): string[] => all(stats, '.tile').map(clean);
const count = (world: World, path: RegExp): number => world.double.count('GET', path);
const rowsOf = (table: Element): string[][] => [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map(clean));

describe('job-stats', () => {
  it('counts the jobs of each status in tiles and in one bar, with queue, running jobs and health', async () => {
    const { stats } = await scene(usual);
    expect(tiles(stats)).to.deep.equal(['Waiting 7', 'Started 1', 'In progress 4', 'Done 1,284', 'Failed 61', 'Cancelled 18', 'All 1,375']);
    expect(all(stats, '.load span').map(clean)).to.deep.equal(['7 in the queue', '5 running']);
    expect(clean(one(stats, '[part=health]'))).to.equal('Healthy');
    const parts = all<SVGRectElement>(stats, '.stack rect');
    expect(parts.map((part) => [...part.classList][1])).to.deep.equal(Object.keys(USUAL));
    const widths = parts.map((part) => Number.parseFloat(part.getAttribute('width')!));
    expect(widths.reduce((sum, width) => sum + width, 0)).to.be.closeTo(100, 0.1);
    expect(widths[3]).to.be.closeTo((1284 / 1375) * 100, 0.01);
  });

  it('shows throughput, failure rate and queue depth over time, from the history that the service announces', async () => {
    const world = await scene(usual);
    const { stats } = world;
    const charts = all(stats, '[part=chart]');
    expect(charts.map((chart) => clean(chart.querySelector('figcaption')))).to.deep.equal([
      'Jobs ended 22.8 an hour',
      'Failure rate 5%',
      'Queue depth up to 19',
    ]);
    const asked = world.double.requests.filter(({ path }) => path.endsWith('/stats/history'));
    expect(asked.length).to.equal(1);
    expect(Object.fromEntries(asked[0]!.query)).to.deep.equal({ from: '2025-12-31T12:00:00.000Z', to: '2026-01-01T12:00:00.000Z', step: '3600' });
    expect(charts[0]!.querySelectorAll('.column').length).to.equal(24);
    expect(charts[0]!.querySelectorAll('.gap').length, 'an hour that nobody counted').to.equal(1);
    expect(charts[0]!.querySelectorAll('.fill.failure').length).to.be.greaterThan(0);
    const [line] = [...charts[1]!.querySelectorAll('.line')];
    expect(line!.getAttribute('d')!.match(/M/g)!.length, 'broken where nothing was counted or nothing ended').to.be.greaterThan(1);
  });

  it('has a table of the same numbers behind every chart', async () => {
    const { stats } = await scene(usual);
    const tables = all(stats, 'table');
    expect(tables.map((table) => clean(table.querySelector('caption')))).to.deep.equal([
      'Jobs by status',
      'Jobs ended',
      'Failure rate',
      'Queue depth',
    ]);
    expect(rowsOf(tables[0]!)).to.deep.include(['Done', '1,284', '93.4%']);
    expect(rowsOf(tables[1]!).length).to.equal(24);
    expect(rowsOf(tables[1]!)[5]![1]).to.equal('not counted');
    expect(rowsOf(tables[1]!)[12]!.slice(1)).to.deep.equal(['45', '42', '1', '2']);
    expect(rowsOf(tables[2]!)[10]!.slice(1)).to.deep.equal(['17%', '8 of 47 failed']);
    expect(rowsOf(tables[3]!)[12]!.slice(1)).to.deep.equal(['12.4', '19']);
    const details = all<HTMLDetailsElement>(stats, 'details');
    expect(details.map((each) => clean(each.querySelector('summary')))).to.deep.equal([
      'Show as a table: Jobs by status',
      'Show as a table: Jobs ended',
      'Show as a table: Failure rate',
      'Show as a table: Queue depth',
    ]);
    details[1]!.querySelector('summary')!.click();
    expect(details[1]!.open).to.equal(true);
    expect(all(stats, 'svg:not([aria-hidden=true])'), 'drawings are not read out').to.deep.equal([]);
    await expectAccessible(stats);
  });

  it('asks for another range of time when the user chooses one, and keeps the numbers meanwhile', async () => {
    const world = await scene(usual);
    const { stats } = world;
    const select = one<HTMLSelectElement>(stats, 'select')!;
    expect([...select.options].map(({ text }) => text)).to.deep.equal(['Last hour', 'Last 24 hours', 'Last 7 days', 'Last 30 days']);
    expect(select.value).to.equal('day');
    select.value = 'week';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await stats.updateComplete;
    expect(stats.getAttribute('range')).to.equal('week');
    expect(tiles(stats)).to.contain('All 1,375');
    await world.settle();
    const last = world.double.requests.findLast(({ path }) => path.endsWith('/stats/history'))!;
    expect(last.query.get('step')).to.equal('21600');
    stats.range = 'nonsense' as 'day';
    await stats.updateComplete;
    expect(select.value).to.equal('day');
  });

  it('draws what it sees by itself where the backend keeps no history, and says so', async () => {
    const world = await scene(withoutHistory);
    const { stats } = world;
    expect(clean(one(stats, '.note:not(.stale)'))).to.match(/^The charts begin in a moment/);
    expect(one(stats, 'select')).to.equal(null);
    await expectAccessible(stats);
    await watchFor(world);
    await world.settle();
    expect(count(world, /history/)).to.equal(0);
    const charts = all(stats, '[part=chart]');
    expect(clean(charts[0]!.querySelector('figcaption'))).to.equal('Jobs ended 27 a minute');
    expect(clean(charts[1]!.querySelector('figcaption'))).to.equal('Failure rate 11%');
    expect(clean(one(stats, '.note:not(.stale)'))).to.match(/^Since .+, as this page saw it\.$/);
    await expectAccessible(stats);
  });

  it('draws what it sees where the history cannot be read, and says that', async () => {
    const world = await scene((world) => {
      answerStats(world, { counts: USUAL });
      world.double.fault({ status: 500, path: /history/, times: 1e9 });
    });
    await world.clock.advance(12_000);
    await world.settle();
    expect(clean(one(world.stats, '.note:not(.stale)'))).to.equal('The history could not be read. The charts show what this page saw.');
    expect(all(world.stats, '[part=chart]').length).to.equal(3);
  });

  it('says so while the service has counted nothing yet', async () => {
    const gap = { start: '2026-01-01T11:00:00Z', samples: 0, ended: null, failure_rate: null, queue_depth: null };
    const { stats } = await scene((world) => {
      answerStats(world, { counts: USUAL });
      world.double.fault({ status: 200, body: { step: 3600, buckets: [gap] }, path: /history/, times: 1e9 });
    });
    expect(clean(one(stats, '.note:not(.stale)'))).to.equal('Nothing has been counted in this time yet. The service counts once a minute.');
    expect(all(stats, 'figcaption strong').map(clean)).to.deep.equal(['', '', '']);
    await expectAccessible(stats);
  });

  it('never trusts the total, and shows statuses that it does not know', async () => {
    const { stats } = await scene(wrongTotal);
    expect(tiles(stats)).to.deep.equal([
      'Waiting 7', 'Started 1', 'In progress 4', 'Done 1,284', 'Failed 61', 'Cancelled 18', 'polishing 3', 'All 1,378',
    ]);
    expect(all(stats, '.load span').map(clean)[1]).to.equal('8 running');
    await expectAccessible(stats);
    const high = await scene((world) => answerStats(world, { counts: { success: 2 }, total: 500, history: false }));
    expect(tiles(high.stats).at(-1)).to.equal('All 2');
  });

  it('is live: by the beat of the store, with one request for all such elements', async () => {
    const world = await scene(usual, html`<job-stats></job-stats><job-stats hide-charts></job-stats>`);
    const { stats, clock } = world;
    expect(count(world, /counts/)).to.equal(1);
    answerStats(world, { counts: { ...USUAL, pending: 8 } });
    await clock.advance(6_000);
    await world.settle();
    expect(tiles(stats)[0]).to.equal('Waiting 8');
    expect(count(world, /counts/)).to.equal(2);
    await clock.advance(60_000);
    expect(count(world, /counts/), 'every 5 s at most').to.be.within(9, 14);
    expect(count(world, /health/), 'every 30 s').to.be.within(2, 3);
    expect(count(world, /history/), 'every minute').to.be.within(1, 2);
    const other = document.querySelectorAll('job-stats')[1]!;
    expect(other.shadowRoot!.querySelectorAll('[part=chart]').length).to.equal(0);
  });

  it('asks for nothing while it is off screen', async () => {
    const world = await scene(usual, html`<div id="before"></div><job-stats></job-stats>`);
    const spacer = document.querySelector<HTMLElement>('#before')!;
    spacer.style.height = '5000px';
    window.scrollTo(0, 0);
    await waitUntil(() => !(world.stats as unknown as { visibility: { seen: boolean } }).visibility.seen, 'it is out of view');
    await world.clock.advance(5_000);
    const before = world.double.requests.length;
    await world.clock.advance(60_000);
    expect(world.double.requests.length).to.equal(before);
    expect(world.clock.pending).to.equal(0);
    expect(tiles(world.stats).at(-1), 'what is known stays').to.equal('All 1,375');
    spacer.style.height = '0px';
    await waitUntil(() => world.double.requests.length > before, 'in view again');
  });

  it('asks for nothing while the page is hidden', async () => {
    let visible = true;
    const listeners = new Set<() => void>();
    const visibility = {
      get visible() {
        return visible;
      },
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const world = await scene(usual, undefined, { store: { visibility } });
    visible = false;
    for (const listener of [...listeners]) listener();
    await world.clock.advance(5_000);
    const before = world.double.requests.length;
    await world.clock.advance(60_000);
    expect(world.double.requests.length).to.equal(before);
    visible = true;
    for (const listener of [...listeners]) listener();
    await world.clock.flush();
    expect(world.double.requests.length).to.be.greaterThan(before);
  });

  it('says what is wrong with a service that is not healthy', async () => {
    const { stats } = await scene(unhealthy);
    expect(clean(one(stats, '[part=health]'))).to.equal('Not healthy The queue does not answer.');
    expect(tiles(stats).length).to.equal(7);
    await expectAccessible(stats);
  });

  it('has a screen of its own for waiting, for no jobs, and for an error', async () => {
    const waiting = await scene(loading);
    expect(clean(one(waiting.stats, '.loading'))).to.equal('Loading…');
    expect(one(waiting.stats, 'section')!.getAttribute('aria-busy')).to.equal('true');
    await expectAccessible(waiting.stats);

    const none = await scene(empty);
    expect(clean(one(none.stats, '[part=screen]'))).to.equal('No jobs yet As soon as there is one, it is counted here.');
    expect(all(none.stats, '.tile')).to.deep.equal([]);
    await expectAccessible(none.stats);

    const failed = await scene(broken);
    expect(clean(one(failed.stats, '[part=screen]'))).to.equal('The statistics could not be loaded The server had a problem. Try again');
    await expectAccessible(failed.stats);
    usual({ ...failed, double: failed.double });
    failed.double.clearFaults();
    usual(failed);
    one<HTMLButtonElement>(failed.stats, '[part=screen] button')!.click();
    await failed.settle();
    expect(tiles(failed.stats).length).to.equal(7);
  });

  it('keeps the last known numbers when the connection is lost, and says as of when', async () => {
    const world = await scene(usual);
    const { stats, double, clock } = world;
    double.clearFaults();
    double.fault({ kind: 'network', times: 1e9 });
    await clock.advance(20_000);
    await world.settle();
    expect(clean(one(stats, '.stale'))).to.match(/^Connection lost\. Trying again… As of .+\. Try again$/);
    expect(tiles(stats).at(-1)).to.equal('All 1,375');
    expect(all(stats, '[part=chart]').length).to.equal(3);
    await expectAccessible(stats);
    double.clearFaults();
    usual(world);
    one<HTMLButtonElement>(stats, '.stale button')!.click();
    await world.settle();
    expect(clean(one(stats, '.stale'))).to.equal('');
    world.setOnline(false);
    await clock.advance(20_000);
    await world.settle();
    expect(clean(one(stats, '.stale'))).to.contain('You are offline.');
  });

  it('fits where it stands: two tiles beside each other on a phone, all of them on a desk', async () => {
    const { stats } = await scene(usual);
    const host = stats.parentElement!.parentElement!;
    const columns = (): number => new Set(all(stats, '.tile').map((tile) => Math.round(tile.getBoundingClientRect().left))).size;
    host.style.width = '320px';
    expect(columns()).to.equal(2);
    expect(one(stats, 'section')!.scrollWidth).to.be.at.most(320);
    await expectAccessible(stats);
    host.style.width = '1200px';
    expect(columns()).to.equal(7);
  });

  it('takes its room while it loads, so that what is below stays where it is', async () => {
    const rooms = async (arrange: (world: World) => void, width: string): Promise<number> => {
      const { stats, settle } = await scene(arrange);
      stats.parentElement!.parentElement!.style.inlineSize = width;
      await settle();
      return stats.offsetHeight;
    };
    for (const width of ['320px', '700px', '1200px']) {
      expect(await rooms(loading, width), width).to.be.closeTo(await rooms(usual, width), width === '320px' ? 48 : 16);
    }
  });

  it('says without the year from when to when a day goes, which fits in one line on a phone', async () => {
    const { stats } = await scene(usual);
    expect(all(stats, '.times').length).to.equal(3);
    for (const end of all(stats, '.times span')) expect(clean(end)).to.match(/^\d+\/\d+, \d+:\d\d.[AP]M$/);
  });

  it('says so where a backend does not count, and where a history cannot be read before the page has seen anything', async () => {
    const none = await scene(withoutCounts);
    expect(clean(one(none.stats, '[part=screen]'))).to.equal('The statistics could not be loaded This service does not count its jobs. Try again');
    await expectAccessible(none.stats);
    const unread = await scene(brokenHistory);
    expect(clean(one(unread.stats, '.note:not(.stale)'))).to.equal('The history could not be read. The charts show what this page saw.');
  });

  it('sets no style in markup', async () => {
    const { stats } = await scene(usual);
    expect(all(stats, '[style], style')).to.deep.equal([]);
  });

  it('takes heading and empty screen from the page, and speaks the language around it, right to left too', async () => {
    const { stats } = await scene(usual, html`<job-stats lang="ne" dir="rtl"><h2 slot="heading">X</h2></job-stats>`);
    await waitUntil(() => tiles(stats)[0] === 'पालो पर्खँदै ७');
    expect(one(stats, 'section')!.getAttribute('dir')).to.equal('rtl');
    expect(getComputedStyle(one(stats, '.stack')!).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
    expect(getComputedStyle(one(stats, '.frame')!).direction, 'time runs from left to right').to.equal('ltr');
    await expectAccessible(stats);
  });

  it('leaves nothing running when it goes', async () => {
    const { stats, clock, double } = await scene(usual);
    stats.remove();
    await clock.advance(60_000);
    const after = double.requests.length;
    await clock.advance(60_000);
    expect(double.requests.length).to.equal(after);
    expect(clock.pending).to.equal(0);
  });
});
