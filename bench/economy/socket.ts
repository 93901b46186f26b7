import type { IncomingMessage, Server } from 'node:http';
import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';
import type { JobDouble } from '../../test/double/job-double.ts';

/** As much of `ws` as is used here. */
interface Socket {
  on(event: 'message', listener: (data: Buffer) => void): void;
  on(event: 'close', listener: () => void): void;
  send(text: string): void;
}
interface Sockets {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, done: (socket: Socket) => void): void;
}

/** The service's own, of which only the service depends on it. */
const { WebSocketServer } = createRequire(new URL('../../service/package.json', import.meta.url))('ws') as {
  WebSocketServer: new (options: { noServer: true }) => Sockets;
};

export const SOCKET_PATH = '/api/v1/jobs/socket';

/** The double's jobs by WebSocket, as the wire contract has it: those that are watched as they are, then whenever they change. */
export function serveSocket(double: JobDouble, server: Server): void {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (request.url !== SOCKET_PATH) return stream.destroy();
    sockets.handleUpgrade(request, stream, head, (socket) => follow(double, socket));
  });
}

function follow(double: JobDouble, socket: Socket): void {
  const watched = new Set<string>();
  const tell = (id: string): void => {
    const job = watched.has(id) ? double.job(id) : null;
    if (job) socket.send(JSON.stringify({ type: 'job', job }));
  };
  socket.on('close', double.onChange(tell));
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as { type: string; ids?: string[] };
    if (frame.type === 'ping') socket.send('{"type":"pong"}');
    for (const id of frame.ids ?? []) {
      if (frame.type === 'unwatch') watched.delete(id);
      else watched.add(id);
      tell(id);
    }
  });
}
