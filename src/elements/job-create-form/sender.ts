import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../../core/clock.ts';
import { JobApiError } from '../../core/errors.ts';
import { connectivityFor } from '../../store/connectivity.ts';
import type { JobEntry } from '../../store/job-entry.ts';
import type { JobStore } from '../../store/job-store.ts';
import { BeatController } from '../shared/beat.ts';
import type { Submission } from './submission.ts';

/** Where a submission stands. */
export type SendState =
  | { readonly kind: 'idle' | 'sending' }
  /** The service asked for a pause; `again`: it is sent by itself when that is over. */
  | { readonly kind: 'paused'; readonly until: number; readonly again: boolean }
  /** There was no network; `back`: there is again. `again`: it is sent by itself as soon as there is. */
  | { readonly kind: 'offline'; readonly back: boolean; readonly again: boolean }
  /** The service has no queue at the moment: the video is made while the page waits. */
  | { readonly kind: 'generating'; readonly since: number }
  | { readonly kind: 'refused'; readonly error: JobApiError; readonly sentences: readonly string[] };

/** What the sender needs of the form. */
export interface SendHooks {
  /** Whether the video may be made in one long call where the service takes no jobs. */
  readonly fallback: () => boolean;
  /** Submits again, as if the button had been pressed. */
  readonly again: () => void;
  /** Takes what the service refused to the fields that it names; gives what belongs to none, or `null` when nothing is left. */
  readonly refused: (error: JobApiError, submission: Submission) => readonly string[] | null;
  readonly taken: (entry: JobEntry, submission: Submission) => void;
}

const IDLE: SendState = { kind: 'idle' };
/** What is waited where the service asks for a pause and does not say how long, in ms; doubled each time, up to a minute. */
const USUAL_PAUSE = 5_000;
const LONGEST_USUAL_PAUSE = 60_000;
/** After so many pauses in a row, somebody should look. */
const MOST_PAUSES = 8;

/** Sends one submission at a time, and deals with whatever keeps it from being taken up. Nothing that was typed is touched. */
export class Sender implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #hooks: SendHooks;
  #state: SendState = IDLE;
  #store: JobStore | null = null;
  #abort: AbortController | null = null;
  /** Ends the pause, or the waiting for the network. */
  #stopWaiting: (() => void) | null = null;
  #pauses = 0;

  constructor(host: ReactiveControllerHost, hooks: SendHooks) {
    this.#host = host;
    this.#hooks = hooks;
    host.addController(this);
    new BeatController(host, () => this.#ticking);
  }

  get state(): SendState {
    return this.#state;
  }

  /** On its way: nothing else can be sent. */
  get busy(): boolean {
    return this.#state.kind === 'sending' || this.#state.kind === 'generating';
  }

  /** Runs the display of a pause or of a wait. */
  get #ticking(): Clock | null {
    const { kind } = this.#state;
    return kind === 'paused' || kind === 'generating' ? (this.#store?.clock ?? null) : null;
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    // What is under way goes on: a move in the document must not lose it.
    if (!this.busy) this.reset();
  }

  /** Forgets what was said. A request that is under way is not taken back. */
  reset(): void {
    this.#wait(null);
    if (!this.busy) this.#set(IDLE);
  }

  /** Somebody goes on editing: what would be sent by itself now would be half done. */
  hold(): void {
    const state = this.#state;
    if ((state.kind === 'paused' || state.kind === 'offline') && state.again) this.#set({ ...state, again: false });
    else if (state.kind === 'refused') this.#set(IDLE);
  }

  /** Sends by itself as soon as that is possible, or not. */
  readonly toggleAgain = (): void => {
    const state = this.#state;
    if (state.kind === 'paused' || state.kind === 'offline') this.#set({ ...state, again: !state.again });
  };

  /** Breaks off what the page waits for. */
  readonly stop = (): void => {
    this.#abort?.abort();
  };

  async send(submission: Submission, store: JobStore): Promise<void> {
    if (this.busy) return;
    this.#wait(null);
    this.#store = store;
    const network = connectivityFor(store.apiUrl);
    if (!network.online) return this.#offline();
    this.#set({ kind: 'sending' });
    const abort = (this.#abort = new AbortController());
    const unsubscribe = network.subscribe(() => !network.online && abort.abort());
    try {
      const { request, idempotencyKey } = submission;
      this.#taken(await store.create(request, { idempotencyKey, signal: abort.signal }), submission);
    } catch (error) {
      if (!(error instanceof JobApiError)) throw this.#crashed(error);
      if (error.code === 'offline' || !network.online) this.#offline();
      else if (error.code === 'rate-limited') this.#pause(error.retryAfter, store.clock);
      else if (!this.#hooks.fallback() || !(await this.#generate(error, submission, store))) this.#refuse(error, submission);
    } finally {
      unsubscribe();
    }
  }

  /** `false` when making it in one call would not help. */
  async #generate(error: JobApiError, submission: Submission, store: JobStore): Promise<boolean> {
    const { generateInstead } = await import('./sync-fallback.ts');
    const abort = (this.#abort = new AbortController());
    const running = generateInstead(error, submission, store, abort.signal);
    if (!running) return false;
    this.#set({ kind: 'generating', since: store.clock.now() });
    try {
      this.#taken(await running, submission);
    } catch (failure) {
      if (!(failure instanceof JobApiError)) throw this.#crashed(failure);
      if (failure.code === 'aborted') this.#set(IDLE);
      else this.#refuse(failure, submission);
    }
    return true;
  }

  #taken(entry: JobEntry, submission: Submission): void {
    this.#pauses = 0;
    this.#set(IDLE);
    this.#hooks.taken(entry, submission);
  }

  #refuse(error: JobApiError, submission: Submission): void {
    const sentences = this.#hooks.refused(error, submission);
    this.#set(sentences === null ? IDLE : { kind: 'refused', error, sentences });
  }

  #crashed(error: unknown): unknown {
    this.#set(IDLE);
    return error;
  }

  #pause(retryAfter: number | undefined, clock: Clock): void {
    const wait = retryAfter ?? Math.min(LONGEST_USUAL_PAUSE, USUAL_PAUSE * 2 ** this.#pauses);
    const again = ++this.#pauses < MOST_PAUSES;
    this.#set({ kind: 'paused', until: clock.now() + wait, again });
    this.#wait(
      // Longer than a timer can be, nobody waits.
      clock.setTimeout(
        () => {
          const goesOn = this.#state.kind === 'paused' && this.#state.again;
          this.#set(IDLE);
          if (goesOn) this.#hooks.again();
        },
        Math.min(wait, 2 ** 31 - 1),
      ),
    );
  }

  #offline(): void {
    const network = connectivityFor(this.#store?.apiUrl ?? '');
    this.#set({ kind: 'offline', back: false, again: false });
    this.#wait(
      network.subscribe(() => {
        if (this.#state.kind !== 'offline') return;
        this.#set({ ...this.#state, back: network.online });
        if (network.online && this.#state.again) this.#hooks.again();
      }),
    );
  }

  #wait(stop: (() => void) | null): void {
    this.#stopWaiting?.();
    this.#stopWaiting = stop;
  }

  #set(state: SendState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
