import type * as schemaModule from '../../api/schema.ts';
import type { JobApiError } from '../../core/errors.ts';
import { Lazy } from '../../core/lazy.ts';
import { FIELDS, type FieldName } from './fields.ts';
import { wireValue } from './values.ts';

/** What is wrong with a field: a term with its values, or a sentence of the server's. */
export type FieldProblem =
  | { readonly key: string; readonly values: Readonly<Record<string, string | number>> }
  | { readonly text: string };

export type FieldProblems = ReadonlyMap<FieldName, FieldProblem>;

type Schema = typeof schemaModule;

/** The part of a zod issue that a sentence can be made of. */
interface Issue {
  readonly code: string;
  readonly message: string;
  readonly maximum?: unknown;
  readonly format?: string;
}

/** It is bigger than the form, so it comes when somebody begins to fill in. */
const schema = new Lazy<Schema>(() => import('../../api/schema.ts'));

/** `false` when the schema cannot be loaded: then the server alone judges, beyond what is missing. */
export function loadSchema(): Promise<boolean> {
  return schema.load().then(
    () => true,
    () => false,
  );
}

/**
 * What the schema has against the text of a field. Before the schema is here: whether anything is missing.
 */
export function checkField(name: FieldName, text: string): FieldProblem | null {
  const value = wireValue(name, text);
  if (value === undefined) return isRequired(name) ? { key: `problem.${name}.required`, values: {} } : null;
  const loaded = schema.value;
  if (!loaded) return null;
  const { videoRequestSchema, createJobRequestSchema } = loaded;
  const rule = name === 'priority' ? createJobRequestSchema.shape.priority : videoRequestSchema.shape[name];
  const issue = rule.safeParse(value).error?.issues[0];
  return issue ? problemOf(name, text, issue as Issue) : null;
}

/** What the schema has against the texts of these fields. */
export function checkFields(names: readonly FieldName[], texts: (name: FieldName) => string): FieldProblems {
  const problems = new Map<FieldName, FieldProblem>();
  for (const name of names) {
    const problem = checkField(name, texts(name));
    if (problem) problems.set(name, problem);
  }
  return problems;
}

function isRequired(name: FieldName): boolean {
  return FIELDS.some((spec) => spec.name === name && spec.required);
}

/** The schema's own limits, in the words of the page's language; its own sentence where there are none. */
function problemOf(name: FieldName, text: string, issue: Issue): FieldProblem {
  const limits = FIELDS.find((spec) => spec.name === name)?.limits;
  if (limits) return { key: 'problem.range', values: { ...limits } };
  if (issue.code === 'too_big') {
    return { key: 'problem.too_long', values: { count: Number(issue.maximum), now: text.trim().length } };
  }
  if (issue.code === 'invalid_value') return { key: 'problem.choice', values: {} };
  if (issue.code === 'invalid_format') return { key: name === 'language' ? 'problem.language' : 'problem.text', values: {} };
  return { text: issue.message };
}

/**
 * Sorts what a server refused by field. What belongs to no field on show comes back as sentences, with the way to it as
 * the server named it.
 */
export function refusedFields(error: JobApiError, shown: readonly FieldName[]): { problems: FieldProblems; rest: string[] } {
  const problems = new Map<FieldName, FieldProblem>();
  const rest: string[] = [];
  for (const { path, message } of error.fields) {
    const name = shown.find((known) => path.includes(known));
    if (!name) rest.push([path.filter((part) => part !== 'video_request').join('.'), message].filter(Boolean).join(': '));
    else if (!problems.has(name)) problems.set(name, { text: message });
  }
  return { problems, rest };
}
