import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { LIMITS, bulkJobSchema, bulkRequestSchema, bulkResponseSchema } from '../../../src/api/schema.ts';
import type { BulkResponse, BulkResult } from '../../../src/api/wire.ts';
import { KeysReusedError } from '../jobs/bulk.ts';
import type { BulkOutcome, BulkRow } from '../jobs/bulk.ts';
import { KeyReusedError } from '../jobs/idempotency.ts';
import { BULK_PATH } from '../jobs/wire.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { fieldProblems, keyReused } from './errors.ts';
import type { FieldProblem } from './errors.ts';
import { CreateHeaders, CreateJobRequest, ErrorBody, ValidationError, json } from './schemas.ts';

const example = { mode: 'each', jobs: [{ ...CreateJobRequest.meta()?.example as object, idempotency_key: 'row-1' }] };

const BulkJob = bulkJobSchema.meta({
  id: 'BulkJob',
  description: 'A create request. `idempotency_key` is to it what `Idempotency-Key` is to a single one: used within 24 hours, by whatever call, it makes no second job.',
});

const BulkRequest = bulkRequestSchema
  .extend({
    // Judged one by one, so that a bad one need not stop the others; described here for the reference.
    jobs: bulkRequestSchema.shape.jobs.meta({ type: 'array', items: { $ref: '#/components/schemas/BulkJob' }, minItems: 1, maxItems: LIMITS.bulk }),
  })
  .meta({ id: 'BulkRequest', example });

const BulkResponse = bulkResponseSchema.meta({ id: 'BulkResponse', description: 'One result for each job, in their order.' });

const createJobs = createRoute({
  method: 'post',
  path: BULK_PATH,
  operationId: 'createJobs',
  tags: ['Many jobs at once'],
  summary: `Create up to ${LIMITS.bulk} jobs`,
  description:
    'With `mode: each` (the default) bad jobs are refused and the others created: 200 in any case. With `mode: all` one bad job means 422, and none is created. All of it is one transaction. `Idempotency-Key` counts for the call as a whole, `idempotency_key` for one job.',
  request: { headers: CreateHeaders, body: { required: true, content: { 'application/json': { schema: BulkRequest } } } },
  responses: {
    200: json(BulkResponse, 'What became of each job'),
    413: json(ErrorBody, 'The body is too large'),
    415: json(ErrorBody, 'The body is not JSON'),
    422: json(ValidationError, 'The call is wrong as a whole, or, with `mode: all`, some job is; `loc` names its place and field'),
  },
});

type Judged = { row: BulkRow } | { problems: FieldProblem[] };

/** Creating many jobs with one call. */
export function bulkRoutes({ jobs }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();
  app.openAPIRegistry.register('BulkJob', BulkJob);

  app.openapi(createJobs, async (c) => {
    const { mode, jobs: asked } = c.req.valid('json');
    const all = mode === 'all';
    const judged = asked.map(judge);
    const problems = judged.flatMap((one) => ('problems' in one ? one.problems : []));
    if (all && problems.length > 0) return c.json({ detail: problems }, 422);
    const rows = judged.flatMap((one) => ('row' in one ? [one.row] : []));
    const key = c.req.valid('header')['idempotency-key'];
    // No single request's key has a blank, so the two never meet.
    const claim = key === undefined ? null : { userId: userOf(asked), key: `bulk ${key}`, request: [mode, asked] };
    try {
      return c.json(await jobs.createMany(rows, { all, claim, answer: (outcomes) => answerOf(judged, outcomes) }), 200);
    } catch (error) {
      if (error instanceof KeyReusedError) return c.json({ detail: [keyReused(['header', 'idempotency-key'])] }, 422);
      // Only with `all`, where every job is a row.
      if (error instanceof KeysReusedError) return c.json({ detail: error.places.map((place) => keyReused(['body', 'jobs', place, 'idempotency_key'])) }, 422);
      throw error;
    }
  });

  return app;
}

function judge(input: unknown, index: number): Judged {
  const parsed = bulkJobSchema.safeParse(input);
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error, 'body', input).map((problem) => ({ ...problem, loc: ['body', 'jobs', index, ...problem.loc.slice(1)] }));
    return { problems };
  }
  const { idempotency_key: key, ...request } = parsed.data;
  return { row: { request, key: key ?? null } };
}

/** The key of a call is that of the user of its first job. */
function userOf(asked: readonly unknown[]): string {
  const [first] = asked as { video_request?: { user_id?: unknown } | null }[];
  return String(first?.video_request?.user_id ?? '').trim();
}

function answerOf(judged: readonly Judged[], outcomes: readonly BulkOutcome[]): BulkResponse {
  const rest = outcomes.values();
  const results = judged.map((one, index): BulkResult => {
    if ('problems' in one) return { index, status: 'refused', errors: one.problems };
    const outcome = rest.next().value as BulkOutcome;
    if (outcome.kind === 'reused') return { index, status: 'refused', errors: [keyReused(['body', 'jobs', index, 'idempotency_key'])] };
    const { job_id, estimated_duration } = outcome.answer;
    return { index, status: outcome.kind, job_id, estimated_duration };
  });
  const count = (status: BulkResult['status']): number => results.filter((result) => result.status === status).length;
  return { created: count('created'), repeated: count('repeated'), refused: count('refused'), results };
}
