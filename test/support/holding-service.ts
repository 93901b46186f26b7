/** The job service as a command, with a renderer that holds each job until it is stopped: what is tested is the way of jobs in. */
import { startService } from '../../service/src/main.ts';

const service = await startService({
  render: (_request, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
});
process.on('SIGTERM', () => void service.stop().then(() => process.exit(0)));
process.stdout.write(`${service.url}\n`);
