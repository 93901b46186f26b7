import type { CreateBulkTerms } from '../../../i18n/create-bulk/index.ts';
import type { LocalizeController } from '../../../i18n/localize.ts';
import type { BulkField } from './fields.ts';
import type { RowProblem } from './problems.ts';
import type { RowMark } from './run/rows.ts';
import { MAX_BYTES, MAX_ROWS, type SourceError } from './source.ts';

export type BulkWords = LocalizeController<CreateBulkTerms>;

export function fieldLabel(field: BulkField, words: BulkWords): string {
  return words.optionalTerm(`field.${field}`) ?? field;
}

/** What is wrong with a row, in a sentence. */
export function problemText({ field, key, values = {} }: RowProblem, words: BulkWords): string {
  const label = field === null ? words.term('check.row') : fieldLabel(field, words);
  return words.optionalTerm(`bad.${key}`, { field: label, ...values }) ?? label;
}

/** Why nothing can be made of a file, in a sentence. */
export function sourceErrorText({ code, line }: Pick<SourceError, 'code' | 'line'>, words: BulkWords): string {
  const key = code === 'json' && line !== undefined ? 'jsonAt' : code;
  return words.optionalTerm(`source.error.${key}`, { max: MAX_ROWS, size: words.bytes(MAX_BYTES), line: line ?? 0 }) ?? code;
}

/** Why a row was not created: what the backend said, after a sentence of our own. */
export function markText({ state, error }: RowMark, words: BulkWords): string {
  if (!error) return state === 'cancelled' ? words.term('run.cancelled') : '';
  return [words.optionalTerm(`error.${error.code}`), error.detail].filter(Boolean).join(' ');
}
