import { css } from 'lit';

/** What is said above the button: what was refused, and what is waited for. */
export const panels = css`
  .panel {
    --_tone: var(--_accent);
    display: flex;
    gap: calc(var(--_u) * 2);
    padding: calc(var(--_u) * 3);
    border: var(--_line) solid color-mix(in srgb, var(--_tone) 45%, var(--_surface));
    border-radius: var(--_radius-small);
    background: color-mix(in srgb, var(--_tone) 7%, var(--_surface));
  }

  .refusal {
    --_tone: var(--_danger);
  }

  .note-panel[part='offline'],
  .note-panel[part='pause'] {
    --_tone: var(--_warning);
  }

  .panel > .icon {
    margin-block: 0.125em;
    color: var(--_tone);
  }

  .panel > div {
    display: grid;
    flex: 1;
    gap: calc(var(--_u) * 2);
    justify-items: start;
    min-inline-size: 0;
  }

  @container (inline-size > 34em) {
    .note-panel:is([part='restored'], [part='pause'], [part='offline']) {
      align-items: center;
    }

    .note-panel[part='restored'] > div,
    .note-panel[part='pause'] > div,
    .note-panel[part='offline'] > div {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }
  }

  .detail {
    overflow-wrap: anywhere;
  }

  [role='timer'] {
    font-variant-numeric: tabular-nums;
  }

  .bar {
    inline-size: 100%;
    block-size: 0.375em;
    overflow: hidden;
    border-radius: 1em;
    background: var(--_track);
  }

  .bar > span {
    display: block;
    inline-size: 40%;
    block-size: 100%;
    border-radius: inherit;
    background: var(--_accent);
    animation: pass 1.8s ease-in-out infinite;
  }

  @keyframes pass {
    from {
      transform: translateX(-100%);
    }

    to {
      transform: translateX(250%);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bar > span {
      inline-size: 100%;
      opacity: 0.5;
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .bar > span {
      background: Highlight;
    }
  }
`;
