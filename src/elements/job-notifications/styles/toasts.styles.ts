import { css } from 'lit';

/** At the edge of the window, over everything. */
export const toastStyles = css`
  .toasts {
    --_inset: var(--job-toast-inset, 1rem);
    position: fixed;
    inset: auto;
    z-index: 2147483000;
    display: grid;
    gap: calc(var(--_u) * 2);
    inline-size: min(24em, 100vw - 2 * var(--_inset));
    max-block-size: calc(100vh - 2 * var(--_inset));
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text);
    overflow: visible;
  }

  .toasts[data-place^='bottom'] {
    inset-block-end: var(--_inset);
  }

  .toasts[data-place^='top'] {
    inset-block-start: var(--_inset);
  }

  .toasts[data-place$='-end'] {
    inset-inline-end: var(--_inset);
  }

  .toasts[data-place$='-start'] {
    inset-inline-start: var(--_inset);
  }

  .toasts:is([data-place='top'], [data-place='bottom']) {
    inset-inline: 0;
    margin-inline: auto;
  }

  .stack {
    display: grid;
    gap: calc(var(--_u) * 2);
  }

  .toast {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: start;
    gap: calc(var(--_u) * 2.5);
    padding-block: calc(var(--_u) * 2);
    padding-inline: calc(var(--_u) * 4) calc(var(--_u) * 2);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 0.375em 1.5em rgb(0 0 0 / 0.16);
    animation: arrive var(--_motion) ease-out;
  }

  .toast .tone,
  .toast .words {
    padding-block: calc(var(--_u) * 1);
  }

  .toast .text {
    font-weight: 600;
  }

  .toast .close {
    min-block-size: 2.125em;
    min-inline-size: 2.125em;
    color: var(--_muted);
  }

  .rest {
    display: flex;
    align-items: center;
    justify-content: end;
    gap: calc(var(--_u) * 3);
    color: var(--_muted);
    font-size: 0.9375em;
  }

  .rest span {
    padding: calc(var(--_u) * 1) calc(var(--_u) * 2.5);
    border-radius: 99em;
    background: var(--_surface);
    font-size: 0.875em;
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(0.75em);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .toast {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .toast {
      border: 2px solid CanvasText;
    }
  }
`;
