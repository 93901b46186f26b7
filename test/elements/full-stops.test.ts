import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/elements/job-error-boundary/define.ts';
import '../../src/elements/job-provider/define.ts';
import '../../src/elements/job-stats/define.ts';
import '../scenarios/failing-widget.ts';
import type { FailingWidget } from '../scenarios/failing-widget.ts';
import { clearHistories, showHistory } from '../scenarios/history-page.ts';
import { oneOfEach } from '../scenarios/job-history.ts';
import { mountNotifications } from '../scenarios/job-notifications.ts';
import { broken, brokenHistory, empty, usual, withoutHistory } from '../scenarios/job-stats.ts';
import { makeWorld, type World } from '../scenarios/world.ts';
import { misplacedFullStops } from '../support/full-stops.ts';

/** English, on a page that is written from right to left. */
const there = { dir: 'rtl', lang: 'en' };
const words = (root: ShadowRoot): string => root.textContent!.replace(/\s+/g, ' ');
const lose = ({ double }: World): void => {
  double.clearFaults();
  double.fault({ kind: 'network', times: 100 });
};

describe('English sentences on a page from right to left', () => {
  afterEach(clearHistories);

  const histories: Record<string, [said: string, options: Parameters<typeof showHistory>[0], act?: (world: World) => void]> = {
    'an empty list': ['the newest first.', {}],
    'a list of nobody': ['.', { userId: null }],
    'a list that could not be loaded': ['The server had a problem.', { arrange: ({ double }) => double.fault({ status: 500, times: 100 }) }],
    'a list that nothing fits': ['Try other words', { arrange: oneOfEach, attributes: { q: 'zebra' } }],
    'a list out of touch': ['As of', { arrange: oneOfEach }, lose],
  };
  for (const [what, [said, options, act]] of Object.entries(histories)) {
    it(`end where they should in ${what}`, async () => {
      const page = await showHistory({ ...options, attributes: { ...options!.attributes, ...there } });
      if (act) {
        act(page);
        await page.advance(30_000);
      }
      expect(words(page.root)).to.include(said);
      expect(misplacedFullStops(page.root)).to.deep.equal([]);
    });
  }

  const statistics: Record<string, [said: string, arrange: (world: World) => void, act?: (world: World) => void]> = {
    'statistics of nothing': ['.', empty],
    'statistics that could not be loaded': ['The server had a problem.', broken],
    'statistics without a history': ['.', withoutHistory],
    'statistics whose history could not be loaded': ['.', brokenHistory],
    'statistics out of touch': ['As of', usual, lose],
  };
  for (const [what, [said, arrange, act]] of Object.entries(statistics)) {
    it(`end where they should in ${what}`, async () => {
      const world = makeWorld();
      arrange(world);
      const page = await fixture(html`<job-provider .store=${world.store}><job-stats dir="rtl" lang="en"></job-stats></job-provider>`);
      const stats = page.querySelector('job-stats')!;
      stats.scrollIntoView();
      await waitUntil(() => world.double.requests.length > 0, 'it comes into view');
      await world.clock.flush();
      if (act) {
        act(world);
        await world.clock.advance(30_000);
      }
      await stats.updateComplete;
      expect(words(stats.shadowRoot!)).to.include(said);
      expect(misplacedFullStops(stats.shadowRoot!)).to.deep.equal([]);
    });
  }

  it('and numbers with a word beside them are read in their own order', async () => {
    const world = makeWorld();
    usual(world);
    const page = await fixture(html`<job-provider .store=${world.store}><job-stats dir="rtl" lang="en"></job-stats></job-provider>`);
    const stats = page.querySelector('job-stats')!;
    stats.scrollIntoView();
    await waitUntil(() => words(stats.shadowRoot!).includes('5 running'), 'the counts');
    const texts = [...stats.shadowRoot!.querySelectorAll('.load > span')].map((span) => [...span.childNodes].find((node) => node instanceof Text && node.data.trim() !== '')!);
    expect(texts.map((text) => text.textContent)).to.deep.equal(['7 in the queue', '5 running']);
    for (const text of texts) {
      const [number, word] = [0, 2].map((at) => {
        const range = new Range();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      });
      expect(number, text.textContent!).to.be.lessThan(word!);
    }
  });

  it('end where they should behind the bell', async () => {
    const { provider, element, settle } = mountNotifications(there);
    document.body.append(provider);
    await settle();
    element.shadowRoot!.querySelector<HTMLElement>('[part~=bell]')!.click();
    await settle();
    expect(words(element.shadowRoot!)).to.include('When a job ends');
    expect(misplacedFullStops(element.shadowRoot!)).to.deep.equal([]);
    provider.remove();
  });

  it('end where they should in place of what failed', async () => {
    const page = await fixture(html`<main><job-error-boundary dir="rtl" lang="en"><failing-widget></failing-widget></job-error-boundary></main>`);
    const boundary = page.querySelector('job-error-boundary')!;
    page.querySelector<FailingWidget>('failing-widget')!.fault = 'update';
    await waitUntil(() => words(boundary.shadowRoot!).includes('The rest of the page goes on.'), 'the fallback');
    expect(misplacedFullStops(boundary.shadowRoot!)).to.deep.equal([]);
  });
});
