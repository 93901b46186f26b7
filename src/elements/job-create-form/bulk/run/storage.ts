import { createStore, del, delMany, get, keys, set, setMany } from 'idb-keyval';
import type { LeftRow, RowMark, RunRow, StoredRun } from './rows.ts';

/** Where a list on its way is kept, so that it can go on after a reload. All may reject: then it lives as long as the page. */
export interface RunStorage {
  load(): Promise<StoredRun | null>;
  /** Writes the whole down. What was there before is gone. */
  create(run: StoredRun): Promise<void>;
  /** Writes down what has become of these rows. Resolved means that it is there after a reload. */
  mark(run: StoredRun, indexes: readonly number[]): Promise<void>;
  /** Forgets the list, unless another has taken its place. */
  remove(runId: string): Promise<void>;
}

/** Rows are kept in blocks: one is small enough to be copied without holding up the page, and few enough are written at a time. */
const BLOCK = 100;

interface Head {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  readonly startedAt: number;
  readonly blocks: number;
  readonly left: readonly LeftRow[];
}

let store: ReturnType<typeof createStore> | undefined;

/**
 * The browser's IndexedDB, by API address and user. `idb-keyval` gives what is needed, transactions over several keys, in
 * 0.6 kB.
 */
export function indexedStorage(apiUrl: string, userId: string): RunStorage {
  const database = (): NonNullable<typeof store> => (store ??= createStore('job-elements.bulk', 'lists'));
  const key = (part: string, block = 0): IDBValidKey => [apiUrl, userId, part, block];
  const slice = <T>(all: readonly T[], block: number): T[] => all.slice(block * BLOCK, (block + 1) * BLOCK);

  async function clear(): Promise<void> {
    const own = (await keys<IDBValidKey>(database())).filter((one) => Array.isArray(one) && one[0] === apiUrl && one[1] === userId);
    await delMany(own, database());
  }

  return {
    async load() {
      const head = await get<Head>(key('head'), database());
      if (head?.version !== 1) return null;
      const { blocks, version: _version, ...rest } = head;
      const rows: RunRow[] = [];
      const marks: RowMark[] = [];
      for (let block = 0; block < blocks; block++) {
        rows.push(...((await get<RunRow[]>(key('rows', block), database())) ?? []));
        marks.push(...((await get<RowMark[]>(key('marks', block), database())) ?? []));
      }
      return marks.length === rows.length ? { ...rest, rows, marks } : null;
    },

    async create(run) {
      await clear();
      const blocks = Math.ceil(run.rows.length / BLOCK);
      for (let block = 0; block < blocks; block++) {
        await setMany(
          [
            [key('rows', block), slice(run.rows, block)],
            [key('marks', block), slice(run.marks, block)],
          ],
          database(),
        );
      }
      const { id, name, startedAt, left } = run;
      // Last, so that half a list is none.
      await set(key('head'), { version: 1, id, name, startedAt, blocks, left } satisfies Head, database());
    },

    mark(run, indexes) {
      const blocks = new Set(indexes.map((index) => Math.floor(index / BLOCK)));
      return setMany([...blocks].map((block) => [key('marks', block), slice(run.marks, block)]), database());
    },

    async remove(runId) {
      const head = await get<Head>(key('head'), database());
      if (head?.id !== runId) return;
      await del(key('head'), database());
      await clear();
    },
  };
}
