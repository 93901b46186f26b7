import pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

export interface ListenerOptions {
  connect(): pg.Client;
  logger: Logger;
  clock: Clock;
}

interface Subscription {
  channel: string;
  onMessage(payload: string): void;
  onGap(): void;
}

const CHECK_INTERVAL = 10_000;
const LONGEST_PAUSE = 30_000;

/**
 * All listening of a process, on one connection: LISTEN needs one of its own for as long as it lasts, and node-postgres does not
 * renew a lost one.
 */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #subscriptions = new Set<Subscription>();
  #client: pg.Client | null = null;
  #opening: Promise<void> | null = null;
  #cancelTimer = (): void => undefined;
  #failures = 0;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Rejects when the database cannot be reached now; later losses are made good. The returned function ends it. */
  async listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): Promise<() => Promise<void>> {
    const subscription = { channel, onMessage, onGap };
    this.#subscriptions.add(subscription);
    try {
      if (!this.#client) await (this.#opening ??= this.#open().finally(() => (this.#opening = null)));
      // A connection that was being opened may have asked for its channels before this one came.
      await this.#client?.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await this.#drop(subscription);
      throw error;
    }
    return () => this.#drop(subscription);
  }

  async #drop(subscription: Subscription): Promise<void> {
    this.#subscriptions.delete(subscription);
    if (this.#subscriptions.size > 0) return;
    this.#cancelTimer();
    await this.#opening?.catch(() => undefined);
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #open(): Promise<void> {
    const client = this.#options.connect();
    let lost = false;
    const onLost = (error?: Error): void => {
      if (lost) return;
      lost = true;
      client.end().catch(() => undefined);
      if (this.#client !== client) return;
      this.#client = null;
      this.#cancelTimer();
      this.#reopenLater(error);
    };
    client.on('error', onLost);
    client.on('end', () => onLost());
    client.on('notification', ({ channel, payload = '' }) => {
      for (const one of [...this.#subscriptions]) if (one.channel === channel) one.onMessage(payload);
    });
    try {
      await client.connect();
      for (const channel of new Set([...this.#subscriptions].map((one) => one.channel))) {
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      }
      if (lost) throw new Error('the connection was lost while it was being opened');
    } catch (error) {
      lost = true;
      client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
    this.#check(client, onLost);
  }

  /** A peer that vanished without a word is only noticed by asking. */
  #check(client: pg.Client, onLost: (error: Error) => void): void {
    this.#cancelTimer = this.#options.clock.setTimeout(() => {
      client.query('SELECT 1').then(() => {
        if (this.#client === client) this.#check(client, onLost);
      }, onLost);
    }, CHECK_INTERVAL);
  }

  #reopenLater(error?: Error): void {
    if (this.#subscriptions.size === 0) return;
    this.#failures += 1;
    this.#options.logger.warn({ err: error, failures: this.#failures }, 'lost the connection that listens for changes; polling meanwhile');
    this.#cancelTimer = this.#options.clock.setTimeout(() => {
      this.#opening = this.#open().finally(() => (this.#opening = null));
      this.#opening.then(
        () => {
          this.#failures = 0;
          for (const one of [...this.#subscriptions]) one.onGap();
        },
        (cause: Error) => this.#reopenLater(cause),
      );
    }, Math.min(LONGEST_PAUSE, 500 * 2 ** Math.min(this.#failures, 6)));
  }
}
