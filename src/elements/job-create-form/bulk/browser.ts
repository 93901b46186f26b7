import type { BulkList, ListRow } from './list.ts';

/** Rows of one page: enough to look over, few enough to draw at once. */
export const PAGE = 25;

export interface Page<T> {
  readonly items: readonly T[];
  /** From 1; 0 where there are none. */
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

/** The part of `all` that a page shows; a number outside is brought inside. */
export function pageOf<T>(all: readonly T[], page: number): Page<T> {
  const start = Math.min(Math.max(0, page), Math.max(0, Math.ceil(all.length / PAGE) - 1)) * PAGE;
  const items = all.slice(start, start + PAGE);
  return { items, from: items.length === 0 ? 0 : start + 1, to: start + items.length, total: all.length };
}

/** Which rows of a list are on show, which is being changed, and which were removed. */
export class RowBrowser {
  readonly list: BulkList;
  page = 0;
  editing: ListRow | null = null;
  #onlyBad = false;
  /** Put right by hand a moment ago: they stay where they are until somebody looks elsewhere. */
  readonly #mended = new Set<ListRow>();

  constructor(list: BulkList) {
    this.list = list;
  }

  get onlyBad(): boolean {
    return this.#onlyBad;
  }

  set onlyBad(only: boolean) {
    this.#onlyBad = only;
    this.turn(0);
  }

  turn(page: number): void {
    this.page = page;
    this.editing = null;
    this.#mended.clear();
  }

  get rows(): readonly ListRow[] {
    return this.list.rows.filter((row) => !row.dropped && (!this.#onlyBad || isBad(row) || this.#mended.has(row)));
  }

  get good(): readonly ListRow[] {
    return this.list.rows.filter((row) => !row.dropped && row.problems?.length === 0);
  }

  get bad(): readonly ListRow[] {
    return this.list.rows.filter((row) => !row.dropped && isBad(row));
  }

  get dropped(): readonly ListRow[] {
    return this.list.rows.filter(({ dropped }) => dropped);
  }

  save(values: Readonly<Record<string, string>>): void {
    const row = this.editing;
    if (!row) return;
    this.list.edit(row, values);
    this.#mended.add(row);
    this.editing = null;
  }

  drop(row: ListRow): void {
    row.dropped = true;
    if (this.editing === row) this.editing = null;
  }

  restore(): void {
    for (const row of this.dropped) row.dropped = false;
  }
}

function isBad({ problems }: ListRow): boolean {
  return problems !== null && problems.length > 0;
}
