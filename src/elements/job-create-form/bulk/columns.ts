import type { BulkField } from './fields.ts';
import { SYNONYMS } from './synonyms.ts';
import type { SourceRecord } from './source.ts';

/** Which field each column is, in the order of the columns; `null` for one that is not used. A field has one column at most. */
export type Mapping = readonly (BulkField | null)[];

const byName = new Map<string, BulkField>();
for (const [field, names] of Object.entries(SYNONYMS)) for (const name of names.split('|')) byName.set(plain(name), field);

/** Letters, marks and digits alone, in lower case: "Duration (sec)" and "duration_sec" are the same name. */
function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** The field that a column of this name holds; `null` for any other name. */
export function fieldNamed(name: unknown): BulkField | null {
  return typeof name === 'string' ? (byName.get(plain(name.replace(/^.*video_request[.\s]/, ''))) ?? null) : null;
}

/** How many fields these cells name. */
export function knownNames(cells: readonly unknown[]): number {
  return new Set(cells.map(fieldNamed).filter((field) => field !== null)).size;
}

/** Whether a first line is names rather than values: it names fields, or is short and unlike the lines below it. */
export function looksLikeNames(first: SourceRecord, second: SourceRecord | undefined): boolean {
  const known = knownNames(first.cells);
  if (known >= 2) return true;
  const texts = first.cells.map((cell) => String(cell ?? '').trim());
  // A long text is a script; numbers, tags and platforms are values.
  const namelike = texts.every((text) => text !== '' && text.length <= 40 && !/[.!?।。]$/.test(text) && shapeOf(text) === null);
  if (known === 1) return namelike;
  return namelike && second !== undefined && second.cells.some((cell) => shapeOf(String(cell ?? '')) !== null);
}

/** What a mapping by names gives; the first column of a name has it. */
export function guessByNames(columns: readonly string[]): (BulkField | null)[] {
  const taken = new Set<BulkField>();
  return columns.map((column) => {
    const field = fieldNamed(column);
    if (field === null || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

const SHAPES: readonly (readonly [BulkField, RegExp])[] = [
  ['platform', /^(you ?tube|you ?tube[ _-]?shorts|tik ?tok|instagram|facebook|x|linkedin|vimeo)$/i],
  ['voice_provider', /^(azure|google|elevenlabs)$/i],
  ['aspect_ratio', /^\d{1,2}[:x]\d{1,2}$/i],
  ['resolution', /^(720p|1080p|4k)$/i],
  ['enable_subtitles', /^(true|false|yes|no)$/i],
  ['language', /^[a-z]{2,3}([-_][a-z0-9]{2,8})+$/i],
  ['duration', /^\d{1,4}([.,]\d+)?( ?s(ec)?\.?)?$/i],
];

function shapeOf(text: string): BulkField | null {
  return SHAPES.find(([, shape]) => shape.test(text.trim()))?.[0] ?? null;
}

/** Without names: by what the values look like. The longest text is the script, the first other text the title. */
export function guessByValues(width: number, records: readonly SourceRecord[]): (BulkField | null)[] {
  const sample = records.slice(0, 50);
  const columns = Array.from({ length: width }, (_, column) => {
    const texts = sample.map(({ cells }) => String(cells[column] ?? '').trim()).filter(Boolean);
    const shape = texts.length > 0 ? shapeOf(texts[0] as string) : null;
    const shaped = shape !== null && texts.every((text) => shapeOf(text) === shape) ? shape : null;
    return { shaped, length: texts.reduce((sum, text) => sum + text.length, 0), empty: texts.length === 0 };
  });
  const mapping: (BulkField | null)[] = columns.map(() => null);
  const put = (column: number, field: BulkField): void => {
    if (column >= 0 && !mapping.includes(field)) mapping[column] = field;
  };
  columns.forEach(({ shaped }, column) => shaped && put(column, shaped));
  const texts = columns.flatMap(({ shaped, empty, length }, column) => (shaped === null && !empty ? [{ column, length }] : []));
  const script = texts.reduce((longest, one) => (one.length > longest.length ? one : longest), { column: -1, length: 0 });
  if (texts.length > 1) put(script.column, 'script_content');
  put(texts.find(({ column }) => column !== script.column || texts.length === 1)?.column ?? -1, 'title');
  return mapping;
}

/** The same with `field` in `column`, and in no other. */
export function withField(mapping: Mapping, column: number, field: BulkField | null): Mapping {
  return mapping.map((one, index) => (index === column ? field : one === field && field !== null ? null : one));
}

/** Names for people: doubled ones are counted, missing ones get a spreadsheet's letter. */
export function columnNames(names: readonly unknown[], width: number): string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: Math.max(width, names.length) }, (_, index) => {
    const name = String(names[index] ?? '').trim() || letter(index);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** 0 is A, 26 is AA. */
function letter(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : letter(Math.floor(index / 26) - 1) + rest;
}

/** Fields whose texts are long: they get more room. */
export const isLong = (field: BulkField): boolean => field === 'script_content';
