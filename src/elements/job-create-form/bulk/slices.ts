/** How long work goes on before the page gets its turn, in ms: well under what is felt, and few enough turns to be quick. */
const SLICE = 12;

type Scheduling = { scheduler?: { yield?: () => Promise<void> } };

/** Lets the page handle input and paint, then goes on. Timers would be slowed down to 4 ms when nested, and to 1 s at the back. */
export function nextTurn(): Promise<void> {
  const { scheduler } = globalThis as Scheduling;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Long work in short pieces on the page's own thread. Workers are out: a strict policy, or a script from another origin, refuses them. */
export class Slices {
  readonly #signal: AbortSignal | undefined;
  #until = performance.now() + SLICE;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Call between small pieces. Rejects with the signal's reason once it is aborted. */
  async breathe(): Promise<void> {
    this.#signal?.throwIfAborted();
    if (performance.now() < this.#until) return;
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#until = performance.now() + SLICE;
  }
}
