/** Arrow keys, Home and End go from item to item; Enter on an item follows its link. One of them is in the order of Tab. */
export function moveInList(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const items = [...list.querySelectorAll<HTMLElement>('.item')];
  const at = items.findIndex((item) => item.contains(event.target as Node));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  const next = to === undefined ? undefined : items[to];
  if (next) {
    event.preventDefault();
    for (const item of items) item.tabIndex = item === next ? 0 : -1;
    next.focus();
  } else if (event.key === 'Enter' && event.target === items[at]) {
    items[at]?.querySelector('a')?.click();
  }
}
