import { css } from 'lit';

/** Bar and skeleton where the reader sets the colours. */
export const contrastStyles = css`
  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }

    .fill {
      forced-color-adjust: none;
    }

    .waits::before {
      border: 1px solid CanvasText;
    }
  }
`;
