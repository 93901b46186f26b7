import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { UUID } from '../jobs/uuid.ts';
import { HEARTBEAT, MAX_UNREAD } from './event-stream.ts';
import type { FeedSubscription } from './feed-subscription.ts';
import type { JobFeed } from './job-feed.ts';

/** Largest frame that a client may send, bytes. */
export const MAX_FRAME = 65_536;
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

/** One WebSocket: jobs that it watches are sent as they are, then whenever they change. */
export class SocketSession {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #subscription: FeedSubscription;
  #heard = true;
  #cancelTimer = (): void => undefined;

  constructor(socket: WebSocket, { feed, clock }: { feed: JobFeed; clock: Clock }) {
    this.#socket = socket;
    this.#clock = clock;
    this.#subscription = feed.subscribe({
      onUpdate: (jobs) => {
        for (const { json } of jobs) this.#send(`{"type":"job","job":${json}}`);
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
        return this.#subscription.remove(frame.ids.map((id) => id.toLowerCase()));
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

  #refuse(code: string, detail: string): void {
    this.#send(JSON.stringify({ type: 'error', code, detail }));
  }

  #send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text);
    if (this.#socket.bufferedAmount > MAX_UNREAD) this.#cut();
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
