/** Small files that stand for far more than any memory: each is refused, or read, with nothing left of it. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFacts } from '../../../../../server/ingest/read/facts.ts';
import { openHere } from '../../../../../server/ingest/read/inspect.ts';
import { jsonRow } from '../../../../../server/ingest/read/json/json-file.ts';
import { JSON_FAULTS } from '../../../../../server/ingest/read/json/messages.ts';
import { DEFAULT_LIMITS } from '../../../../../server/ingest/read/limits.ts';
import { LONGEST_SAMPLED } from '../../../../../server/ingest/read/records.ts';
import { mergeOf, mergesIn } from '../../../../../server/ingest/read/workbook/merges.ts';
import {
  cellTooLong,
  nestedTooDeeply,
  partTooLarge,
  TAG_TOO_LONG,
  tooManyParts,
  tooManySheets,
  WORKBOOK_DAMAGED,
} from '../../../../../server/ingest/read/workbook/messages.ts';
import { row, workbook, zip } from './workbooks.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-hostile-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(name: string, bytes: string | Buffer, limits = DEFAULT_LIMITS) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return openHere({ limits, scratch: join(folder, 'copy') }, path, await readFacts(path), {});
}

const table = row(1, ['date', 'title']) + row(2, ['2025-10-01', '剧']);
const book = (rows: string, shared: readonly string[] = []) => workbook([{ name: 'a', rows }], { shared });

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** A workbook with as many sheets as wanted, and parts beside. */
const sheetsOf = (count: number, target: (i: number) => string, beside: Record<string, string | Buffer> = {}) =>
  zip({
    '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="a" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${OFFICE}"><sheets>${Array.from({ length: count }, (_, i) => `<sheet name="s${i}" sheetId="${i + 1}" r:id="r${i}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${RELATIONS}">${Array.from({ length: count }, (_, i) => `<Relationship Id="r${i}" Type="${OFFICE}/worksheet" Target="${target(i)}"/>`).join('')}</Relationships>`,
    ...beside,
  });
const sheet = `<worksheet><sheetData>${table}</sheetData></worksheet>`;

/** The archive with another unpacked size stated of each part. */
function lying(bytes: Buffer, size: number): Buffer {
  const lied = Buffer.from(bytes);
  for (let at = lied.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = lied.indexOf('PK\x01\x02', at + 4, 'latin1'))
    if (lied.toString('utf8', at + 46, at + 46 + 13) === 'xl/worksheets') lied.writeUInt32LE(size, at + 24);
  return lied;
}

describe('a workbook that is made to harm', () => {
  const manySheets = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`xl/s${i}.xml`, sheet]));
  const manyParts = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`m${i}`, '']));
  it.each([
    ['tags in tags', book(`${table}${'<a>'.repeat(300_000)}`), 'unreadable_file', nestedTooDeeply(64)],
    ['tags in tags among its texts', book(table, ['<a>'.repeat(300_000)]), 'unreadable_file', nestedTooDeeply(64)],
    ['an endless text', book(`<row><c><v>${'1'.repeat(1_200_000)}`), 'unreadable_file', TAG_TOO_LONG],
    ['an endless attribute', book(`<row a="${'1'.repeat(1_200_000)}`), 'unreadable_file', TAG_TOO_LONG],
    ['an endless comment', book(`<!--${'1'.repeat(1_200_000)}`), 'unreadable_file', TAG_TOO_LONG],
    ['a very long cell', book(row(1, ['x'.repeat(100_001)])), 'unreadable_file', cellTooLong(100_000)],
    [
      'a very long cell of many runs',
      book(table, [`<r><t>${'x'.repeat(60_000)}</t></r>`.repeat(2)]),
      'unreadable_file',
      cellTooLong(100_000),
    ],
    ['very many sheets', sheetsOf(1001, (i) => `s${i}.xml`, manySheets), 'unreadable_file', tooManySheets(1000)],
    ['very many parts', sheetsOf(1, () => 's.xml', manyParts), 'unreadable_file', tooManyParts(20_000)],
    [
      'a list of sheets of many megabytes',
      sheetsOf(1, () => 's.xml', {
        'xl/s.xml': sheet,
        'xl/workbook.xml': `<workbook>${' '.repeat(17 << 20)}</workbook>`,
      }),
      'unreadable_file',
      partTooLarge('xl/workbook.xml'),
    ],
    ['a part larger than it says', lying(book(table), 50), 'unreadable_file', WORKBOOK_DAMAGED],
    ['a part smaller than it says', lying(book(table), 5000), 'unreadable_file', WORKBOOK_DAMAGED],
  ])('%s: is refused, and nothing is left', async (_what, bytes, code, detail) => {
    await expect(open('a.xlsx', bytes)).rejects.toMatchObject({ code, detail });
    expect(await readdir(folder)).toEqual(['a.xlsx']);
  });

  it('is held to the size of all its parts together, not of each', async () => {
    const parts = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`xl/media/${i}`, Buffer.alloc(1 << 20)]));
    const limits = { ...DEFAULT_LIMITS, unpackedBytes: 10 << 20 };
    await expect(
      open(
        'a.xlsx',
        sheetsOf(1, () => 's.xml', { 'xl/s.xml': sheet, ...parts }),
        limits,
      ),
    ).rejects.toMatchObject({
      code: 'unpacked_too_large',
    });
  });

  it('that names one part as many sheets has one sheet', async () => {
    const { inspected } = await open(
      'a.xlsx',
      sheetsOf(5000, () => 's.xml', { 'xl/s.xml': sheet }),
    );
    expect(inspected.workbook?.sheets.map(({ name }) => name)).toEqual(['s0']);
  });

  it('of an empty sheet leaves no copy of it', async () => {
    await expect(open('a.xlsx', book('<row/>'))).rejects.toMatchObject({ code: 'unreadable_file' });
    expect(await readdir(folder)).toEqual(['a.xlsx']);
  });

  it('takes rows that say they are nowhere for those that follow', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const rows = ['x', '-5', '1e300', '99999999'].map((r, i) => `<row r="${r}">${cell(`n${i}`)}${cell('m')}</row>`);
    const { inspected } = await open('a.xlsx', book(row(1, ['a', 'b']) + rows.join('')));
    expect(inspected.rows.map(([first]) => first)).toEqual(['n0', 'n1', 'n2', 'n3']);
    expect(inspected.workbook?.sheet).toBe('a');
  });

  it('is searched for merged cells in one pass, whatever stands there', async () => {
    async function* text() {
      yield '<sheetData></sheetData><mergeCells><x:mergeCell ref="A2:A3"/>';
      yield '<mergeCell '.repeat(100_000);
      for (let i = 0; i < 500; i++) yield 'x'.repeat(16_384);
      yield '<mergeCell ref="B2:B9"/></mergeCells>';
    }
    expect(await mergesIn(text())).toEqual([
      { column: 0, first: 2, last: 3 },
      { column: 1, first: 2, last: 9 },
    ]);
    expect(mergeOf('XFE1:XFE9')).toBe(null);
    expect(mergeOf('ZZZZZZZZZ1:ZZZZZZZZZ9')).toBe(null);
  });
});

describe('JSON that is made to harm', () => {
  it('has its long integers looked for in one pass', () => {
    expect(jsonRow(`{"n":1234567890123456,"a":"${'\\"'.repeat(400_000)}`)).toMatchObject({
      fault: JSON_FAULTS.invalid,
    });
    const long = 'x'.repeat(3_900_000);
    expect(jsonRow(`{"n":1234567890123456789,"a":"${long}"}`)).toEqual({
      cells: new Map([
        ['n', '1234567890123456789'],
        ['a', long],
      ]),
    });
  });

  it('nested too deeply is refused line by line', async () => {
    const deep = `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
    const { file } = await open('a.ndjson', `{"a":1}\n${deep}\n{"a":2}\n`);
    expect([file.rows, file.refused.kept.map(({ line, reason }) => [line, reason])]).toEqual([
      2,
      [[2, JSON_FAULTS.tooDeep]],
    ]);
  });

  it('of very long cells is shown cut, and read whole', async () => {
    const long = '长'.repeat(500_000);
    const { inspected } = await open('a.json', `[{"date":"2025-10-01","note":"${long}"}]`);
    expect(inspected.rows[0]?.map((cell) => cell?.length)).toEqual([10, LONGEST_SAMPLED]);
  });
});
