import { field } from './read-values.ts';

/** Takes the known fields out of a record. */
export class Fields {
  readonly record: Record<string, unknown>;
  /** Known, and read. */
  readonly taken = new Set<string>();

  constructor(record: Record<string, unknown>) {
    this.record = record;
  }

  take<T>(key: string, read: (value: unknown) => T | null): T | null {
    const value = field(this.record, key) ?? null;
    const result = value === null ? null : attempt(read, value);
    if (value === null || result !== null) this.taken.add(key);
    return result;
  }
}

export function attempt<T, R>(read: (value: T) => R, value: T): R | null {
  try {
    return read(value);
  } catch {
    return null;
  }
}
