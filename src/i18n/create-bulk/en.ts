import type { TermTable } from '../terms.ts';

/** English words of `<job-create-bulk>`. */
export const createBulkEn = {
  'bulk.label': 'Many videos from a file',
} as const satisfies TermTable;

export type CreateBulkTerms = typeof createBulkEn;
