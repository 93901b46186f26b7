import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Logger } from 'pino';
import type { z } from 'zod';

export interface FieldProblem {
  loc: (string | number)[];
  msg: string;
  type: string;
}

/** `{"detail": "…"}` */
export function problem<Status extends ContentfulStatusCode>(c: Context, status: Status, detail: string) {
  return c.json({ detail }, status);
}

export function keyReused(loc: (string | number)[]): FieldProblem {
  return { loc, msg: 'This idempotency key belongs to another request. Use a new key for a new request.', type: 'idempotency_key_reused' };
}

export function cursorOfAnotherList(): FieldProblem {
  const msg = 'This cursor belongs to another list. Ask for the user, filter and order that it was given for, or leave after out to begin at the start.';
  return { loc: ['query', 'after'], msg, type: 'cursor_of_another_list' };
}

/** Names FastAPI gives to what is wrong with a value, so that clients of the one read the other. */
function typeOf(issue: z.core.$ZodIssue, input: unknown): string {
  if (valueAt(input, issue.path) === undefined && issue.path.length > 0) return 'missing';
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.expected === 'object' ? 'model_attributes' : issue.expected}_type`;
    case 'too_small':
      return issue.origin === 'string' ? 'string_too_short' : 'greater_than_equal';
    case 'too_big':
      return issue.origin === 'string' ? 'string_too_long' : 'less_than_equal';
    case 'invalid_format':
      return 'string_pattern_mismatch';
    case 'invalid_value':
      return 'enum';
    default:
      return 'value_error';
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

/** FastAPI's 422 form: where (`loc`), what to do (`msg`), and a stable name (`type`). */
export function fieldProblems(error: z.ZodError, where: 'body' | 'query' | 'header', input: unknown): FieldProblem[] {
  return error.issues.map((issue) => ({
    loc: [where, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))],
    msg: issue.message,
    type: typeOf(issue, input),
  }));
}

/** Statuses that mean that the database is not there, rather than that it refused something. */
const DATABASE_GONE = /^(08|57P0|53300)|^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE)$/;

function databaseIsGone(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && DATABASE_GONE.test(code)) return true;
  return typeof message === 'string' && /connection (terminated|timeout)|timeout exceeded when trying to connect|PGlite is closed/i.test(message);
}

/** Answers for whatever a route did not handle. The text says nothing of the inside; the log has it, under the same reference. */
export function answerError(logger: Logger, error: unknown, c: Context): Response {
  if (error instanceof HTTPException) return answerHttpException(error, c);
  const reference = c.get('requestId') as string | undefined;
  logger.error({ err: error, reference, path: c.req.path }, 'a request failed');
  if (databaseIsGone(error)) {
    c.header('Retry-After', '5');
    return problem(c, 503, 'The service cannot reach its database right now. Try again in a moment.');
  }
  return problem(c, 500, `Something went wrong inside the service. Reference: ${reference ?? 'none'}.`);
}

function answerHttpException(error: HTTPException, c: Context): Response {
  if (error.status === 400 && /malformed json/i.test(error.message)) {
    const detail: FieldProblem[] = [{ loc: ['body'], msg: 'The body is not JSON. Send one JSON object.', type: 'json_invalid' }];
    return c.json({ detail }, 422);
  }
  if (error.status === 415) return problem(c, 415, 'Send the body as JSON, with the header Content-Type: application/json.');
  return problem(c, error.status as ContentfulStatusCode, error.message || 'The request cannot be answered.');
}
