import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { UUID } from '../jobs/uuid.ts';
import { JOBS_PATH } from '../jobs/wire.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { problem } from './errors.ts';
import { CreateJobRequest, ErrorBody, JobParams, json } from './schemas.ts';

const readRequest = createRoute({
  method: 'get',
  path: `${JOBS_PATH}/{job_id}/request`,
  operationId: 'getJobRequest',
  tags: ['Jobs'],
  summary: 'Read what a job was made of, to make another one like it',
  request: { params: JobParams },
  responses: { 200: json(CreateJobRequest, 'The request as it was taken up'), 404: json(ErrorBody, 'No such job, or it has expired') },
});

/** Apart from the job itself, which is read again and again: a script can be long. */
export function jobRequestRoutes({ jobs }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();
  app.openapi(readRequest, async (c) => {
    const { job_id: id } = c.req.valid('param');
    const job = UUID.test(id) ? await jobs.record(id) : null;
    return job ? c.json({ video_request: job.request, priority: job.priority }, 200) : problem(c, 404, 'There is no such job.');
  });
  return app;
}
