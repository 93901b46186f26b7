import { css } from 'lit';

/** The bell and its list. */
export const panelStyles = css`
  :host {
    display: inline-block;
    color: var(--_text);
    line-height: 1.45;
  }

  :host([hide-bell]) {
    display: contents;
  }

  .bell {
    position: relative;
    min-block-size: 2.5em;
    min-inline-size: 2.5em;
    font-size: 1em;
  }

  .count {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    min-inline-size: 1.55em;
    padding-inline: 0.3em;
    border: 1px solid var(--_surface);
    border-radius: 99em;
    background: var(--_danger);
    color: var(--_surface);
    font-size: 0.6875em;
    font-weight: 700;
    line-height: 1.45;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  .panel {
    position: fixed;
    inset: auto;
    inline-size: 24em;
    margin: 0;
    padding: 0;
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 0.5em 2em rgb(0 0 0 / 0.18);
    overflow: auto;
    overscroll-behavior: contain;
  }

  header {
    position: sticky;
    inset-block-start: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_u) calc(var(--_u) * 3);
    padding: calc(var(--_u) * 3) calc(var(--_u) * 4);
    border-block-end: var(--_line) solid var(--_border);
    background: var(--_surface);
  }

  h2 {
    margin: 0;
    font-size: 1em;
    font-weight: 650;
  }

  .list,
  .stack {
    list-style: none;
  }

  .item {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: calc(var(--_u) * 2.5);
    align-items: start;
    padding: calc(var(--_u) * 3) calc(var(--_u) * 4);
  }

  .item + .item {
    border-block-start: var(--_line) solid var(--_border);
  }

  .item:focus-visible {
    outline-offset: -2px;
  }

  .item.unread {
    background: color-mix(in srgb, var(--_accent) 7%, var(--_surface));
    box-shadow: inset 3px 0 0 var(--_accent);
  }

  [dir='rtl'] .item.unread {
    box-shadow: inset -3px 0 0 var(--_accent);
  }

  .unread .text {
    font-weight: 600;
  }

  .tone {
    --_tone: var(--_muted);
    display: flex;
    color: var(--_tone);
    line-height: 1;
  }

  .tone .icon {
    inline-size: 1.375em;
    block-size: 1.375em;
  }

  .tone[data-tone='success'] {
    --_tone: var(--_success);
  }

  .tone[data-tone='danger'] {
    --_tone: var(--_danger);
  }

  .words {
    display: grid;
    gap: calc(var(--_u) * 0.5);
    min-inline-size: 0;
  }

  .text,
  .reason {
    overflow-wrap: anywhere;
  }

  .reason,
  .about {
    color: var(--_muted);
    font-size: 0.875em;
  }

  .reason {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--_u) * 3);
  }

  a {
    inline-size: fit-content;
    padding-block: calc(var(--_u) * 0.5);
    border-radius: 2px;
    color: var(--_accent);
    font-weight: 550;
    text-underline-offset: 0.15em;
  }

  .toast a {
    font-size: 0.9375em;
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: var(--_u);
    padding: calc(var(--_u) * 8) calc(var(--_u) * 5);
    color: var(--_muted);
    text-align: center;
  }

  .empty .icon {
    inline-size: 2em;
    block-size: 2em;
    margin-block-end: var(--_u);
  }

  .headline {
    color: var(--_text);
    font-weight: 600;
  }

  footer {
    padding: calc(var(--_u) * 2) calc(var(--_u) * 4.57) calc(var(--_u) * 3);
    border-block-start: var(--_line) solid var(--_border);
    color: var(--_muted);
    font-size: 0.875em;
  }

  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_u) * 3);
    inline-size: 100%;
    min-block-size: 2.25em;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: var(--_text);
    font: inherit;
    font-weight: 550;
    text-align: start;
    cursor: pointer;
  }

  .switch[aria-disabled='true'] {
    color: var(--_muted);
    cursor: not-allowed;
  }

  .knob {
    flex: none;
    inline-size: 2.5em;
    block-size: 1.375em;
    padding: 0.1875em;
    border-radius: 99em;
    background: color-mix(in srgb, var(--_text) 45%, var(--_surface));
    transition: background-color var(--_motion);
  }

  .knob::before {
    content: '';
    display: block;
    block-size: 1em;
    inline-size: 1em;
    border-radius: 50%;
    background: var(--_surface);
    transition: transform var(--_motion);
  }

  [aria-checked='true'] .knob {
    background: var(--_accent);
  }

  [aria-checked='true'] .knob::before {
    transform: translateX(1.125em);
  }

  [dir='rtl'] [aria-checked='true'] .knob::before {
    transform: translateX(-1.125em);
  }

  @media (forced-colors: active) {
    .count {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    .knob {
      border: 1px solid CanvasText;
    }

    .knob::before {
      background: CanvasText;
      forced-color-adjust: none;
    }

    .item.unread {
      border-inline-start: 3px solid Highlight;
    }
  }
`;
