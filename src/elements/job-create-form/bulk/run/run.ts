import type { Connectivity } from '../../../../api/job-client.ts';
import { backoffDelay } from '../../../../core/backoff.ts';
import type { Clock } from '../../../../core/clock.ts';
import { JobApiError, type JobErrorCode } from '../../../../core/errors.ts';
import { Subscribable } from '../../../../core/subscribable.ts';
import { outcomeOf, type Outcome, type RowError } from './outcome.ts';
import { RunQueue } from './queue.ts';
import { countRows, keyOf, type RowMark, type RunCounts, type StoredRun } from './rows.ts';
import type { Abilities, RowSender } from './sender.ts';
import type { RunStorage } from './storage.ts';
import { Waits } from './waits.ts';

/** How a list is sent. */
export interface RunPace {
  /** Rows a second, at most. `null`: 10 where they go one by one, 200 with many in a call. */
  readonly rate: number | null;
  /** Requests at once, where rows go one by one. */
  readonly parallel: number;
  /** Rows of a call, where many go in one. */
  readonly chunk: number;
}

export interface RunOptions {
  readonly run: StoredRun;
  readonly sender: RowSender;
  /** `null` where nothing can be kept. */
  readonly storage: RunStorage | null;
  readonly clock: Clock;
  readonly connectivity: Connectivity;
  readonly pace: () => RunPace;
  /** Looks for the jobs of rows whose answer was lost; see `findLost`. */
  readonly find: (run: StoredRun) => Promise<ReadonlyMap<number, string>>;
  readonly random?: () => number;
}

export type RunPhase = 'paused' | 'running' | 'finished';

/** Why nothing is sent at the moment although it runs. `until`: ms since the epoch, `null` while nobody knows. */
export interface Hold {
  readonly reason: 'limited' | 'lost' | 'offline';
  readonly until: number | null;
}

/** Backends honour a key for 24 h. */
const KEY_LIFE = 23 * 3_600_000;
/** So many answers lost in a row, where each leaves a row unknown: it is paused. */
const MAX_LOST = 3;
const MIN_HOLD = 500;

/**
 * Sends the rows of a list: so many at once, so many a second, each until it is known what became of it. Before a row leaves,
 * it is written down that it does. A row whose answer was lost goes again, with the same key, only to a backend that
 * honours keys.
 */
export class BulkRun {
  readonly #options: RunOptions;
  readonly #run: StoredRun;
  readonly #changed = new Subscribable();
  readonly #waits: Waits;
  readonly #queue: RunQueue;
  #phase: RunPhase = 'paused';
  #abilities: Abilities | null = null;
  #hold: Hold | null = null;
  #stop: RowError | null = null;
  #kept: boolean;
  #flying = 0;
  /** Answers that said something; since the last of them: how often nothing came of a request, and how many rows it left unknown. */
  #answers = 0;
  #misses = 0;
  #lost = 0;
  #slot = 0;
  #created: string[] = [];
  #looking = false;
  #going = false;
  #closed = new AbortController();

  constructor(options: RunOptions) {
    this.#options = options;
    this.#run = options.run;
    this.#kept = options.storage !== null;
    this.#waits = new Waits(options.clock);
    const { marks } = options.run;
    // The page went while these were on their way.
    const left = this.#indexes(({ state }) => state === 'sending');
    for (const index of left) marks[index] = { ...(marks[index] as RowMark), state: 'unknown', error: { code: 'aborted' } };
    this.#queue = new RunQueue(marks);
    if (this.#queue.size === 0 && left.length === 0) this.#phase = 'finished';
  }

  get run(): StoredRun {
    return this.#run;
  }

  get phase(): RunPhase {
    return this.#phase;
  }

  get hold(): Hold | null {
    return this.#phase === 'running' ? this.#hold : null;
  }

  /** Why it was paused, when nobody did that. */
  get stop(): RowError | null {
    return this.#stop;
  }

  /** Whether it can go on after a reload. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Whether rows with a lost answer may be sent again; `null` while the backend was not asked. */
  get honoursKeys(): boolean | null {
    return this.#abilities?.keys ?? null;
  }

  get looking(): boolean {
    return this.#looking;
  }

  get counts(): RunCounts {
    return countRows(this.#run);
  }

  subscribe(listener: () => void): () => void {
    return this.#changed.subscribe(listener);
  }

  /** Ids of the jobs that were created since this was last asked. */
  takeCreated(): string[] {
    return this.#created.splice(0);
  }

  /** Begins, or goes on. */
  start(): void {
    if (this.#phase === 'running' || this.#closed.signal.aborted) return;
    this.#phase = 'running';
    this.#stop = null;
    this.#misses = this.#lost = 0;
    this.#notify();
    void this.#go();
  }

  /** Sends nothing more. What is on its way comes to its end. */
  pause(): void {
    if (this.#phase !== 'running') return;
    this.#phase = 'paused';
    this.#waits.wake();
    this.#notify();
  }

  /** Takes back what has not been sent. */
  async cancelRest(): Promise<void> {
    const indexes = this.#queue.clear();
    for (const index of indexes) this.#run.marks[index] = { state: 'cancelled' };
    await this.#keep(indexes);
    if (this.#flying === 0) this.#finish();
    this.#waits.wake();
    this.#notify();
  }

  /** Sends again what failed, and what is unknown where that can make no second job. */
  async retryFailed(): Promise<void> {
    const indexes = this.#indexes((mark) => mark.state === 'failed');
    this.#requeue(indexes);
    await this.#keep(indexes);
    this.start();
  }

  /** Looks for the jobs of unknown rows among the user's. */
  async lookForLost(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    this.#notify();
    try {
      const found = await this.#options.find(this.#run);
      for (const [index, jobId] of found) if (this.#run.marks[index]?.state === 'unknown') this.#take(index, jobId);
      await this.#keep([...found.keys()]);
    } catch (error) {
      // The rows stay unknown, which is the truth.
      if (!(error instanceof JobApiError)) throw error;
    } finally {
      this.#looking = false;
      this.#notify();
    }
  }

  /** Ends for good: nothing is sent and nobody is told any more. What is written down stays. */
  close(): void {
    this.#phase = 'paused';
    this.#closed.abort();
    this.#waits.wake();
  }

  async #go(): Promise<void> {
    if (this.#going) return;
    this.#going = true;
    try {
      await this.#prepare();
      while (this.#phase === 'running') {
        if (this.#queue.size === 0 && this.#flying === 0) this.#finish();
        else if (!(await this.#held())) await this.#sendNext();
      }
    } finally {
      this.#going = false;
      // It was told to go on in the last moment before this.
      if (this.#phase === 'running') void this.#go();
    }
  }

  /** Asks what the backend can do, until it answers; then sees to the rows whose answers were lost. */
  async #prepare(): Promise<void> {
    while (this.#phase === 'running' && !this.#abilities) {
      if (await this.#held()) continue;
      try {
        this.#abilities = await this.#options.sender.abilities(this.#closed.signal);
      } catch (error) {
        if (!(error instanceof JobApiError)) throw error;
        const outcome = outcomeOf(error);
        // A backend without a health route is one without anything beyond the core.
        if (error.code === 'not-found' || outcome.kind === 'refused') this.#abilities = { keys: false, batch: 1 };
        else if (outcome.kind === 'stopped') this.#halt(outcome.error);
        else this.#holdFor(outcome);
      }
    }
    if (this.#phase !== 'running' || this.counts.unknown === 0) return;
    if (!this.#abilities?.keys) return this.lookForLost();
    const since = this.#options.clock.now() - KEY_LIFE;
    this.#requeue(this.#indexes(({ state, sentAt }) => state === 'unknown' && (sentAt ?? 0) > since));
  }

  /** Waits once for what has to be waited for. `false` when nothing has to. */
  async #held(): Promise<boolean> {
    const { clock, connectivity, pace } = this.#options;
    if (!connectivity.online) {
      this.#setHold({ reason: 'offline', until: null });
      const release = connectivity.subscribe(() => this.#waits.wake());
      await this.#waits.until(null);
      release();
      return true;
    }
    const until = this.#hold?.until ?? 0;
    if (until > clock.now()) {
      await this.#waits.until(until);
      return true;
    }
    this.#setHold(null);
    if (!this.#abilities) return false;
    const single = this.#abilities.batch === 1;
    const width = single ? Math.max(1, pace().parallel) : 1;
    if (this.#flying >= width || this.#queue.size === 0) {
      await this.#waits.until(null);
      return true;
    }
    if (this.#slot > clock.now()) {
      await this.#waits.until(this.#slot);
      return true;
    }
    return false;
  }

  async #sendNext(): Promise<void> {
    const { clock, pace } = this.#options;
    const { batch } = this.#abilities as Abilities;
    const { rate, chunk } = pace();
    const indexes = this.#queue.take(Math.min(batch, Math.max(1, chunk)));
    const now = clock.now();
    this.#slot = Math.max(this.#slot, now) + (indexes.length * 1000) / (rate ?? (batch === 1 ? 10 : 200));
    for (const index of indexes) {
      const { sentAt = now } = this.#run.marks[index] as RowMark;
      this.#run.marks[index] = { state: 'sending', sentAt };
    }
    this.#flying++;
    const kept = await this.#keep(indexes);
    if (!kept || this.#phase !== 'running') {
      this.#flying--;
      this.#requeue(indexes, true);
      await this.#keep(indexes);
      return;
    }
    this.#notify();
    void this.#send(indexes);
  }

  async #send(indexes: readonly number[]): Promise<void> {
    const { marks, id, rows } = this.#run;
    const requests = indexes.map((index) => ({ key: keyOf(id, index), request: rows[index]!.request }));
    const patience = new AbortController();
    const giveUp = (): void => patience.abort();
    this.#closed.signal.addEventListener('abort', giveUp);
    const release = this.#changed.subscribe(() => this.#phase !== 'running' && this.#hold && giveUp());
    const onWait = (code: JobErrorCode, ms: number | null): void => {
      const reason = code === 'rate-limited' ? 'limited' : code === 'offline' ? code : 'lost';
      this.#setHold({ reason, until: ms === null ? null : this.#options.clock.now() + ms });
      if (this.#phase !== 'running') giveUp();
    };
    const outcomes = await this.#options.sender.send(requests, { keys: this.#abilities?.keys === true, signal: patience.signal, onWait });
    release();
    this.#closed.signal.removeEventListener('abort', giveUp);
    if (this.#closed.signal.aborted) return;
    this.#hold = null;
    outcomes.forEach((outcome, place) => this.#settle(indexes[place] as number, outcome));
    this.#draw(outcomes);
    await this.#keep(indexes.filter((index) => marks[index]?.state !== 'sending'));
    this.#flying--;
    if (this.#phase === 'paused' && this.#flying === 0 && this.#queue.size === 0 && !this.#stop) this.#finish();
    this.#waits.wake();
    this.#notify();
  }

  #settle(index: number, outcome: Outcome): void {
    const { marks } = this.#run;
    const { sentAt } = marks[index] as RowMark;
    if (outcome.kind === 'created' || outcome.kind === 'refused') this.#answers++;
    if (outcome.kind === 'created') this.#take(index, outcome.jobId);
    else if (outcome.kind === 'refused') marks[index] = { state: 'failed', error: outcome.error, sentAt };
    else if (outcome.kind !== 'lost') this.#requeue([index], true);
    else if (this.#abilities?.keys && this.#queue.mayTryAgain(index, outcome.error.code, this.#answers)) this.#requeue([index]);
    else marks[index] = { state: 'unknown', error: outcome.error, sentAt };
  }

  #take(index: number, jobId: string): void {
    const { sentAt } = this.#run.marks[index] as RowMark;
    this.#run.marks[index] = { state: 'created', jobId, sentAt };
    this.#created.push(jobId);
  }

  /** What the outcomes of a request mean for the next ones. */
  #draw(outcomes: readonly Outcome[]): void {
    const stopped = outcomes.find(({ kind }) => kind === 'stopped');
    const miss = outcomes.find(({ kind }) => kind === 'lost') ?? outcomes.find(({ kind }) => kind === 'limited');
    if (stopped?.kind === 'stopped') this.#halt(stopped.error);
    else if (outcomes.some(({ kind }) => kind === 'created' || kind === 'refused')) this.#misses = this.#lost = 0;
    else if (miss?.kind === 'lost' && !this.#abilities?.keys && ++this.#lost >= MAX_LOST) this.#halt(miss.error);
    else if (miss) this.#holdFor(miss);
  }

  /** Whoever is asked not to come for a while does not; where nobody says how long, less and less often. */
  #holdFor(outcome: Outcome): void {
    if (outcome.kind !== 'lost' && outcome.kind !== 'limited') return;
    const { clock, random } = this.#options;
    const wait = Math.max(MIN_HOLD, outcome.wait ?? backoffDelay(this.#misses++, { base: 1_000, max: 60_000, random }));
    this.#setHold({ reason: outcome.kind, until: clock.now() + wait });
  }

  #setHold(hold: Hold | null): void {
    if (hold === this.#hold) return;
    this.#hold = hold;
    this.#notify();
  }

  #halt(error: RowError): void {
    this.#stop = error;
    this.#phase = 'paused';
  }

  #finish(): void {
    this.#phase = 'finished';
    this.#notify();
  }

  #requeue(indexes: readonly number[], first = false): void {
    for (const index of indexes) {
      const { sentAt } = this.#run.marks[index] as RowMark;
      this.#run.marks[index] = { state: 'waiting', ...(sentAt !== undefined && { sentAt }) };
    }
    this.#queue.add(indexes, first);
  }

  #indexes(wanted: (mark: RowMark) => boolean): number[] {
    return this.#run.marks.flatMap((mark, index) => (wanted(mark) ? [index] : []));
  }

  /** Writes down. `false` when it must not go on: what is written is older than the truth, and no key guards against that. */
  async #keep(indexes: readonly number[]): Promise<boolean> {
    const { storage } = this.#options;
    if (!storage || !this.#kept || indexes.length === 0) return true;
    try {
      await storage.mark(this.#run, indexes);
      return true;
    } catch {
      this.#kept = false;
    }
    try {
      // Nothing written down is better than something old: nobody goes on from that.
      await storage.remove(this.#run.id);
      return true;
    } catch {
      if (this.#abilities?.keys) return true;
      this.#halt({ code: 'aborted' });
      return false;
    }
  }

  #notify(): void {
    if (!this.#closed.signal.aborted) this.#changed.notify();
  }
}
