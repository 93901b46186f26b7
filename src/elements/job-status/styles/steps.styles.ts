import { css } from 'lit';

/** The list of steps. */
export const stepStyles = css`
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
    unicode-bidi: isolate;
    margin-inline-start: 0.5em;
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

    .steps.few .share {
      display: block;
      margin-inline-start: 0;
    }

    .steps-all {
      align-self: flex-start;
      justify-self: start;
    }
  }

  @media (forced-colors: active) {
    .step .mark {
      border: 1px solid CanvasText;
    }

    .steps.few .step::before {
      forced-color-adjust: none;
      background: CanvasText !important;
    }
  }
`;
