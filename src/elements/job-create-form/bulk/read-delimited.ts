import Papa from 'papaparse';
import { knownNames } from './columns.ts';
import { nextTurn } from './slices.ts';
import { MAX_ROWS, SourceError, type RecordFault, type SourceRecord, type SourceTable } from './source.ts';

/** Characters that are parsed in one go: a few ms of work. */
const CHUNK = 65_536;
/** So many pieces without the end of a record: a quotation mark has been left open. */
const OPEN_PIECES = 32;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Rows between commas, semicolons, tabs or bars; which of them, the text itself tells. Rejects with `SourceError`. */
export async function readDelimited(text: string, signal?: AbortSignal): Promise<SourceTable> {
  // Excel's own way to say which: `sep=;` in a line before all others.
  const told = /^sep=(.)\r?\n/i.exec(text);
  const body = told ? text.slice(told[0].length) : text;
  const records = await parse(body, told?.[1] ?? byNames(body), told ? 1 : 0, signal);
  const [first] = records;
  if (!first) throw new SourceError('empty');
  const width = Math.max(...records.slice(0, 50).map(({ cells }) => cells.length));
  return { format: 'csv', columns: Array.from({ length: width }, () => ''), records, first };
}

/** The delimiter that makes known names of the first line; `''` lets the parser guess by how even the rows are. */
function byNames(text: string): string {
  let best = '';
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const { data } = Papa.parse<string[]>(text.slice(0, CHUNK), { delimiter, preview: 1 });
    const known = knownNames(data[0] ?? []);
    if (known > most) [best, most] = [delimiter, known];
  }
  return best;
}

function parse(text: string, delimiter: string, skipped: number, signal?: AbortSignal): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  let line = skipped;
  let open = 0;
  return new Promise((resolve, reject) => {
    const take = ({ data, errors }: Papa.ParseResult<string[]>): void => {
      const unclosed = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row));
      data.forEach((cells, index) => {
        line++;
        if (cells.every((cell) => cell.trim() === '')) return;
        records.push({ line, cells: trimEnd(cells), ...(unclosed.has(index) && { fault: 'quote' as RecordFault }) });
      });
      open = data.length > 0 ? 0 : open + 1;
      // One more may be the names of the columns.
      if (records.length > MAX_ROWS + 1) throw new SourceError('too-many');
      if (open > OPEN_PIECES) throw new SourceError('quote', line + 1);
      signal?.throwIfAborted();
    };
    Papa.parse<string[]>(text, {
      delimiter,
      delimitersToGuess: [...DELIMITERS],
      chunkSize: CHUNK,
      chunk: (results: Papa.ParseResult<string[]>, parser: Papa.Parser) => {
        try {
          take(results);
        } catch (error) {
          // First, since ending the parser says that it is complete.
          reject(error);
          parser.abort();
          return;
        }
        parser.pause();
        void nextTurn().then(() => parser.resume());
      },
      complete: () => resolve(records),
      error: reject,
    });
  });
}

/** Without the empty cells at the end, which spreadsheets leave behind. */
function trimEnd(cells: string[]): string[] {
  let length = cells.length;
  while (length > 1 && (cells[length - 1] as string).trim() === '') length--;
  return length === cells.length ? cells : cells.slice(0, length);
}
