import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { KeyReusedError } from '../jobs/idempotency.ts';
import { placeIn } from '../jobs/list-cursor.ts';
import { LIMITS } from '../../../src/api/schema.ts';
import { BULK_PATH, GENERATE_PATH, JOBS_PATH, TEMPLATES_PATH } from '../jobs/wire.ts';
import { UUID } from '../jobs/uuid.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { cursorOfAnotherList, keyReused, problem } from './errors.ts';
import { ListQuery } from './list-query.ts';
import { tagged } from './tagged.ts';
import {
  CancelJobResponse, CreateHeaders, CreateJobRequest, CreateJobResponse, ErrorBody, Health, Job, FilteredJobList, JobParams,
  ValidationError, json,
} from './schemas.ts';

const NO_JOB = 'There is no such job. Jobs are kept for a limited time after they end.';
const notFound = json(ErrorBody, 'No such job, or it has expired');
const HEALTH_TIMEOUT = 2000;
/** What a page may use beyond jobs one by one. */
const OFFERS = { idempotency_keys: true, links: { bulk: BULK_PATH, templates: TEMPLATES_PATH, generate: GENERATE_PATH } };

const createJob = createRoute({
  method: 'post',
  path: JOBS_PATH,
  operationId: 'createJob',
  tags: ['Jobs'],
  summary: 'Create a job',
  request: { headers: CreateHeaders, body: { required: true, content: { 'application/json': { schema: CreateJobRequest } } } },
  responses: {
    202: json(CreateJobResponse, 'The job is stored and in line'),
    413: json(ErrorBody, 'The body is too large'),
    415: json(ErrorBody, 'The body is not JSON'),
    422: json(ValidationError, 'A field is wrong; `loc` names it and `msg` says what to do'),
  },
});

const listJobs = createRoute({
  method: 'get',
  path: JOBS_PATH,
  operationId: 'listJobs',
  tags: ['Jobs'],
  summary: "Find a user's jobs",
  description:
    'One page of those that the filter lets through, newest first where no other order is asked for. Pages are had by number, or one after the other by `after`: then a job whose place ' +
    'in the order stays is given once and only once, whatever else is created, changed or removed meanwhile.',
  middleware: tagged,
  request: { query: ListQuery },
  responses: { 200: json(FilteredJobList, 'One page, with an `ETag`'), 304: { description: 'It is as `If-None-Match` says' }, 422: json(ValidationError, 'A parameter is wrong') },
});

const checkHealth = createRoute({
  method: 'get',
  path: `${JOBS_PATH}/health`,
  operationId: 'checkHealth',
  tags: ['Service'],
  summary: 'Say whether the service can work',
  responses: { 200: json(Health, 'Database and queue answer'), 503: json(Health, 'Database or queue do not answer') },
});

const getJob = createRoute({
  method: 'get',
  path: `${JOBS_PATH}/{job_id}`,
  operationId: 'getJob',
  tags: ['Jobs'],
  summary: 'Read a job',
  middleware: tagged,
  request: { params: JobParams },
  responses: { 200: json(Job, 'The job, with an `ETag`'), 304: { description: 'It is as `If-None-Match` says' }, 404: notFound },
});

const cancelJob = createRoute({
  method: 'delete',
  path: `${JOBS_PATH}/{job_id}`,
  operationId: 'cancelJob',
  tags: ['Jobs'],
  summary: 'Cancel a job',
  request: { params: JobParams },
  responses: { 200: json(CancelJobResponse, 'The job is cancelled'), 400: json(ErrorBody, 'The job has already ended'), 404: notFound },
});

const retryJob = createRoute({
  method: 'post',
  path: `${JOBS_PATH}/{job_id}/retry`,
  operationId: 'retryJob',
  tags: ['Jobs'],
  summary: 'Send a failed or cancelled job round again',
  request: { params: JobParams },
  responses: { 202: json(Job, 'The job, in line again'), 404: notFound, 409: json(ErrorBody, 'The job has not failed and was not cancelled') },
});

export function jobRoutes({ jobs, db, queue, config, logger }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();

  app.openapi(createJob, async (c) => {
    try {
      const answer = await jobs.create(c.req.valid('json'), c.req.valid('header')['idempotency-key'] ?? null);
      c.header('Location', `${JOBS_PATH}/${answer.job_id}`);
      return c.json(answer, 202);
    } catch (error) {
      if (!(error instanceof KeyReusedError)) throw error;
      return c.json({ detail: [keyReused(['header', 'idempotency-key'])] }, 422);
    }
  });

  app.openapi(listJobs, async (c) => {
    const { user_id: userId, page, page_size: pageSize, after: cursor, ...applied } = c.req.valid('query');
    const after = cursor && placeIn(cursor, { userId, ...applied });
    if (cursor && !after) return c.json({ detail: [cursorOfAnotherList()] }, 422);
    const { jobs: found, total, next, counts } = await jobs.list({ userId, page, pageSize, after, ...applied });
    return c.json({ jobs: found, total, page, page_size: pageSize, next, applied, counts }, 200);
  });

  app.openapi(checkHealth, async (c) => {
    const service = 'job-service';
    try {
      await withTimeout(Promise.all([db.query('SELECT 1'), queue.check()]));
      return c.json({ status: 'healthy', service, message: 'Database and queue answer.', ...OFFERS, bulk_limits: { jobs: LIMITS.bulk, bytes: config.maxBulkBody } }, 200);
    } catch (error) {
      logger.warn({ err: error }, 'the health check failed');
      const message = 'The database or the queue does not answer.';
      return c.json({ status: 'unhealthy', service, message, detail: message }, 503);
    }
  });

  app.openapi(getJob, async (c) => {
    const { job_id: id } = c.req.valid('param');
    const job = UUID.test(id) ? await jobs.get(id) : null;
    return job ? c.json(job, 200) : problem(c, 404, NO_JOB);
  });

  app.openapi(cancelJob, async (c) => {
    const { job_id: id } = c.req.valid('param');
    const outcome = UUID.test(id) ? await jobs.cancel(id) : null;
    if (outcome?.done) return c.json({ job_id: id.toLowerCase(), status: 'cancelled' as const, message: 'The job is cancelled.' }, 200);
    if (!outcome?.status) return problem(c, 404, NO_JOB);
    return problem(c, 400, `The job cannot be cancelled: it has already ended (${outcome.status}).`);
  });

  app.openapi(retryJob, async (c) => {
    const { job_id: id } = c.req.valid('param');
    const outcome = UUID.test(id) ? await jobs.retry(id) : null;
    const job = outcome?.done ? await jobs.get(id) : null;
    if (job) return c.json(job, 202);
    if (!outcome || outcome.done || !outcome.status) return problem(c, 404, NO_JOB);
    return problem(c, 409, `The job cannot be sent round again: it is ${outcome.status}. Only failed and cancelled jobs can.`);
  });

  return app;
}

async function withTimeout(check: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), HEALTH_TIMEOUT);
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}
