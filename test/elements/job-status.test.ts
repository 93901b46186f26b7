import { expect, nextFrame } from '@open-wc/testing';
import * as bar from '../../stories/job-status-bar.stories.ts';
import * as compact from '../../stories/job-status-compact.stories.ts';
import * as inline from '../../stories/job-status-inline.stories.ts';
import * as card from '../../stories/job-status.stories.ts';
import type { StatusVariant } from '../../src/elements/job-status/job-status.ts';
import { statusScenarios } from '../scenarios/job-status.ts';
import { clearPage, show, visibleText } from '../scenarios/page.ts';
import type { Shown } from '../scenarios/page.ts';
import { expectAccessible } from '../support/axe.ts';

const VARIANTS: readonly StatusVariant[] = ['card', 'compact', 'inline', 'bar'];

const buttonsOf = ({ root }: Shown): string[] =>
  [...root.querySelectorAll<HTMLElement>('button.button, a.button')].map((button) => button.textContent!.trim());

describe('job-status in every state', () => {
  afterEach(clearPage);

  for (const scenario of statusScenarios) {
    describe(scenario.name, () => {
      it('says what it must', async () => {
        const shown = await show(scenario);
        const { element, $ } = shown;
        expect(element.matches(`:state(${scenario.kind})`), scenario.kind).to.equal(true);
        expect($('.badge')?.textContent?.trim() ?? null).to.equal(scenario.badge);
        for (const words of scenario.words) expect(visibleText(element)).to.contain(words);
        expect(buttonsOf(shown)).to.deep.equal(scenario.buttons);
        const bar = $('[role="progressbar"]');
        if (scenario.bar === 'none') expect(bar === null).to.equal(true);
        else expect(bar?.getAttribute('aria-valuenow') ?? 'unknown').to.equal(String(scenario.bar));
      });

      it('is named for screen readers', async () => {
        const { $, element } = await show(scenario);
        const base = $('.base')!;
        expect(base.getAttribute('role')).to.equal('group');
        expect($(`#${base.getAttribute('aria-labelledby')}`)?.textContent).to.not.equal('');
        const bar = (await show(scenario, { variant: 'bar' })).$('[role="progressbar"]');
        if (scenario.bar !== 'none') expect(bar!.getAttribute('aria-label')).to.match(/How bees|Loading|remarkably/);
        expect(element.shadowRoot!.querySelectorAll('[style]:not(.fill, .video, .video *)').length).to.equal(0);
      });

      it('fits into 320 px in every variant', async () => {
        const frame = document.createElement('div');
        frame.style.inlineSize = '320px';
        document.body.append(frame);
        for (const variant of VARIANTS) {
          const { element, $ } = await show(scenario, { variant }, { parent: frame });
          expect(element.getBoundingClientRect().width, variant).to.be.at.most(320);
          expect(frame.scrollWidth, variant).to.be.at.most(320);
          const base = $('.base')!;
          expect(base.scrollWidth, variant).to.be.at.most(base.clientWidth + 1);
        }
        frame.remove();
      });
    });
  }

  for (const variant of VARIANTS) {
    it(`is accessible in light and dark as ${variant}`, async () => {
      const page = document.createElement('main');
      document.body.append(page);
      for (const scenario of statusScenarios) {
        const place = document.createElement('div');
        place.id = scenario.name.replace(/\W+/g, '-');
        page.append(place);
        await show(scenario, { variant }, { parent: place });
      }
      await nextFrame();
      await expectAccessible(page);
      page.remove();
    }).timeout(60_000);
  }

  for (const [variant, stories] of Object.entries({ card, compact, inline, bar })) {
    it(`has a story for each of them as ${variant}`, () => {
      const { default: meta, ...rest } = stories;
      expect(meta.args?.variant).to.equal(variant);
      const names = Object.values(rest).map(({ name }) => name);
      expect(names).to.include.members(statusScenarios.map(({ name }) => name));
    });
  }
});
