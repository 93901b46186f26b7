import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { JOBS_PATH } from '../jobs/wire.ts';
import type { Env } from './context.ts';

const TITLE = 'Job service';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLE}: API reference</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });\n`;

/** Files of the reference that may be fetched, and their types. */
const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

// The reference sets styles from scripts, which only 'unsafe-inline' allows; scripts stay strict.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `/openapi.json`, made from the very schemas that check the requests, and a reference page that needs no other server. */
export function docsRoutes(api: OpenAPIHono<Env>): Hono<Env> {
  const app = new Hono<Env>({ strict: false });
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  let description: string | undefined;

  app.get('/openapi.json', (c) => {
    description ??= describe(api);
    return c.body(description, 200, { 'Content-Type': 'application/json' });
  });
  app.get('/docs', (c) => c.html(page, 200, { 'Content-Security-Policy': POLICY }));
  app.get('/docs/start.js', (c) => c.body(start, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  app.get('/docs/:file', async (c) => {
    const file = c.req.param('file');
    const type = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
    if (!type) return c.notFound();
    return c.body(new Uint8Array(await readFile(join(folder, file))), 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=86400' });
  });

  return app;
}

function describe(api: OpenAPIHono<Env>): string {
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: TITLE,
      version: '1.0.0',
      description: 'Creates videos in the background. A job carries `links`: what may be done with it now, and where its files are.',
    },
    tags: [{ name: 'Jobs' }, { name: 'Media' }, { name: 'Service' }],
  });
  // Routes answer with and without a slash at the end; the contract writes this one with it.
  const paths = Object.fromEntries(Object.entries(document.paths ?? {}).map(([path, item]) => [path === JOBS_PATH ? `${path}/` : path, item]));
  // Regular expressions with flags come out with their flags, which a JSON schema has no place for.
  return JSON.stringify({ ...document, paths }, (key, value: unknown) => (key === 'pattern' && typeof value === 'string' ? value.replace(/\/[a-z]+$/, '') : value));
}
