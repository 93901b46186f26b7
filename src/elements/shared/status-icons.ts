import { html, type TemplateResult } from 'lit';

/** Those of a job's states. Strokes on a 20 unit grid. Colour and size come from the text around (class `icon` in the base styles). */
export const statusIcons = {
  waiting: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M10 6v4.2l2.7 1.6',
  started: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M8.4 7.2v5.6l4.4-2.8z',
  running: 'M10 2.8a7.2 7.2 0 1 1-7.2 7.2',
  success: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M6.8 10.2l2.2 2.2 4.2-4.6',
  failure: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M10 6.4v4.2M10 13.4v.1',
  cancelled: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M5.2 14.8l9.6-9.6',
  retry: 'M16.6 9a6.8 6.8 0 1 0-.5 4M16.8 4.6V9h-4.4',
  unknown: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M7.9 8a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.3M10 13.8v.1',
  empty: 'M4.4 3.4h11.2v13.2H4.4zM7.4 7.4h5.2M7.4 10.4h5.2',
} as const;

export type StatusIconName = keyof typeof statusIcons;

/** An icon beside words, or in a button that has a label: screen readers pass over it. */
export function drawIcon(path: string, extra = ''): TemplateResult {
  return html`<svg class="icon ${extra}" viewBox="0 0 20 20" aria-hidden="true">
    <path d=${path}></path>
  </svg>`;
}
