import { css } from 'lit';

/** What stands in the list's place, notes beside it, and the dialog. */
export const screenStyles = css`
  .note {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    color: var(--_muted);
    font-size: 0.875em;
  }

  .note .button {
    flex: none;
    font-size: 1em;
  }

  .stale > span {
    flex: 1;
  }

  .screen {
    display: grid;
    justify-items: center;
    gap: calc(var(--_u) * 2);
    padding: calc(var(--_u) * 10) calc(var(--_u) * 5);
    border: var(--_line) dashed var(--_border);
    border-radius: var(--_radius);
    color: var(--_muted);
    text-align: center;
  }

  .screen > .icon {
    inline-size: 2em;
    block-size: 2em;
  }

  .headline {
    color: var(--_text);
    font-weight: 600;
  }

  .loading {
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .ghost {
    display: grid;
    grid-template-columns: 4em 4fr 2fr 3fr;
    align-items: center;
    gap: calc(var(--_u) * 6);
    min-block-size: calc(var(--_u) * 15);
    padding-inline: calc(var(--_u) * 4);
  }

  .ghost + .ghost {
    border-block-start: var(--_line) solid var(--_border);
  }

  .ghost i {
    block-size: 0.875em;
    border-radius: 99em;
    background: var(--_track);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .ghost i:first-child {
    block-size: 2.25em;
    border-radius: var(--_radius-small);
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .ghost i {
      animation: none;
    }
  }

  .duplicate {
    inline-size: min(46em, calc(100vw - 2em));
    max-block-size: calc(100vh - 2em);
    padding: calc(var(--_u) * 5);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    overflow-y: auto;
  }

  .duplicate::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  .duplicate header {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: calc(var(--_u) * 3);
    margin-block-end: calc(var(--_u) * 3);
  }

  .duplicate h2 {
    margin: 0;
    font-size: 1.125em;
    overflow-wrap: anywhere;
  }

  @container (inline-size < 46em) {
    .loading {
      display: grid;
      gap: calc(var(--_u) * 3);
      border: 0;
      background: none;
    }

    .ghost,
    .ghost + .ghost {
      grid-template-columns: 4em 1fr;
      min-block-size: calc(var(--_u) * 36);
      border: var(--_line) solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_surface);
    }

    .ghost i:nth-child(n + 3) {
      display: none;
    }
  }
`;
