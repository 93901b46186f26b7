import { isRecord, readText } from '../core/read-values.ts';
import { PushConnection } from './push-connection.ts';
import type { Line, LineEvents } from './push-connection.ts';
import { LIMITS } from './push.ts';
import type { PushChannel, PushContext, PushSink } from './push.ts';

/** Pause between two pings in ms: an answer to each keeps the line from counting as silent. */
const PING = 15_000;
/** Codes of closing that say "not you" and "not like this". */
const POLICY = [1003, 1007, 1008, 4401, 4403];

/** A WebSocket: jobs are added and taken away while it is open. */
export function openSocket(context: PushContext, sink: PushSink, Socket: typeof WebSocket = globalThis.WebSocket): PushChannel {
  return new PushConnection(context, sink, {
    limit: LIMITS.socket,
    open: (ids, events) => new SocketLine(context, ids, events, Socket),
  });
}

class SocketLine implements Line {
  readonly #context: PushContext;
  readonly #events: LineEvents;
  #socket: WebSocket | null = null;
  #token: string | null = null;
  #wanted: readonly string[];
  /** What the server was asked to send. */
  readonly #asked = new Set<string>();
  #proven = false;
  #closed = false;
  #cancelPing: (() => void) | null = null;

  constructor(context: PushContext, ids: readonly string[], events: LineEvents, Socket: typeof WebSocket) {
    this.#context = context;
    this.#events = events;
    this.#wanted = ids;
    void this.#start(Socket);
  }

  change(ids: readonly string[]): void {
    this.#wanted = ids;
    if (this.#socket?.readyState === 1) this.#ask();
  }

  close(): void {
    this.#closed = true;
    this.#cancelPing?.();
    this.#socket?.close();
  }

  async #start(Socket: typeof WebSocket): Promise<void> {
    try {
      this.#token = await this.#context.auth.get();
      if (this.#closed) return;
      const socket = new Socket(this.#context.url);
      this.#socket = socket;
      socket.onopen = () => this.#onOpen();
      socket.onmessage = ({ data }) => this.#onFrame(parse(data));
      socket.onclose = ({ code }) => this.#end(POLICY.includes(code));
    } catch {
      this.#end(false);
    }
  }

  #onOpen(): void {
    if (this.#closed) return;
    this.#events.alive();
    if (this.#token !== null) this.#send({ type: 'auth', token: this.#token });
    this.#ask();
    this.#ping();
  }

  #ask(): void {
    const wanted = new Set(this.#wanted);
    const gone = [...this.#asked].filter((id) => !wanted.has(id));
    const added = this.#wanted.filter((id) => !this.#asked.has(id));
    for (const id of gone) this.#asked.delete(id);
    for (const id of added) this.#asked.add(id);
    if (gone.length > 0) this.#send({ type: 'unwatch', ids: gone });
    if (added.length > 0) this.#send({ type: 'watch', ids: added });
  }

  #onFrame(frame: unknown): void {
    if (this.#closed || !isRecord(frame)) return;
    this.#events.alive();
    if (frame.type === 'job') {
      if (!this.#proven) this.#context.auth.accepted(this.#token, null);
      this.#proven = true;
      this.#events.job(frame.job);
    } else if (frame.type === 'error' && readText(frame.code) === 'unauthorized') {
      void this.#renew();
    }
  }

  /** The next connection gets another token, where there is one. */
  async #renew(): Promise<void> {
    const other = await this.#context.auth.replace(this.#token).catch(() => null);
    this.#end(other === null);
  }

  #ping(): void {
    this.#cancelPing = this.#context.clock.setTimeout(() => {
      this.#send({ type: 'ping' });
      this.#ping();
    }, PING);
  }

  #send(frame: unknown): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #end(hopeless: boolean): void {
    if (this.#closed) return;
    this.close();
    this.#events.end({ hopeless });
  }
}

function parse(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
