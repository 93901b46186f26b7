import type { TabsPlatform } from '../../../src/channels/cross-tab.ts';

type Wire = ReturnType<TabsPlatform['open']>;

interface Request {
  held(): Promise<void>;
  reject(reason: Error): void;
  done(): void;
}

export interface FakeTab extends TabsPlatform {
  frozen: boolean;
  /** Whether this of what it says reaches nobody. */
  mutes(message: { type: string }): boolean;
}

/** A browser whose tabs share locks and channels. Each tab has its own view of it, which can freeze. */
export class FakeBrowser {
  readonly #wires = new Map<Wire, { name: string; frozen(): boolean }>();
  readonly #locks = new Map<string, { holder: Request | null; line: Request[] }>();
  /** All that was said, as the wire has it. */
  readonly said: string[] = [];
  readonly names = new Set<string>();
  /** As in a frame that has no origin of its own. */
  deniesLocks = false;
  /** How often a lock was asked for. */
  requests = 0;

  tab(): FakeTab {
    const tab = {
      frozen: false,
      mutes: (_message: { type: string }): boolean => false,
      open: (name: string): Wire => {
        this.names.add(name);
        const wire: Wire = {
          onmessage: null,
          postMessage: (message: { type: string }) => !tab.frozen && !tab.mutes(message) && this.#say(wire, structuredClone(message)),
          close: () => void this.#wires.delete(wire),
        };
        this.#wires.set(wire, { name, frozen: () => tab.frozen });
        return wire;
      },
      locks: { request: (name: string, options: LockOptions, held: () => Promise<void>) => this.#lock(name, options, held) },
    };
    return tab as unknown as FakeTab;
  }

  #say(from: Wire, message: unknown): void {
    const text = JSON.stringify(message);
    this.said.push(text);
    const name = this.#wires.get(from)?.name;
    for (const [wire, other] of [...this.#wires]) {
      if (wire === from || other.name !== name || other.frozen()) continue;
      queueMicrotask(() => this.#wires.has(wire) && wire.onmessage?.({ data: JSON.parse(text) } as MessageEvent));
    }
  }

  #lock(name: string, options: LockOptions, held: () => Promise<void>): Promise<void> {
    this.requests++;
    if (this.deniesLocks) return Promise.reject(new DOMException('denied', 'SecurityError'));
    let lock = this.#locks.get(name);
    if (!lock) this.#locks.set(name, (lock = { holder: null, line: [] }));
    const { line } = lock;
    return new Promise((done, reject) => {
      const request = { held, reject, done };
      if (options.steal) {
        lock.holder?.reject(new DOMException('stolen', 'AbortError'));
        lock.holder = null;
        line.unshift(request);
      } else line.push(request);
      options.signal?.addEventListener('abort', () => {
        const at = line.indexOf(request);
        if (at < 0) return;
        line.splice(at, 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
      queueMicrotask(() => this.#grant(name));
    });
  }

  #grant(name: string): void {
    const lock = this.#locks.get(name);
    const request = lock && !lock.holder ? lock.line.shift() : undefined;
    if (!lock || !request) return;
    lock.holder = request;
    void request.held().then(() => {
      request.done();
      if (lock.holder === request) lock.holder = null;
      this.#grant(name);
    });
  }
}
