/** Desktop notifications of the browser, where the user allows them. */
export interface DesktopNotice {
  readonly text: string;
  /** One notification for each; a second one with the same tag takes its place. */
  readonly tag: string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
}

/** What the browser says: `unsupported` where it has no notifications at all. */
export function desktopPermission(): NotificationPermission | 'unsupported' {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}

/** Asks for the permission to notify; call it from the user's own click. `false` when the browser says no. */
export async function askToNotify(): Promise<boolean> {
  const permission = desktopPermission();
  if (permission !== 'default') return permission === 'granted';
  return (await Notification.requestPermission()) === 'granted';
}

export function notifyDesktop({ text, tag, lang, dir }: DesktopNotice): void {
  if (desktopPermission() !== 'granted') return;
  try {
    const notification = new Notification(text, { tag: `job-elements:${tag}`, lang, dir });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
    });
  } catch {
    // Some mobile browsers notify from service workers only; the title and the icon still tell.
  }
}
