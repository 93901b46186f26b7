import { expect, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { JobStatus } from '../../src/elements/job-status/job-status.ts';
import { clearPage, show, visibleText } from '../scenarios/page.ts';
import type { Shown } from '../scenarios/page.ts';

/** Where the parts stand that are there from the skeleton on. */
function places({ $, element }: Shown): Record<string, string> {
  const origin = element.getBoundingClientRect();
  const place = (selector: string): string => {
    const { top, left } = $(selector)!.getBoundingClientRect();
    return `${(left - origin.left).toFixed(1)} ${(top - origin.top).toFixed(1)}`;
  };
  return Object.fromEntries(['.title', '.step-text', '.track', '.foot'].filter((selector) => $(selector)).map((selector) => [selector, place(selector)]));
}

function frame(width: number): HTMLElement {
  const element = document.createElement('div');
  element.style.inlineSize = `${width}px`;
  element.className = 'frame';
  document.body.append(element);
  return element;
}

describe('job-status, how it looks', () => {
  afterEach(() => {
    clearPage();
    for (const element of document.querySelectorAll('.frame')) element.remove();
    document.documentElement.lang = 'en';
    document.documentElement.dir = '';
  });

  describe('when the data come', () => {
    for (const width of [900, 480, 320]) {
      for (const name of ['pending', 'processing', 'processing without a known progress', 'failed for good', 'done with a video', 'cancelled']) {
        it(`nothing moves: ${name}, ${width} px`, async () => {
          const shown = await show(name, {}, { latency: 500, parent: frame(width), arrive: false });
          expect(shown.$('.base')!.dataset.kind).to.equal('loading');
          const before = places(shown);
          const { height } = shown.element.getBoundingClientRect();
          await shown.advance(600);
          await shown.settle();
          expect(shown.$('.base')!.dataset.kind).to.not.equal('loading');
          expect(places(shown)).to.deep.equal(before);
          if (/pending|processing|cancelled/.test(name)) expect(shown.element.getBoundingClientRect().height).to.be.closeTo(height, 0.6);
          else expect(shown.element.getBoundingClientRect().height).to.be.greaterThan(height - 0.6);
        });
      }

      it(`a row keeps its height, ${width} px`, async () => {
        for (const name of ['processing', 'failed for good', 'done with a video']) {
          const shown = await show(name, { variant: 'compact' }, { latency: 500, parent: frame(width), arrive: false });
          const { height } = shown.element.getBoundingClientRect();
          await shown.advance(600);
          expect(shown.element.getBoundingClientRect().height, name).to.be.closeTo(height, 0.6);
        }
      });
    }
  });

  describe('layout', () => {
    for (const dir of ['ltr', 'rtl']) {
      it(`keeps a step's share apart from its name, ${dir}`, async () => {
        document.documentElement.dir = dir;
        const { $ } = await show('processing with steps', {}, { parent: frame(320) });
        // What white space is between them does not count: a build may drop it.
        for (const node of [...$('.share')!.parentNode!.childNodes]) if (node instanceof Text) node.data = node.data.trim();
        const name = $('.step[data-state="active"] bdi')!.getBoundingClientRect();
        const share = $('.share')!.getBoundingClientRect();
        expect(dir === 'ltr' ? share.left - name.right : name.left - share.right).to.be.within(4, 12);
      });
    }

    it('follows the room that the widget has, not the page', async () => {
      const wide = await show('processing with steps', {}, { parent: frame(700) });
      const narrow = await show('processing with steps', {}, { parent: frame(320) });
      const top = ({ root }: Shown): number[] => [...root.querySelectorAll('.step')].map((step) => step.getBoundingClientRect().top);
      expect(new Set(top(wide)).size, 'side by side').to.equal(1);
      expect(new Set(top(narrow)).size, 'one below another').to.equal(4);
    });

    it('ends the steps with the job, whatever the backend says of them', async () => {
      const shown = await show('processing with steps');
      const states = (): string => [...shown.root.querySelectorAll<HTMLElement>('.step')].map((step) => step.dataset.state).join();
      expect(states()).to.equal('success,success,active,pending');
      expect(shown.$('[aria-current="step"]')!.textContent).to.contain('Scenes');
      shown.world.double.cancel(shown.id);
      await shown.advance(4_000);
      expect(states()).to.equal('success,success,cancelled,pending');
      expect(shown.$('[aria-current]') === null).to.equal(true);
    });

    it('keeps some width where its content decides it', async () => {
      const row = frame(900);
      row.style.display = 'flex';
      const shown = await show('processing', {}, { parent: row });
      expect(shown.element.getBoundingClientRect().width).to.be.greaterThan(200);
    });

    it('has no box while hidden', async () => {
      const shown = await show('processing', { hidden: '' });
      expect(shown.element.getBoundingClientRect().height).to.equal(0);
    });

    it('takes font and colour scheme from the page', async () => {
      const parent = frame(400);
      parent.style.cssText += 'font: 20px serif; color-scheme: dark';
      const shown = await show('processing', {}, { parent });
      const style = getComputedStyle(shown.$('.base')!);
      expect(style.fontFamily).to.equal('serif');
      expect(style.fontSize).to.equal('20px');
      expect(style.backgroundColor).to.equal('rgb(22, 24, 29)');
    });

    it('takes the tokens', async () => {
      const parent = frame(400);
      parent.style.setProperty('--job-accent', 'rgb(200, 0, 100)');
      parent.style.setProperty('--job-radius', '0px');
      parent.style.setProperty('--job-density', '2');
      const loose = await show('processing', {}, { parent });
      const plain = await show('processing');
      expect(getComputedStyle(loose.$('.fill')!).backgroundColor).to.equal('rgb(200, 0, 100)');
      expect(getComputedStyle(loose.$('.base')!).borderRadius).to.equal('0px');
      const padding = ({ $ }: Shown): number => parseFloat(getComputedStyle($('.base')!).paddingTop);
      expect(padding(loose)).to.equal(padding(plain) * 2);
    });
  });

  it('turns its icon while it works, but not in a row, of which a page may have a hundred', async () => {
    for (const [variant, animation] of [['card', 'job-turn'], ['inline', 'job-turn'], ['compact', 'none']] as const) {
      const { $ } = await show('processing', { variant });
      expect(getComputedStyle($('.badge .icon')!).animationName, variant).to.equal(animation);
    }
  });

  describe('right to left', () => {
    it('mirrors, and fills from the right', async () => {
      document.documentElement.dir = 'rtl';
      const shown = await show('processing', { style: '--job-motion-duration: 0s' });
      const track = shown.$('.track')!.getBoundingClientRect();
      const fill = shown.$('.fill')!.getBoundingClientRect();
      expect(fill.right).to.be.greaterThan(track.right);
      expect(fill.left).to.be.closeTo(track.left + track.width * 0.36, 1);
      expect(shown.$('.title')!.getBoundingClientRect().right).to.be.greaterThan(shown.$('.badge')!.getBoundingClientRect().right);
    });

    it('lets words of the other direction run their own way', async () => {
      document.documentElement.dir = 'rtl';
      const shown = await show('words that are too long', {}, { parent: frame(400) });
      for (const selector of ['.title .clip', '.step-text']) {
        const { direction, textAlign } = getComputedStyle(shown.$(selector)!);
        expect([direction, textAlign], selector).to.deep.equal(['ltr', 'right']);
      }
    });
  });

  describe('language', () => {
    it('changes at run time, words, digits and all', async () => {
      const shown = await show('second attempt');
      expect(visibleText(shown.element)).to.contain('Attempt 2 of 4');
      document.documentElement.lang = 'ne';
      await waitUntil(() => visibleText(shown.element).includes('रद्द गर्नुहोस्'), 'Nepali words come');
      expect(visibleText(shown.element)).to.contain('४ मध्ये २औँ प्रयास');
      expect(visibleText(shown.element)).to.contain('३०%');
      expect(visibleText(shown.element)).to.contain('१ मिनेट २० सेकेन्ड बित्यो');
      expect(shown.$('.base')!.lang).to.equal('ne');
      document.documentElement.lang = 'en';
      await waitUntil(() => visibleText(shown.element).includes('Attempt 2 of 4'), 'and go');
    });
  });

  describe('what an author sets', () => {
    it('falls back where it makes no sense', async () => {
      const shown = await show('processing', { variant: 'poster', 'heading-level': 'x', 'max-attempts': 'many' });
      expect(shown.$('.base')!.classList.contains('card')).to.equal(true);
      expect(shown.$('.title')!.hasAttribute('role')).to.equal(false);
    });

    it('is a heading of the level asked for', async () => {
      const shown = await show('processing', { 'heading-level': '2', heading: 'My own title' });
      const title = shown.$('.title')!;
      expect(title.getAttribute('role')).to.equal('heading');
      expect(title.getAttribute('aria-level')).to.equal('2');
      expect(title.textContent).to.equal('My own title');
    });

    it('hides what is not wanted', async () => {
      const shown = await show('processing with steps', { 'hide-title': '', 'hide-times': '', 'hide-steps': '', 'hide-actions': '' });
      for (const part of ['title', 'facts', 'steps', 'actions']) expect(shown.has(part), part).to.equal(false);
      expect(shown.$('.base')!.getAttribute('aria-label')).to.equal('How bees talk to each other');
      const done = await show('done with a video', { 'hide-result': '' });
      expect(done.has('result')).to.equal(false);
    });

    it('fills the slots', async () => {
      const shown = await show('failed, may be tried again');
      shown.element.innerHTML = '<b slot="title">Own</b><i slot="error">It broke</i>';
      for (const child of shown.element.children) expect((child as HTMLElement).assignedSlot?.name).to.equal(child.slot);
      const empty = await show('no job yet');
      empty.element.innerHTML = '<i slot="empty">Nothing here</i>';
      expect(empty.element.firstElementChild!.assignedSlot?.name).to.equal('empty');
      const done = await show('done with nothing to show');
      done.element.innerHTML = '<i slot="result">A table</i>';
      expect(done.element.firstElementChild!.assignedSlot?.name).to.equal('result');
    });

    it('has every part that the class comment names, somewhere', async () => {
      const parts = new Set<string>();
      for (const name of ['processing with steps', 'offers to tell when it ends', 'asking whether to cancel', 'cancel refused', 'connection lost', 'failed, may be tried again', 'done with a video', 'done with a plain link', 'second attempt', 'not found']) {
        const { root, has } = await show(name);
        if (name === 'done with a video') await waitUntil(() => has('player'), 'the player comes');
        for (const element of root.querySelectorAll('[part]')) for (const part of element.part) parts.add(part);
      }
      for (const part of ['base', 'title', 'badge', 'step', 'percent', 'track', 'fill', 'facts', 'elapsed', 'remaining', 'attempt', 'actions', 'question', 'button', 'cancel', 'cancel-yes', 'cancel-no', 'retry', 'download', 'open', 'copy', 'refresh', 'notify', 'connection', 'notice', 'error', 'result', 'player', 'steps', 'step-item']) {
        expect([...parts], part).to.include(part);
      }
    });
  });

  it('writes words from the wire as text, never as markup', async () => {
    const shown = await show('failed with a long error');
    expect(shown.root.querySelectorAll('b').length).to.equal(0);
    expect(shown.$('pre')!.textContent).to.contain('<b>not markup</b>');
  });

  it('can be defined again by a second copy', async () => {
    await import('../../src/elements/job-status/define.ts');
    const { defineElement } = await import('../../src/elements/shared/define-element.ts');
    defineElement('job-status', class extends LitElement {});
    expect(customElements.get('job-status')).to.equal(JobStatus);
  });
});
