/**
 * `npm run dev`: the demo page by Vite, reloading as sources change, against the job service on PORT (8012); that is started
 * when none answers there. DEV_PORT is the page's own port (5173).
 */
import './lib/modern-node.mjs';
import { createServer } from 'vite';
import { answers, onEnd, startJobService } from './lib/job-service.mjs';
import { fromRoot, root } from './lib/paths.mjs';

let target = `http://127.0.0.1:${Number(process.env.PORT || 8012)}`;

/** @type {import('./lib/job-service.mjs').RunningService | null} */
let service = null;
/** @type {import('vite').ViteDevServer | null} */
let page = null;

let stopping = false;

async function stop() {
  stopping = true;
  await Promise.all([page?.close(), service?.stop()]);
  process.exit();
}

onEnd(stop);
try {
  if (await answers(target)) {
    console.log(`using the job service at ${target}`);
  } else {
    service = startJobService();
    target = await service.ready;
  }
  const proxy = Object.fromEntries(['/api', '/docs', '/openapi.json'].map((path) => [path, { target, ws: path === '/api' }]));
  page = await createServer({
    root,
    configFile: fromRoot('vite.config.ts'),
    server: {
      host: '127.0.0.1',
      port: Number(process.env.DEV_PORT || 5173),
      proxy,
      // What builds and the service write is no reason to load the page again.
      watch: { ignored: ['.data', '.cache', 'dist', 'storybook-static'].map((folder) => fromRoot(folder, '**')) },
    },
  });
  await page.listen();
  page.printUrls();
  void service?.ended.then((code) => {
    if (stopping) return;
    console.error('the job service ended');
    process.exitCode = code;
    void stop();
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await stop();
}
