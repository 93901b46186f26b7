import { askToNotify, desktopPermission } from '../shared/desktop-notice.ts';

/** Whether the user wants desktop notifications, kept for this origin. The browser's own permission is another matter. */
const KEY = 'job-elements.desktop';
let here = false;

export function wantsDesktop(): boolean {
  return desktopPermission() === 'granted' && wish();
}

/** Turns it off, or on; for that the browser asks the user, once. Call it from the user's own click. */
export async function switchDesktop(): Promise<void> {
  const on = !wantsDesktop();
  keep(on && (await askToNotify()));
}

function wish(): boolean {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return here;
  }
}

function keep(on: boolean): void {
  here = on;
  try {
    if (on) localStorage.setItem(KEY, 'on');
    else localStorage.removeItem(KEY);
  } catch {
    // Then it lasts until the page is left.
  }
}
