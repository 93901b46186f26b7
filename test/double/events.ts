import type { ServerResponse } from 'node:http';
import type { JobDouble } from './job-double.ts';
import { readIds } from './routes.ts';

const FINAL: readonly string[] = ['success', 'failure', 'cancelled'];

/** Server-sent events of the double: the present state of each job, then every change, until all have ended. It knows no cursors. */
export function streamEvents(double: JobDouble, query: URLSearchParams, response: ServerResponse, headers: Record<string, string>): void {
  const ids = readIds(query);
  if (!ids) {
    response.writeHead(422, { ...headers, 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail: [{ loc: ['query', 'ids'], msg: 'Give 1 to 100 ids, separated by commas.', type: 'value_error' }] }));
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  response.write(': heartbeat\n\n');
  let sent = 0;
  const tell = (id: string) => {
    if (ids.includes(id) && !response.writableEnded) response.write(`event: job\nid: ${++sent}\ndata: ${JSON.stringify(double.job(id))}\n\n`);
  };
  const endWhenOver = () => {
    if (ids.every((id) => FINAL.includes(double.job(id)?.status ?? 'cancelled'))) response.end();
  };
  const stop = double.onChange((id) => {
    tell(id);
    endWhenOver();
  });
  response.on('close', stop);
  for (const id of ids) if (double.job(id)) tell(id);
  endWhenOver();
}
