import type { Clock } from '../core/clock.ts';
import { tokenTimes } from './token-times.ts';

/** What `getToken` is asked for. */
export interface TokenRequest {
  /** The token at hand was refused or is about to expire: get a new one. Otherwise the one at hand will do. */
  readonly refresh: boolean;
}

type Token = string | null | undefined;

/** Gives the bearer token, at once or later; nothing where nobody is signed in. */
export type GetToken = (request: TokenRequest) => Token | Promise<Token>;

interface Flight {
  readonly token: Promise<string | null>;
  readonly since: number;
}

/** An answer that takes longer is given up on, so that a call that hangs does not hold up everybody for ever, in ms. */
const PATIENCE = 15_000;
/** While a new token is refused as well, `getToken` is not pressed for another more often than this, in ms. */
const PAUSE = 20_000;

const sources = new WeakMap<GetToken, TokenSource>();

const renewals = new WeakMap<GetToken, Flight>();

/** Asks the page for a new token: once for all who need one at that moment, also those of other stores and addresses. */
export function renew(getToken: GetToken, clock: Clock): Promise<string | null> {
  const under = renewals.get(getToken);
  if (under && Math.abs(clock.now() - under.since) < PATIENCE) return under.token;
  const flight: Flight = { token: (async () => (await getToken({ refresh: true })) || null)(), since: clock.now() };
  renewals.set(getToken, flight);
  const forget = (): boolean => renewals.get(getToken) === flight && renewals.delete(getToken);
  flight.token.then(forget, forget);
  return flight.token;
}

/** The one source for this function, so that all who use it share what it gives. */
export function tokenSource(getToken: GetToken = () => null, clock: Clock): TokenSource {
  let source = sources.get(getToken);
  if (!source) sources.set(getToken, (source = new TokenSource(getToken, clock)));
  return source;
}

/**
 * Gives the token for each request. The page keeps it: it is asked anew each time, so that signing in and out counts at once.
 * It is asked for a new one when a token is refused or about to expire, once for all who need it at that moment.
 */
export class TokenSource {
  readonly #getToken: GetToken;
  readonly #clock: Clock;
  #asking: Flight | null = null;
  #renewing: Flight | null = null;
  /** What the page gives unasked, and what it gave in its place when asked for a new one. */
  #plain: string | null = null;
  #replaced: string | null = null;
  #renewed: string | null = null;
  /** Since when it is to be seen whether the newest renewal was of use. */
  #unproven: number | null = null;
  /** How far the server's clock is ahead of the page's, in ms; `null` when it cannot be told. */
  #skew: number | null = 0;

  constructor(getToken: GetToken, clock: Clock) {
    this.#getToken = getToken;
    this.#clock = clock;
  }

  /** The token to send now; renewed first when it says that it is about to expire. Rejects when the page cannot give one. */
  async get(): Promise<string | null> {
    const token = await this.#current();
    if (token === null || !this.#isExpiring(token)) return token;
    // Whether the old one still does is for the server to say.
    return (await this.#renew()) ?? token;
  }

  /** Another token than `refused`, which the server does not take; `null` when there is none to be had. */
  async replace(refused: string | null): Promise<string | null> {
    const token = await this.#current().catch(() => refused);
    // A renewal may have ended just now, which another one would not follow so soon.
    const other = token === refused ? ((await this.#renew()) ?? this.#inPlaceOf(refused)) : token;
    return other === refused ? null : other;
  }

  /** The server has taken `token`. `date` is its `Date` header, where the page may read it. */
  accepted(token: string | null, date: string | null): void {
    if (token === this.#renewed) this.#unproven = null;
    const server = date === null ? Number.NaN : Date.parse(date);
    if (!Number.isNaN(server)) this.#skew = server - this.#clock.now();
  }

  async #current(): Promise<string | null> {
    const flight = this.#shared(this.#asking) ?? (this.#asking = this.#ask(false));
    try {
      this.#plain = await flight.token;
    } finally {
      if (this.#asking === flight) this.#asking = null;
    }
    return this.#inPlaceOf(this.#plain);
  }

  /** A page may go on giving the old one. */
  #inPlaceOf(token: string | null): string | null {
    return token !== null && token === this.#replaced ? this.#renewed : token;
  }

  /** `null` when there is no new one now. */
  async #renew(): Promise<string | null> {
    let flight = this.#shared(this.#renewing);
    if (!flight) {
      const now = this.#clock.now();
      if (this.#unproven !== null && Math.abs(now - this.#unproven) < PAUSE) return null;
      this.#unproven = now;
      flight = this.#renewing = this.#ask(true);
    }
    let token: string | null = null;
    try {
      token = await flight.token;
    } catch {
      // The page has no new one to give; the refusal of the old one tells more than this error.
    }
    if (this.#renewing === flight) {
      this.#renewing = null;
      if (token !== null) this.#keep(token);
    }
    return token;
  }

  #keep(token: string): void {
    this.#replaced = this.#plain;
    this.#renewed = token;
    const times = tokenTimes(token);
    if (!times) return;
    // One just made is neither of the future nor expired: if it seems so, the clocks differ.
    const now = this.#clock.now();
    const ahead = times.issued !== null && times.issued > now + (this.#skew ?? 0) + 60_000;
    if (ahead || this.#isExpiring(token)) this.#skew = times.issued === null ? null : times.issued - now;
  }

  #isExpiring(token: string): boolean {
    const times = this.#skew === null ? null : tokenTimes(token);
    return times !== null && this.#clock.now() + (this.#skew ?? 0) >= times.renewAt;
  }

  #ask(refresh: boolean): Flight {
    const token = refresh ? renew(this.#getToken, this.#clock) : (async () => (await this.#getToken({ refresh })) || null)();
    return { token, since: this.#clock.now() };
  }

  #shared(flight: Flight | null): Flight | null {
    return flight && Math.abs(this.#clock.now() - flight.since) < PATIENCE ? flight : null;
  }
}
