import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/elements/job-error-boundary/define.ts';
import type { JobErrorBoundary } from '../../src/elements/job-error-boundary/job-error-boundary.ts';
import type { JobErrorBoundaryEvent } from '../../src/events/events.ts';
import '../scenarios/failing-widget.ts';
import type { FailingWidget } from '../scenarios/failing-widget.ts';
import { clearPage, show } from '../scenarios/page.ts';
import { expectAccessible } from '../support/axe.ts';
import { FakeClock } from '../support/fake-clock.ts';

const clean = (node: Element | null | undefined): string => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

describe('job-error-boundary', () => {
  const { warn: log } = console;
  const { onerror } = window;
  let logged: unknown[][] = [];
  /** What became the page's. */
  let uncaught: string[] = [];

  const hear = (event: ErrorEvent | PromiseRejectionEvent): void => {
    const error = 'reason' in event ? event.reason : event.error;
    uncaught.push((error as Error).message);
    event.preventDefault();
  };

  /** In place of the test runner, which takes such errors for its own. */
  function listen(): void {
    window.onerror = null;
    window.addEventListener('error', hear, true);
    window.addEventListener('unhandledrejection', hear, true);
  }

  beforeEach(() => {
    logged = [];
    uncaught = [];
    console.warn = (...words: unknown[]) => logged.push(words);
  });

  afterEach(() => {
    console.warn = log;
    window.onerror = onerror;
    window.removeEventListener('error', hear, true);
    window.removeEventListener('unhandledrejection', hear, true);
    clearPage();
  });

  interface Scene {
    boundary: JobErrorBoundary;
    widget: FailingWidget;
    clock: FakeClock;
    heard: JobErrorBoundaryEvent[];
  }

  async function scene(content: TemplateResult = html`<failing-widget></failing-widget>`): Promise<Scene> {
    const clock = new FakeClock();
    const page = await fixture(html`<main><job-error-boundary .clock=${clock}>${content}</job-error-boundary></main>`);
    const boundary = page.querySelector('job-error-boundary')!;
    const heard: JobErrorBoundaryEvent[] = [];
    page.addEventListener('job-error-boundary', (event) => heard.push(event as JobErrorBoundaryEvent));
    listen();
    return { boundary, widget: page.querySelector('failing-widget')!, clock, heard };
  }

  const fallback = (boundary: JobErrorBoundary): Element | null => boundary.shadowRoot!.querySelector('[part=fallback]');
  const retryButton = (boundary: JobErrorBoundary): HTMLButtonElement => boundary.shadowRoot!.querySelector('[part=retry]')!;
  const inside = (widget: FailingWidget, selector: string): HTMLElement => widget.shadowRoot!.querySelector(selector)!;

  /** Of what is in it; by itself it is inline, and such have none in WebKit. */
  const height = (widget: FailingWidget): number => inside(widget, 'p').offsetHeight;

  async function fail(widget: FailingWidget, boundary: JobErrorBoundary): Promise<void> {
    widget.fault = 'update';
    await widget.updateComplete;
    await boundary.updateComplete;
  }

  it('shows its content as if it were not there', async () => {
    const { boundary, widget } = await scene();
    expect(fallback(boundary)).to.equal(null);
    expect(getComputedStyle(boundary).display).to.equal('contents');
    expect(height(widget)).to.be.greaterThan(0);
  });

  it('takes over what is thrown in drawing: fallback, event, and nothing for the page to stumble over', async () => {
    const { boundary, widget, heard } = await scene();
    await fail(widget, boundary);
    expect(clean(fallback(boundary))).to.equal('This part of the page stopped working The rest of the page goes on. Try again');
    expect(fallback(boundary)!.getAttribute('role')).to.equal('alert');
    expect(height(widget), 'not shown').to.equal(0);
    expect(widget.isConnected, 'but there').to.equal(true);
    expect(heard.length).to.equal(1);
    const [event] = heard;
    expect([event!.target, event!.bubbles, event!.composed, event!.cancelable]).to.deep.equal([boundary, true, true, true]);
    expect((event!.detail.error as Error).message).to.equal('in an update');
    expect(event!.detail.source).to.equal(widget);
    expect([boundary.source, (boundary.error as Error).message]).to.deep.equal([widget, 'in an update']);
    expect(logged.length, 'said once').to.equal(1);
    await aTimeout(20);
    expect(uncaught).to.deep.equal([]);
    await expectAccessible(boundary);
  });

  it('takes over the very first drawing, and that of a widget that comes later', async () => {
    const { boundary, heard } = await scene(html`<p>words</p>`);
    const late = document.createElement('failing-widget');
    late.fault = 'update';
    boundary.append(late);
    await waitUntil(() => fallback(boundary) !== null);
    expect(heard[0]!.detail.source).to.equal(late);
  });

  it('takes over what is thrown in a handler, also of an event that stays inside', async () => {
    const { boundary, widget, heard } = await scene();
    inside(widget, '#handler').click();
    await boundary.updateComplete;
    expect((heard[0]!.detail.error as Error).message).to.equal('in a handler');
    expect(heard[0]!.detail.source).to.equal(widget);
    expect(fallback(boundary)).not.to.equal(null);
    expect(uncaught, 'the page may still report it').to.deep.equal(['in a handler']);

    const other = await scene();
    const box = inside(other.widget, 'input');
    box.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    box.dispatchEvent(new Event('change', { bubbles: true }));
    await other.boundary.updateComplete;
    expect((other.heard[0]!.detail.error as Error).message).to.equal('in a handler of what stays inside');
  });

  it('takes over work that a widget has begun', async () => {
    const { boundary, widget, heard } = await scene();
    inside(widget, '#work').click();
    await waitUntil(() => fallback(boundary) !== null);
    expect((heard[0]!.detail.error as Error).message).to.equal('in its work');
    await aTimeout(20);
    expect(uncaught).to.deep.equal([]);
  });

  it('leaves alone what is not of a widget inside: the page’s own listeners, and anything outside', async () => {
    const { boundary, widget } = await scene(html`<failing-widget></failing-widget><button type="button" id="own">own</button>`);
    const outside = await fixture<FailingWidget>(html`<failing-widget></failing-widget>`);
    const blunder = (): void => {
      throw new Error('of the page');
    };
    boundary.querySelector('#own')!.addEventListener('click', blunder);
    boundary.querySelector<HTMLElement>('#own')!.click();
    widget.addEventListener('job-cancel-request', blunder);
    inside(widget, '#ask').click();
    inside(outside, '#handler').click();
    await boundary.updateComplete;
    expect(uncaught).to.deep.equal(['of the page', 'of the page', 'in a handler']);
    expect(fallback(boundary)).to.equal(null);
  });

  it('without a boundary, an error is the page’s as ever', async () => {
    listen();
    const widget = await fixture<FailingWidget>(html`<failing-widget></failing-widget>`);
    widget.fault = 'update';
    await waitUntil(() => uncaught.length > 0);
    expect(uncaught).to.include('in an update');
  });

  it('tries again at a click: the same element begins anew, and the focus goes with it', async () => {
    const { boundary, widget } = await scene();
    inside(widget, '#handler').focus();
    await fail(widget, boundary);
    expect(boundary.shadowRoot!.activeElement, 'the focus is not lost').to.equal(fallback(boundary));
    const paragraph = inside(widget, 'p');
    widget.fault = '';
    widget.text = 'well again';
    retryButton(boundary).focus();
    retryButton(boundary).click();
    await boundary.updateComplete;
    expect(fallback(boundary)).to.equal(null);
    await widget.updateComplete;
    expect(boundary.querySelector('failing-widget')).to.equal(widget);
    expect(clean(inside(widget, 'p'))).to.equal('well again');
    expect(inside(widget, 'p'), 'drawn anew').not.to.equal(paragraph);
    expect(widget.connections).to.equal(2);
    await waitUntil(() => document.activeElement === widget, 'focus');
    expect([boundary.error, boundary.source]).to.deep.equal([null, null]);
  });

  it('keeps where each widget stood among the others', async () => {
    const { boundary, widget } = await scene(html`<p>before</p><failing-widget></failing-widget><p>after</p>`);
    await fail(widget, boundary);
    widget.fault = '';
    boundary.retry();
    expect([...boundary.children].map(({ localName }) => localName)).to.deep.equal(['p', 'failing-widget', 'p']);
  });

  it('begins all anew that failed, and tells of the first alone', async () => {
    const { boundary, heard } = await scene(html`<failing-widget></failing-widget><failing-widget></failing-widget>`);
    const widgets = [...boundary.querySelectorAll('failing-widget')];
    for (const each of widgets) each.fault = 'update';
    await aTimeout(0);
    await boundary.updateComplete;
    expect(heard.length).to.equal(1);
    for (const each of widgets) each.fault = '';
    expect(boundary.retry()).to.equal(true);
    await Promise.all(widgets.map(({ updateComplete }) => updateComplete));
    expect(widgets.map(({ connections }) => connections)).to.deep.equal([2, 2]);
    expect(boundary.retry(), 'nothing to try').to.equal(false);
  });

  it('of several, the nearest takes it; a failure in the fallback goes on to the next', async () => {
    const { boundary: outer, heard } = await scene(
      html`<job-error-boundary id="inner"><failing-widget></failing-widget><failing-widget slot="fallback" id="second"></failing-widget></job-error-boundary>`,
    );
    const inner = outer.querySelector<JobErrorBoundary>('#inner')!;
    await fail(outer.querySelector('failing-widget')!, inner);
    expect(fallback(inner)).not.to.equal(null);
    expect(fallback(outer)).to.equal(null);
    expect(heard.map(({ target }) => target)).to.deep.equal([inner]);
    const second = outer.querySelector<FailingWidget>('#second')!;
    second.fault = 'update';
    await second.updateComplete;
    await outer.updateComplete;
    expect(fallback(outer)).not.to.equal(null);
    expect(heard.map(({ target }) => target)).to.deep.equal([inner, outer]);
  });

  it('of several, the nearest takes an error in a handler, too', async () => {
    const { boundary: outer } = await scene(html`<job-error-boundary id="inner"><failing-widget></failing-widget></job-error-boundary>`);
    const inner = outer.querySelector<JobErrorBoundary>('#inner')!;
    inside(outer.querySelector('failing-widget')!, '#handler').click();
    await inner.updateComplete;
    await outer.updateComplete;
    expect([fallback(inner) !== null, fallback(outer) !== null]).to.deep.equal([true, false]);
  });

  it('leaves the content where the page prevents the event, and the error is the page’s', async () => {
    const { boundary, widget } = await scene();
    boundary.addEventListener('job-error-boundary', (event) => event.preventDefault());
    widget.fault = 'update';
    await waitUntil(() => uncaught.length > 0);
    expect(fallback(boundary)).to.equal(null);
    expect(logged.filter(([words]) => String(words).startsWith('<failing-widget>'))).to.deep.equal([]);
  });

  it('ends loops of failure: after three quick ones the next try has to wait', async () => {
    const { boundary, widget, clock, heard } = await scene();
    boundary.addEventListener('job-error-boundary', () => queueMicrotask(() => boundary.retry()));
    widget.fault = 'update';
    await aTimeout(30);
    await boundary.updateComplete;
    expect(heard.length, 'the first, and three more').to.equal(4);
    expect(fallback(boundary)).not.to.equal(null);
    expect(retryButton(boundary).getAttribute('aria-disabled')).to.equal('true');
    expect(clean(fallback(boundary))).to.contain('It failed again. You can try once more in a moment.');
    await expectAccessible(boundary);
    retryButton(boundary).click();
    expect(heard.length).to.equal(4);
    await clock.advance(30_000);
    await boundary.updateComplete;
    expect(retryButton(boundary).getAttribute('aria-disabled')).to.equal('false');
    widget.fault = '';
    retryButton(boundary).click();
    await boundary.updateComplete;
    expect(fallback(boundary)).to.equal(null);
    // Long after, it is a failure of its own.
    await clock.advance(60_000);
    await fail(widget, boundary);
    await aTimeout(30);
    expect(heard.length).to.equal(8);
  });

  it('takes over a <job-status> that fails in drawing or in work, and gives it back', async () => {
    const boundary = await fixture<JobErrorBoundary>(html`<job-error-boundary></job-error-boundary>`);
    listen();
    const shown = await show('processing', {}, { parent: boundary });
    Object.defineProperty(shown.element, 'heading', {
      configurable: true,
      get: () => {
        throw new Error('broken');
      },
    });
    shown.element.requestUpdate();
    await waitUntil(() => fallback(boundary) !== null);
    expect(boundary.source).to.equal(shown.element);
    delete (shown.element as { heading?: string }).heading;
    boundary.retry();
    await shown.settle();
    expect(shown.has('track')).to.equal(true);

    shown.world.store.entry(shown.id).cancel = () => Promise.reject(new Error('no way'));
    shown.part('cancel')!.click();
    await shown.settle();
    shown.part('cancel-yes')!.click();
    await waitUntil(() => fallback(boundary) !== null, 'rejected work');
    expect((boundary.error as Error).message).to.equal('no way');
    expect(uncaught).to.deep.equal([]);
  });

  it('has room for words of the page’s own, beside "try again", and speaks the language around it', async () => {
    const { boundary, widget } = await scene(html`<failing-widget></failing-widget><p slot="fallback">Come back later.</p>`);
    boundary.lang = 'ne';
    await fail(widget, boundary);
    expect(boundary.querySelector<HTMLElement>('[slot=fallback]')!.offsetHeight).to.be.greaterThan(0);
    await waitUntil(() => clean(retryButton(boundary)) === 'फेरि प्रयास गर्नुहोस्');
    await expectAccessible(boundary);
  });

  it('leaves its words the room they need: by where it stands, not by the width of the page', async () => {
    const { boundary, widget } = await scene();
    await fail(widget, boundary);
    const place = boundary.parentElement!;
    const lines = (): number => Math.round(boundary.shadowRoot!.querySelector<HTMLElement>('.title')!.offsetHeight / 20);
    const isBelow = (): boolean => retryButton(boundary).getBoundingClientRect().top >= boundary.shadowRoot!.querySelector('.words')!.getBoundingClientRect().bottom;
    place.style.inlineSize = '18rem';
    expect([isBelow(), lines() <= 2]).to.deep.equal([true, true]);
    expect(fallback(boundary)!.scrollWidth).to.be.at.most(288);
    place.style.inlineSize = '40rem';
    expect([isBelow(), lines()]).to.deep.equal([false, 1]);
  });

  it('leaves alone what the page itself does later, by a timer or a promise, also while a widget is at work', async () => {
    const { boundary, widget, heard } = await scene();
    const blunder = (): never => {
      throw new Error('of the page');
    };
    widget.addEventListener('job-cancel-request', () => {
      setTimeout(blunder);
      void Promise.resolve().then(blunder);
    });
    inside(widget, '#ask').click();
    await waitUntil(() => uncaught.length === 2);
    expect(uncaught).to.deep.equal(['of the page', 'of the page']);
    expect(heard).to.deep.equal([]);
    expect(fallback(boundary)).to.equal(null);
  });

  it('a failure in the fallback of the only boundary is the page’s, and what stands there stays', async () => {
    const { boundary, widget, heard } = await scene(html`<failing-widget></failing-widget><failing-widget slot="fallback"></failing-widget>`);
    await fail(widget, boundary);
    const second = boundary.querySelector<FailingWidget>('[slot=fallback]')!;
    second.fault = 'update';
    await waitUntil(() => uncaught.length > 0);
    expect(heard.map(({ detail }) => detail.source)).to.deep.equal([widget]);
    expect(retryButton(boundary).isConnected).to.equal(true);
    widget.fault = '';
    second.fault = '';
    expect(boundary.retry()).to.equal(true);
    await widget.updateComplete;
    await boundary.updateComplete;
    expect([fallback(boundary), clean(inside(widget, 'p'))]).to.deep.equal([null, 'all is well']);
  });

  it('goes on where the page has taken away what failed', async () => {
    const { boundary, widget } = await scene(html`<failing-widget></failing-widget><p>words</p>`);
    await fail(widget, boundary);
    widget.remove();
    retryButton(boundary).focus();
    retryButton(boundary).click();
    await boundary.updateComplete;
    expect(fallback(boundary)).to.equal(null);
    expect(widget.isConnected).to.equal(false);
    expect(boundary.querySelector<HTMLElement>('p')!.offsetHeight).to.be.greaterThan(0);
  });

  it('listens to nothing any more when it has gone', async () => {
    const { boundary, widget, heard } = await scene();
    boundary.remove();
    inside(widget, '#handler').click();
    expect(heard).to.deep.equal([]);
    document.body.append(boundary);
    inside(widget, '#handler').click();
    await boundary.updateComplete;
    expect(fallback(boundary)).not.to.equal(null);
    boundary.remove();
  });
});
