import { html, type TemplateResult } from 'lit';

/** Outlines drawn on a 24 unit grid; the controls colour and size them. */
const paths = {
  play: 'M7 4.5v15l12.5-7.5z',
  pause: 'M6 4.5h4v15H6zM14 4.5h4v15h-4z',
  replay: 'M12 5V1.5L7 6l5 4.5V7a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8z',
  sound: 'M3 9v6h4l5 4.5v-15L7 9zM14.5 8v8a4.5 4.5 0 0 0 0-8zM14.5 3.5v2.2a6.5 6.5 0 0 1 0 12.6v2.2a8.6 8.6 0 0 0 0-17z',
  muted: 'M3 9v6h4l5 4.5v-15L7 9zM21.5 9.4l-1.4-1.4-2.6 2.6L14.9 8l-1.4 1.4 2.6 2.6-2.6 2.6 1.4 1.4 2.6-2.6 2.6 2.6 1.4-1.4-2.6-2.6z',
  captions:
    'M4 4.5h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2zm1.5 5v5A1.5 1.5 0 0 0 7 16h2.5a1.5 1.5 0 0 0 1.5-1.5v-1H9.3v.8H7.2v-4.6h2.1v.8H11v-1A1.5 1.5 0 0 0 9.5 8H7a1.5 1.5 0 0 0-1.5 1.5zm7.5 0v5a1.5 1.5 0 0 0 1.5 1.5H17a1.5 1.5 0 0 0 1.5-1.5v-1h-1.7v.8h-2.1v-4.6h2.1v.8h1.7v-1A1.5 1.5 0 0 0 17 8h-2.5A1.5 1.5 0 0 0 13 9.5z',
  pip: 'M3 4.5h18v15H3zm2 2v11h14v-11zm6.5 5H18v5h-6.5z',
  fullscreen: 'M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z',
  windowed: 'M8 4h2v6H4V8h4zM14 4h2v4h4v2h-6zM4 14h6v6H8v-4H4zM14 14h6v2h-4v4h-2z',
} as const;

export type PlayerIcon = keyof typeof paths;

export function icon(name: PlayerIcon): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path fill-rule="evenodd" d=${paths[name]}></path>
  </svg>`;
}
