import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSource } from '../../../src/elements/job-create-form/bulk/read-source.ts';
import { MAX_ROWS, SourceError } from '../../../src/elements/job-create-form/bulk/source.ts';
import type { SourceTable } from '../../../src/elements/job-create-form/bulk/source.ts';

const cells = ({ records }: SourceTable): (readonly unknown[])[] => records.map((record) => record.cells);
const file = (...parts: (string | Uint8Array<ArrayBuffer>)[]): Blob => new Blob(parts);
const fails = (source: Blob | string, code: string, line?: number) =>
  assert.rejects(readSource(source), (error) => error instanceof SourceError && error.code === code && (line === undefined || error.line === line));

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length + (mark ? 2 : 0)));
  const units = [...(mark ? [0xfeff] : []), ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))];
  units.forEach((unit, index) => view.setUint16(2 * index, unit, littleEndian));
  return new Uint8Array(view.buffer);
}

describe('reading a list of videos', () => {
  describe('with delimiters', () => {
    const ROWS = [
      ['title', 'script', 'duration'],
      ['Bees', 'They dance, all of them.', '30'],
      ['Ants', 'They walk; in lines.', '45'],
    ];
    const quote = (cell: string): string => `"${cell}"`;

    for (const [name, delimiter] of [['commas', ','], ['semicolons', ';'], ['tabs', '\t'], ['bars', '|']] as const) {
      it(`finds ${name} by itself`, async () => {
        const text = ROWS.map((row) => row.map(quote).join(delimiter)).join('\n');
        assert.deepEqual(cells(await readSource(text)), ROWS);
      });
    }

    it('takes semicolons although the texts are full of commas, and the other way round', async () => {
      assert.deepEqual(cells(await readSource('title;script\nBees, and more;One, two, three, four\nAnts;Five, six\n'))[1], ['Bees, and more', 'One, two, three, four']);
      assert.deepEqual(cells(await readSource('title,script\n"a;b","c;d;e"\n'))[1], ['a;b', 'c;d;e']);
    });

    it('believes what Excel says in a line before all others', async () => {
      const { records } = await readSource('sep=|\nfoo|bar;baz\n');
      assert.deepEqual(records, [{ line: 2, cells: ['foo', 'bar;baz'] }]);
    });

    it('reads quoted cells: delimiters, doubled quotes and line breaks in them', async () => {
      const text = 'title,script\r\n"A ""quoted"", title","First line\r\nsecond line"\r\nNext,"with 5"" in it"\r\n';
      assert.deepEqual(cells(await readSource(text)).slice(1), [
        ['A "quoted", title', 'First line\r\nsecond line'],
        ['Next', 'with 5" in it'],
      ]);
    });

    for (const [name, end] of [['LF', '\n'], ['CRLF', '\r\n'], ['CR', '\r']] as const) {
      it(`ends lines at ${name}, also without one at the end of the file`, async () => {
        const text = ROWS.map((row) => row.map(quote).join(',')).join(end);
        assert.deepEqual(cells(await readSource(text)), ROWS);
        assert.deepEqual(cells(await readSource(text + end)), ROWS);
      });
    }

    it('counts empty lines, as a spreadsheet does, but makes no rows of them', async () => {
      const { records } = await readSource('title,script\n\nBees,Dance\n,,\nAnts,Walk\n\n');
      assert.deepEqual(records.map(({ line }) => line), [1, 3, 5]);
    });

    it('leaves out the empty cells that spreadsheets put at the end', async () => {
      assert.deepEqual(cells(await readSource('title,script,,\nBees,,,\n')), [['title', 'script'], ['Bees']]);
    });

    it('marks the row whose quotation mark is never closed, and only that', async () => {
      const { records } = await readSource('title,script\nBees,Dance\nAnts,"Walk\n');
      assert.deepEqual(records.map(({ fault }) => fault), [undefined, undefined, 'quote']);
    });

    it('gives up on a quotation mark that would swallow the rest of a large file, and says where', async () => {
      const rows = Array.from({ length: 4_000 }, (_, index) => `Title ${index},${'word '.repeat(160)}`);
      rows[9] = 'Ants,"Walk';
      await fails(['title,script', ...rows].join('\n'), 'quote', 11);
    });

    it('reads across the pieces in which it parses', async () => {
      const rows = Array.from({ length: 900 }, (_, index) => [`Title ${index}`, `"${index}", he said,\r\nand ${'went on '.repeat(index % 60)}`.trim()]);
      const text = ['title,script', ...rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))].join('\r\n');
      assert.deepEqual(cells(await readSource(text)).slice(1), rows);
    });

    it(`takes ${MAX_ROWS} rows and names above them, and refuses more`, async () => {
      const rows = Array.from({ length: MAX_ROWS }, (_, index) => `Title ${index},Script`).join('\n');
      assert.equal((await readSource(`title,script\n${rows}`)).records.length, MAX_ROWS + 1);
      await fails(`title,script\n${rows}\nOne,more\n`, 'too-many');
    });
  });

  describe('in any encoding', () => {
    const TEXT = 'title,script\nमौरी,नाच्छन्\nÜber Bienen,Sie tanzen\n';
    const ROWS = [['title', 'script'], ['मौरी', 'नाच्छन्'], ['Über Bienen', 'Sie tanzen']];

    it('UTF-8, with a byte order mark and without', async () => {
      assert.deepEqual(cells(await readSource(file(TEXT))), ROWS);
      assert.deepEqual(cells(await readSource(file('\ufeff', TEXT))), ROWS);
      assert.deepEqual(cells(await readSource(`\ufeff${TEXT}`)), ROWS);
    });

    for (const littleEndian of [true, false]) {
      for (const mark of [true, false]) {
        it(`UTF-16 ${littleEndian ? 'LE' : 'BE'} ${mark ? 'with' : 'without'} a byte order mark`, async () => {
          assert.deepEqual(cells(await readSource(file(utf16(TEXT, littleEndian, mark)))), ROWS);
        });
      }
    }

    it('Windows-1252 where it is no UTF-8', async () => {
      const bytes = Uint8Array.from('title,script\nÜber Bienen,é', (sign) => sign.charCodeAt(0));
      assert.deepEqual(cells(await readSource(file(bytes)))[1], ['Über Bienen', 'é']);
    });

    it('a letter across two pieces of the file', async () => {
      const text = `title,script\n${'x'.repeat(262_144 - 14)}मौरी,नाच्छन्`;
      assert.equal(String(cells(await readSource(file(text)))[1]?.[0]).slice(-4), 'मौरी');
    });

    it('says of a workbook that it is none of the formats', () => fails(file(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6)), 'binary'));
    it('says so of any other file that is no text', () => fails(file(Uint8Array.of(1, 0, 0, 7, 0, 9, 0, 0)), 'binary'));
  });

  describe('as JSON', () => {
    it('a list of objects, its columns the keys of all', async () => {
      const table = await readSource('[{"title": "Bees", "duration": 30}, {"duration": 45, "script": "Walk"}]');
      assert.deepEqual(table.columns, ['title', 'duration', 'script']);
      assert.deepEqual(cells(table), [['Bees', 30], [undefined, 45, 'Walk']]);
      assert.equal(table.first, null);
    });

    it('brackets, braces, commas and quotes inside texts are text', async () => {
      const rows = [{ title: 'a ] b, { c', script: '\\"[{' }, { title: '", "', script: '}]' }];
      assert.deepEqual(cells(await readSource(JSON.stringify(rows, null, 2))), rows.map((row) => Object.values(row)));
    });

    it('a list inside an object, whatever else is in it', async () => {
      const text = '{"meta": {"tags": ["x"], "n": [1, 2], "old": [{"title": "no"}]}, "ids": ["a"], "jobs": [{"title": "Bees"}, {"title": "Ants"}], "after": [{"title": "no"}]}';
      assert.deepEqual(cells(await readSource(text)), [['Bees'], ['Ants']]);
    });

    it('create requests as the API takes them', async () => {
      const table = await readSource('[{"priority": 2, "video_request": {"title": "Bees"}}]');
      assert.deepEqual([table.columns, cells(table)], [['priority', 'title'], [[2, 'Bees']]]);
    });

    it('one object is one row', async () => {
      assert.deepEqual(cells(await readSource('{\n"title": "Bees",\n"tags": ["a", "b"]}')), [['Bees', ['a', 'b']]]);
    });

    it('an item that is no object is a bad row; the others stay good', async () => {
      const { records } = await readSource('[{"title": "Bees"}, 7, {"title": "Ants"}]');
      assert.deepEqual(records.map(({ fault }) => fault), [undefined, 'object', undefined]);
    });

    it('JSON Lines, where a broken line is a bad row and empty ones are none', async () => {
      const { format, records } = await readSource('{"title": "Bees"}\n\n{"title": \r\n{"title": "Ants"}\n');
      assert.equal(format, 'jsonl');
      assert.deepEqual(records.map(({ line, fault, cells: [title] }) => [line, fault, title]), [[1, undefined, 'Bees'], [3, 'object', undefined], [4, undefined, 'Ants']]);
    });

    it('says where it is broken', async () => {
      await fails('[{"title": "Bees"}, {"title": }, {"title": "Ants"}]', 'json', 2);
      await fails('[{"title": "Bees"}', 'json');
      await fails('{"title": "Bees"', 'json');
    });

    it('is limited as well', async () => {
      const rows = Array.from({ length: MAX_ROWS + 1 }, () => ({ title: 'Bees' }));
      await fails(JSON.stringify(rows), 'too-many');
      await fails(rows.map((row) => JSON.stringify(row)).join('\n'), 'too-many');
      assert.equal((await readSource(JSON.stringify(rows.slice(1)))).records.length, MAX_ROWS);
    });
  });

  it('says that there is nothing', async () => {
    for (const nothing of ['', ' \n\t', '[]', '{"jobs": []}', ',,\n,,\n']) await fails(nothing, 'empty');
    await fails(file(), 'empty');
  });

  it('says that a file is too large before it reads it', () => fails({ size: 50_000_001 } as Blob, 'too-large'));

  it('says that a file cannot be read', () =>
    fails({ size: 5, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) } as unknown as Blob, 'unreadable'));

  it('stops when told', async () => {
    const controller = new AbortController();
    const reading = readSource(file('title,script\n', 'Bees,Dance\n'.repeat(4_000)), controller.signal);
    controller.abort();
    await assert.rejects(reading, { name: 'AbortError' });
  });
});
