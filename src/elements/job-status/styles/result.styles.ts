import { css } from 'lit';

/** Notes, the error panel, the video. */
export const resultStyles = css`
  .panel {
    --_tone: var(--_muted);
    display: flex;
    gap: calc(var(--_u) * 2.5);
    padding: calc(var(--_u) * 2.5) calc(var(--_u) * 3);
    border-radius: var(--_radius-small);
    background: color-mix(in srgb, var(--_tone) 8%, var(--_surface));
    font-size: 0.875em;
    line-height: 1.45;
  }

  .panel > .icon {
    margin-block-start: 0.1em;
    color: var(--_tone);
  }

  .panel[data-tone='danger'] {
    --_tone: var(--_danger);
  }

  .panel[data-tone='warning'] {
    --_tone: var(--_warning);
  }

  .panel-text {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  details {
    margin-block-start: calc(var(--_u) * 1.5);
  }

  summary {
    inline-size: fit-content;
    min-block-size: 1.75em;
    border-radius: var(--_radius-small);
    font-weight: 500;
    cursor: pointer;
  }

  pre {
    max-block-size: 14em;
    margin: var(--_u) 0 0;
    overflow: auto;
    font: 0.9286em / 1.5 ui-monospace, monospace;
    white-space: pre-wrap;
  }

  .result {
    display: grid;
    min-inline-size: 0;
  }

  .video {
    display: block;
    inline-size: 100%;
    overflow: clip;
    border-radius: var(--_radius-small);
  }

  .video.plain {
    justify-self: center;
    inline-size: auto;
    max-inline-size: 100%;
    min-inline-size: min(100%, 12em);
    max-block-size: min(32rem, 80vh);
    aspect-ratio: 16 / 9;
    background: #0b0d12;
    object-fit: contain;
  }

  .video.plain img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  @media (forced-colors: active) {
    .panel {
      border: 1px solid CanvasText;
    }
  }
`;
