export type Listener<T> = (value: T) => void;
export type Unsubscribe = () => void;

export interface SubscribableHooks {
  /** Called after the first listener came: start the work. */
  onFirst?: () => void;
  /** Called after the last listener went: stop it. */
  onLast?: () => void;
  /** What a listener threw. By default the page's own error reporting gets it. */
  onError?: (error: unknown) => void;
}

/**
 * A set of listeners. Each `subscribe` is its own subscription, even with the same function twice. All listeners see all
 * values in the same order, also when one of them causes the next value while it is being called.
 */
export class Subscribable<T = void> {
  readonly #hooks: SubscribableHooks;
  readonly #listeners = new Map<symbol, Listener<T>>();
  readonly #queue: T[] = [];
  #notifying = false;

  constructor(hooks: SubscribableHooks = {}) {
    this.#hooks = hooks;
  }

  get size(): number {
    return this.#listeners.size;
  }

  subscribe(listener: Listener<T>): Unsubscribe {
    const key = Symbol();
    this.#listeners.set(key, listener);
    if (this.#listeners.size === 1) this.#hooks.onFirst?.();
    return () => {
      if (this.#listeners.delete(key) && this.#listeners.size === 0) this.#hooks.onLast?.();
    };
  }

  /** Calls every listener there is now; one that leaves meanwhile is spared, one that comes waits for the next value. */
  notify(value: T): void {
    this.#queue.push(value);
    if (this.#notifying) return;
    this.#notifying = true;
    try {
      while (this.#queue.length > 0) this.#deliver(this.#queue.shift() as T);
    } finally {
      this.#notifying = false;
    }
  }

  #deliver(value: T): void {
    for (const key of [...this.#listeners.keys()]) {
      try {
        this.#listeners.get(key)?.(value);
      } catch (error) {
        (this.#hooks.onError ?? report)(error);
      }
    }
  }
}

/** `reportError` is what browsers do with an uncaught error; where there is none, the console has to do. */
function report(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError) reportError.call(globalThis, error);
  else console.error(error);
}
