import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { MAX_FRAME } from './push/socket-session.ts';
import type { Service } from './service.ts';

/** How many ports above the wanted one are tried. */
const PORTS_TO_TRY = 50;
/** How long answers under way may take when the service stops, ms. */
const CLOSE_GRACE = 500;
/**
 * How long a connection may stay open without a request, ms. More than the 60 s that common proxies and load balancers wait: the
 * side that forwards must be the one that closes, or a request meets a closed connection and its sender is told 502.
 */
const KEEP_ALIVE = 75_000;

export interface Listener {
  /** Address for a browser, without a slash at the end. */
  url: string;
  port: number;
  /** Takes no new connection and ends the others after a moment. */
  close(): Promise<void>;
}

/** No port could be opened. `message` tells a person what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Listens on the port, or on the next free one above it when another program has it. */
export async function listen(app: Service['app'], { host, port }: { host: string; port: number }): Promise<Listener> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const server = createAdaptorServer({ fetch: app.fetch, websocket: { server: sockets } }) as Server;
  server.keepAliveTimeout = KEEP_ALIVE;
  const taken = await bind(server, host, port);
  return { url: `http://${urlHost(host)}:${taken}`, port: taken, close: () => close(server) };
}

async function bind(server: Server, host: string, wanted: number): Promise<number> {
  const last = wanted === 0 ? 0 : Math.min(65_535, wanted + PORTS_TO_TRY);
  for (let port = wanted; port <= last; port += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port, exclusive: true }, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE') throw new ListenError(explain(code, host, port), { cause: error });
    }
  }
  throw new ListenError(`Ports ${wanted} to ${last} are all taken. Choose another with PORT.`);
}

function explain(code: string | undefined, host: string, port: number): string {
  if (code === 'EACCES') return `This user may not open port ${port}. Choose one above 1023 with PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `"${host}" is no address of this machine. Correct HOST.`;
  return `Cannot listen on ${host}, port ${port} (${code ?? 'unknown reason'}).`;
}

/** Addresses that mean "every interface" cannot be opened in a browser. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE);
  await closed;
  clearTimeout(timer);
}
