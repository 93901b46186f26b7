import { claimNotice } from '../shared/claim-notice.ts';
import { notifyDesktop } from '../shared/desktop-notice.ts';
import type { DesktopNotice } from '../shared/desktop-notice.ts';
import { markPage } from '../shared/page-mark.ts';

export { askToNotify } from '../shared/desktop-notice.ts';

export interface EndNotice extends DesktopNotice {
  /** Colour of the mark on the page's icon. */
  readonly color: string;
}

/**
 * Tells the end of a job to someone who looks at another page: by a desktop notification where that is allowed, by the
 * page's title and a mark on its icon, which go again when the page is in front. Each end is told once, however many tabs and
 * elements know of it. Loaded when it is first asked for.
 */
export async function tellEnd(notice: EndNotice): Promise<void> {
  if (!(await claimNotice(`desktop ${notice.tag}`))) return;
  notifyDesktop(notice);
  markPage(notice.tag, notice);
}
