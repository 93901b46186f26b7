import { css } from 'lit';

/** The bar. Everything that moves does so by transform. */
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
`;
