import { isInFront } from './in-front.ts';

/** What is said of something by the page's title, and by a mark on its icon. */
export interface PageMark {
  /** Stands before the page's own title. */
  readonly text: string;
  /** Colour of the mark on the page's icon. */
  readonly color: string;
  /** Stays until it is taken away; otherwise it goes when the page is in front. */
  readonly keep?: boolean;
}

interface Marked {
  title: string;
  shown: string;
  icons: MarkedIcon[] | null;
}

interface MarkedIcon {
  readonly link: HTMLLinkElement;
  /** As it stood in the page; `null` for the link that the page did not have. */
  readonly href: string | null;
  drawn: string | null;
}

/** By what they are about, the newest last. */
const marks = new Map<string, PageMark>();
let marked: Marked | null = null;

/** Marks the page; twice for the same is once. */
export function markPage(name: string, mark: PageMark): void {
  const keep = mark.keep === true || marks.get(name)?.keep === true;
  marks.delete(name);
  marks.set(name, { ...mark, keep });
  if (marked === null) {
    marked = { title: document.title, shown: document.title, icons: null };
    document.addEventListener('visibilitychange', unmarkInFront);
    window.addEventListener('focus', unmarkInFront);
  }
  // The page has another title by now: that one is marked, and given back.
  if (document.title !== marked.shown) marked.title = marked.shown = document.title;
  if (marked.icons === null) void markIcons(marked, mark.color);
  show(marked);
}

/** It has been seen. */
export function unmarkPage(name: string): void {
  if (!marks.delete(name) || marked === null) return;
  if (marks.size === 0) restore(marked);
  else show(marked);
}

function unmarkInFront(): void {
  if (!isInFront()) return;
  for (const [name, { keep }] of [...marks]) if (!keep) unmarkPage(name);
}

/** A title that the page itself has changed since stays. */
function show(state: Marked): void {
  if (document.title !== state.shown) return;
  const newest = [...marks.values()].at(-1);
  state.shown = `${marks.size > 1 ? `(${marks.size}) ` : ''}${newest?.text ?? ''} ${state.title}`.trim();
  document.title = state.shown;
}

/** Gives back what was there, unless the page itself has set something else since. */
function restore({ title, shown, icons }: Marked): void {
  document.removeEventListener('visibilitychange', unmarkInFront);
  window.removeEventListener('focus', unmarkInFront);
  if (document.title === shown) document.title = title;
  for (const { link, href, drawn } of icons ?? []) {
    if (link.getAttribute('href') !== drawn) continue;
    if (href === null) link.remove();
    else link.setAttribute('href', href);
  }
  marked = null;
}

const SIZE = 32;

/** All of them: which one a browser shows is its own choice. */
async function markIcons(state: Marked, color: string): Promise<void> {
  const context = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE }).getContext('2d');
  if (context === null) return;
  const known = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"][href]')];
  const links = known.length > 0 ? known : [Object.assign(document.createElement('link'), { rel: 'icon' })];
  const icons: MarkedIcon[] = (state.icons = links.map((link) => ({ link, href: link.getAttribute('href'), drawn: null })));
  const last = known.at(-1);
  if (last) await drawIcon(context, last.href);
  context.beginPath();
  context.arc(SIZE * 0.72, SIZE * 0.72, SIZE * 0.26, 0, Math.PI * 2);
  context.fillStyle = color;
  context.fill();
  if (marked !== state) return;
  const drawn = context.canvas.toDataURL();
  for (const icon of icons) {
    if (icon.link.getAttribute('href') !== icon.href) continue;
    icon.drawn = drawn;
    icon.link.href = drawn;
    if (known.length === 0) document.head.append(icon.link);
  }
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
