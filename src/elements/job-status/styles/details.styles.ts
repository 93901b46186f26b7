import { css } from 'lit';

/** What the layouts hold beside the first picture: facts, buttons, the question, the connection mark. */
export const detailStyles = css`
  /* Told apart without colour: what stopped on its way is hatched. */
  .track:is([data-kind='failure'], [data-kind='cancelled']) .fill {
    background: repeating-linear-gradient(
      -45deg,
      var(--_tone) 0 0.3em,
      color-mix(in srgb, var(--_tone) 62%, var(--_surface)) 0.3em 0.6em
    );
  }

  :is(.fact, .panel p, .panel summary, .panel pre),
  :is(.facts, .question, .button) > :not(svg, button) {
    unicode-bidi: plaintext;
  }

  .panel :is(p, pre) {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  /* Each fact brings its dot along; those at the start of a line fall outside. */
  .facts {
    display: flex;
    flex-wrap: wrap;
    margin-inline-start: -1.25em;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    list-style: none;
  }

  .facts > * {
    position: relative;
    padding-inline-start: 1.25em;
  }

  .facts > ::before {
    content: '·' / '';
    position: absolute;
    inset-inline-start: 0.5em;
  }

  .question {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 2);
    margin-inline-start: auto;
  }

  .question > span {
    font-size: 0.875em;
    font-weight: 500;
  }

  .compact .fact {
    flex: none;
    color: var(--_muted);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .compact :is(.actions, .question) {
    flex: none;
    flex-wrap: nowrap;
    gap: var(--_u);
  }

  .trouble {
    display: inline-flex;
    color: var(--_warning);
  }

  @container (inline-size < 34em) {
    .compact .fact {
      display: none;
    }
  }

  @container (inline-size < 28em) {
    .compact .question {
      flex: 1;
    }

    .compact .question > span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .compact .question > .button {
      flex: 1;
      padding-inline: var(--_u);
    }

    .compact:has(.question) .title {
      display: none;
    }
  }

  @container (inline-size < 24em) {
    .card .actions,
    .card .question {
      inline-size: 100%;
    }

    .card .actions > .button {
      flex: 1 1 auto;
    }

    .card .question > span {
      inline-size: 100%;
    }

    .card .question > .button {
      flex: 1;
    }
  }
`;
