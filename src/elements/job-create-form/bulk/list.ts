import { DEFAULTS, PLATFORM_SETTINGS } from '../../../api/choices.ts';
import { createJobRequestSchema } from '../../../api/schema.ts';
import type { CreateJobRequest } from '../../../api/wire.ts';
import { cellText, cellValue } from './cells.ts';
import { columnNames, guessByNames, guessByValues, looksLikeNames, withField, type Mapping } from './columns.ts';
import { BULK_FIELDS, LIMITS, type BulkField } from './fields.ts';
import { problemsOf, type RowProblem, type SchemaIssue } from './problems.ts';
import { Slices } from './slices.ts';
import type { SourceRecord, SourceTable } from './source.ts';

/** What holds for all rows. */
export interface ListSettings {
  readonly userId: string;
  /** For rows that say nothing, by names on the wire; also fields that no row can have. The usual ones stand behind them. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Fields whose value is that of `defaults`, whatever a row says. */
  readonly locked: readonly BulkField[];
}

export interface ListRow {
  readonly record: SourceRecord;
  readonly line: number;
  /** What was changed by hand, over the cells. */
  edits: ReadonlyMap<BulkField, string> | null;
  dropped: boolean;
  /** Empty for a good row; `null` until it has been looked at. */
  problems: readonly RowProblem[] | null;
}

const RANGES = { duration: LIMITS.duration, priority: LIMITS.priority };
/** Every row has to have its own. */
const OWN = new Set<BulkField>(['title', 'script_content', 'script_id']);
/** What follows from the platform. */
const SUITED = new Set<BulkField>(['aspect_ratio', 'duration']);
/** Stands for an id that is made when the list is sent. */
const SOME_ID = 'script';

/** A list on its way from a file to requests: which column is what, what was changed by hand, and what is wrong with each row. */
export class BulkList {
  readonly table: SourceTable;
  readonly #settings: () => ListSettings;
  #named: boolean;
  #mapping: Mapping;
  #columns: readonly string[];
  #rows: ListRow[] = [];

  constructor(table: SourceTable, settings: () => ListSettings) {
    this.table = table;
    this.#settings = settings;
    this.#named = table.first === null || looksLikeNames(table.first, table.records[1]);
    this.#columns = [];
    this.#mapping = [];
    this.#begin();
  }

  #begin(): void {
    const { first, columns, records } = this.table;
    const body = first && this.#named ? records.slice(1) : records;
    this.#columns = columnNames(first && this.#named ? first.cells : columns, columns.length);
    this.#mapping = this.#named ? guessByNames(this.#columns) : guessByValues(this.#columns.length, body);
    this.#rows = body.map((record) => ({ record, line: record.line, edits: null, dropped: false, problems: null }));
  }

  get rows(): readonly ListRow[] {
    return this.#rows;
  }

  get columns(): readonly string[] {
    return this.#columns;
  }

  get mapping(): Mapping {
    return this.#mapping;
  }

  /** Whether the first line is names; `null` where the format leaves no doubt. */
  get named(): boolean | null {
    return this.table.first === null ? null : this.#named;
  }

  /** Says that the first line is names, or values. What was changed by hand is lost: the rows are others. */
  setNamed(named: boolean): void {
    if (this.table.first === null || named === this.#named) return;
    this.#named = named;
    this.#begin();
  }

  /** Says what a column is; `null` for "not used". The rows have to be looked at again. */
  setField(column: number, field: BulkField | null): void {
    this.#mapping = withField(this.#mapping, column, field);
    for (const row of this.#rows) row.problems = null;
  }

  /** The fields that the rows speak of, in the order of the schema: columns of a preview. */
  get fields(): readonly BulkField[] {
    const shown = new Set<BulkField>(['title', 'script_content']);
    for (const field of this.#mapping) if (field !== null) shown.add(field);
    for (const { edits, problems } of this.#rows) {
      for (const field of edits?.keys() ?? []) shown.add(field);
      for (const { field } of problems ?? []) if (field !== null) shown.add(field);
    }
    return BULK_FIELDS.filter((field) => shown.has(field));
  }

  /** An example of what stands in a column. */
  sample(column: number): string {
    for (const { record } of this.#rows.slice(0, 20)) {
      const text = cellText(record.cells[column]).trim();
      if (text !== '') return text.slice(0, 80);
    }
    return '';
  }

  /** What the row says for a field, as text to show and to change. */
  text(row: ListRow, field: BulkField): string {
    return row.edits?.get(field) ?? cellText(row.record.cells[this.#mapping.indexOf(field)]);
  }

  /** What a field of the row will be, and whether that is said by the row or stands for all. */
  value(row: ListRow, field: BulkField): { value: unknown; own: boolean } {
    const { defaults, locked } = this.#settings();
    if (!locked.includes(field)) {
      const value = cellValue(field, row.edits?.get(field) ?? row.record.cells[this.#mapping.indexOf(field)]);
      if (value !== undefined) return { value, own: true };
    }
    if (OWN.has(field) && !locked.includes(field)) return { value: undefined, own: false };
    return { value: this.#suiting(row, field) ?? defaults[field] ?? (DEFAULTS as Record<string, unknown>)[field], own: false };
  }

  /** What suits the row's own platform, where that is another than the one that the defaults were made for. */
  #suiting(row: ListRow, field: BulkField): unknown {
    const { defaults, locked } = this.#settings();
    if (!SUITED.has(field) || locked.includes(field)) return undefined;
    const { value, own } = this.value(row, 'platform');
    const suits = PLATFORM_SETTINGS[value as keyof typeof PLATFORM_SETTINGS] as Readonly<Record<string, unknown>> | undefined;
    return own && value !== (defaults['platform'] ?? DEFAULTS.platform) ? suits?.[field] : undefined;
  }

  /** Changes fields of a row by hand, and looks at it again. What is as it was in the file is no change. */
  edit(row: ListRow, values: Readonly<Record<BulkField, string>>): void {
    const edits = new Map(row.edits);
    for (const [field, text] of Object.entries(values)) {
      if (text === cellText(row.record.cells[this.#mapping.indexOf(field)])) edits.delete(field);
      else edits.set(field, text);
    }
    row.edits = edits;
    this.#look(row);
  }

  /** Looks at every row. Rejects with the signal's reason when it is aborted. */
  async check(signal?: AbortSignal): Promise<void> {
    const slices = new Slices(signal);
    for (const row of this.#rows) {
      this.#look(row);
      await slices.breathe();
    }
  }

  #look(row: ListRow): void {
    const { fault, cells } = row.record;
    // A row that was put right by hand is no longer what it was in the file.
    if (fault && !row.edits?.size) row.problems = [{ field: null, key: fault }];
    else if (this.#hasExtra(cells) && !row.edits?.size) {
      row.problems = [{ field: null, key: 'extra', values: { count: cells.length, columns: this.#columns.length } }];
    } else row.problems = this.#problems(row);
  }

  /** More cells than columns: a delimiter without quotation marks around it has torn a text apart. */
  #hasExtra(cells: readonly unknown[]): boolean {
    return this.table.first !== null && this.#named && cells.length > Math.max(this.table.first.cells.length, 1);
  }

  #problems(row: ListRow): RowProblem[] {
    const request = this.#raw(row, SOME_ID);
    const parsed = createJobRequestSchema.safeParse(request);
    if (parsed.success) return [];
    const valueOf = (field: BulkField): unknown => (field === 'priority' ? request.priority : request.video_request[field]);
    return problemsOf(parsed.error.issues as readonly SchemaIssue[], valueOf, RANGES);
  }

  #raw(row: ListRow, scriptId: string): { video_request: Record<string, unknown>; priority?: unknown } {
    const { userId, defaults } = this.#settings();
    const { priority: _priority, ...extras } = defaults;
    const video: Record<string, unknown> = { ...extras };
    for (const field of BULK_FIELDS) video[field] = this.value(row, field).value;
    const { priority } = video;
    delete video['priority'];
    video['script_id'] ??= scriptId;
    video['user_id'] = userId;
    return { video_request: video, ...(priority !== undefined && priority !== null && { priority }) };
  }

  /** The request of a good row. `scriptId` is taken where the row has none. */
  request(row: ListRow, scriptId: string): CreateJobRequest {
    const raw = this.#raw(row, scriptId);
    const { video_request, ...rest } = createJobRequestSchema.parse(raw);
    // Fields that only this backend knows are not the schema's to judge.
    const video = { ...raw.video_request, ...video_request };
    return { ...rest, video_request: Object.fromEntries(Object.entries(video).filter(([, value]) => value !== undefined)) as typeof video };
  }
}
