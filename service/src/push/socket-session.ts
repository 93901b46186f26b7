import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { UUID } from '../jobs/uuid.ts';
import { HEARTBEAT, ROOM } from './event-stream.ts';
import type { FeedSubscription } from './feed-subscription.ts';
import type { JobFeed } from './job-feed.ts';

/** Largest frame that a client may send, bytes. */
export const MAX_FRAME = 65_536;
/** Who leaves more answers than this unread is cut off, bytes. */
const MAX_UNREAD = 1_048_576;
/** Most jobs of one connection. */
const MAX_WATCHED = 1000;
/** How long a client may take to close, ms. */
const CLOSE_GRACE = 300;
const GOING_AWAY = 1001;

const ids = z.array(z.string()).max(MAX_WATCHED);
const frameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auth'), token: z.string() }),
  z.object({ type: z.literal('watch'), ids }),
  z.object({ type: z.literal('unwatch'), ids }),
  z.object({ type: z.literal('ping') }),
]);

/**
 * One WebSocket: jobs that it watches are sent as they are, then whenever they change. Who is slow is told less often, and who takes
 * nothing from one heartbeat to the next is cut off.
 */
export class SocketSession {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #subscription: FeedSubscription;
  /** What there was no room for: each job as it is last. */
  readonly #waiting = new Map<string, string>();
  #heard = true;
  #cancelTimer = (): void => undefined;

  constructor(socket: WebSocket, { feed, clock }: { feed: JobFeed; clock: Clock }) {
    this.#socket = socket;
    this.#clock = clock;
    this.#subscription = feed.subscribe({
      onUpdate: (jobs) => {
        for (const { id, json } of jobs) this.#waiting.set(id, json);
        this.#sendWaiting();
      },
      onClose: () => this.#close(),
    });
    socket.on('pong', () => {
      this.#heard = true;
    });
    this.#beat();
  }

  receive(text: unknown): void {
    this.#heard = true;
    const frame = parse(text);
    switch (frame?.type) {
      case 'watch':
        return this.#watch(frame.ids);
      case 'unwatch':
        return this.#unwatch(frame.ids.map((id) => id.toLowerCase()));
      case 'ping':
        return this.#send('{"type":"pong"}');
      // Nothing asks for a token yet.
      case 'auth':
        return undefined;
      default:
        return this.#refuse('bad-frame', 'Send JSON: {"type": "auth" | "watch" | "unwatch" | "ping"}, with ids for watch and unwatch.');
    }
  }

  /** The connection is gone. */
  end(): void {
    this.#cancelTimer();
    this.#waiting.clear();
    this.#subscription.end();
  }

  #watch(wanted: readonly string[]): void {
    const known = wanted.filter((id) => UUID.test(id)).map((id) => id.toLowerCase());
    if (this.#subscription.size + known.length > MAX_WATCHED) {
      this.#refuse('too-many', `One connection watches ${MAX_WATCHED} jobs at most.`);
    } else {
      this.#subscription.add(known);
    }
  }

  #unwatch(ids: readonly string[]): void {
    this.#subscription.remove(ids);
    for (const id of ids) this.#waiting.delete(id);
  }

  #refuse(code: string, detail: string): void {
    this.#send(JSON.stringify({ type: 'error', code, detail }));
  }

  #send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_UNREAD) this.#cut();
    else this.#socket.send(text);
  }

  #sendWaiting(): void {
    for (const [id, json] of this.#waiting) {
      if (this.#socket.readyState !== this.#socket.OPEN || this.#socket.bufferedAmount > ROOM) return;
      this.#waiting.delete(id);
      this.#socket.send(`{"type":"job","job":${json}}`, (error) => {
        if (error || this.#waiting.size === 0) return;
        // Its pong stands behind all that it has not read yet.
        this.#heard = true;
        this.#sendWaiting();
      });
    }
  }

  /** A peer that vanished without a word is only noticed by asking. */
  #beat(): void {
    this.#cancelTimer = this.#clock.setTimeout(() => {
      if (!this.#heard) return this.#cut();
      this.#heard = false;
      this.#socket.ping();
      this.#beat();
    }, HEARTBEAT);
  }

  #cut(): void {
    this.end();
    this.#socket.terminate();
  }

  #close(): void {
    this.#cancelTimer();
    this.#socket.close(GOING_AWAY);
    this.#cancelTimer = this.#clock.setTimeout(() => this.#socket.terminate(), CLOSE_GRACE);
  }
}

function parse(text: unknown): z.infer<typeof frameSchema> | null {
  try {
    return typeof text === 'string' ? (frameSchema.safeParse(JSON.parse(text)).data ?? null) : null;
  } catch {
    return null;
  }
}
