const GAP = 6;
const EDGE = 8;
/** Less room than this is too little, in px. */
const LEAST = 240;

/** Puts the panel below the bell, or above it where there is more room, and within the window. Called before it opens. */
export function placePanel(panel: HTMLElement, bell: Element): void {
  const { top, bottom, left, right } = bell.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const above = clientHeight - bottom < LEAST && top > clientHeight - bottom;
  const opensToRight = left + right < clientWidth;
  const style: Record<string, string> = {
    top: above ? 'auto' : `${bottom + GAP}px`,
    bottom: above ? `${clientHeight - top + GAP}px` : 'auto',
    left: opensToRight ? `${Math.max(EDGE, left)}px` : 'auto',
    right: opensToRight ? 'auto' : `${Math.max(EDGE, clientWidth - right)}px`,
    'max-block-size': `${(above ? top : clientHeight - bottom) - GAP - EDGE}px`,
    'max-inline-size': `${clientWidth - EDGE - Math.max(EDGE, opensToRight ? left : clientWidth - right)}px`,
  };
  for (const [name, value] of Object.entries(style)) panel.style.setProperty(name, value);
}
