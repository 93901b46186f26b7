/** The sentences on show below `root` that end, on their line, left of where they begin: English whose full stop was moved by a page from right to left. */
export function misplacedFullStops(root: Node): string[] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const misplaced: string[] = [];
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    const words = text.data.trim();
    if (!/^[A-Z0-9].*\.$/s.test(words)) continue;
    const first = text.data.indexOf(words);
    const [start, end] = [first, first + words.length - 1].map((at) => {
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    }) as [DOMRect, DOMRect];
    const isShown = start.width > 0 && text.parentElement!.checkVisibility() && !text.parentElement!.closest('.hidden-text');
    if (isShown && Math.abs(start.top - end.top) < start.height / 2 && end.left < start.left) misplaced.push(words);
  }
  return misplaced;
}
