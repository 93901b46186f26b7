import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobDoubleOptions } from './job-double.ts';
import { streamEvents } from './events.ts';
import { JobDouble } from './job-double.ts';

export interface DoubleServer {
  double: JobDouble;
  /** `http://127.0.0.1:<port>` */
  baseUrl: string;
  /** For whoever serves upgrades of it. */
  server: Server;
  stop(): Promise<void>;
}

/** The double over real HTTP, on a free port of the loopback, open to pages of other origins. */
export async function startDoubleServer(options: JobDoubleOptions = {}): Promise<DoubleServer> {
  const double = new JobDouble(options);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://double');
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*, authorization',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-expose-headers': '*',
    };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, cors).end();
      return;
    }
    if (double.extensions && url.pathname === '/api/v1/jobs/events' && request.method === 'GET') {
      streamEvents(double, url.searchParams, response, cors);
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      const body = Buffer.concat(await request.toArray()).toString();
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const result = await double.handle(
        { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body },
        gone.signal,
      );
      if (result === 'network') {
        request.socket.destroy();
        return;
      }
      const bytes = Buffer.from(result.body);
      response.writeHead(result.status, { ...cors, 'content-length': bytes.length, ...result.headers });
      if (result.cut) response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
      else response.end(request.method === 'HEAD' ? undefined : bytes);
    } catch (error) {
      // The caller has gone; or the double itself is broken, which a test must see.
      if (!gone.signal.aborted) response.writeHead(500, cors).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    double,
    server,
    baseUrl: `http://127.0.0.1:${port}`,
    async stop() {
      double.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
