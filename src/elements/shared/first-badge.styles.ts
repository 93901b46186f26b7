import { css } from 'lit';

/** The status badge: an icon and a word, coloured by `data-tone`: `info`, `success`, `danger`, `warning` or none. */
export const firstBadge = css`
  .badge {
    --_tone: var(--_muted);
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: var(--_u);
    max-inline-size: 100%;
    padding-block: calc(var(--_u) * 0.75);
    padding-inline: calc(var(--_u) * 1.75) calc(var(--_u) * 2.5);
    border: var(--_line) solid transparent;
    border-radius: 99em;
    background: color-mix(in srgb, var(--_tone) 11%, var(--_surface));
    color: var(--_tone);
    font-size: 0.8125em;
    font-weight: 600;
    line-height: 1.35;
    white-space: nowrap;
  }

  .badge > :last-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .badge .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    stroke-width: 2;
  }

  .badge[data-tone='info'] {
    --_tone: var(--_accent);
  }

  .badge[data-tone='success'] {
    --_tone: var(--_success);
  }

  .badge[data-tone='danger'] {
    --_tone: var(--_danger);
  }

  .badge[data-tone='warning'] {
    --_tone: var(--_warning);
  }

  .turning {
    animation: job-turn 1.6s linear infinite;
  }

  @keyframes job-turn {
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
