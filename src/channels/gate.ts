/** Lets a bounded number of tasks run at once; the others wait in order of arrival. */
export class Gate {
  #width: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** How many stand in the queue. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Changes how many run at once. */
  set width(width: number) {
    this.#width = width;
    while (this.#running < width && this.#waiting.length > 0) {
      this.#running++;
      this.#waiting.shift()?.();
    }
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#width) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running++;
    try {
      return await task();
    } finally {
      const next = this.#running <= this.#width ? this.#waiting.shift() : undefined;
      if (next) next();
      else this.#running--;
    }
  }
}
