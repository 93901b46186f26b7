import { expect, waitUntil } from '@open-wc/testing';
import { clearPage, show, visibleText } from '../scenarios/page.ts';

class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'default';
  static asked = 0;
  static answer: NotificationPermission = 'granted';
  static shown: { title: string; options: NotificationOptions }[] = [];
  static async requestPermission(): Promise<NotificationPermission> {
    FakeNotification.asked++;
    FakeNotification.permission = FakeNotification.answer;
    return FakeNotification.answer;
  }
  constructor(title: string, options: NotificationOptions) {
    super();
    FakeNotification.shown.push({ title, options });
  }
  close(): void {}
}

describe('job-status, telling the end', () => {
  const real = globalThis.Notification;
  const title = document.title;
  let visibility: DocumentVisibilityState = 'visible';

  beforeEach(() => {
    Object.assign(FakeNotification, { permission: 'default', asked: 0, answer: 'granted', shown: [] });
    globalThis.Notification = FakeNotification as unknown as typeof Notification;
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
    visibility = 'visible';
    localStorage.removeItem('job-elements.told');
    document.title = 'My page';
  });

  afterEach(() => {
    visibility = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    clearPage();
    globalThis.Notification = real;
    delete (document as { visibilityState?: unknown }).visibilityState;
    document.title = title;
    for (const link of document.querySelectorAll('link[rel~="icon"]')) link.remove();
  });

  it('is offered only where the author wants it, and asks for nothing by itself', async () => {
    expect((await show('processing')).has('notify')).to.equal(false);
    const shown = await show('processing', { notify: '' });
    expect(shown.has('notify')).to.equal(true);
    expect(FakeNotification.asked).to.equal(0);
  });

  it('asks at the click, tells at the end, and marks the page until it is in front', async () => {
    const shown = await show('processing', { notify: '' });
    shown.part('notify')!.click();
    await waitUntil(() => visibleText(shown.element).includes('You will be told'), 'it says so');
    expect(FakeNotification.asked).to.equal(1);
    visibility = 'hidden';
    shown.world.double.finish(shown.id);
    await shown.advance(3_000);
    await waitUntil(() => FakeNotification.shown.length > 0);
    expect(FakeNotification.shown[0]!.title).to.equal('How bees talk to each other is done.');
    expect(FakeNotification.shown[0]!.options.tag).to.contain(shown.id);
    expect(document.title).to.equal('How bees talk to each other is done. My page');
    await waitUntil(() => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href.startsWith('data:image/png'));
    visibility = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(document.title).to.equal('My page');
    expect(document.querySelectorAll('link[rel="icon"]').length).to.equal(0);
  });

  it('changes the title alone where the browser refuses', async () => {
    FakeNotification.answer = 'denied';
    const shown = await show('processing', { notify: '' });
    shown.part('notify')!.click();
    await waitUntil(() => visibleText(shown.element).includes('This browser blocks notifications.'));
    visibility = 'hidden';
    shown.world.double.fail(shown.id);
    await shown.advance(3_000);
    await waitUntil(() => document.title.startsWith('How bees talk to each other has failed.'));
    expect(FakeNotification.shown).to.deep.equal([]);
  });

  it('says nothing while the page is in front, nor after the user changed their mind', async () => {
    const shown = await show('processing', { notify: '' });
    shown.part('notify')!.click();
    await waitUntil(() => FakeNotification.asked === 1);
    await shown.settle();
    const other = await show('processing', { notify: '' });
    other.part('notify')!.click();
    await other.settle();
    other.part('notify')!.click();
    await other.settle();
    shown.world.double.finish(shown.id);
    await shown.advance(3_000);
    visibility = 'hidden';
    other.world.double.finish(other.id);
    await other.advance(3_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(FakeNotification.shown).to.deep.equal([]);
    expect(document.title).to.equal('My page');
  });
});
