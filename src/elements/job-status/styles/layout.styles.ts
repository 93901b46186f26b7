import { css } from 'lit';

/** The four layouts. The host's own width decides, not the page's. */
export const layoutStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* Where the host is as wide as its content (in a flex row, say), containment would leave nothing of it; it may still shrink. */
    contain-intrinsic-inline-size: 22em;
    min-inline-size: 0;
    text-align: start;
    line-height: 1.5;
  }

  :host([variant='inline']) {
    display: inline-block;
    container-type: normal;
    max-inline-size: 100%;
    vertical-align: middle;
  }

  .base {
    position: relative;
    border-radius: var(--_radius-small);
    color: var(--_text);
  }

  /* card */

  .card {
    display: grid;
    gap: calc(var(--_u) * 2.5);
    padding: calc(var(--_u) * 4.5) calc(var(--_u) * 5);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .card > * {
    min-inline-size: 0;
  }

  :is(.card, .compact)[data-kind='empty'] {
    border-style: dashed;
  }

  .head,
  .line,
  .foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_u) * 3);
    min-inline-size: 0;
  }

  .head {
    min-block-size: 1.75em;
  }

  .title {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-weight: 600;
    line-height: 1.35;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .title .clip {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .card .title {
    font-size: 1.0625em;
  }

  /* Words run in their own direction, the backend's and ours (English on an Arabic page), and stand where the page's would. */
  .word {
    unicode-bidi: plaintext;
  }

  [dir='auto'] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .step-text {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    color: var(--_muted);
    font-size: 0.875em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line {
    align-items: baseline;
    min-block-size: 1.3125em;
  }

  :is([data-kind='empty'], [data-kind='retrying'], [data-absent]) .step-text {
    white-space: normal;
  }

  .percent {
    flex: none;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    /* Its bold digits must not make the line higher. */
    line-height: 1;
  }

  .foot {
    flex-wrap: wrap;
    row-gap: calc(var(--_u) * 2);
    min-block-size: 2.25em;
  }

  .times {
    flex: 1 1 auto;
    min-inline-size: 0;
    overflow: hidden;
  }

  .facts {
    min-block-size: 1.5em;
    font-size: 0.8125em;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2);
    margin-inline-start: auto;
  }

  /* As high and wide as a button is at least. */
  .room {
    visibility: hidden;
    inline-size: 1.96875em;
    block-size: 1.96875em;
  }

  /* compact */

  .compact {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 3);
    min-block-size: 3em;
    padding: calc(var(--_u) * 1.5) calc(var(--_u) * 3);
    overflow: hidden;
    border: var(--_line) solid var(--_border);
    border-radius: min(var(--_radius), 0.625rem);
    background: var(--_surface);
  }

  .compact .title {
    flex: 1 1 8em;
    font-size: 0.9375em;
  }

  .compact .step-text {
    flex: 1 1 12em;
  }

  .compact:is([data-kind='empty'], [data-absent]) .title {
    flex: 0 1 auto;
  }

  /* The bar tells that something moves; a column of turning icons would only be restless, and each cost a layer. */
  .compact .turning {
    animation: none;
  }

  .compact .track {
    flex: 0 1 9em;
    min-inline-size: 3em;
  }

  .compact .actions {
    flex: none;
  }

  .compact .actions:not(.room, :has(.button)) {
    display: contents;
  }

  @container (inline-size < 28em) {
    .compact .step-text {
      line-height: 1.3;
    }

    .compact .track {
      position: absolute;
      inset-inline: 0;
      inset-block-end: 0;
      block-size: 3px;
      border-radius: 0;
    }

    .compact .badge {
      padding: calc(var(--_u) * 1.25);
    }

    .compact .badge .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      clip-path: inset(50%);
    }

    /* Room for one: what matters more stays. */
    .compact:is([data-kind='empty'], [data-absent]) .title,
    .compact:is([data-kind='success'], [data-kind='failure'], [data-kind='cancelled']) .title + .step-text {
      display: none;
    }
  }

  @container (inline-size < 24em) {
    .card {
      padding: calc(var(--_u) * 4);
    }

    .head {
      flex-direction: column-reverse;
      align-items: start;
      gap: calc(var(--_u) * 1.5);
    }

    .head > .title {
      flex: none;
      inline-size: 100%;
    }

    .card .actions {
      inline-size: 100%;
    }

    .card .actions:not(.room, :has(.button)) {
      display: contents;
    }
  }

  /* inline */

  .inline {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    max-inline-size: 100%;
    color: inherit;
  }

  .base.bar {
    padding-block: calc(var(--_u) * 0.5);
  }

  .bar .track.void {
    visibility: visible;
    border: var(--_line) dashed var(--_muted);
    background: none;
  }

  /* skeleton: the room that the words will take */

  .waits {
    position: relative;
    visibility: hidden;
  }

  .waits::before {
    content: '';
    position: absolute;
    visibility: visible;
    inset-block: 0.2em;
    inset-inline-start: 0;
    inline-size: min(60%, 16em);
    border-radius: var(--_radius-small);
    background: var(--_track);
  }

  .step-text.waits::before {
    inline-size: min(40%, 10em);
  }

  .waits:empty::after {
    content: '\\a0';
  }
`;
