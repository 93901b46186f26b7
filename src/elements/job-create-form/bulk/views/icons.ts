import type { TemplateResult } from 'lit';
import { drawIcon } from '../../../shared/status-icons.ts';

const paths = {
  upload: 'M10 12.6V3.4M5.8 7.2L10 3l4.2 4.2M3.6 12.6v4h12.8v-4',
  pause: 'M7 4.4v11.2M13 4.4v11.2',
  play: 'M6.4 4.2v11.6l9-5.8z',
  pen: 'M4 16l.8-3.4 8.4-8.4 2.6 2.6-8.4 8.4zM11.4 6l2.6 2.6',
  back: 'M12.4 4.6L7 10l5.4 5.4',
  forth: 'M7.6 4.6L13 10l-5.4 5.4',
} as const;

/** An icon that only this element has, beside words or in a button that has a label. */
export function bulkIcon(name: keyof typeof paths, extra = ''): TemplateResult {
  return drawIcon(paths[name], extra);
}
