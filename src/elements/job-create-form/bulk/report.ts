import Papa from 'papaparse';
import type { RowMark, StoredRun } from './run/rows.ts';

const COLUMNS = ['row', 'title', 'status', 'job_id', 'script_id', 'reason'];

/**
 * What a spreadsheet would take for a formula, also behind blanks or in the wide signs of East Asia: it gets an apostrophe, so
 * that it is shown and not run.
 */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20|]|^[\t\r\n]/;

/** What became of each row of the file, as CSV in UTF-8 with a byte order mark, by which spreadsheets know it. */
export function reportCsv(run: StoredRun, reasonOf: (mark: RowMark) => string): string {
  const sent = run.rows.map(({ line, title, request }, index) => {
    const mark = run.marks[index] as RowMark;
    return { line, cells: [line, title, mark.state, mark.jobId ?? '', request.video_request.script_id, reasonOf(mark)] };
  });
  const left = run.left.map(({ line, title, reason }) => ({ line, cells: [line, title, 'left out', '', '', reason] }));
  const rows = [...sent, ...left].sort((a, b) => a.line - b.line).map(({ cells }) => cells);
  return `\ufeff${Papa.unparse({ fields: COLUMNS, data: rows }, { escapeFormulae: FORMULA })}\r\n`;
}
