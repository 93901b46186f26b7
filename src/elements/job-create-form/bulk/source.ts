/** How many rows one list may have. */
export const MAX_ROWS = 5_000;
/** How large a file may be, in bytes: as much as so many rows with long scripts need. */
export const MAX_BYTES = 50_000_000;

export type SourceFormat = 'csv' | 'json' | 'jsonl';

/** What is wrong with a record as such, before anybody looks at its values. */
export type RecordFault = 'extra' | 'quote' | 'object';

export interface SourceRecord {
  /** Its place in the file from 1, a line of column names included: the row number that a spreadsheet shows. */
  readonly line: number;
  /** Text from CSV, anything from JSON; `undefined` where the row has nothing. */
  readonly cells: readonly unknown[];
  readonly fault?: RecordFault;
}

/** A file as records and columns, whatever format it came in. */
export interface SourceTable {
  readonly format: SourceFormat;
  /** Names of the columns; where the file has none, empty texts. */
  readonly columns: readonly string[];
  readonly records: readonly SourceRecord[];
  /** The first line, where it may be names or values; `null` where names are part of the format. */
  readonly first: SourceRecord | null;
}

/** Why nothing can be made of what was given. */
export type SourceErrorCode = 'empty' | 'too-many' | 'too-large' | 'json' | 'quote' | 'unreadable' | 'binary' | 'loading';

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  /** Where, when that is known: a line of the file. */
  readonly line: number | undefined;

  constructor(code: SourceErrorCode, line?: number) {
    super(code);
    this.code = code;
    this.line = line;
  }
}
