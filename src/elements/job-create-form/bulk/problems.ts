import type { BulkField } from './fields.ts';
import { BULK_FIELDS, kindOf } from './fields.ts';
import type { RecordFault } from './source.ts';

/** What is wrong with a row: a term with its values, and the field that it is about. */
export interface RowProblem {
  /** `null` when the row as a whole is wrong. */
  readonly field: BulkField | null;
  readonly key: 'required' | 'too_long' | 'range' | 'choice' | 'language' | 'flag' | 'text' | 'schema' | RecordFault;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The part of a zod issue that a sentence can be made of. */
export interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly values?: readonly unknown[];
  readonly maximum?: number | bigint;
}

const FIELDS = new Set(BULK_FIELDS);

/** What the schema has against a request, one problem a field. `ranges`: the limits of numbers, by field. */
export function problemsOf(
  issues: readonly SchemaIssue[],
  valueOf: (field: BulkField) => unknown,
  ranges: Readonly<Record<string, { min: number; max: number }>>,
): RowProblem[] {
  const problems = new Map<BulkField | null, RowProblem>();
  for (const issue of issues) {
    const last = String(issue.path.at(-1) ?? '');
    const field = FIELDS.has(last) ? last : null;
    if (!problems.has(field)) problems.set(field, problemOf(field, issue, field === null ? null : valueOf(field), ranges));
  }
  return [...problems.values()];
}

function problemOf(
  field: BulkField | null,
  { code, message, values, maximum }: SchemaIssue,
  value: unknown,
  ranges: Readonly<Record<string, { min: number; max: number }>>,
): RowProblem {
  if (field === null) return { field, key: 'schema', values: { message } };
  if (value === undefined || value === '') return { field, key: 'required' };
  if (ranges[field]) return { field, key: 'range', values: { ...ranges[field] } };
  if (code === 'invalid_value') return { field, key: 'choice', values: { values: (values ?? []).join(', ') } };
  if (code === 'too_big') return { field, key: 'too_long', values: { count: Number(maximum), now: String(value).length } };
  if (kindOf(field) === 'tag') return { field, key: 'language' };
  if (kindOf(field) === 'flag') return { field, key: 'flag' };
  return code === 'invalid_format' ? { field, key: 'text' } : { field, key: 'schema', values: { message } };
}
