import type { HttpBindings } from '@hono/node-server';
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { generateResponseSchema } from '../../../src/api/schema.ts';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import { KeyReusedError } from '../jobs/idempotency.ts';
import { GENERATE_PATH, JOBS_PATH } from '../jobs/wire.ts';
import { untilOver } from '../push/until-over.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { keyReused, problem } from './errors.ts';
import { CreateHeaders, ErrorBody, GenerateProblem, ValidationError, VideoRequest, json } from './schemas.ts';

const GenerateResponse = generateResponseSchema.meta({ id: 'GenerateResponse', description: 'The job, and where its files are.' });

const generateVideo = createRoute({
  method: 'post',
  path: GENERATE_PATH,
  operationId: 'generateVideo',
  tags: ['Jobs'],
  summary: 'Create a job and wait for its end',
  description:
    'For callers that cannot follow a job. The job goes on when the caller leaves. After some minutes (`JOB_SERVICE_GENERATE_LIMIT`) the answer is 202 with the job as it is then. `Location` names the job in any case.',
  request: { headers: CreateHeaders, body: { required: true, content: { 'application/json': { schema: VideoRequest } } } },
  responses: {
    200: json(GenerateResponse, 'The video is ready: `video_url`, `thumbnail_url`, `captions_url`, and the job'),
    202: json(GenerateResponse, 'It is still being made: follow the job by its `job_id`'),
    409: json(GenerateProblem, 'The job was cancelled'),
    413: json(ErrorBody, 'The body is too large'),
    415: json(ErrorBody, 'The body is not JSON'),
    422: json(ValidationError, 'A field is wrong; `loc` names it and `msg` says what to do'),
    500: json(GenerateProblem, 'The video could not be made; `detail` says why'),
    503: json(ErrorBody, 'As many wait as this process serves'),
  },
});

/** The way without a job to follow: one request that answers with the video. */
export function syncRoutes({ jobs, feed, clock, config }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();

  app.openapi(generateVideo, async (c) => {
    if (feed.full) {
      c.header('Retry-After', '30');
      return problem(c, 503, 'Too many are waiting. Create a job and read it, or try again later.');
    }
    let id: string;
    try {
      const created = await jobs.create({ video_request: c.req.valid('json') }, c.req.valid('header')['idempotency-key'] ?? null);
      id = created.job_id;
    } catch (error) {
      if (!(error instanceof KeyReusedError)) throw error;
      return c.json({ detail: [keyReused(['header', 'idempotency-key'])] }, 422);
    }
    const { outgoing } = (c.env ?? {}) as Partial<HttpBindings>;
    await untilOver(id, { feed, clock, within: config.generateLimit * 1000, onGone: (leave) => outgoing?.once('close', leave) });
    c.header('Location', `${JOBS_PATH}/${id}`);
    c.header('Cache-Control', 'no-store');
    return answer(c, await jobs.get(id));
  });

  return app;
}

function answer(c: Context<Env>, job: JobStatusResponse | null) {
  if (!job) return problem(c, 500, 'The job was removed while it was waited for.');
  const { job_id, status, links } = job;
  if (status === 'failure') return c.json({ detail: job.error ?? 'The video could not be made.', job_id, status }, 500);
  if (status === 'cancelled') return c.json({ detail: 'The job was cancelled.', job_id, status }, 409);
  const files = { video_url: links?.video ?? null, thumbnail_url: links?.thumbnail ?? null, captions_url: links?.captions ?? null };
  if (status === 'success') return c.json({ ...job, ...files, message: 'The video is ready.' }, 200);
  return c.json({ ...job, ...files, message: 'The video is still being made. Follow the job by its job_id.' }, 202);
}
