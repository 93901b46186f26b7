/** `npm start`: the job service with its embedded database and a worker, and the demo page, on one address. */
import './lib/modern-node.mjs';
import { onEnd, startJobService } from './lib/job-service.mjs';
import { runNode } from './lib/run.mjs';

if ((await runNode(['scripts/build.mjs', 'demo', 'cdn'])) !== 0) process.exit(1);

const service = startJobService();
onEnd(service.stop);
try {
  console.log(`Job Elements is ready: ${await service.ready}/`);
} catch {
  // It has said why.
  await service.stop();
}
process.exitCode = await service.ended;
