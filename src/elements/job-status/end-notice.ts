/**
 * Tells the end of a job to someone who looks at another page: by a desktop notification where that is allowed, by the
 * page's title and a mark on its icon. All of it goes again when the page is in front. Loaded when it is first asked for.
 */
export interface EndNotice {
  readonly text: string;
  /** One notification for each; a second one with the same tag takes its place. */
  readonly tag: string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** Colour of the mark on the page's icon. */
  readonly color: string;
}

interface Marked {
  count: number;
  readonly title: string;
  shown: string;
  icon: { readonly link: HTMLLinkElement; readonly href: string | null } | null;
}

let marked: Marked | null = null;

/** Asks for the permission to notify; call it from the user's own click. `false` when the browser says no. */
export async function askToNotify(): Promise<boolean> {
  if (!('Notification' in globalThis)) return false;
  if (Notification.permission !== 'default') return Notification.permission === 'granted';
  return (await Notification.requestPermission()) === 'granted';
}

export function isInFront(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

export function tellEnd(notice: EndNotice): void {
  if (isInFront()) return;
  notify(notice);
  mark(notice);
}

function notify({ text, tag, lang, dir }: EndNotice): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
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

function mark({ text, color }: EndNotice): void {
  if (marked === null) {
    marked = { count: 0, title: document.title, shown: document.title, icon: null };
    document.addEventListener('visibilitychange', unmarkInFront);
    window.addEventListener('focus', unmarkInFront);
  }
  marked.count += 1;
  marked.shown = `${marked.count > 1 ? `(${marked.count}) ` : ''}${text} ${marked.title}`.trim();
  document.title = marked.shown;
  if (marked.icon === null) void markIcon(marked, color);
}

/** Gives back what was there; a title that the page itself has changed since stays. */
function unmarkInFront(): void {
  if (marked === null || !isInFront()) return;
  document.removeEventListener('visibilitychange', unmarkInFront);
  window.removeEventListener('focus', unmarkInFront);
  if (document.title === marked.shown) document.title = marked.title;
  if (marked.icon !== null) {
    const { link, href } = marked.icon;
    if (href === null) link.remove();
    else link.href = href;
  }
  marked = null;
}

const SIZE = 32;

async function markIcon(state: Marked, color: string): Promise<void> {
  const context = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE }).getContext('2d');
  if (context === null) return;
  const known = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  const link = known ?? Object.assign(document.createElement('link'), { rel: 'icon' });
  state.icon = { link, href: known?.href ?? null };
  if (known !== null) await drawIcon(context, known.href);
  context.beginPath();
  context.arc(SIZE * 0.72, SIZE * 0.72, SIZE * 0.26, 0, Math.PI * 2);
  context.fillStyle = color;
  context.fill();
  if (marked !== state) return;
  link.href = context.canvas.toDataURL();
  if (known === null) document.head.append(link);
}

/** An icon that cannot be read (gone, or of another origin) leaves the mark alone. */
async function drawIcon(context: CanvasRenderingContext2D, href: string): Promise<void> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = href;
  try {
    await image.decode();
    context.drawImage(image, 0, 0, SIZE, SIZE);
  } catch {
    return;
  }
}
