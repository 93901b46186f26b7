import { css } from 'lit';

/** The rows as cards, where there is no room for a table. */
export const cardStyles = css`
  @container (inline-size < 46em) {
    .grid {
      border: 0;
      background: none;
    }

    :is(.body, .group) {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: calc(var(--_u) * 3);
    }

    .head .row {
      display: flex;
      min-block-size: calc(var(--_u) * 9);
      padding-inline: calc(var(--_u) * 4);
    }

    .head .row > :not(.select) {
      display: none;
    }

    .head .select label {
      display: flex;
      align-items: center;
      gap: calc(var(--_u) * 2.5);
      min-block-size: calc(var(--_u) * 9);
      font-size: 0.875em;
    }

    .card-only {
      display: inline;
    }

    .body .row {
      grid-template-columns: 1.125em 4em minmax(0, 1fr) auto;
      grid-template-areas: 'select picture title title' 'progress progress progress progress' 'status status status duration' 'last last last last';
      gap: calc(var(--_u) * 2) calc(var(--_u) * 3);
      padding: calc(var(--_u) * 3) calc(var(--_u) * 4) calc(var(--_u) * 1.5);
      border: var(--_line) solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_surface);
    }

    .group {
      contain-intrinsic-block-size: auto 220em;
    }

    .body .row > .select {
      grid-area: select;
    }

    .body .row > .picture {
      grid-area: picture;
    }

    .body .row > .title {
      grid-area: title;
    }

    .body .row > .status {
      grid-area: status;
    }

    .body .row > .created,
    .body .row > .created:not(:has(+ .bare)) {
      grid-area: last;
      align-self: center;
      justify-self: start;
    }

    .body .row > .duration {
      grid-area: duration;
      align-self: center;
    }

    .body .row > .status:has(~ .bare) {
      grid-column-end: span 4;
    }

    .body .title button span {
      -webkit-line-clamp: 3;
    }

    .body .row > .progress {
      grid-area: progress;
      min-block-size: 0;
    }

    .body .row > .progress:not(:has(*)) {
      display: none;
    }

    .body .row > .actions {
      grid-area: last;
      justify-self: end;
      margin-inline-end: calc(var(--_u) * -2);
    }

    .details {
      margin-block-start: calc(var(--_u) * -2);
      padding: 0;
    }
  }
`;
