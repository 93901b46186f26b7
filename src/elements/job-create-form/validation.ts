import type * as schemaModule from '../../api/schema.ts';
import type { JobApiError } from '../../core/errors.ts';
import { FIELDS, wireValue, type FieldName, type FieldValues } from './fields.ts';

/** What is wrong with a field: a term with its values, or a sentence of the server's. */
export type FieldProblem =
  | { readonly key: string; readonly values: Readonly<Record<string, string | number>> }
  | { readonly text: string };

export type FieldProblems = ReadonlyMap<FieldName, FieldProblem>;

type Schema = typeof schemaModule;
/** The part of a zod issue that a sentence can be made of. */
interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

let loading: Promise<Schema | null> | null = null;

/**
 * The schema of a request. It is bigger than the form, so it comes when somebody begins to fill in. `null` when it cannot be
 * loaded: then the server alone judges.
 */
export function loadSchema(): Promise<Schema | null> {
  loading ??= import('../../api/schema.ts').catch(() => {
    loading = null;
    return null;
  });
  return loading;
}

/** What the schema has against the values. */
export async function checkFields(values: FieldValues): Promise<FieldProblems> {
  const problems = new Map<FieldName, FieldProblem>();
  const schema = await loadSchema();
  if (!schema) return problems;
  for (const spec of FIELDS) {
    const value = wireValue(spec, values[spec.name]);
    const issue = schema.videoRequestSchema.shape[spec.name].safeParse(value).error?.issues[0];
    if (issue) problems.set(spec.name, problemOf(spec.name, value, issue, schema.LIMITS));
  }
  return problems;
}

function problemOf(name: FieldName, value: string | number | undefined, issue: Issue, limits: Schema['LIMITS']): FieldProblem {
  if (value === undefined || (typeof value === 'string' && value.trim() === '')) {
    return { key: `problem.${name}.required`, values: {} };
  }
  if (name === 'duration') return { key: 'problem.range', values: { ...limits.duration } };
  if (name === 'platform' || name === 'language') return { key: 'problem.choice', values: {} };
  if (issue.code === 'too_big') {
    const count = name === 'title' ? limits.title : limits.script;
    return { key: 'problem.too_long', values: { count, now: String(value).trim().length } };
  }
  return { key: 'problem.text', values: {} };
}

/** Sorts what a server refused by field; what belongs to no field on show comes back as sentences. */
export function refusedFields(error: JobApiError): { problems: FieldProblems; rest: string[] } {
  const problems = new Map<FieldName, FieldProblem>();
  const rest: string[] = [];
  for (const { path, message } of error.fields) {
    const spec = FIELDS.find(({ name }) => path.includes(name));
    if (!spec) rest.push([path.filter((part) => part !== 'video_request').join('.'), message].filter(Boolean).join(': '));
    else if (!problems.has(spec.name)) problems.set(spec.name, { text: message });
  }
  return { problems, rest };
}
