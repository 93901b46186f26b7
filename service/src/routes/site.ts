import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Context, MiddlewareHandler } from 'hono';
import type { Config } from '../config.ts';
import type { Env } from './context.ts';

/** The page runs no inline script and no inline style, and talks to this service only. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Job service</title>
<h1>The job service is running</h1>
<p>The demo page is not built yet: <code>npm run build</code> makes it. The API is described at <a href="/docs">/docs</a>.</p>
</html>
`;

/** Names with a hash in them never change their content. In the bundle's folder all scripts but `job-elements.js` have one. */
const HASHED_CHUNK = /-[\w-]{6}\.js$/;
/** On the demo page a hash is told from a word by a capital or a digit. */
const HASHED_ASSET = /-(?=[\w-]*[A-Z\d])[\w-]{8}\.\w+$/;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What is not there may be there in a minute, when every process has the new build: nobody may keep that answer. */
function cacheControl(c: Context<Env>, hashed: RegExp, otherwise: string): string {
  if (!c.res.ok && c.res.status !== 304) return 'no-store';
  return hashed.test(c.req.path) ? FOR_EVER : otherwise;
}

/** Files of a directory that a build may make only later. */
function folder(root: string, rewriteRequestPath?: (path: string) => string): MiddlewareHandler<Env> {
  let files: MiddlewareHandler<Env> | undefined;
  return async (c, next) => {
    if (!files && existsSync(root)) files = serveStatic({ root, rewriteRequestPath });
    return files ? files(c, next) : next();
  };
}

/** The demo page at `/`, and the script-tag bundle at `/cdn/`, which pages of any origin may load. */
export function siteRoutes({ demoDirectory, cdnDirectory }: Pick<Config, 'demoDirectory' | 'cdnDirectory'>): Hono<Env> {
  const app = new Hono<Env>();

  app.use('/cdn/*', cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['Content-Length'] }));
  app.get(
    '/cdn/*',
    async (c, next) => {
      await next();
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
      c.header('Cache-Control', cacheControl(c, HASHED_CHUNK, 'public, max-age=300'));
    },
    folder(cdnDirectory, (path) => path.slice('/cdn'.length)),
    (c) => c.notFound(),
  );

  app.get(
    '/*',
    async (c, next) => {
      await next();
      c.header('Content-Security-Policy', POLICY);
      c.header('Cache-Control', cacheControl(c, HASHED_ASSET, 'no-cache'));
    },
    folder(demoDirectory),
  );
  app.get('/', (c) => (existsSync(join(demoDirectory, 'index.html')) ? c.notFound() : c.html(notBuilt)));

  return app;
}
