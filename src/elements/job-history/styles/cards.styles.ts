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

    .head .select {
      display: flex;
      align-items: center;
      gap: calc(var(--_u) * 2.5);
      color: var(--_muted);
      font-size: 0.875em;
    }

    .card-only {
      display: inline;
    }

    .body .row {
      grid-template-columns: 1.125em 4em minmax(0, 1fr) auto;
      grid-template-areas: 'select picture title title' 'progress progress progress progress' 'status status status created' 'actions actions actions actions';
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

    .body .row > .created {
      grid-area: created;
      justify-self: end;
    }

    .body .row > .progress {
      grid-area: progress;
    }

    .body .row > .progress:not(:has(*)) {
      display: none;
    }

    .body .row > .actions {
      grid-area: actions;
      margin-inline-end: calc(var(--_u) * -2);
      border-block-start: var(--_line) solid var(--_border);
      border-radius: 0;
      padding-block-start: calc(var(--_u) * 1);
    }

    .row:has(.question) > .created {
      opacity: 1;
    }

    .details {
      margin-block-start: calc(var(--_u) * -2);
      padding: 0;
    }
  }
`;
