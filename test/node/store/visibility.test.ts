import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pageVisibility } from '../../../src/store/visibility.ts';

describe('whether the page is seen', () => {
  it('is so where there is no page', () => {
    assert.equal(pageVisibility.visible, true);
    pageVisibility.subscribe(() => assert.fail('nothing can change'))();
  });

  it('is told when it changes, and when the page comes back from the back/forward cache', (test) => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    const window = new EventTarget();
    const browser = { document: page, addEventListener: window.addEventListener.bind(window), removeEventListener: window.removeEventListener.bind(window) };
    Object.assign(globalThis, browser);
    test.after(() => Object.keys(browser).forEach((name) => delete (globalThis as Record<string, unknown>)[name]));
    let told = 0;
    const end = pageVisibility.subscribe(() => told++);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    assert.deepEqual([pageVisibility.visible, told], [false, 1]);
    const shown = (persisted: boolean) => window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
    shown(false);
    assert.equal(told, 1, 'a page that was just loaded knows by itself');
    shown(true);
    assert.equal(told, 2);
    end();
    page.dispatchEvent(new Event('visibilitychange'));
    shown(true);
    assert.equal(told, 2);
  });
});
