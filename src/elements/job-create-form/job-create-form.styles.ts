import { css } from 'lit';
import { controls } from './styles/controls.styles.ts';
import { panels } from './styles/panels.styles.ts';

const layout = css`
  :host {
    display: block;
    container-type: inline-size;
    /* Where the host is as wide as its content (in a flex row, say), containment would leave nothing of it; it may still shrink. */
    contain-intrinsic-inline-size: 40em;
    min-inline-size: 0;
    color: var(--_text);
    line-height: 1.5;
  }

  /* Columns may become narrower than what is in them. */
  .card,
  form,
  .fields,
  .group,
  .done {
    grid-template-columns: minmax(0, 1fr);
  }

  .card {
    display: grid;
    gap: calc(var(--_u) * 5);
    padding: calc(var(--_u) * 5);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 3) calc(var(--_u) * 5);
  }

  .head > slot {
    display: block;
    flex: 1 1 14em;
  }

  form {
    display: grid;
    gap: calc(var(--_u) * 5);
  }

  .fields {
    display: grid;
    gap: calc(var(--_u) * 4.5) calc(var(--_u) * 4);
  }

  @container (inline-size > 34em) {
    .card {
      padding: calc(var(--_u) * 6);
    }

    .fields {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      align-items: start;
    }

    .wide {
      grid-column: 1 / -1;
    }
  }

  @container (inline-size > 52em) {
    .fields {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }

    .group .fields {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }

  .more {
    border-block: var(--_line) solid var(--_border);
  }

  summary {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 calc(var(--_u) * 2.5);
    padding-block: calc(var(--_u) * 2.5);
    border-radius: var(--_radius-small);
    font-weight: 600;
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::before {
    content: '';
    align-self: center;
    inline-size: 0.4375em;
    block-size: 0.4375em;
    margin-inline-end: calc(var(--_u) * -0.5);
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: rotate(-45deg);
    transition: transform calc(var(--_motion) / 2);
  }

  :host(:dir(rtl)) summary::before {
    transform: rotate(135deg);
  }

  .more[open] > summary::before,
  :host(:dir(rtl)) .more[open] > summary::before {
    transform: rotate(45deg);
  }

  .chosen {
    color: var(--_muted);
    font-size: 0.9375em;
    font-weight: 400;
    overflow-wrap: anywhere;
  }

  .group {
    display: grid;
    gap: calc(var(--_u) * 3);
    min-inline-size: 0;
    margin: 0;
    padding: calc(var(--_u) * 2) 0 calc(var(--_u) * 5);
    border: 0;
  }

  legend {
    padding: 0;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
    letter-spacing: 0.02em;
  }

  .send {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2) calc(var(--_u) * 4);
  }

  .send .button {
    min-block-size: 2.75em;
    padding-inline: calc(var(--_u) * 5);
    font-size: 1em;
  }

  .note:empty {
    display: none;
  }

  .note {
    color: var(--_muted);
    font-size: 0.9375em;
  }

  .done {
    display: grid;
    justify-items: start;
    gap: calc(var(--_u) * 4);
    border-radius: var(--_radius);
  }

  .done job-status {
    inline-size: 100%;
  }

  .done:focus-visible {
    outline-offset: 4px;
  }

  .turning {
    animation: turn 1.2s linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .turning {
      animation: none;
    }
  }
`;

export const jobCreateFormStyles = [layout, controls, panels];
