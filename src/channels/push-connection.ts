import { backoffDelay } from '../core/backoff.ts';
import { isRecord } from '../core/read-values.ts';
import { readJob } from '../core/read-job.ts';
import type { PushChannel, PushContext, PushSink } from './push.ts';

/** Why a line ended; nothing for a line that was lost. */
export interface LineEnd {
  /** The server had nothing more to say. */
  clean?: boolean;
  /** Milliseconds that the server wants to be left alone. */
  retryAfter?: number;
  /** It will hardly be better in a minute: refused, or no such address. */
  hopeless?: boolean;
  /** It was there, and let nothing through. */
  mute?: boolean;
}

/** What a line tells its connection. Nothing counts after `close` or `end`. */
export interface LineEvents {
  /** The other side is there. */
  alive(): void;
  /** A job, as on the wire. */
  job(wire: unknown): void;
  /** All changes of these come from now on, and what they were before is known. */
  live(ids: Iterable<string>): void;
  end(reason?: LineEnd): void;
}

/** One connection to the server, from its opening to its end. */
export interface Line {
  /** Follows exactly these; without it, another line is opened for them. */
  change?(ids: readonly string[]): void;
  close(): void;
}

export interface LineKind {
  /** Most jobs of one line. */
  readonly limit: number;
  open(ids: readonly string[], events: LineEvents): Line;
}

interface OpenLine {
  readonly ids: ReadonlySet<string>;
  readonly heard: Set<string>;
  line: Line | null;
}

/** Changes of what is watched are gathered so long, in ms. */
const GATHER = 50;
/** The service speaks every 15 s. Who is silent for longer than two of them is gone, in ms. */
const SILENCE = 35_000;
/** Bounds of the wait before a lost connection is tried again, in ms: polling bridges it, and a server that comes back is not stormed. */
const BACKOFF = { base: 5_000, max: 60_000 };
const HOPELESS = 300_000;

/** Keeps one line open for all jobs that are watched: gathers, hears silence, connects again, rests while nobody looks. */
export class PushConnection implements PushChannel {
  readonly #context: PushContext;
  readonly #sink: PushSink;
  readonly #kind: LineKind;
  readonly #wanted = new Set<string>();
  readonly #live = new Set<string>();
  #open: OpenLine | null = null;
  #failures = 0;
  /** Not tried for so long, until then; nor before `#bidden`, when the server has asked for it. */
  #rest = 0;
  #notBefore = 0;
  #bidden = 0;
  #cancelGather: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #cancelWatchdog: (() => void) | null = null;
  #leavePage: (() => void) | null = null;
  #closed = false;

  constructor(context: PushContext, sink: PushSink, kind: LineKind) {
    this.#context = context;
    this.#sink = sink;
    this.#kind = kind;
  }

  watch(id: string): void {
    if (this.#closed || this.#wanted.has(id)) return;
    this.#wanted.add(id);
    this.#leavePage ??= this.#listen();
    this.#gather();
  }

  unwatch(id: string): void {
    if (!this.#wanted.delete(id)) return;
    this.#live.delete(id);
    this.#gather();
  }

  close(): void {
    this.#closed = true;
    this.#wanted.clear();
    this.#live.clear();
    this.#pause();
  }

  #listen(): () => void {
    const { visibility, connectivity } = this.#context;
    // What failed before the page went away, or without network, tells nothing about now.
    const onPage = () => {
      if (!this.#open) {
        this.#failures = 0;
        this.#notBefore = this.#bidden;
      }
      this.#settle();
    };
    const ends = [visibility.subscribe(onPage), connectivity.subscribe(onPage)];
    return () => {
      for (const end of ends) end();
    };
  }

  #gather(): void {
    this.#cancelGather ??= this.#context.clock.setTimeout(() => this.#settle(), GATHER);
  }

  /** Makes what is so what shall be. */
  #settle(): void {
    this.#cancelGather?.();
    this.#cancelGather = null;
    if (this.#wanted.size === 0) {
      this.#pause();
      return;
    }
    const { visibility, connectivity } = this.#context;
    if (!visibility.visible || !connectivity.online) {
      this.#hangUp();
      return;
    }
    if (this.#open?.line?.change) this.#open.line.change(this.#first());
    else if (this.#open) this.#reopen(this.#open);
    else this.#dialInTime();
  }

  #dialInTime(): void {
    const { clock } = this.#context;
    const left = this.#notBefore - clock.now();
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    // The clock may have been set back meanwhile.
    if (left <= 0 || left > this.#rest) this.#dial(this.#first());
    else this.#cancelRetry = clock.setTimeout(() => this.#settle(), left);
  }

  #first(): string[] {
    return [...this.#wanted].slice(0, this.#kind.limit);
  }

  /** Another line for other jobs; at the limit, only when half of the old ones have ended. */
  #reopen({ ids, line }: OpenLine): void {
    const { limit } = this.#kind;
    const served = [...ids].filter((id) => this.#wanted.has(id));
    const waiting = [...this.#wanted].filter((id) => !ids.has(id));
    if (waiting.length === 0 || (served.length > limit / 2 && served.length + waiting.length > limit)) return;
    line?.close();
    this.#dial([...served, ...waiting].slice(0, limit));
  }

  #dial(ids: readonly string[]): void {
    const open: OpenLine = { ids: new Set(ids), heard: new Set(), line: null };
    this.#open = open;
    const current = () => this.#open === open;
    this.#watchSilence();
    const line = this.#kind.open(ids, {
      alive: () => current() && this.#watchSilence(),
      job: (wire) => current() && this.#onJob(open, wire),
      live: (known) => {
        if (!current()) return;
        for (const id of known) this.#onLive(open, id);
      },
      end: (reason) => current() && this.#onEnd(open, reason),
    });
    open.line = line;
    if (!current()) line.close();
  }

  #onJob(open: OpenLine, wire: unknown): void {
    this.#watchSilence();
    const job = isRecord(wire) ? readJob(wire) : null;
    if (!job) return;
    this.#failures = 0;
    open.heard.add(job.id);
    this.#sink.onJob(job);
    this.#onLive(open, job.id);
  }

  #onLive(open: OpenLine, id: string): void {
    open.heard.add(id);
    if (!this.#wanted.has(id)) return;
    this.#live.add(id);
    this.#sink.onLive(id);
  }

  #onEnd({ ids, heard }: OpenLine, { clean = false, retryAfter = 0, hopeless = false, mute = false }: LineEnd = {}): void {
    this.#forget();
    if (clean) {
      // What the server did not mention it does not know.
      for (const id of ids) if (!heard.has(id)) this.#wanted.delete(id);
    }
    const cutShort = !clean || [...ids].some((id) => this.#wanted.has(id));
    if (cutShort) {
      this.#fallSilent();
      const { random, clock } = this.#context;
      const told = hopeless ? HOPELESS : retryAfter;
      this.#rest = told + backoffDelay(this.#failures++, { ...BACKOFF, random });
      this.#notBefore = clock.now() + this.#rest;
      // All who were sent away until the same moment come back spread after it, however often their page is shown meanwhile.
      this.#bidden = told > 0 ? this.#notBefore : 0;
      this.#sink.onLost?.(hopeless || mute);
    }
    this.#settle();
  }

  /** Starts the count of silence anew. */
  #watchSilence(): void {
    this.#cancelWatchdog?.();
    this.#cancelWatchdog = this.#context.clock.setTimeout(() => {
      const open = this.#open;
      if (!open) return;
      open.line?.close();
      this.#onEnd(open, { mute: open.heard.size === 0 });
    }, SILENCE);
  }

  #forget(): void {
    this.#open = null;
    this.#cancelWatchdog?.();
    this.#cancelWatchdog = null;
  }

  #hangUp(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const line = this.#open?.line;
    this.#forget();
    line?.close();
    this.#fallSilent();
  }

  #fallSilent(): void {
    const ids = [...this.#live];
    this.#live.clear();
    for (const id of ids) this.#sink.onSilent(id);
  }

  #pause(): void {
    this.#cancelGather?.();
    this.#cancelGather = null;
    this.#leavePage?.();
    this.#leavePage = null;
    this.#hangUp();
  }
}
