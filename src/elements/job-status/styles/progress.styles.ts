import { css } from 'lit';

/** The bar and the steps. Everything that moves does so by transform. */
export const progressStyles = css`
  .track {
    --_tone: var(--_accent);
    --_way: 1;
    position: relative;
    overflow: hidden;
    block-size: var(--job-bar-size, 0.5em);
    border-radius: 99em;
    background: var(--_track);
    /* Keeps the rounded corners on what is transformed inside, in every browser. */
    isolation: isolate;
  }

  .track:dir(rtl) {
    --_way: -1;
  }

  .track.void {
    visibility: hidden;
  }

  .fill {
    block-size: 100%;
    border-radius: inherit;
    background: var(--_tone);
    transform: translateX(calc((var(--_share, 0) - 1) * 100% * var(--_way)));
    transition: transform var(--_motion) ease-out;
  }

  .track[data-tone='success'] {
    --_tone: var(--_success);
  }

  .track[data-tone='danger'] {
    --_tone: var(--_danger);
  }

  .track:is([data-kind='cancelled'], [data-kind='cancelling']),
  [data-trouble] .track {
    --_tone: var(--_muted);
  }

  /* Told apart without colour: what stopped on its way is hatched. */
  .track:is([data-kind='failure'], [data-kind='cancelled']) .fill {
    background: repeating-linear-gradient(
      -45deg,
      var(--_tone) 0 0.3em,
      color-mix(in srgb, var(--_tone) 62%, var(--_surface)) 0.3em 0.6em
    );
  }

  .track.moving .fill {
    inline-size: 40%;
    transform: translateX(calc(-100% * var(--_way)));
    transition: none;
    animation: job-pass 1.8s cubic-bezier(0.45, 0.05, 0.55, 0.95) infinite;
  }

  @keyframes job-pass {
    to {
      transform: translateX(calc(250% * var(--_way)));
    }
  }

  /* steps */

  .steps {
    display: grid;
    gap: calc(var(--_u) * 1.5);
    padding-block-start: calc(var(--_u) * 3.5);
    border-block-start: var(--_line) solid var(--_border);
    color: var(--_muted);
    font-size: 0.8125em;
    list-style: none;
  }

  .step {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    min-inline-size: 0;
  }

  .step .name {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .step .mark {
    display: inline-flex;
    flex: none;
    padding: 0.2em;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_text) 6%, var(--_surface));
  }

  .step .mark .icon {
    inline-size: 1em;
    block-size: 1em;
    stroke-width: 2.25;
  }

  .step[data-state='active'] {
    color: var(--_text);
    font-weight: 600;
  }

  .step[data-state='active'] .mark {
    background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
    color: var(--_accent);
  }

  .step[data-state='success'] .mark {
    background: color-mix(in srgb, var(--_success) 13%, var(--_surface));
    color: var(--_success);
  }

  .step[data-state='failure'] {
    color: var(--_danger);
    font-weight: 600;
  }

  .step[data-state='failure'] .mark {
    background: color-mix(in srgb, var(--_danger) 13%, var(--_surface));
  }

  .share {
    font-variant-numeric: tabular-nums;
    font-weight: 400;
  }

  /* Side by side, joined by a line. */
  @container (inline-size >= 34em) {
    .steps.few {
      grid-auto-columns: minmax(0, 1fr);
      grid-auto-flow: column;
    }

    .steps.few .step {
      position: relative;
      flex-direction: column;
      gap: calc(var(--_u) * 1.25);
      text-align: center;
    }

    .steps.few .step:not(:first-child)::before {
      content: '';
      position: absolute;
      inset-block-start: 0.7em;
      inset-inline: calc(-50% + 1.2em) calc(50% + 1.2em);
      block-size: 2px;
      translate: 0 -50%;
      border-radius: 1px;
      background: var(--_border);
    }

    .steps.few .step:is([data-state='success'], [data-state='active'], [data-state='failure']):not(:first-child)::before {
      background: color-mix(in srgb, var(--_success) 55%, var(--_surface));
    }

    .share {
      display: block;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    /* Standing still it must not look like a third done. */
    .track.moving .fill {
      inline-size: 100%;
      transform: none;
      animation: none;
      background: repeating-linear-gradient(
        -45deg,
        color-mix(in srgb, var(--_tone) 60%, transparent) 0 0.4em,
        transparent 0.4em 0.8em
      );
    }
  }

  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }

    .fill {
      forced-color-adjust: none;
    }

    .step .mark {
      border: 1px solid CanvasText;
    }

    .steps.few .step::before {
      forced-color-adjust: none;
      background: CanvasText !important;
    }
  }
`;
