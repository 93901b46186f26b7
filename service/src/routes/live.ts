import { upgradeWebSocket } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { WebSocket } from 'ws';
import { UUID } from '../jobs/uuid.ts';
import { JOBS_PATH } from '../jobs/wire.ts';
import { eventStream } from '../push/event-stream.ts';
import { SocketSession } from '../push/socket-session.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { problem } from './errors.ts';
import { ErrorBody, EventsHeaders, IdsQuery, JobList, ValidationError, json } from './schemas.ts';
import { tagged } from './tagged.ts';

const busy = json(ErrorBody, 'As many are connected as this process serves; ask instead, and try again later');
const invalid = json(ValidationError, 'A parameter is wrong');

const readBatch = createRoute({
  method: 'get',
  path: `${JOBS_PATH}/batch`,
  operationId: 'getJobs',
  tags: ['Many jobs at once'],
  summary: 'Read many jobs',
  middleware: tagged,
  request: { query: IdsQuery },
  responses: {
    200: json(JobList, 'Those that there are, in the order of the ids, with an `ETag`'),
    304: { description: 'They are as `If-None-Match` says' },
    422: invalid,
  },
});

const readEvents = createRoute({
  method: 'get',
  path: `${JOBS_PATH}/events`,
  operationId: 'followJobs',
  tags: ['Many jobs at once'],
  summary: 'Follow many jobs by server-sent events',
  description:
    'Events are named `job`, their data is a job. First the present state of each, then every change. A comment every 15 s shows that the stream is alive. It ends when all jobs have ended. Who does not read is cut off.',
  request: { query: IdsQuery, headers: EventsHeaders },
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    422: invalid,
    503: busy,
  },
});

const openSocket = createRoute({
  method: 'get',
  path: `${JOBS_PATH}/socket`,
  operationId: 'openJobSocket',
  tags: ['Many jobs at once'],
  summary: 'Follow many jobs by WebSocket',
  description:
    'JSON frames. The client sends `{"type": "watch", "ids": […]}`, `{"type": "unwatch", "ids": […]}`, `{"type": "ping"}` and, where a token is needed, first `{"type": "auth", "token": "…"}`. The service sends `{"type": "job", "job": {…}}`, `{"type": "error", "code": "…", "detail": "…"}` and `{"type": "pong"}`.',
  responses: {
    101: { description: 'The connection is a WebSocket from here on' },
    403: json(ErrorBody, 'Pages of this origin may not connect'),
    426: json(ErrorBody, 'The request does not ask for a WebSocket'),
    503: busy,
  },
});

/** What serves a whole page with one request or one connection. */
export function liveRoutes({ jobs, feed, clock, config, logger }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();

  const refuseMore = (c: Context) => {
    logger.warn({ connections: feed.size }, 'as many follow jobs as this process serves');
    c.header('Retry-After', '30');
    return problem(c, 503, 'Too many are connected. Read the jobs instead, and try again later.');
  };

  app.openapi(readBatch, async (c) => {
    const found = await jobs.some(c.req.valid('query').ids.filter((id) => UUID.test(id)));
    return c.json({ jobs: found, total: found.length, page: 1, page_size: Math.max(1, found.length) }, 200);
  });

  app.openapi(readEvents, (c) => {
    if (feed.full) return refuseMore(c);
    const { outgoing } = (c.env ?? {}) as Partial<HttpBindings>;
    const stream = eventStream({
      feed,
      clock,
      ids: c.req.valid('query').ids.filter((id) => UUID.test(id)),
      lastEventId: c.req.valid('header')['last-event-id'] ?? null,
      cut: () => {
        logger.info('cut off a client that does not read its events');
        outgoing?.destroy();
      },
    });
    // The header for nginx keeps it from holding events back.
    const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' };
    return c.body(stream, 200, headers);
  });

  // Its answer is no Response of a kind that the description could name.
  app.openapi(openSocket, upgradeSocket() as never);

  return app;

  function upgradeSocket() {
    const upgrade = upgradeWebSocket(() => {
      let session: SocketSession | null = null;
      return {
        onOpen(_event, { raw }) {
          session = new SocketSession(raw as WebSocket, { feed, clock });
        },
        onMessage: ({ data }) => session?.receive(data),
        onClose: () => session?.end(),
        onError: () => session?.end(),
      };
    });
    return async (c: Context) => {
      // Browsers check no CORS for a handshake.
      const origin = c.req.header('origin');
      if (origin !== undefined && config.corsOrigins !== '*' && !config.corsOrigins.includes(origin)) {
        return problem(c, 403, 'Pages of this origin may not connect.');
      }
      if (feed.full) return refuseMore(c);
      const answer = await upgrade(c, async () => undefined);
      if (answer) return answer;
      c.header('Upgrade', 'websocket');
      return problem(c, 426, 'Open this address as a WebSocket.');
    };
  }
}
