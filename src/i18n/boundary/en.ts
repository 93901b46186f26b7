import type { TermTable } from '../terms.ts';

/** English words of `<job-error-boundary>`. */
export const boundaryEn = {
  'boundary.title': 'This part of the page stopped working',
  'boundary.text': 'The rest of the page goes on.',
  'boundary.again': 'It failed again. You can try once more in a moment.',
} as const satisfies TermTable;

export type BoundaryTerms = typeof boundaryEn;
