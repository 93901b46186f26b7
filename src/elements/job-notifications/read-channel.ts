const NAME = 'job-elements.notices';

/** Tells the other tabs of this origin what has been read, and hears it from them. */
export class ReadChannel {
  readonly #onRead: (names: readonly string[]) => void;
  #wire: BroadcastChannel | null = null;

  constructor(onRead: (names: readonly string[]) => void) {
    this.#onRead = onRead;
  }

  open(): void {
    if (typeof BroadcastChannel === 'undefined') return;
    this.#wire = new BroadcastChannel(NAME);
    this.#wire.addEventListener('message', this.#onMessage);
  }

  close(): void {
    this.#wire?.removeEventListener('message', this.#onMessage);
    this.#wire?.close();
    this.#wire = null;
  }

  tell(names: readonly string[]): void {
    this.#wire?.postMessage({ read: names });
  }

  readonly #onMessage = ({ data }: MessageEvent<{ read?: unknown }>): void => {
    const names = data?.read;
    if (Array.isArray(names)) this.#onRead(names.filter((name): name is string => typeof name === 'string'));
  };
}
