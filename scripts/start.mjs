/** `npm start`: the job service with its embedded database and a worker, and the demo page, on one address. */
import './lib/modern-node.mjs';
import fs from 'node:fs';
import { onEnd, startJobService } from './lib/job-service.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runNode } from './lib/run.mjs';

// The service looks for the pages when they are asked for, so both can come at the same time.
for (const part of ['demo', 'cdn']) fs.mkdirSync(fromRoot('dist', part), { recursive: true });
const built = runNode(['scripts/build.mjs', 'demo', 'cdn']);
const service = startJobService();
onEnd(service.stop);
try {
  const url = await service.ready;
  if ((await built) === 0) console.log(`Job Elements is ready: ${url}/`);
  else await service.stop();
} catch {
  // It has said why.
  await service.stop();
}
process.exitCode = (await service.ended) || (await built);
