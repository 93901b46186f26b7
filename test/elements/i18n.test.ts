import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { en } from '../../src/i18n/en.ts';
import { intl } from '../../src/i18n/intl.ts';
import { loadLocale, matchLocale, registerLocale } from '../../src/i18n/locales.ts';
import { registerTerms } from '../../src/i18n/register-terms.ts';
import { LocalizeController } from '../../src/i18n/localize.ts';
import { isWatching } from '../../src/i18n/page-language.ts';
import type { Term, TermTable } from '../../src/i18n/terms.ts';

const own = { greeting: 'Good day, {name}', jobs: { one: '{count} job', other: '{count} jobs' } } as const;

class TestWords extends LitElement {
  static override properties = { count: { type: Number } };
  declare count: number;
  provided: string | null = null;
  renders = 0;
  readonly localize = new LocalizeController<typeof own>(this, { terms: own, locale: () => this.provided });

  constructor() {
    super();
    this.count = 1;
  }

  override render(): unknown {
    this.renders++;
    return html`${this.localize.term('action.cancel')} ${this.localize.term('jobs', { count: this.count })}`;
  }

  get text(): string {
    return this.shadowRoot!.textContent!.trim();
  }
}
customElements.define('test-words', TestWords);

const placed: Element[] = [];

async function place(parent: Node = document.body, attributes: Record<string, string> = {}): Promise<TestWords> {
  const element = document.createElement('test-words') as TestWords;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.appendChild(element);
  placed.push(element);
  await element.updateComplete;
  return element;
}

function around(attributes: Record<string, string> = {}): HTMLElement {
  const element = document.createElement('div');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  placed.push(element);
  return element;
}

const cancelled = { en: 'Cancel', ne: 'रद्द गर्नुहोस्' };

describe('i18n', () => {
  before(() => {
    const loaded = performance.getEntriesByType('resource').filter(({ name }) => /i18n\/.*ne\.ts/.test(name));
    expect(loaded.map(({ name }) => name), 'an English page loads no Nepali').to.deep.equal([]);
  });

  afterEach(() => {
    for (const element of placed.splice(0)) element.remove();
    document.documentElement.lang = 'en';
    document.documentElement.removeAttribute('dir');
  });

  describe('the language of a place', () => {
    before(() => loadLocale('ne'));

    it('is the own lang first, then the nearest ancestor’s, then the provider’s, then the document’s, then English', async () => {
      document.documentElement.lang = 'ne';
      const element = await place(around());
      expect(element.localize.lang).to.equal('ne');
      element.provided = 'en';
      element.requestUpdate();
      await element.updateComplete;
      expect(element.localize.lang).to.equal('en');
      element.parentElement!.lang = 'ne';
      await nextFrame();
      expect(element.localize.lang).to.equal('ne');
      element.lang = 'en';
      await nextFrame();
      expect(element.localize.lang).to.equal('en');
      element.provided = null;
      element.lang = '';
      element.parentElement!.lang = '';
      document.documentElement.lang = '';
      await nextFrame();
      expect(element.localize.lang).to.equal('en');
    });

    it('is found through shadow roots, and changes with them', async () => {
      const outer = around({ lang: 'ne' });
      const middle = document.createElement('div');
      outer.attachShadow({ mode: 'open' }).append(middle);
      const inner = await place(middle.attachShadow({ mode: 'open' }));
      expect(inner.text).to.equal(`${cancelled.ne} 1 job`.replace('1', '१'));
      middle.lang = 'en';
      await waitUntil(() => inner.text.startsWith(cancelled.en), 'a change inside a shadow root is seen');
      middle.removeAttribute('lang');
      await waitUntil(() => inner.text.startsWith(cancelled.ne));
      outer.lang = 'en';
      await waitUntil(() => inner.text.startsWith(cancelled.en));
    });

    it('differs between two places of one page', async () => {
      const [a, b] = [await place(around({ lang: 'ne' })), await place(around({ lang: 'en' }))];
      expect([a.text, b.text]).to.deep.equal([`${cancelled.ne} १ job`, 'Cancel 1 job']);
    });

    it('is that of the new place after a move', async () => {
      const element = await place(around({ lang: 'ne' }));
      around({ lang: 'en' }).append(element);
      await element.updateComplete;
      expect(element.text).to.equal('Cancel 1 job');
    });

    it('updates only those whose language has changed', async () => {
      const element = await place(around({ lang: 'en' }));
      const before = element.renders;
      document.documentElement.lang = 'ne';
      await nextFrame();
      expect(element.renders).to.equal(before);
    });

    it('is watched by one observer, which goes with the last element', async () => {
      const root = around().attachShadow({ mode: 'open' });
      const elements = [await place(), await place(root), await place()];
      expect(isWatching()).to.equal(true);
      elements[1]!.remove();
      document.documentElement.lang = 'ne';
      await waitUntil(() => elements[0]!.text.startsWith(cancelled.ne), 'the others are still told');
      elements[0]!.remove();
      elements[2]!.remove();
      expect(isWatching()).to.equal(false);
    });

    it('does not lose a change that comes together with the going of another', async () => {
      const root = around().attachShadow({ mode: 'open' });
      const [stays, goes] = [await place(), await place(root)];
      document.documentElement.lang = 'ne';
      goes.remove();
      await waitUntil(() => stays.text.startsWith(cancelled.ne));
    });
  });

  describe('direction', () => {
    it('is the nearest dir, else that of the language', async () => {
      registerTerms('ar', { 'action.cancel': 'إلغاء' });
      const element = await place(around());
      expect(element.localize.dir).to.equal('ltr');
      element.lang = 'ar';
      await nextFrame();
      expect(element.localize.dir).to.equal('rtl');
      element.parentElement!.dir = 'ltr';
      await nextFrame();
      expect(element.localize.dir).to.equal('ltr');
      document.documentElement.dir = 'rtl';
      element.parentElement!.removeAttribute('dir');
      await nextFrame();
      expect(element.localize.dir).to.equal('rtl');
    });
  });

  describe('known languages', () => {
    it('match by their region, without it, and by another in the same script', () => {
      registerTerms('pt-BR', {});
      registerTerms('zh-CN', {});
      const matches = ['en-GB', 'ne-NP', 'pt-BR', 'pt', 'pt-PT', 'zh', 'zh-Hans-SG', 'zh-TW', 'xx', '', '!!', 'EN_us'].map((tag) => [tag, matchLocale(tag)]);
      expect(Object.fromEntries(matches)).to.deep.equal({
        'en-GB': 'en', 'ne-NP': 'ne', 'pt-BR': 'pt-br', pt: 'pt-br', 'pt-PT': 'pt-br', zh: 'zh-cn', 'zh-Hans-SG': 'zh-cn',
        'zh-TW': null, xx: null, '': null, '!!': null, EN_us: null,
      });
    });

    it('keep the region for numbers and dates', async () => {
      const element = await place(document.body, { lang: 'en-GB' });
      expect(element.localize.lang).to.equal('en-GB');
      expect(element.localize.date(Date.UTC(2026, 0, 31, 12), { dateStyle: 'short', timeZone: 'UTC' })).to.equal('31/01/2026');
    });

    it('are all English where there are no words: never two languages at once', async () => {
      const element = await place(document.body, { lang: 'fi' });
      expect(element.localize.lang).to.equal('en');
      expect(element.localize.number(1234.5)).to.equal('1,234.5');
    });

    it('come when they are needed, once, and are tried again after a failure', async () => {
      let calls = 0;
      registerLocale('eo', async () => {
        calls++;
        if (calls === 1) throw new Error('offline');
        return { 'action.cancel': 'Nuligi' };
      });
      const [first, second] = [await place(document.body, { lang: 'eo' }), await place(document.body, { lang: 'eo' })];
      expect([first.text, second.text]).to.deep.equal(['Cancel 1 job', 'Cancel 1 job']);
      await nextFrame();
      expect(calls, 'the failure is not repeated at once').to.equal(1);
      await place(document.body, { lang: 'eo' });
      await waitUntil(() => first.text.startsWith('Nuligi') && second.text.startsWith('Nuligi'));
      await place(document.body, { lang: 'eo' });
      await nextFrame();
      expect(calls, 'what is here is not fetched again').to.equal(2);
    });

    it('may have several parts, and words of the page win over fetched ones', async () => {
      registerTerms('io', { 'action.cancel': 'Abolisar' });
      registerLocale('io', async () => ({ 'action.cancel': 'other', 'action.retry': 'Riprobar' }));
      registerLocale('io', async () => ({ 'action.download': 'Deskargar' }));
      const element = await place(document.body, { lang: 'io' });
      await waitUntil(() => element.localize.term('action.download') === 'Deskargar');
      expect(element.localize.term('action.cancel')).to.equal('Abolisar');
      expect(element.localize.term('action.retry')).to.equal('Riprobar');
      expect(element.localize.term('action.copyLink'), 'what is missing is English').to.equal('Copy link');
    });

    it('take other words of the page’s own at run time', async () => {
      const element = await place();
      registerTerms('en', { 'action.cancel': 'Stop' });
      await element.updateComplete;
      expect(element.text).to.equal('Stop 1 job');
      registerTerms('en', { 'action.cancel': 'Cancel' });
    });
  });

  describe('terms', () => {
    it('fill their placeholders, with text as it is', async () => {
      const { localize } = await place();
      expect(localize.term('greeting', { name: '<b>$&{name}</b>' })).to.equal('Good day, <b>$&{name}</b>');
      expect(localize.optionalTerm('no.such')).to.equal(null);
    });

    it('choose the plural of their own language', async () => {
      registerTerms('pl', { jobs: { one: '{count} zadanie', few: '{count} zadania', many: '{count} zadań', other: '{count} zadania' } });
      const element = await place(document.body, { lang: 'pl' });
      const forms = [1, 2, 5, 22].map((count) => element.localize.term('jobs', { count }));
      expect(forms).to.deep.equal(['1 zadanie', '2 zadania', '5 zadań', '22 zadania']);
    });

    it('are all there in Nepali, with the same placeholders', async () => {
      const { ne } = await import('../../src/i18n/ne.ts');
      const placeholders = (term: Term): string =>
        [...new Set((typeof term === 'string' ? term : Object.values(term).join()).match(/\{\w+\}/g))].sort().join();
      for (const [key, term] of Object.entries(en as TermTable)) {
        expect(ne[key], key).to.not.equal(undefined);
        expect(placeholders(ne[key]!), key).to.equal(placeholders(term));
        expect(JSON.stringify(ne[key]), key).to.match(/[\u0900-\u097f]/);
      }
    });
  });

  describe('numbers and times', () => {
    it('in English', async () => {
      const { localize } = await place();
      expect(localize.percent(0.29)).to.equal('29%');
      expect(localize.percent(0.999)).to.equal('99%');
      expect(localize.bytes(0)).to.equal('0 bytes');
      expect(localize.bytes(999_400)).to.equal('999 kB');
      expect(localize.bytes(48_200_000)).to.equal('48.2 MB');
      expect(localize.duration(0)).to.equal('0 s');
      expect(localize.duration(20_999)).to.equal('20 s');
      expect(localize.duration(80_000)).to.equal('1 min 20 s');
      expect(localize.duration(80_000, 'long')).to.equal('1 minute 20 seconds');
      expect(localize.duration(3_600_000 + 59_000)).to.equal('1 hr');
      expect(localize.duration(-5)).to.equal('0 s');
      expect(localize.durationRange(110_000, 185_000)).to.equal('2–3 min');
      expect(localize.durationRange(118_000, 121_000)).to.equal('2 min');
      expect(localize.durationRange(1_000, 12_000)).to.equal('5–10 s');
      const now = Date.UTC(2026, 5, 1, 12);
      const ago = (ms: number): string => localize.relativeTime(now - ms, now);
      expect([ago(3_000), ago(300_000), ago(3 * 3_600_000), ago(86_400_000)]).to.deep.equal(['now', '5 minutes ago', '3 hours ago', 'yesterday']);
      expect(localize.relativeTime(now + 120_000, now)).to.equal('in 2 minutes');
      expect(localize.list(['a', 'b', 'c'])).to.equal('a, b, and c');
      expect(localize.moment(now, now)).to.not.contain('2026');
      expect(localize.moment(now - 2 * 86_400_000, now)).to.contain('2026');
    });

    it('in Nepali, also where the browser’s own tables lack it', async () => {
      await loadLocale('ne');
      const { localize } = await place(document.body, { lang: 'ne' });
      expect(localize.percent(0.64)).to.equal('६४%');
      expect(localize.duration(80_000)).to.equal('१ मिनेट २० सेकेन्ड');
      expect(localize.durationRange(110_000, 185_000)).to.equal('२–३ मिनेट');
      expect(localize.relativeTime(0, 300_000)).to.equal('५ मिनेट अघि'.replace('अघि', Intl.NumberFormat.supportedLocalesOf('ne').length > 0 ? 'पहिले' : 'अघि'));
      expect(localize.date(Date.UTC(2026, 0, 31, 14, 5), { timeStyle: 'short', timeZone: 'UTC' })).to.equal('१४:०५');
      expect(localize.date(Date.UTC(2026, 0, 31, 14, 5))).to.match(/^[^a-z]*२०२६[^a-z]*$/i);
    });

    it('build each of Intl’s objects once', () => {
      expect(intl('NumberFormat', 'en', { style: 'percent' })).to.equal(intl('NumberFormat', 'en', { style: 'percent' }));
      expect(intl('NumberFormat', 'en')).to.not.equal(intl('NumberFormat', 'en', { style: 'percent' }));
    });
  });
});
