import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { JobNotifications } from '../../src/elements/job-notifications/job-notifications.ts';
import { claimNotice } from '../../src/elements/shared/claim-notice.ts';
import { pageVisibility } from '../../src/store/visibility.ts';
import { mountNotifications, type NoticeScene } from '../scenarios/job-notifications.ts';
import { clearPage, show } from '../scenarios/page.ts';
import { expectAccessible } from '../support/axe.ts';

class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'default';
  static asked = 0;
  static answer: NotificationPermission = 'granted';
  static shown: string[] = [];
  static async requestPermission(): Promise<NotificationPermission> {
    FakeNotification.asked++;
    FakeNotification.permission = FakeNotification.answer;
    return FakeNotification.answer;
  }
  constructor(title: string) {
    super();
    FakeNotification.shown.push(title);
  }
  close(): void {}
}

const clean = (node: Element | null | undefined): string => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const all = (element: JobNotifications, part: string): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>(`[part~=${part}]`)];
const one = (element: JobNotifications, part: string): HTMLElement => all(element, part)[0]!;
const toasts = (element: JobNotifications): string[] => all(element, 'toast').map(clean);
const items = (element: JobNotifications): string[] => all(element, 'item').map(clean);
const spoken = (element: JobNotifications): string => clean(element.shadowRoot!.querySelector('[role=status]'));
const label = (element: JobNotifications): string | null => one(element, 'bell').getAttribute('aria-label');

describe('job-notifications', () => {
  const real = globalThis.Notification;
  const title = document.title;
  let visibility: DocumentVisibilityState = 'visible';
  const scenes: NoticeScene[] = [];

  beforeEach(() => {
    Object.assign(FakeNotification, { permission: 'default', asked: 0, answer: 'granted', shown: [] });
    globalThis.Notification = FakeNotification as unknown as typeof Notification;
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
    localStorage.removeItem('job-elements.desktop');
    document.title = 'My page';
  });

  afterEach(() => {
    setVisibility('visible');
    for (const { element, provider, world } of scenes.splice(0)) {
      element.markAllRead();
      provider.remove();
      world.store.close();
    }
    clearPage();
    globalThis.Notification = real;
    delete (document as { visibilityState?: unknown }).visibilityState;
    document.title = title;
  });

  function setVisibility(state: DocumentVisibilityState): void {
    visibility = state;
    document.dispatchEvent(new Event('visibilitychange'));
  }

  async function scene(attributes: Readonly<Record<string, string>> = {}): Promise<NoticeScene> {
    const made = mountNotifications(attributes, { store: { visibility: pageVisibility } });
    made.provider.style.setProperty('--job-motion-duration', '0s');
    scenes.push(made);
    document.body.append(made.provider);
    await made.settle();
    return made;
  }

  async function openPanel(made: NoticeScene): Promise<void> {
    one(made.element, 'bell').click();
    await waitUntil(() => one(made.element, 'panel').matches(':popover-open'));
    await made.element.updateComplete;
  }

  it('tells by a toast that a job went well, failed or was cancelled, with a link to the result', async () => {
    const made = await scene();
    const [good, bad, stopped] = [await made.run('Bees'), await made.run('Rivers'), await made.run('Moons')];
    expect(toasts(made.element)).to.deep.equal([]);
    await made.end(good);
    await made.end(bad, 'fail');
    await made.end(stopped, 'cancel');
    expect(toasts(made.element)).to.deep.equal(['Bees is done. Open result', 'Rivers has failed. The voice is not known.', 'Moons was cancelled.']);
    expect(all(made.element, 'toast').map(({ dataset }) => dataset.status)).to.deep.equal(['success', 'failure', 'cancelled']);
    const link = one(made.element, 'link') as HTMLAnchorElement;
    expect([link.href, link.target, link.rel]).to.deep.equal([`http://localhost:8012/api/v1/videos/${good}/download`, '_blank', 'noopener']);
    expect(one(made.element, 'toasts').offsetHeight).to.be.greaterThan(0);
    expect(one(made.element, 'toasts').matches(':popover-open'), 'above everything').to.equal(true);
    await expectAccessible(made.element);
  });

  it('leads to a page of the job’s where the author names one', async () => {
    const made = await scene({ 'job-url': '/videos/{id}?tab=1' });
    const id = await made.run('Bees');
    await made.end(id, 'fail');
    expect((one(made.element, 'link') as HTMLAnchorElement).href).to.equal(`${location.origin}/videos/${id}?tab=1`);
    expect(clean(one(made.element, 'link'))).to.equal('Show');
    made.element.jobUrl = 'javascript:alert(1)//{id}';
    await made.element.updateComplete;
    expect(all(made.element, 'link')).to.deep.equal([]);
  });

  it('does not tell of jobs that had ended when the page first saw them', async () => {
    const made = await scene();
    const id = made.world.double.add({ job_id: crypto.randomUUID(), title: 'Old', status: 'success' });
    made.world.store.entry(id).subscribe(() => undefined);
    await made.settle();
    await made.world.clock.advance(10_000);
    await made.settle();
    expect(toasts(made.element)).to.deep.equal([]);
    expect(made.element.unread).to.equal(0);
  });

  it('goes by itself after a while, but not while it is pointed at, has the focus, or nobody looks', async () => {
    const made = await scene({ duration: '8s' });
    const id = await made.run('Bees');
    await made.end(id);
    const { clock } = made.world;
    await clock.advance(7_000);
    one(made.element, 'toasts').dispatchEvent(new PointerEvent('pointerenter'));
    await clock.advance(60_000);
    await made.settle();
    expect(toasts(made.element).length, 'pointed at').to.equal(1);
    one(made.element, 'toasts').dispatchEvent(new PointerEvent('pointerleave'));
    one(made.element, 'close').focus();
    await clock.advance(60_000);
    await made.settle();
    expect(toasts(made.element).length, 'has the focus').to.equal(1);
    one(made.element, 'close').blur();
    await aTimeout(0);
    setVisibility('hidden');
    await clock.advance(60_000);
    await made.settle();
    expect(toasts(made.element).length, 'nobody looks').to.equal(1);
    setVisibility('visible');
    await clock.advance(900);
    await made.settle();
    expect(toasts(made.element).length, 'what was left of its time').to.equal(1);
    await clock.advance(200);
    await made.settle();
    expect(toasts(made.element)).to.deep.equal([]);
    expect(one(made.element, 'toasts').matches(':popover-open')).to.equal(false);
    expect(made.element.unread, 'the bell still knows').to.equal(1);
  });

  it('stays where its duration is 0', async () => {
    const made = await scene({ duration: '0' });
    await made.end(await made.run('Bees'));
    await made.world.clock.advance(600_000);
    await made.settle();
    expect(toasts(made.element).length).to.equal(1);
  });

  it('never takes the focus, can be closed by button and Escape, and passes the focus on', async () => {
    const made = await scene();
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    const ids = [await made.run('Bees'), await made.run('Rivers')];
    for (const id of ids) await made.end(id);
    expect(document.activeElement).to.equal(field);
    const [first] = all(made.element, 'close');
    expect(first!.getAttribute('aria-label')).to.equal('Close: Bees is done.');
    first!.focus();
    await sendKeys({ press: 'Escape' });
    await made.settle();
    expect(toasts(made.element).length).to.equal(1);
    expect(made.element.shadowRoot!.activeElement, 'the next toast').to.equal(one(made.element, 'close'));
    one(made.element, 'close').click();
    await made.settle();
    expect(toasts(made.element)).to.deep.equal([]);
    await waitUntil(() => document.activeElement === field, 'back where it was');
    expect(made.element.unread, 'closed is read').to.equal(0);
    field.remove();
  });

  it('shows at most so many at once; more wait, and all can be closed together', async () => {
    const made = await scene({ max: '2' });
    for (const name of ['One', 'Two', 'Three', 'Four']) await made.end(await made.run(name));
    expect(all(made.element, 'toast').length).to.equal(2);
    expect(clean(made.element.shadowRoot!.querySelector('.rest'))).to.equal('2 more Close all');
    await expectAccessible(made.element);
    all(made.element, 'close')[0]!.click();
    await made.settle();
    expect(toasts(made.element).map((text) => text.split(' ')[0])).to.deep.equal(['Two', 'Three']);
    one(made.element, 'close-all').click();
    await made.settle();
    expect(toasts(made.element)).to.deep.equal([]);
  });

  it('is spoken politely once, and not at all where a <job-status> speaks already', async () => {
    const made = await scene();
    await made.end(await made.run('Bees'));
    expect(spoken(made.element)).to.equal('Bees is done.');
    expect(made.element.shadowRoot!.querySelectorAll('[aria-live], [role=alert], [role=status]').length, 'one voice').to.equal(1);
    const shown = await show('processing');
    shown.world.double.finish(shown.id);
    localStorage.removeItem('job-elements.told');
    await shown.advance(3_000);
    await made.settle();
    await waitUntil(() => toasts(made.element).length === 2, 'heard by its event');
    expect(spoken(made.element)).to.equal('Bees is done.');
    expect(shown.spoken).to.contain('is done.');
  });

  it('counts what is unread at the bell, lists it, and marks it as read', async () => {
    const made = await scene();
    expect(label(made.element)).to.equal('Notifications');
    expect(all(made.element, 'count')).to.deep.equal([]);
    for (const name of ['Bees', 'Rivers']) await made.end(await made.run(name));
    expect(label(made.element)).to.equal('Notifications, 2 unread');
    expect(clean(one(made.element, 'count'))).to.equal('2');
    await openPanel(made);
    expect(items(made.element)).to.deep.equal(['New: Rivers is done. now Open result', 'New: Bees is done. now Open result']);
    await expectAccessible(made.element);
    all(made.element, 'read')[0]!.click();
    await made.settle();
    expect(label(made.element)).to.equal('Notifications, 1 unread');
    expect(items(made.element)[0]).to.equal('Rivers is done. now Open result');
    one(made.element, 'read-all').click();
    await made.settle();
    expect(label(made.element)).to.equal('Notifications');
    expect(one(made.element, 'read-all').getAttribute('aria-disabled')).to.equal('true');
  });

  it('has read what stood in the list when it is closed again', async () => {
    const made = await scene();
    await made.end(await made.run('Bees'));
    await openPanel(made);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !one(made.element, 'panel').matches(':popover-open'));
    await made.settle();
    expect(made.element.unread).to.equal(0);
  });

  it('says so when there is nothing, and where the list lies fits into the window', async () => {
    const made = await scene();
    await openPanel(made);
    expect(clean(one(made.element, 'empty'))).to.equal('Nothing new When a job ends, you read it here.');
    const box = one(made.element, 'panel').getBoundingClientRect();
    expect(box.left).to.be.at.least(0);
    expect(box.right).to.be.at.most(document.documentElement.clientWidth);
    expect(box.bottom).to.be.at.most(document.documentElement.clientHeight);
    await expectAccessible(made.element);
  });

  it('goes by keyboard: Arrow Down opens, arrows go from one to the next, Escape gives the focus back', async () => {
    const made = await scene();
    for (const name of ['One', 'Two', 'Three']) await made.end(await made.run(name));
    const focused = (): string => (made.element.shadowRoot!.activeElement as HTMLElement).querySelector('.text')?.textContent?.trim() ?? '';
    one(made.element, 'bell').focus();
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => focused().includes('Three'));
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.contain('Two');
    await sendKeys({ press: 'End' });
    expect(focused()).to.contain('One');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Home' });
    expect(focused()).to.contain('Three');
    expect(all(made.element, 'item').map(({ tabIndex }) => tabIndex)).to.deep.equal([0, -1, -1]);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => made.element.shadowRoot!.activeElement === one(made.element, 'bell'));
  });

  it('marks title and icon of the page until it is read', async () => {
    const made = await scene();
    await made.end(await made.run('Bees'));
    expect(document.title).to.equal('Bees is done. My page');
    await made.end(await made.run('Rivers'), 'fail');
    expect(document.title).to.equal('(2) Rivers has failed. My page');
    await waitUntil(() => document.querySelector<HTMLLinkElement>('link[rel~="icon"]')?.href.startsWith('data:image/png'));
    made.element.markAllRead();
    expect(document.title).to.equal('My page');
    expect(document.querySelectorAll('link[rel~="icon"]').length).to.equal(0);
    made.element.hideMark = true;
    await made.end(await made.run('Moons'));
    expect(document.title, 'left alone').to.equal('My page');
  });

  it('marks the title that the page has by then, and gives that one back', async () => {
    const made = await scene();
    await made.end(await made.run('Bees'));
    document.title = 'Another view';
    await made.end(await made.run('Rivers'));
    expect(document.title).to.equal('(2) Rivers is done. Another view');
    made.element.markAllRead();
    expect(document.title).to.equal('Another view');
    await made.end(await made.run('Moons'));
    document.title = 'A third view';
    made.element.markAllRead();
    expect(document.title, 'the page’s own').to.equal('A third view');
  });

  it('marks every icon that the page has, and gives each back as it was, unless the page has changed it', async () => {
    const icon = (href: string): HTMLLinkElement => Object.assign(document.createElement('link'), { rel: 'icon', href });
    const links = [icon('data:,none'), icon('/test/fixtures/clip.jpg')];
    document.head.append(...links);
    const hrefs = (): (string | null)[] => links.map((link) => link.getAttribute('href'));
    const areMarked = (): boolean => hrefs().every((href) => href?.startsWith('data:image/png'));
    try {
      const made = await scene();
      await made.end(await made.run('Bees'));
      await waitUntil(areMarked, 'marked');
      made.element.markAllRead();
      expect(hrefs()).to.deep.equal(['data:,none', '/test/fixtures/clip.jpg']);
      await made.end(await made.run('Rivers'));
      await waitUntil(areMarked, 'marked again');
      links[0]!.href = 'data:,other';
      made.element.markAllRead();
      expect(hrefs()).to.deep.equal(['data:,other', '/test/fixtures/clip.jpg']);
    } finally {
      for (const link of links) link.remove();
    }
  });

  it('leaves each end to one tab also where many end at once, and where the clock was set back', async () => {
    localStorage.removeItem('job-elements.told');
    const names = Array.from({ length: 400 }, (_, index) => `many ${index}`);
    for (const name of names) await claimNotice(name);
    const again: string[] = [];
    for (const name of names) if (await claimNotice(name)) again.push(name);
    expect(again).to.deep.equal([]);
    const soon = Date.now() + 60_000;
    localStorage.setItem('job-elements.told', JSON.stringify([['ahead', soon], ['long ago', soon - 2 * 86_400_000]]));
    expect([await claimNotice('ahead'), await claimNotice('long ago')]).to.deep.equal([false, true]);
    localStorage.setItem('job-elements.told', '{"not": "a list"}');
    expect([await claimNotice('one'), await claimNotice('one')]).to.deep.equal([true, false]);
  });

  it('says nothing by desktop, and stays off, where the user says no or decides nothing', async () => {
    for (const answer of ['denied', 'default'] as const) {
      Object.assign(FakeNotification, { permission: 'default', answer });
      const made = await scene();
      await openPanel(made);
      const desktop = one(made.element, 'desktop');
      desktop.click();
      await aTimeout(0);
      await made.settle();
      expect(desktop.getAttribute('aria-checked'), answer).to.equal('false');
      const id = await made.run('Bees');
      setVisibility('hidden');
      await made.end(id);
      await made.world.clock.advance(2_000);
      await made.settle();
      expect(FakeNotification.shown, answer).to.deep.equal([]);
      expect(made.element.unread, 'the list has it all the same').to.equal(1);
      setVisibility('visible');
      made.element.markAllRead();
      made.provider.remove();
    }
  });

  it('asks for desktop notifications at the user’s own click alone, and tells by them when nobody looks', async () => {
    const made = await scene();
    await made.end(await made.run('Bees'));
    await openPanel(made);
    expect(FakeNotification.asked).to.equal(0);
    const desktop = (): HTMLElement => one(made.element, 'desktop');
    expect([desktop().getAttribute('role'), desktop().getAttribute('aria-checked')]).to.deep.equal(['switch', 'false']);
    desktop().click();
    await waitUntil(() => desktop().getAttribute('aria-checked') === 'true');
    expect(FakeNotification.asked).to.equal(1);
    await made.end(await made.run('In front'));
    expect(FakeNotification.shown, 'the toast is enough').to.deep.equal([]);
    const id = await made.run('Rivers');
    setVisibility('hidden');
    await made.end(id);
    await made.world.clock.advance(2_000);
    await made.settle();
    await waitUntil(() => FakeNotification.shown.length > 0);
    expect(FakeNotification.shown).to.deep.equal(['Rivers is done.']);
    setVisibility('visible');
    desktop().click();
    await waitUntil(() => desktop().getAttribute('aria-checked') === 'false');
    const next = await made.run('Moons');
    setVisibility('hidden');
    await made.end(next);
    await made.world.clock.advance(2_000);
    await made.settle();
    expect(FakeNotification.shown.length).to.equal(1);
  });

  it('says so where the browser blocks desktop notifications', async () => {
    FakeNotification.permission = 'denied';
    const made = await scene();
    await openPanel(made);
    expect(clean(made.element.shadowRoot!.querySelector('#desktop-text'))).to.match(/^This browser blocks notifications/);
    one(made.element, 'desktop').click();
    expect(FakeNotification.asked).to.equal(0);
    await expectAccessible(made.element);
  });

  it('does not notify twice where a <job-status> was asked to tell the same', async () => {
    const made = await scene();
    await openPanel(made);
    one(made.element, 'desktop').click();
    await waitUntil(() => FakeNotification.asked === 1);
    const shown = await show('processing', { notify: '' });
    shown.part('notify')!.click();
    await shown.settle();
    localStorage.removeItem('job-elements.told');
    setVisibility('hidden');
    shown.world.double.finish(shown.id);
    await shown.advance(3_000);
    await shown.advance(2_000);
    await made.settle();
    await waitUntil(() => made.element.unread === 1, 'it is told');
    await made.settle();
    expect(FakeNotification.shown).to.deep.equal(['How bees talk to each other is done.']);
    expect(document.title, 'one mark').to.equal('How bees talk to each other is done. My page');
    setVisibility('visible');
    expect(document.title, 'not yet read').to.equal('How bees talk to each other is done. My page');
    made.element.markAllRead();
    expect(document.title).to.equal('My page');
  });

  it('asks for nothing while the page is hidden, unless desktop notifications are on: then every 30 s', async () => {
    const made = await scene({ 'user-id': 'user-1' });
    made.provider.userId = 'user-1';
    await made.settle();
    const id = await made.run('Bees');
    const { double, clock } = made.world;
    setVisibility('hidden');
    await clock.flush();
    const before = double.requests.length;
    await clock.advance(120_000);
    expect(double.requests.length).to.equal(before);
    setVisibility('visible');
    await openPanel(made);
    one(made.element, 'desktop').click();
    await waitUntil(() => FakeNotification.asked === 1);
    await made.settle();
    setVisibility('hidden');
    await clock.flush();
    const hidden = double.requests.length;
    await clock.advance(31_000);
    expect(double.requests.slice(hidden).map(({ path }) => path)).to.deep.equal(['/api/v1/jobs/']);
    double.finish(id);
    await clock.advance(35_000);
    await made.settle();
    await waitUntil(() => FakeNotification.shown.length > 0);
    expect(FakeNotification.shown).to.deep.equal(['Bees is done.']);
    setVisibility('visible');
    await clock.flush();
    const lists = double.count('GET', '/api/v1/jobs/');
    await clock.advance(60_000);
    expect(double.count('GET', '/api/v1/jobs/'), 'no more of that once it is seen').to.equal(lists);
  });

  it('shares one list among several, of which the first shows the toasts', async () => {
    const made = await scene();
    const second = document.createElement('job-notifications');
    made.provider.append(second);
    await second.updateComplete;
    await made.end(await made.run('Bees'));
    await second.updateComplete;
    expect([toasts(made.element).length, toasts(second).length]).to.deep.equal([1, 0]);
    expect(label(second)).to.equal('Notifications, 1 unread');
    made.element.remove();
    await second.updateComplete;
    expect(toasts(second).length, 'it takes over').to.equal(1);
    second.markAllRead();
    await second.updateComplete;
    expect(label(second)).to.equal('Notifications');
  });

  it('shows the bell alone, or toasts alone; without a bell, what stood its time has been read', async () => {
    const made = await scene({ 'hide-bell': '' });
    expect(all(made.element, 'bell')).to.deep.equal([]);
    await made.end(await made.run('Bees'));
    expect(toasts(made.element).length).to.equal(1);
    await made.world.clock.advance(9_000);
    await made.settle();
    expect([made.element.unread, document.title]).to.deep.equal([0, 'My page']);
    made.element.hideBell = false;
    made.element.hideToasts = true;
    await made.settle();
    await made.end(await made.run('Rivers'));
    expect(toasts(made.element)).to.deep.equal([]);
    expect(label(made.element)).to.equal('Notifications, 1 unread');
  });

  it('asks the page first: job-notification can be prevented', async () => {
    const made = await scene();
    const heard: unknown[] = [];
    const listener = (event: DocumentEventMap['job-notification']): void => {
      heard.push(event.detail.job.title);
      event.preventDefault();
    };
    document.addEventListener('job-notification', listener);
    await made.end(await made.run('Bees'));
    document.removeEventListener('job-notification', listener);
    expect(heard).to.deep.equal(['Bees']);
    expect(toasts(made.element)).to.deep.equal([]);
    expect(document.title).to.equal('My page');
    expect(spoken(made.element)).to.equal('');
    expect(made.element.unread, 'the list has it').to.equal(1);
  });

  it('watches the user’s newest jobs where it is told to', async () => {
    const idle = await scene({ 'user-id': 'user-1' });
    expect(idle.world.double.requests).to.deep.equal([]);
    const made = mountNotifications({ watch: '', 'user-id': 'user-1' });
    scenes.push(made);
    const id = made.world.double.add({ job_id: crypto.randomUUID(), title: 'Far away', status: 'processing' });
    document.body.append(made.provider);
    await made.settle();
    made.world.double.finish(id);
    await made.world.clock.advance(4_000);
    await made.settle();
    expect(made.element.unread).to.equal(1);
  });

  it('forgets what it told when another backend or user takes the place', async () => {
    const made = await scene();
    await made.end(await made.run('Bees'));
    expect(made.element.unread).to.equal(1);
    const other = mountNotifications();
    scenes.push(other);
    made.provider.store = other.world.store;
    await made.settle();
    expect(made.element.unread).to.equal(0);
    expect(toasts(made.element)).to.deep.equal([]);
    expect(document.title).to.equal('My page');
  });

  it('stands where it is told to, fits on a phone, and holds still for who wants that', async () => {
    const made = await scene({ place: 'top-start' });
    await made.end(await made.run('Averyveryveryveryverylongwordwithoutanyspacesthatmustbebrokensomewhere'));
    const box = (): DOMRect => one(made.element, 'toasts').getBoundingClientRect();
    expect([Math.round(box().top), Math.round(box().left)]).to.deep.equal([16, 16]);
    made.element.place = 'nonsense' as 'top';
    await made.settle();
    expect(Math.round(innerHeight - box().bottom)).to.equal(16);
    expect(Math.round(document.documentElement.clientWidth - box().right)).to.be.within(0, 32);
    expect(box().width).to.be.at.most(innerWidth - 32);
    const rules = [...made.element.shadowRoot!.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText));
    expect(rules.some((rule) => /prefers-reduced-motion: reduce[^]*\.toast[^]*animation: ([^;]*none|auto;)/.test(rule)), 'WebKit writes none as auto').to.equal(true);
  });

  it('speaks the language around it, right to left too', async () => {
    const made = await scene({ lang: 'ne', dir: 'rtl' });
    await waitUntil(() => label(made.element) === 'सूचनाहरू');
    await made.end(await made.run('मौरी'));
    expect(one(made.element, 'toasts').dir).to.equal('rtl');
    expect(Math.round(one(made.element, 'toasts').getBoundingClientRect().left), 'the end is on the left').to.equal(16);
    await openPanel(made);
    await expectAccessible(made.element);
  });

  it('sets words of another direction at the side where all others begin', async () => {
    const made = await scene({ dir: 'rtl', lang: 'ne' });
    await made.end(await made.run('How rivers bend'), 'fail');
    const sides = (selector: string): string[] => [...made.element.shadowRoot!.querySelectorAll(selector)].map((text) => getComputedStyle(text).textAlign);
    expect(sides('.toast :is(.text, .reason)')).to.deep.equal(['right', 'right']);
    await openPanel(made);
    expect(sides('.item :is(.text, .reason)')).to.deep.equal(['right', 'right']);
  });

  it('leaves nothing running when it goes', async () => {
    const made = await scene();
    const id = await made.run('Bees');
    await made.end(id);
    made.provider.remove();
    made.world.store.close();
    await made.world.clock.advance(20_000);
    expect(made.world.clock.pending).to.equal(0);
  });
});
