/** Stands for a service that is killed while it renders: `node dying-service.ts <directory>`. */
import { pino } from 'pino';
import { render } from '../../src/render/render.ts';
import { videoRequest } from './support.ts';

const workDir = process.argv[2]!;
let said = false;
await render(
  { jobId: 'job', video: videoRequest({ duration: 60 }), workDir },
  {
    onProgress: ({ step, steps }) => {
      if (said || step !== 'encode' || steps[3]!.progress < 0.01) return;
      said = true;
      process.stdout.write('encoding\n');
    },
    signal: new AbortController().signal,
    logger: pino({ level: 'silent' }),
  },
);
