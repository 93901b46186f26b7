import type { Connectivity } from '../api/job-client.ts';
import type { Clock } from '../core/clock.ts';
import type { Job } from '../core/job.ts';
import type { Visibility } from './loop.ts';

/** Which way answers come: `auto` is the best that the jobs' `links` offer. Polling stands behind each of them. */
export type ChannelName = 'auto' | 'poll' | 'events' | 'socket';

/** Most jobs of one connection: of a stream by contract, of a socket as many as one connection of the service watches. */
export const LIMITS = { events: 100, socket: 1_000 } as const;

/** Where a push channel reports to. It may report any job; the receiver decides what is newer and what is wanted. */
export interface PushSink {
  /** A job as the server has it now. */
  onJob(job: Job): void;
  /** Something happened to this job that the channel cannot tell in full: it is read at once. */
  onHint(id: string): void;
  /**
   * From now on every change of this job is reported: its polling rests, a slow safety read apart. Say it again after each
   * reconnect, when its present state has been reported. Repeating it does no harm.
   */
  onLive(id: string): void;
  /** No longer (connection lost, heartbeat missed, id refused): polling goes on at once. Repeating it does no harm. */
  onSilent(id: string): void;
  /** The connection was lost or could not be made; `hopeless`: it will hardly be better in a minute. For whoever has another way. */
  onLost?(hopeless: boolean): void;
}

/** One connection for all jobs of a store. It connects and reconnects by itself, and rests while it watches nothing. */
export interface PushChannel {
  /** Idempotent, as is `unwatch`. Calls in one task should end up in one connection. */
  watch(id: string): void;
  unwatch(id: string): void;
  /** Ends connection, timers and listeners. Nothing is reported afterwards, `onSilent` included. */
  close(): void;
}

/** The source of the store's tokens, shared by all its requests. */
export interface PushAuth {
  /** The token to send now, `null` where nobody is signed in. */
  get(): Promise<string | null>;
  /** Another token than the one that was refused; `null` when there is none to be had. */
  replace(refused: string | null): Promise<string | null>;
  /** The server has taken `token`; `date` is the answer's `Date` header, if it has one. */
  accepted(token: string | null, date: string | null): void;
}

/** What a push channel is made of. */
export interface PushContext {
  /** Absolute address, from the job's `links`: `http(s)` for events, `ws(s)` for the socket. */
  readonly url: string;
  /** Token for the `Authorization` header or the `auth` frame, never for the address. */
  readonly auth: PushAuth;
  readonly fetch: typeof fetch;
  /** As the page set them for its requests. */
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: RequestCredentials | undefined;
  readonly clock: Clock;
  /** 0 ≤ random() < 1, for the jitter. */
  readonly random: () => number;
  /** A hidden page keeps no connection: its jobs fall silent, and it connects again when the page is shown. */
  readonly visibility: Visibility;
  /** Says when trying again is worth it. */
  readonly connectivity: Connectivity;
}

/** `events.ts` exports `openEvents`, `socket.ts` exports `openSocket`: both are of this type and loaded when first needed. */
export type OpenPush = (context: PushContext, sink: PushSink) => PushChannel;

/** A push channel of the page's own, in place of those that jobs offer. */
export type OpenOwnPush = (context: Omit<PushContext, 'url'>, sink: PushSink) => PushChannel;

/** As much of the page's own Socket.IO client as `socket-io.ts` needs, which exports `openSocketIo` of type `OpenSocketIo`. */
export interface SocketIoClient {
  readonly connected: boolean;
  on(event: string, listener: (...values: never[]) => void): unknown;
  off(event: string, listener: (...values: never[]) => void): unknown;
  emit(event: string, ...values: unknown[]): unknown;
}

/** The client's connection is the page's own: it is neither opened nor closed here. */
export type OpenSocketIo = (client: SocketIoClient, context: Pick<PushContext, 'clock' | 'visibility'>, sink: PushSink) => PushChannel;
