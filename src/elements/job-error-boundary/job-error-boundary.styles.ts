import { css } from 'lit';

export const boundaryStyles = css`
  :host {
    display: contents;
    line-height: 1.45;
  }

  .fallback {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: calc(var(--_u) * 2) calc(var(--_u) * 3);
    padding: calc(var(--_u) * 4);
    border: var(--_line) solid color-mix(in srgb, var(--_warning) 45%, var(--_surface));
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_warning) 6%, var(--_surface));
    color: var(--_text);
  }

  ::slotted([slot='fallback']) {
    margin-block: 0;
  }

  /* The button goes below where the words would have too little room; a container query would need a width from outside. */
  .beside {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: inherit;
  }

  .words {
    flex: 1 1 14rem;
    min-inline-size: 0;
  }

  .fallback > .icon {
    block-size: 1.45em;
    color: var(--_warning);
  }

  .title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .text,
  .again {
    color: var(--_muted);
    font-size: 0.9375em;
  }

  .again {
    grid-column: 2;
  }

  .button {
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    .fallback {
      border-color: CanvasText;
    }
  }
`;
