import { aTimeout, expect, fixture, html, oneEvent, waitUntil as wait } from '@open-wc/testing';
import '../../src/elements/job-player/define.ts';
import type { JobPlayer } from '../../src/elements/job-player/job-player.ts';
import { formatClock } from '../../src/elements/job-player/format-clock.ts';
import { readResolution, safeUrl } from '../../src/elements/job-player/player-urls.ts';
import type { StrictWindow } from '../fixtures/strict-policy.ts';
import { expectAccessible } from '../support/axe.ts';
import { FakeClock } from '../support/fake-clock.ts';

const media = (name: string): string => new URL(`../fixtures/${name}`, import.meta.url).pathname;
/** The same server under another name: another origin, which sends no CORS headers. */
const foreign = (name: string): string => `http://localhost:${location.port}${media(name)}`;

/** Decoding takes its time on a machine that has more to do. */
const waitUntil = (condition: () => unknown, what: string): Promise<void> =>
  wait(condition as () => boolean, what, { timeout: 10_000 });

const $ = <E extends Element = HTMLElement>(player: JobPlayer, selector: string): E | null =>
  player.shadowRoot!.querySelector<E>(selector);

async function player(properties: Partial<JobPlayer> = {}): Promise<JobPlayer> {
  const element = await fixture<JobPlayer>(html`<job-player label="Colours"></job-player>`);
  Object.assign(element, { src: media('clip.mp4'), ...properties });
  await element.updateComplete;
  return element;
}

/** A player whose engine has come and whose video knows its length. */
async function ready(properties: Partial<JobPlayer> = {}): Promise<JobPlayer> {
  const element = await player(properties);
  element.mediaElement!.muted = true;
  await waitUntil(() => $<HTMLInputElement>(element, '.seek')?.disabled === false, 'the video loads');
  return element;
}

const press = (element: JobPlayer, selector: string, key: string): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
  $(element, selector)!.dispatchEvent(event);
  return event;
};

describe('job-player', () => {
  it('shows nothing without an address that media may have', async () => {
    for (const src of ['', 'javascript:alert(1)', ' java\nscript:alert(1)', 'data:video/mp4,x', 'file:///tmp/a.mp4']) {
      const element = await player({ src });
      expect(element.mediaElement, src).to.equal(null);
    }
  });

  it('plays by its button, pauses by it, and tells the time', async () => {
    const element = await ready();
    expect($(element, 'video')!.hasAttribute('controls')).to.equal(false);
    expect($(element, '.play')!.getAttribute('aria-label')).to.equal('Play');
    expect($(element, '.time')!.textContent).to.equal('0:00 / 0:03');
    $(element, '.play')!.click();
    await waitUntil(() => $(element, '.play')?.getAttribute('aria-label') === 'Pause', 'it plays');
    await waitUntil(() => element.mediaElement!.currentTime > 0.1, 'time runs');
    $(element, '.play')!.click();
    await waitUntil(() => element.mediaElement!.paused, 'it stops');
  });

  it('plays and pauses by a click on the picture', async () => {
    const element = await ready();
    $(element, 'video')!.click();
    await waitUntil(() => !element.mediaElement!.paused, 'it plays');
    $(element, 'video')!.click();
    await waitUntil(() => element.mediaElement!.paused, 'it stops');
  });

  it('seeks by its slider and paints how far it is without a style attribute from markup', async () => {
    const element = await ready();
    const seek = $<HTMLInputElement>(element, '.seek')!;
    expect(seek.max).to.equal('3');
    seek.value = '1.5';
    seek.dispatchEvent(new Event('input', { bubbles: true }));
    seek.dispatchEvent(new Event('change', { bubbles: true }));
    await waitUntil(() => element.mediaElement!.currentTime === 1.5, 'it goes there');
    await waitUntil(() => seek.getAttribute('aria-valuetext') === '0:01 of 0:03', 'it says so');
    expect(seek.style.getPropertyValue('--_played')).to.equal('50%');
  });

  it('obeys keys while the focus is inside, and leaves others alone', async () => {
    const element = await ready();
    const video = element.mediaElement!;
    expect(press(element, '.mute', 'ArrowRight').defaultPrevented).to.equal(true);
    await waitUntil(() => video.currentTime === 3, 'goes on, to the end at most');
    press(element, '.mute', 'ArrowLeft');
    await waitUntil(() => video.currentTime === 0, 'goes back, to the start at most');
    press(element, '.seek', 'k');
    await waitUntil(() => !video.paused, 'plays');
    press(element, '.seek', ' ');
    await waitUntil(() => video.paused, 'pauses');
    press(element, '.seek', 'm');
    await waitUntil(() => !video.muted, 'unmutes');
    press(element, '.play', 'ArrowDown');
    await waitUntil(() => Math.abs(video.volume - 0.95) < 0.001, 'lowers the volume');
    expect(press(element, '.play', ' ').defaultPrevented, 'space presses the button').to.equal(false);
    expect(press(element, '.volume', 'ArrowUp').defaultPrevented, 'the slider moves itself').to.equal(false);
    expect(press(element, '.play', 'Tab').defaultPrevented).to.equal(false);
    expect(press(element, '.play', 'c').defaultPrevented, 'no captions, no key').to.equal(false);
  });

  it('offers captions when there are some, off at first', async () => {
    const element = await ready({ captions: media('clip.vtt'), captionsLang: 'en' });
    const video = element.mediaElement!;
    expect(video.hasAttribute('crossorigin'), 'not needed on one origin').to.equal(false);
    await waitUntil(() => $(element, '.captions'), 'the button comes');
    expect(video.textTracks[0]!.mode).to.equal('disabled');
    $(element, '.captions')!.click();
    await waitUntil(() => $(element, '.captions')!.getAttribute('aria-pressed') === 'true', 'it says so');
    expect(video.textTracks[0]!.mode).to.equal('showing');
    await waitUntil(() => video.textTracks[0]!.cues?.length === 1, 'they load');
  });

  it('has no captions button when the captions cannot be loaded', async () => {
    const element = await ready({ captions: media('missing.vtt') });
    await waitUntil(() => $(element, '.captions'), 'the button comes');
    $(element, '.captions')!.click();
    await waitUntil(() => !$(element, '.captions'), 'and goes');
    expect(element.mediaElement!.error).to.equal(null);
  });

  it('asks for CORS only for captions of another origin, and plays without them when that is refused', async () => {
    const element = await player({ captions: foreign('clip.vtt'), src: foreign('clip.mp4') });
    expect(element.mediaElement!.getAttribute('crossorigin')).to.equal('anonymous');
    await waitUntil(() => element.mediaElement!.readyState > 0, 'it loads after all');
    expect(element.mediaElement!.hasAttribute('crossorigin')).to.equal(false);
    expect($(element, 'track')).to.equal(null);
    expect($(element, '.problem')).to.equal(null);

    const same = await player({ src: foreign('clip.mp4'), captions: media('clip.vtt') });
    expect(same.mediaElement!.hasAttribute('crossorigin')).to.equal(false);
  });

  it('leaves the browser its own controls when the engine cannot be loaded', async () => {
    let calls = 0;
    const element = await fixture<JobPlayer>(html`<job-player
      .createEngine=${() => {
        calls += 1;
        return Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
      }}
      src=${media('clip.mp4')}
    ></job-player>`);
    await aTimeout(0);
    expect(calls).to.equal(1);
    expect($(element, '.controls')).to.equal(null);
    expect(element.mediaElement!.hasAttribute('controls')).to.equal(true);
    expect(press(element, 'video', 'k').defaultPrevented, 'its keys as well').to.equal(false);
  });

  it('says that it cannot play, offers the file, and tries again', async () => {
    const element = await player({ label: 'Lost', src: media('missing.mp4'), download: media('clip.mp4') });
    await oneEvent(element, 'error');
    await element.updateComplete;
    const problem = $(element, '.problem')!;
    expect(problem.getAttribute('role')).to.equal('alert');
    expect(problem.querySelector('a')!.getAttribute('href')).to.equal(media('clip.mp4'));
    expect($(element, '.controls')).to.equal(null);
    await expectAccessible(element);

    problem.querySelector('button')!.click();
    await oneEvent(element, 'error');
    element.src = media('clip.mp4');
    await waitUntil(() => $(element, '.controls'), 'a new address is a new chance');
    expect($(element, '.problem')).to.equal(null);
  });

  it('keeps the right room by the resolution', async () => {
    const element = await player({ resolution: '1080x1920', preload: 'none' });
    const video = element.mediaElement!;
    expect([video.getAttribute('width'), video.getAttribute('height')]).to.deep.equal(['1080', '1920']);
    element.resolution = 'large';
    await element.updateComplete;
    expect(video.hasAttribute('width')).to.equal(false);
    expect(video.preload).to.equal('none');
    element.preload = 'everything' as 'auto';
    await element.updateComplete;
    expect(video.getAttribute('preload')).to.equal('metadata');
  });

  it('hides its controls while a playing video is left alone', async () => {
    const clock = new FakeClock();
    const element = await ready({ clock });
    const stage = $(element, '.stage')!;
    await clock.advance(10_000);
    expect(stage.classList.contains('idle'), 'not while it stands').to.equal(false);
    element.mediaElement!.loop = true;
    await element.mediaElement!.play();
    await waitUntil(() => clock.pending === 1, 'the rest begins');
    await clock.advance(2_499);
    expect(stage.classList.contains('idle')).to.equal(false);
    await clock.advance(1);
    await element.updateComplete;
    expect(stage.classList.contains('idle')).to.equal(true);
    stage.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
    await element.updateComplete;
    expect(stage.classList.contains('idle')).to.equal(false);
    element.mediaElement!.pause();
    await waitUntil(() => clock.pending === 0, 'no timer while it stands');
    element.remove();
    expect(clock.pending).to.equal(0);
  });

  it('speaks the language around it, in its digits', async () => {
    const place = await fixture(html`<div lang="ne"><job-player src=${media('clip.mp4')}></job-player></div>`);
    const element = place.querySelector('job-player')!;
    await waitUntil(() => $(element, '.play')?.getAttribute('aria-label') === 'चलाउनुहोस्', 'the words come');
    await waitUntil(() => $(element, '.time')!.textContent === '०:०० / ०:०३', `the digits too: ${$(element, '.time')!.textContent}`);
    place.setAttribute('lang', 'en');
    await waitUntil(() => $(element, '.play')!.getAttribute('aria-label') === 'Play', 'and change');
  });

  it('leaves no listener behind and comes back after a move', async () => {
    await aTimeout(20);
    const counts = new Map<string, number>();
    const { addEventListener, removeEventListener } = document;
    const count = (type: string, by: number): void => void counts.set(type, (counts.get(type) ?? 0) + by);
    document.addEventListener = function (this: Document, ...args: Parameters<typeof addEventListener>) {
      count(args[0], 1);
      addEventListener.apply(this, args);
    } as typeof addEventListener;
    document.removeEventListener = function (this: Document, ...args: Parameters<typeof removeEventListener>) {
      count(args[0], -1);
      removeEventListener.apply(this, args);
    } as typeof removeEventListener;
    try {
      const element = await ready();
      const parent = element.parentElement!;
      expect(counts.get('fullscreenchange')).to.equal(1);
      for (let turn = 0; turn < 20; turn++) {
        element.remove();
        parent.append(element);
        await waitUntil(() => $(element, '.controls'), 'it is back');
      }
      element.remove();
      await waitUntil(() => counts.get('fullscreenchange') === 0, 'all is put away');
    } finally {
      document.addEventListener = addEventListener;
      document.removeEventListener = removeEventListener;
    }
  });

  it('is accessible with controls, with captions on, and before the engine', async () => {
    await expectAccessible(await ready({ captions: media('clip.vtt'), poster: media('clip.jpg') }));
    await expectAccessible(await player({ createEngine: () => Promise.reject(new Error('none')) }));
  });
});

describe('job-player under a strict Content-Security-Policy', () => {
  it('plays with captions and all controls, and nothing is reported', async () => {
    const frame = await fixture<HTMLIFrameElement>(
      html`<iframe title="Strict page" width="640" height="400" src=${media('strict-policy.html')}></iframe>`,
    );
    const page = frame.contentWindow as unknown as StrictWindow;
    await waitUntil(() => page.load, 'the page loads');
    await page.load(new URL('../../src/elements/job-player/define.ts', import.meta.url).href);
    const element = page.document.createElement('job-player');
    Object.assign(element, {
      src: media('clip.mp4'),
      poster: media('clip.jpg'),
      captions: media('clip.vtt'),
      resolution: '160x90',
    });
    page.document.body.append(element);
    await waitUntil(() => $(element, '.captions'), 'the controls come');
    element.mediaElement!.muted = true;
    $(element, '.captions')!.click();
    $(element, '.play')!.click();
    await waitUntil(() => element.mediaElement!.currentTime > 0.2, 'it plays');
    await waitUntil(() => /^[1-9]/.test($(element, '.seek')!.style.getPropertyValue('--_played')), 'the slider fills');
    expect(page.violations).to.deep.equal([]);

    // The page reports what is against its policy: without that the line above would prove nothing.
    page.document.body.append(page.document.createElement('style'));
    page.document.body.lastElementChild!.textContent = 'p { color: red }';
    await waitUntil(() => page.violations.length > 0, 'a style element is reported');
  });
});

describe('job-player parts', () => {
  it('formats times as clocks do', () => {
    const localize = { number: (value: number, options?: Intl.NumberFormatOptions) => value.toLocaleString('en', options) };
    const all = [0, 5.9, 65, 3599, 3600, 36_062, -1, NaN, Infinity].map((value) => formatClock(value, localize));
    expect(all).to.deep.equal(['0:00', '0:05', '1:05', '59:59', '1:00:00', '10:01:02', '0:00', '0:00', '0:00']);
  });

  it('judges addresses by their scheme as a browser reads it', () => {
    for (const good of ['https://a/b', 'HTTP://a', 'blob:https://a/1', '/a:b', 'a.mp4', '//a/b']) expect(safeUrl(good)).to.equal(good);
    for (const bad of ['javascript:x', '\tjava\nscript:x', 'JAVASCRIPT:x', 'data:x', 'file:///a', 'ftp://a']) expect(safeUrl(bad)).to.equal('');
  });

  it('reads resolutions', () => {
    expect(readResolution(' 1080 x 1920 ')).to.deep.equal({ width: 1080, height: 1920 });
    for (const bad of ['', '1080', 'x', '0x10', '-1x2', '1e3x2']) expect(readResolution(bad)).to.equal(null);
  });
});
