import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Duplex } from 'node:stream';
import { seeded } from './random.ts';

/** What may befall a request. */
export const FAULTS = ['drop', 'delay', 'truncate', 'reset', 'error', 'page', 'garbage'] as const;
export type FaultKind = (typeof FAULTS)[number];

/** `clear`: all is well. `rough`: some requests go wrong, in every way. `storm`: all are answered 5xx, or not at all. */
export type Weather = 'clear' | 'rough' | 'storm';

export interface Passage {
  /** Ms since the epoch, when it came. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly fault: FaultKind | null;
  /** The bearer token that it came with. */
  readonly token: string | null;
  /** When it had been answered with 200 and in full, ms since the epoch. */
  answeredAt: number | null;
}

export interface ChaosOptions {
  /** Takes away all that a backend may add to the core: fields of jobs, and the routes that `links` lead to. */
  core?: boolean;
}

export interface ChaosProxy {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  weather: Weather;
  /** Every request that came, preflights apart. */
  readonly passages: Passage[];
  /** Breaks all connections that are open. */
  cut(): void;
  stop(): Promise<void>;
}

/** How many requests go wrong in rough weather. */
const ROUGH = 0.35;
/** Longest delay, ms. */
const SLOW = 2_500;
/** What a job of the core has. */
const CORE_FIELDS = ['job_id', 'status', 'progress', 'progress_message', 'result', 'error', 'created_at', 'started_at', 'completed_at', 'retry_count', 'duration'];
const OPEN = { 'access-control-allow-origin': '*' };

/** Stands between a page and the service at `target`, and does what networks do. The same seed does the same. */
export async function startChaosProxy(target: string, seed: number, { core = false }: ChaosOptions = {}): Promise<ChaosProxy> {
  const { hostname, port } = new URL(target);
  const random = seeded(seed);
  const passages: Passage[] = [];
  const sockets = new Set<Socket>();
  let weather: Weather = 'clear';

  /** Faults are drawn like cards, so that each kind comes before any of them has come twice. */
  let cards: FaultKind[] = [];
  const draw = (): FaultKind => {
    if (cards.length === 0) cards = [...FAULTS];
    return cards.splice(Math.floor(random() * cards.length), 1)[0] as FaultKind;
  };

  const pick = (): FaultKind | null => {
    if (weather === 'clear') return null;
    if (weather === 'storm') return random() < 0.7 ? 'error' : random() < 0.5 ? 'page' : 'drop';
    return random() < ROUGH ? draw() : null;
  };

  const enter = ({ url = '/', headers }: IncomingMessage, method: string, fault: FaultKind | null): Passage => {
    const token = headers.authorization?.replace(/^Bearer /, '') ?? null;
    const passage: Passage = { at: Date.now(), method, url, fault, token, answeredAt: null };
    passages.push(passage);
    return passage;
  };

  const server = createServer((request, response) => {
    // A preflight that fails is a request that fails: enough goes wrong with the requests themselves.
    const fault = request.method === 'OPTIONS' ? null : pick();
    if (request.method !== 'OPTIONS') {
      const passage = enter(request, request.method ?? 'GET', fault);
      // A fault closes the connection before the end, or the status is another one.
      response.once('finish', () => response.statusCode === 200 && fault !== 'garbage' && (passage.answeredAt = Date.now()));
    }
    const forward = (): void => pass(request, response, fault, { hostname, port }, core);
    if (core && /jobs\/(batch|events|socket|[^/]+\/retry)\b/.test(request.url ?? '')) refuse(response, 404, '{"detail": "Not Found"}', 'application/json');
    else if (fault === 'drop') request.socket.destroy();
    else if (fault === 'error') refuse(response, 500 + Math.floor(random() * 5), '{"detail": "Chaos"}', 'application/json');
    else if (fault === 'page') refuse(response, 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'text/html');
    else if (fault === 'garbage') refuse(response, 200, '{"job_id": "half of an ans', 'application/json');
    else if (fault === 'delay') setTimeout(forward, random() * SLOW);
    else forward();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const fault = pick();
    enter(request, 'UPGRADE', fault);
    if (core || (fault !== null && fault !== 'delay')) socket.destroy();
    else tunnel(request, socket, head, Number(port), hostname);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passages,
    get weather() {
      return weather;
    },
    set weather(next) {
      weather = next;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

function refuse(response: ServerResponse, status: number, body: string, type: string): void {
  response.writeHead(status, { ...OPEN, 'content-type': type }).end(body);
}

/** Sends the request on and the answer back, whole or, by `truncate` and `reset`, half of it. */
function pass(
  request: IncomingMessage,
  response: ServerResponse,
  fault: FaultKind | null,
  target: { hostname: string; port: string },
  core: boolean,
): void {
  const { method, url: path } = request;
  const headers = core ? { ...request.headers, 'accept-encoding': 'identity' } : request.headers;
  const upstream = ask({ ...target, path, method, headers, agent: false }, (answer) => {
    const isJson = /json/.test(answer.headers['content-type'] ?? '');
    const source = core && isJson ? Readable.from(stripped(answer)) : answer;
    const { 'content-length': _length, ...others } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, core && isJson ? others : answer.headers);
    if (fault !== 'truncate' && fault !== 'reset') {
      source.pipe(response);
      source.once('error', () => response.destroy());
      return;
    }
    source.once('data', (chunk: Buffer) => {
      response.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => {
        if (fault === 'reset') request.socket.resetAndDestroy();
        else request.socket.destroySoon();
        upstream.destroy();
      });
    });
    source.once('end', () => response.destroy());
    source.once('error', () => response.destroy());
  });
  upstream.once('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'text/html');
  });
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** The same answer with nothing but the core in it. */
async function* stripped(answer: IncomingMessage): AsyncGenerator<Buffer> {
  const text = Buffer.concat(await answer.toArray()).toString();
  yield Buffer.from(text && JSON.stringify(toCore(JSON.parse(text))));
}

function toCore(wire: Record<string, unknown>): unknown {
  if (Array.isArray(wire.jobs)) return { ...wire, jobs: wire.jobs.map(toCore) };
  if (!('progress' in wire)) return wire;
  return Object.fromEntries(CORE_FIELDS.map((name) => [name, wire[name]]));
}

/** A WebSocket: bytes both ways, from the service's first answer on. */
function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, port: number, host: string): void {
  const upstream = connect(port, host, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let index = 0; index < request.rawHeaders.length; index += 2) {
      lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
    }
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  const end = (): void => {
    upstream.destroy();
    socket.destroy();
  };
  for (const side of [upstream, socket]) side.on('error', end).on('close', end);
}
