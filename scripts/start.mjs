/** `npm start`: the job service with its embedded database and a worker, and the demo page, on one address. */
import './lib/modern-node.mjs';
import { choosePort } from './lib/choose-port.mjs';
import { onEnd, startJobService } from './lib/job-service.mjs';
import { runNode } from './lib/run.mjs';

const wanted = Number(process.env.PORT || 8012);
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
  console.error(`PORT must be a whole number from 0 to 65535, it is "${process.env.PORT}".`);
  process.exit(1);
}
const port = await choosePort(wanted);
if (port === null) process.exit(1);
if ((await runNode(['scripts/build.mjs', 'demo', 'cdn'])) !== 0) process.exit(1);

const service = startJobService({ port });
onEnd(service.stop);
try {
  await service.ready;
  console.log(`Job Elements is ready: ${service.url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await service.stop();
}
process.exitCode = await service.ended;
