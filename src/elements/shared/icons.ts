import type { TemplateResult } from 'lit';
import { drawIcon, statusIcons } from './status-icons.ts';

/** All that there are: those of states, and those of buttons and steps. */
export const icons = {
  ...statusIcons,
  missing: 'M9 3.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 9 3.2M13.2 13.2l3.6 3.6M7.2 7.2l3.6 3.6M10.8 7.2l-3.6 3.6',
  locked: 'M5 9h10v7.4H5zM7 9V6.4a3 3 0 0 1 6 0V9M10 12v1.6',
  offline: 'M3 3l14 14M5.6 10.4a6.4 6.4 0 0 1 2.3-1.4M2.8 7.5A10.5 10.5 0 0 1 6 5.6M9 4.7a10.5 10.5 0 0 1 8.2 2.8M12.2 9.1a6.4 6.4 0 0 1 2.2 1.3M8.3 13.2a2.5 2.5 0 0 1 3.4 0M10 16v.1',
  done: 'M4.5 10.6l3.6 3.6 7.4-8',
  dot: 'M10 7.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6',
  cross: 'M5 5l10 10M15 5L5 15',
  download: 'M10 3v9.4M5.8 8.6L10 12.8l4.2-4.2M3.6 16.6h12.8',
  link: 'M8.4 11.6a3.4 3.4 0 0 0 4.8 0l2.6-2.6A3.4 3.4 0 0 0 11 4.2l-.9.9M11.6 8.4a3.4 3.4 0 0 0-4.8 0L4.2 11A3.4 3.4 0 0 0 9 15.8l.9-.9',
  open: 'M11.4 3.4h5.2v5.2M16.4 3.6l-7 7M14.4 11.8v4.8H3.4v-11h4.8',
  bell: 'M5 13.6V9a5 5 0 0 1 10 0v4.6l1.4 1.2H3.6zM8.4 17.2h3.2',
} as const;

export type IconName = keyof typeof icons;

/** An icon beside words, or in a button that has a label: screen readers pass over it. */
export function icon(name: IconName, extra = ''): TemplateResult {
  return drawIcon(icons[name], extra);
}
