import type { Job } from '../../core/job.ts';
import type { JobEntry } from '../../store/job-entry.ts';
import type { JobStore } from '../../store/job-store.ts';

/** The jobs that are chosen, also on pages that are not on show. Their entries are kept, so that what is said of them is true. */
export class Selection {
  readonly #onChange: () => void;
  readonly #chosen = new Map<string, { entry: JobEntry; release: () => void }>();
  /** Where a range begins. */
  #anchor: string | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#chosen.size;
  }

  /** As they are now. */
  get jobs(): readonly Job[] {
    return [...this.#chosen.values()].flatMap(({ entry }) => entry.snapshot.job ?? []);
  }

  has(id: string): boolean {
    return this.#chosen.has(id);
  }

  /** Chooses a job, or no longer; with `range` all of `ids` from the last one chosen to this one. */
  toggle(store: JobStore, id: string, ids: readonly string[], range = false): void {
    const from = this.#anchor === null ? -1 : ids.indexOf(this.#anchor);
    const to = ids.indexOf(id);
    if (range && from !== -1 && to !== -1) {
      for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#add(store, each);
    } else {
      if (this.#chosen.has(id)) this.#remove(id);
      else this.#add(store, id);
      this.#anchor = id;
    }
    this.#onChange();
  }

  /** Chooses all of these, or none of them when all are chosen already. */
  togglePage(store: JobStore, ids: readonly string[]): void {
    const all = ids.every((id) => this.#chosen.has(id));
    for (const id of ids) {
      if (all) this.#remove(id);
      else this.#add(store, id);
    }
    this.#onChange();
  }

  /** Keeps of the chosen ones only these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of [...this.#chosen.keys()]) if (!ids.has(id)) this.#remove(id);
    this.#onChange();
  }

  clear(): void {
    this.#anchor = null;
    this.keep(new Set());
  }

  #add(store: JobStore, id: string): void {
    if (this.#chosen.has(id)) return;
    const entry = store.entry(id);
    this.#chosen.set(id, { entry, release: entry.observe(() => this.#onChange()) });
  }

  #remove(id: string): void {
    this.#chosen.get(id)?.release();
    this.#chosen.delete(id);
  }
}
