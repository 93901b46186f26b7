import { css } from 'lit';
import { firstBadge } from './first-badge.styles.ts';

/** The badge where the reader sets the colours. */
export const badgeContrast = css`
  @media (forced-colors: active) {
    .badge {
      --_tone: CanvasText !important;
      border-color: CanvasText;
    }
  }
`;

/** The whole badge. */
export const badge = [firstBadge, badgeContrast];
