import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import { BULK_PATH } from './jobs/wire.ts';
import { bulkRoutes } from './routes/bulk.ts';
import type { Env, RouteContext } from './routes/context.ts';
import { docsRoutes } from './routes/docs.ts';
import { answerError, problem } from './routes/errors.ts';
import { jobRequestRoutes } from './routes/job-request.ts';
import { jobRoutes } from './routes/jobs.ts';
import { liveRoutes } from './routes/live.ts';
import { mediaRoutes } from './routes/media.ts';
import { siteRoutes } from './routes/site.ts';
import { syncRoutes } from './routes/sync.ts';
import { templateRoutes } from './routes/templates.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { controlRoutes } from './samples/control.ts';

/** Headers that a page on another origin may read. */
const EXPOSED = [
  'Accept-Ranges', 'Content-Disposition', 'Content-Length', 'Content-Range', 'Date', 'ETag', 'Last-Modified', 'Location', 'Retry-After', 'X-Request-Id',
];

/** The whole HTTP side: a function from request to answer, without a socket. */
export function createApp(context: RouteContext): OpenAPIHono<Env> {
  const { config, logger } = context;
  const app = new OpenAPIHono<Env>({ strict: false });
  const api = new OpenAPIHono<Env>({ strict: false });
  // Before the routes that would take their last segment for a job's id.
  api.route('/', liveRoutes(context));
  api.route('/', statisticsRoutes(context));
  api.route('/', jobRoutes(context));
  api.route('/', jobRequestRoutes(context));
  api.route('/', bulkRoutes(context));
  api.route('/', syncRoutes(context));
  api.route('/', mediaRoutes(context));
  api.route('/', templateRoutes(context));
  app.onError((error, c) => answerError(logger, error, c));
  app.notFound((c) => problem(c, 404, 'There is nothing at this address.'));

  app.use(requestId());
  app.use(logRequests(logger));
  app.use(secureHeaders({ crossOriginResourcePolicy: false, crossOriginOpenerPolicy: false, xFrameOptions: false, strictTransportSecurity: false }));
  const origin = typeof config.corsOrigins === 'string' ? '*' : [...config.corsOrigins];
  app.use('/api/*', cors({ origin, allowMethods: ['GET', 'HEAD', 'POST', 'DELETE'], exposeHeaders: EXPOSED, maxAge: 600 }));
  app.use('/api/*', methodNotAllowed({ app: api, onMethodNotAllowed: (c, methods) => refuseMethod(c, methods) }));
  const plain = limitBody(config.maxBody);
  const bulk = limitBody(config.maxBulkBody);
  app.use('/api/*', (c, next) => (c.req.path.replace(/\/$/, '') === BULK_PATH ? bulk : plain)(c, next));
  app.use('/api/v1/jobs/*', async (c, next) => {
    await next();
    // What has a tag may be kept to be asked about again, never to be shown unasked.
    const tagged = c.res.headers.has('ETag');
    c.header('Cache-Control', tagged ? 'private, no-cache' : 'no-store');
    if (tagged) c.header('Vary', 'Authorization', { append: true });
  });

  app.route('/', api);
  app.route('/', docsRoutes(api));
  if (context.control) app.route('/', controlRoutes(context.control, context.db));
  app.all('/api/*', (c) => c.notFound());
  app.route('/', siteRoutes(config));
  return app;
}

const limitBody = (maxSize: number): MiddlewareHandler =>
  bodyLimit({ maxSize, onError: (c) => problem(c, 413, `The body is too large: ${maxSize} bytes at most.`) });

const refuseMethod = (c: Parameters<MiddlewareHandler>[0], methods: string[]): Response => {
  c.header('Allow', [...methods, 'OPTIONS'].join(', '));
  return problem(c, 405, `This address does not answer ${c.req.method}.`);
};

/** Paths only: a query may hold a user's id. */
function logRequests(logger: Logger): MiddlewareHandler<Env> {
  return async (c, next) => {
    const start = performance.now();
    await next();
    const level = c.res.status >= 500 ? 'warn' : c.req.method === 'GET' || c.req.method === 'HEAD' ? 'debug' : 'info';
    logger[level](
      { method: c.req.method, path: c.req.path, status: c.res.status, ms: Math.round(performance.now() - start), reference: c.get('requestId') },
      'request',
    );
  };
}
