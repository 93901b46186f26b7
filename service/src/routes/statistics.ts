import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { JOBS_PATH } from '../jobs/wire.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { moment } from './list-query.ts';
import { JobStatistics, StatisticsHistory, ValidationError, json } from './schemas.ts';
import { tagged } from './tagged.ts';

const HISTORY_PATH = `${JOBS_PATH}/stats/history`;
const DAY = 86_400_000;
/** Seconds that a bucket has when the caller leaves it open, and how many buckets are enough then. */
const STEPS = [60, 300, 900, 3600, 21_600, 86_400] as const;
const ENOUGH = 120;
/** A day by the minute fits. */
const MOST = 1500;
const STEP_MESSAGE = 'Give step as a multiple of 60 from 60 to 86400 (seconds).';

const HistoryQuery = z.object({
  from: moment('from').optional().meta({ type: 'string', format: 'date-time', description: 'In the first bucket. Default: 24 h before `to`.' }),
  to: moment('to').optional().meta({ type: 'string', format: 'date-time', description: 'The last bucket ends then or later. Default: now.' }),
  step: z.coerce
    .number(STEP_MESSAGE)
    .int(STEP_MESSAGE)
    .min(60, STEP_MESSAGE)
    .max(86_400, STEP_MESSAGE)
    .multipleOf(60, STEP_MESSAGE)
    .optional()
    .meta({ description: `Seconds of a bucket. Default: the shortest of ${STEPS.join(', ')} that gives ${ENOUGH} buckets or fewer.` }),
});

const countJobs = createRoute({
  method: 'get',
  path: `${JOBS_PATH}/stats/counts`,
  operationId: 'countJobs',
  tags: ['Service'],
  summary: 'Count jobs by status',
  responses: { 200: json(JobStatistics, 'The counts of all jobs that are kept, and where their history is') },
});

const readHistory = createRoute({
  method: 'get',
  path: HISTORY_PATH,
  operationId: 'getStatisticsHistory',
  tags: ['Service'],
  summary: 'Counts, throughput and queue depth over time',
  description: `Counted once a minute and kept for 30 days. All buckets are there, ${MOST} at most; one with \`samples: 0\` is a gap.`,
  middleware: tagged,
  request: { query: HistoryQuery },
  responses: {
    200: json(StatisticsHistory, 'The buckets in the order of time, with an `ETag`'),
    304: { description: 'They are as `If-None-Match` says' },
    422: json(ValidationError, 'A parameter is wrong'),
  },
});

export function statisticsRoutes({ jobs, history, clock }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();

  app.openapi(countJobs, async (c) =>
    c.json({ statistics: await jobs.counts(), timestamp: new Date().toISOString(), links: { history: HISTORY_PATH } }, 200),
  );

  app.openapi(readHistory, async (c) => {
    const query = c.req.valid('query');
    const to = query.to === undefined ? clock.now() : Date.parse(query.to);
    const from = query.from === undefined ? to - DAY : Date.parse(query.from);
    if (from >= to) return c.json(refusal('from', 'Give from as a time before to.'), 422);
    const step = query.step ?? STEPS.find((seconds) => span(from, to, seconds).count <= ENOUGH) ?? 86_400;
    const { first, end, count } = span(from, to, step);
    if (count > MOST) return c.json(refusal(query.step === undefined ? 'from' : 'step', `Ask for ${MOST} buckets at most; these would be ${count}.`), 422);
    const buckets = await history.read({ from: first, to: end, step });
    return c.json({ from: new Date(first).toISOString(), to: new Date(end).toISOString(), step, buckets }, 200);
  });

  return app;
}

/** The whole buckets that hold everything from `from` up to `to`, ms. */
function span(from: number, to: number, step: number): { first: number; end: number; count: number } {
  const length = step * 1000;
  const [first, end] = [Math.floor(from / length) * length, Math.ceil(to / length) * length];
  return { first, end, count: (end - first) / length };
}

const refusal = (name: string, msg: string) => ({ detail: [{ loc: ['query', name], msg, type: 'value_error' }] });
