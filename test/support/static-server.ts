import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mp4': 'video/mp4',
  '.svg': 'image/svg+xml',
  '.vtt': 'text/vtt; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface StaticServer {
  /** `http://127.0.0.1:…`, without a slash at its end. */
  origin: string;
  close(): Promise<void>;
}

export interface StaticOptions {
  /** Folders by the path that they appear under; the longest that fits wins. */
  folders?: Record<string, string>;
  /** Pages by path, as text. */
  pages?: Record<string, string>;
  headers?: Record<string, string>;
  /** Asked for each file: whether it is answered with 503 this time. */
  refuses?: (path: string) => boolean;
}

/** A server of files and pages on a free port of the loopback address: an origin of its own. */
export async function serveStatic({ folders = {}, pages = {}, headers = {}, refuses }: StaticOptions): Promise<StaticServer> {
  const mounts = Object.entries(folders).sort(([a], [b]) => b.length - a.length);
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const page = pages[path];
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': TYPES['.html'], ...headers }).end(page);
      return;
    }
    if (refuses?.(path)) {
      response.writeHead(503, headers).end();
      return;
    }
    const mount = mounts.find(([prefix]) => path.startsWith(prefix));
    const file = mount ? join(mount[1], path.slice(mount[0].length) || 'index.html') : null;
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...headers });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
