import { startDoubleServer } from '../double/server.ts';
import type { Backend } from './job-api.ts';
import { contractSuite } from './job-api.ts';

for (const extensions of [true, false]) {
  const start = async (): Promise<Backend> => {
    const { baseUrl, stop } = await startDoubleServer({
      extensions,
      many: true,
      ...(extensions && { offers: { bulk: true, templates: true, generate: true } }),
      autorun: {
        ends: (request) => {
          const script = request?.video_request.script_id;
          return script === 'fail' ? 'failure' : script === 'hold' ? 'hold' : 'success';
        },
      },
    });
    const withScript = (id: string): Backend['makeSlowRequest'] => (plain) => ({
      ...plain,
      video_request: { ...plain.video_request, script_id: id },
    });
    return { baseUrl, stop, patience: 10_000, makeSlowRequest: withScript('hold'), makeFailingRequest: withScript('fail') };
  };
  contractSuite(extensions ? 'the double' : 'the double, core only', start, { extensions });
}
