import { css } from 'lit';

/**
 * The picture is the stage, dark in both schemes, so the controls are white on a dark veil in both; what is said in words
 * when it cannot play takes the page's own colours.
 */
export const jobPlayerStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* Where the host is as wide as its content (in a flex row, say), containment would leave nothing of it; it may still shrink. */
    contain-intrinsic-inline-size: 40em;
    min-inline-size: 0;
    position: relative;
    border-radius: var(--_radius-small);
    overflow: clip;
    background: var(--job-player-background, #0b0d12);
    color: #fff;
    font-size: var(--job-player-font-size, 0.875rem);
    line-height: 1.4;
  }

  :host([hidden]) {
    display: none;
  }

  :host(:fullscreen) {
    border-radius: 0;
  }

  .stage {
    position: relative;
    display: grid;
    min-block-size: 9rem;
  }

  :host(:fullscreen) .stage {
    block-size: 100%;
  }

  .stage > * {
    grid-area: 1 / 1;
  }

  video {
    display: block;
    inline-size: 100%;
    block-size: auto;
    min-block-size: 9rem;
    max-block-size: var(--job-player-max-block-size, min(32rem, 80vh));
    object-fit: contain;
  }

  .failed video {
    display: none;
  }

  :host(:fullscreen) video {
    block-size: 100%;
    max-block-size: none;
  }

  /* Room for the bar, so that captions are not under it. */
  .stage.own:not(.idle) video::-webkit-media-text-track-container {
    transform: translateY(-4.25rem);
  }

  .idle {
    cursor: none;
  }

  /* The sign in the middle: the picture itself is what is clicked. */
  .cue {
    place-self: center;
    display: grid;
    place-items: center;
    inline-size: 4rem;
    block-size: 4rem;
    border-radius: 50%;
    background: rgb(11 13 18 / 0.72);
    pointer-events: none;
  }

  .cue svg {
    inline-size: 2rem;
    block-size: 2rem;
    fill: currentColor;
  }

  .wait {
    place-self: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
    border: 0.25rem solid rgb(255 255 255 / 0.3);
    border-block-start-color: #fff;
    pointer-events: none;
    /* A wait too short to notice shows nothing. */
    opacity: 0;
    animation:
      appear 0.2s 0.5s forwards,
      turn 0.9s linear infinite;
  }

  .controls {
    align-self: end;
    display: grid;
    gap: 0.125rem;
    padding: 2rem 0.5rem 0.375rem;
    background: linear-gradient(transparent, rgb(11 13 18 / 0.55) 40%, rgb(11 13 18 / 0.86));
    transition: opacity var(--_motion);
  }

  .idle .controls {
    opacity: 0;
  }

  .row {
    display: flex;
    align-items: center;
    gap: 0.125rem;
  }

  .gap {
    flex: 1;
  }

  .time {
    padding-inline: 0.375rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .total {
    opacity: 0.85;
  }

  .controls svg {
    inline-size: 1.375rem;
    block-size: 1.375rem;
    fill: currentColor;
  }

  .controls button {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    padding: 0;
    border: 1px solid transparent;
    border-radius: 0.375rem;
    background: transparent;
    color: inherit;
    cursor: pointer;
  }

  .controls button:hover {
    background: rgb(255 255 255 / 0.18);
  }

  .controls button[aria-pressed='true'] {
    box-shadow: inset 0 -0.1875rem #fff;
    border-end-start-radius: 0;
    border-end-end-radius: 0;
  }

  .controls :focus-visible {
    outline: 2px solid #fff;
    outline-offset: 1px;
    box-shadow: 0 0 0 4px rgb(11 13 18 / 0.9);
  }

  input[type='range'] {
    --_played: 0%;
    --_loaded: 0%;
    appearance: none;
    margin: 0;
    block-size: 1.5rem;
    min-inline-size: 0;
    border-radius: 0.25rem;
    background: transparent;
    cursor: pointer;
  }

  .seek {
    inline-size: auto;
    margin-inline: 0.375rem !important;
  }

  .volume {
    inline-size: 4.5rem;
    margin-inline-end: 0.5rem !important;
  }

  input::-webkit-slider-runnable-track {
    block-size: 0.25rem;
    border-radius: 0.125rem;
    background: linear-gradient(
      to right,
      #fff var(--_played),
      rgb(255 255 255 / 0.55) var(--_played) max(var(--_played), var(--_loaded)),
      rgb(255 255 255 / 0.3) max(var(--_played), var(--_loaded))
    );
  }

  input::-moz-range-track {
    block-size: 0.25rem;
    border-radius: 0.125rem;
    background: linear-gradient(
      to right,
      #fff var(--_played),
      rgb(255 255 255 / 0.55) var(--_played) max(var(--_played), var(--_loaded)),
      rgb(255 255 255 / 0.3) max(var(--_played), var(--_loaded))
    );
  }

  input::-webkit-slider-thumb {
    appearance: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
    margin-block-start: -0.3125rem;
    border: 0;
    border-radius: 50%;
    background: #fff;
  }

  input::-moz-range-thumb {
    inline-size: 0.875rem;
    block-size: 0.875rem;
    border: 0;
    border-radius: 50%;
    background: #fff;
  }

  .problem {
    z-index: 1;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.75rem;
    padding: 1rem;
    text-align: center;
    border: var(--_line) solid var(--_border);
    background: var(--_surface);
    color: var(--_text);
    border-radius: inherit;
    font: inherit;
  }

  .problem p {
    margin: 0;
    max-inline-size: 40ch;
    font-size: 1rem;
  }

  .problem .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.5rem;
  }

  @container (inline-size < 26rem) {
    .volume {
      display: none;
    }
  }

  /* A low picture: the sign makes room for the bar. */
  @container (inline-size < 20rem) {
    .cue {
      inline-size: 3rem;
      block-size: 3rem;
      translate: 0 -1.25rem;
    }
  }

  @container (inline-size < 18rem) {
    .pip,
    .total {
      display: none;
    }
  }

  @keyframes appear {
    to {
      opacity: 1;
    }
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .wait {
      animation: appear 0.01s 0.5s forwards;
    }
  }

  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }

    .controls {
      padding-block-start: 0.375rem;
    }

    .controls,
    .cue {
      background: Canvas;
      color: CanvasText;
    }

    .controls button,
    .cue {
      border: 1px solid ButtonText;
    }

    .controls button[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    input[type='range'] {
      appearance: auto;
    }
  }
`;
