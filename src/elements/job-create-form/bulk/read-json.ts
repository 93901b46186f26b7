import { isRecord } from '../../../core/read-values.ts';
import { Slices } from './slices.ts';
import { MAX_ROWS, SourceError, type SourceRecord, type SourceTable } from './source.ts';

/** Everything that opens, closes or separates; a text is stepped over as one. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},]/gs;
const OBJECTS = /^\s*[{\]]/;

/** A list of objects, or an object with such a list in it. Rejects with `SourceError`. */
export async function readJson(text: string, signal?: AbortSignal): Promise<SourceTable> {
  const slices = new Slices(signal);
  const values: { value: unknown; line: number }[] = [];
  for await (const part of listItems(text, slices)) {
    if (values.length === MAX_ROWS) throw new SourceError('too-many');
    values.push({ value: parseItem(part, values.length + 1), line: values.length + 1 });
    await slices.breathe();
  }
  return table('json', values, slices);
}

/** An object on each line. */
export async function readJsonLines(text: string, signal?: AbortSignal): Promise<SourceTable> {
  const slices = new Slices(signal);
  const values: { value: unknown; line: number }[] = [];
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const part = text.slice(start, end).trim();
    start = end + 1;
    line++;
    if (part === '') continue;
    if (values.length === MAX_ROWS) throw new SourceError('too-many');
    values.push({ value: tryParse(part), line });
    await slices.breathe();
  }
  return table('jsonl', values, slices);
}

/** Whether the first line that has something is a whole object, so that each line may be one. */
export function looksLikeJsonLines(text: string): boolean {
  const first = /^\s*([^\n]+)\n\s*\S/.exec(text)?.[1];
  return first !== undefined && isRecord(tryParse(first));
}

/**
 * The items of the list as text, without parsing it as a whole: that would hold the page up. What stands around the list is
 * not looked at, but for its end.
 */
async function* listItems(text: string, slices: Slices): AsyncGenerator<string> {
  const token = new RegExp(TOKEN);
  const begin = text.search(/\S/);
  const wrapped = text[begin] === '{';
  if (wrapped) token.lastIndex = begin + 1;
  let depth = 0;
  let start = -1;
  for (let count = 1, match = token.exec(text); match; match = token.exec(text), count++) {
    const [sign] = match;
    if (count % 1_000 === 0) await slices.breathe();
    if (start < 0 && depth === 0 && sign === '[' && (!wrapped || OBJECTS.test(text.slice(token.lastIndex, token.lastIndex + 100)))) {
      start = token.lastIndex;
    } else if (sign === '[' || sign === '{') depth++;
    else if (depth > 0 && (sign === ']' || sign === '}')) depth--;
    else if (start >= 0 && depth === 0 && (sign === ',' || sign === ']')) {
      const part = text.slice(start, match.index);
      if (sign === ',' || part.trim() !== '') yield part;
      if (sign === ']') return;
      start = token.lastIndex;
    }
  }
  if (start >= 0 || !wrapped) throw new SourceError('json');
  // An object without a list of others is one row.
  yield text;
}

function parseItem(part: string, line: number): unknown {
  try {
    return JSON.parse(part);
  } catch {
    throw new SourceError('json', line);
  }
}

/** `undefined` for what is no JSON: on one line of many it is that row's fault alone. */
function tryParse(part: string): unknown {
  try {
    return JSON.parse(part);
  } catch {
    return undefined;
  }
}

/** The keys of all objects, in the order in which they first come. What is inside `video_request` stands beside the rest. */
async function table(format: 'json' | 'jsonl', values: readonly { value: unknown; line: number }[], slices: Slices): Promise<SourceTable> {
  if (values.length === 0) throw new SourceError('empty');
  const places = new Map<string, number>();
  const records: SourceRecord[] = [];
  for (const { value, line } of values) {
    if (!isRecord(value)) {
      records.push({ line, cells: [], fault: 'object' });
      continue;
    }
    const { video_request: inner, ...outer } = value;
    const cells: unknown[] = [];
    for (const [key, cell] of Object.entries(isRecord(inner) ? { ...outer, ...inner } : value)) {
      const place = places.get(key) ?? places.size;
      places.set(key, place);
      cells[place] = cell;
    }
    records.push({ line, cells: Array.from(cells) });
    await slices.breathe();
  }
  return { format, columns: [...places.keys()], records, first: null };
}
