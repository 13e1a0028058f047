/** What goes wrong in a file: in its cells, its text, its bytes. */
import { gzipSync } from 'node:zlib';
import { workbook } from '../../unit/ingest/read/formats/workbooks.ts';
import { zstdBomb } from '../../unit/ingest/read/formats/zstd.ts';
import type { Dice } from '../dice.ts';
import type { Table, Value } from './tables.ts';

const NASTY_CELLS: readonly Value[] = [
  '',
  ' ',
  '\u00a0',
  '\u3000',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e309',
  '-1e400',
  '99999999999999999999999999',
  '9223372036854775808',
  '-9223372036854775809',
  '1e-400',
  '0x1F',
  '१२३',
  '１２３',
  '1.2.3',
  '--5',
  '+-1',
  '1,2,3,4',
  '1.234.567,8',
  '100%',
  '-5',
  '1/0',
  '0000-00-00',
  '9999-12-31',
  '2025-02-30',
  '10000-01-01',
  '-0001-01-01',
  '2025-13-01',
  '294277-01-10',
  '1969-12-31T23:59:60Z',
  '2025-10-01T25:00:00',
  '2025-10-01T00:00:00+99:00',
  '10月1日',
  '13月45日',
  '45000',
  '2958466',
  '99999999999999',
  '-62135596800001',
  '17.14.11',
  '31/12/2025',
  'yesterday',
  '=1+1',
  "=cmd|' /C calc'!A0",
  '+SUM(A1)',
  '@x',
  '-2+3',
  '"',
  '""',
  "'",
  "''",
  '\\',
  '\\N',
  'NULL',
  'null',
  '\u0000',
  '\u0001\u001f',
  '\u007f',
  '\uFEFF',
  '\u202E反\u202C',
  '\u200B',
  '\u2028',
  '\u0301',
  '𠮷',
  '😀',
  '\uD800',
  '\uDC00',
  'ﷺ',
  '《》',
  '[]',
  "['a'",
  '{"a":',
  '[[[[',
  'a|b/c;d、e',
  ';',
  "'; DROP TABLE x; --",
  '$1',
  '%s%n',
  '../../etc/passwd',
  'C:\\x',
  'file:///etc/passwd',
  '<script>',
  '&lt;',
  '(others)',
  '(unknown)',
  '__proto__',
  'constructor',
  'true',
  'USD',
  'XXXX',
  0,
  -0,
  -1,
  1.5,
  2 ** 53,
  1e15,
  1e18,
  1e19,
  1e300,
  5e-324,
  0.1,
];

const cellOf = (dice: Dice): Value =>
  dice.chance(0.04) ? 'x'.repeat(dice.pick([300, 5000, 70_000])) : dice.pick(NASTY_CELLS);

type TableMutation = (table: Table, dice: Dice) => void;
const at = (dice: Dice, list: readonly unknown[]) => dice.int(Math.max(1, list.length));

export const TABLE_MUTATIONS: Readonly<Record<string, TableMutation>> = {
  one_cell: ({ header, rows }, dice) => {
    const row = rows[at(dice, rows)];
    if (row) row[at(dice, header)] = cellOf(dice);
  },
  many_cells: ({ header, rows }, dice) => {
    for (const row of rows) if (dice.chance(0.4)) row[at(dice, header)] = cellOf(dice);
  },
  whole_column: ({ header, rows }, dice) => {
    const [column, value] = [at(dice, header), cellOf(dice)];
    for (const row of rows) row[column] = dice.chance(0.9) ? value : cellOf(dice);
  },
  swapped_columns: ({ header, rows }, dice) => {
    const [a, b] = [at(dice, header), at(dice, header)];
    for (const row of rows) [row[a], row[b]] = [row[b] ?? null, row[a] ?? null];
  },
  swapped_headers: ({ header }, dice) => {
    const [a, b] = [at(dice, header), at(dice, header)];
    [header[a], header[b]] = [header[b] ?? '', header[a] ?? ''];
  },
  same_header: ({ header }, dice) => {
    header[at(dice, header)] = header[at(dice, header)] ?? '';
  },
  other_header: ({ header }, dice) => {
    header[at(dice, header)] = String(
      dice.pick([...NASTY_CELLS, 'views', 'date', 'rowid', 'c0', 'filename', 'Views ', 'VIEWS', 'x'.repeat(2000)]) ??
        '',
    );
  },
  short_rows: ({ rows }, dice) => {
    for (const row of rows) if (dice.chance(0.3)) row.length = at(dice, row);
  },
  long_rows: ({ rows }, dice) => {
    for (const row of rows)
      if (dice.chance(0.3)) row.push(...Array.from({ length: 1 + dice.int(5) }, () => cellOf(dice)));
  },
  no_rows: ({ rows }) => void rows.splice(0),
  one_row: ({ rows }) => void rows.splice(1),
  same_rows: ({ rows }, dice) => void rows.push(...rows.slice(0, 1 + at(dice, rows)).map((row) => [...row])),
  header_again: ({ header, rows }, dice) => void rows.splice(at(dice, rows), 0, [...header]),
  title_rows: ({ header, rows }, dice) => {
    rows.unshift([...header]);
    header.splice(0, header.length, ...header.map((_, i) => (i === 0 ? String(cellOf(dice)) : '')));
  },
  no_header: ({ header, rows }) => {
    const first = rows.shift() ?? [];
    header.splice(0, header.length, ...header.map((_, i) => String(first[i] ?? '')));
  },
  lost_column: ({ header, rows }, dice) => {
    const column = at(dice, header);
    header.splice(column, 1);
    for (const row of rows) row.splice(column, 1);
  },
  total_row: ({ header, rows }, dice) => void rows.push(header.map((_, i) => (i === 0 ? '合计' : dice.int(1e6)))),
};

type TextMutation = (text: string, dice: Dice) => string;
const INSERTS = [
  '"',
  '""',
  "'",
  '\n',
  '\r',
  '\r\n',
  '\n\n\n',
  '\u0000',
  '\uFEFF',
  '\u202E',
  ',',
  '\t',
  ';',
  '|',
  '\\',
  '\\"',
  '{',
  '}',
  '[',
  ']',
  ':',
  '\uD83D',
  '\u001a',
  '\u0085',
  '1e999',
  '-',
  'NaN',
  '\\u0000',
  '\\ud800',
  ',,,,,,,,',
  '"\n"',
];

export const TEXT_MUTATIONS: Readonly<Record<string, TextMutation>> = {
  inserted: (text, dice) => {
    let result = text;
    for (let n = 1 + dice.int(4); n > 0; n--) {
      const place = dice.int(result.length + 1);
      result = result.slice(0, place) + dice.pick(INSERTS) + result.slice(place);
    }
    return result;
  },
  cut: (text, dice) => text.slice(0, dice.int(text.length + 1)),
  beginning_lost: (text, dice) => text.slice(dice.int(text.length + 1)),
  line_lost: (text, dice) => {
    const lines = text.split('\n');
    lines.splice(at(dice, lines), 1 + dice.int(3));
    return lines.join('\n');
  },
  lines_mixed: (text, dice) =>
    text
      .split('\n')
      .map((line) => ({ line, place: dice.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ line }) => line)
      .join('\n'),
  other_line_ends: (text, dice) => text.replaceAll('\n', () => dice.pick(['\r\n', '\r', '\n', '\n\r', '\u2028'])),
  other_delimiter: (text, dice) =>
    text.replace(/[,\t;|]/gu, (sign) => (dice.chance(0.3) ? dice.pick([',', '\t', ';', '|', '，']) : sign)),
  very_long_line: (text, dice) => {
    const place = dice.int(text.length + 1);
    return (
      text.slice(0, place) +
      dice.pick(['x', ',', '"', '9', '{', ' ']).repeat(dice.pick([20_000, 300_000, 5_000_000])) +
      text.slice(place)
    );
  },
  deep_json: (text, dice) => {
    const place = dice.int(text.length + 1);
    return (
      text.slice(0, place) +
      dice.pick(['[', '{"a":', '[[{"b":']).repeat(dice.pick([10, 1000, 100_000])) +
      text.slice(place)
    );
  },
  digits_grow: (text, dice) =>
    text.replace(/\d+/gu, (digits) => (dice.chance(0.1) ? digits + '9'.repeat(dice.int(400)) : digits)),
  spaces: (text, dice) =>
    text.replace(/[,\n]/gu, (sign) =>
      dice.chance(0.2) ? `${sign}${dice.pick([' ', '\u3000', '\t', '\u00a0'])}` : sign,
    ),
  quoted: (text, dice) => text.replace(/[^,\n]+/gu, (cell) => (dice.chance(0.2) ? `"${cell}` : cell)),
  many_columns: (text, dice) => text.replace('\n', `${','.repeat(dice.pick([10, 500, 3000]))}\n`),
};

type ByteMutation = (bytes: Buffer, dice: Dice) => Buffer;
const join = (...parts: readonly Buffer[]) => Buffer.concat(parts);

/** Where a container keeps what it says of itself is hit as often as all the rest. */
function somewhere(bytes: Buffer, dice: Dice): number {
  const edge = Math.min(300, bytes.length);
  if (dice.chance(0.35)) return bytes.length - 1 - dice.int(Math.max(1, edge));
  if (dice.chance(0.2)) return dice.int(Math.max(1, edge));
  return dice.int(Math.max(1, bytes.length));
}

export const BYTE_MUTATIONS: Readonly<Record<string, ByteMutation>> = {
  bits: (bytes, dice) => {
    const result = Buffer.from(bytes);
    for (let n = dice.pick([1, 1, 2, 5, 30]); n > 0 && result.length > 0; n--) {
      const place = somewhere(result, dice);
      result[place] = (result[place] ?? 0) ^ (1 << dice.int(8));
    }
    return result;
  },
  bytes_set: (bytes, dice) => {
    const result = Buffer.from(bytes);
    for (let n = 1 + dice.int(6); n > 0 && result.length > 0; n--)
      result[somewhere(result, dice)] = dice.pick([0, 0xff, 0x80, 0x7f, 0x0a, 0x22, dice.int(256)]);
    return result;
  },
  truncated: (bytes, dice) => bytes.subarray(0, dice.int(bytes.length + 1)),
  tail_only: (bytes, dice) => bytes.subarray(somewhere(bytes, dice)),
  chunk_lost: (bytes, dice) => {
    const place = somewhere(bytes, dice);
    return join(bytes.subarray(0, place), bytes.subarray(place + 1 + dice.int(200)));
  },
  chunk_twice: (bytes, dice) => {
    const place = somewhere(bytes, dice);
    const end = place + 1 + dice.int(400);
    return join(bytes.subarray(0, end), bytes.subarray(place, end), bytes.subarray(end));
  },
  chunk_moved: (bytes, dice) => {
    const [a, b] = [somewhere(bytes, dice), somewhere(bytes, dice)].sort((x, y) => x - y);
    const middle = bytes.subarray(a, b);
    return join(bytes.subarray(0, a), bytes.subarray(b), middle);
  },
  noise_in: (bytes, dice) => {
    const place = somewhere(bytes, dice);
    return join(bytes.subarray(0, place), noise(1 + dice.int(64), dice), bytes.subarray(place));
  },
  zeros_in: (bytes, dice) => {
    const place = somewhere(bytes, dice);
    return join(bytes.subarray(0, place), Buffer.alloc(1 + dice.int(5000)), bytes.subarray(place));
  },
  twice: (bytes) => join(bytes, bytes),
  trailing: (bytes, dice) => join(bytes, noise(1 + dice.int(2000), dice)),
  other_magic: (bytes, dice) =>
    join(
      Buffer.from(
        dice.pick(['PAR1', 'PK\x03\x04', '\x1f\x8b', '(\xb5/\xfd', '%PDF', '\xef\xbb\xbf', '\xff\xfe', '<html>']),
        'latin1',
      ),
      bytes,
    ),
  packed_twice: (bytes) => gzipSync(bytes),
  broken_utf8: (bytes, dice) => {
    const place = somewhere(bytes, dice);
    return join(
      bytes.subarray(0, place),
      dice.pick([
        Buffer.from('c328', 'hex'),
        Buffer.from('eda080', 'hex'),
        Buffer.from('f8', 'hex'),
        Buffer.from('f0908d', 'hex'),
        Buffer.from('fffe', 'hex'),
      ]),
      bytes.subarray(place),
    );
  },
};

const noise = (length: number, dice: Dice) => Buffer.from(Array.from({ length }, () => dice.int(256)));

/** Whole files that are not mutations of anything. */
export const STRANGE_FILES: Readonly<Record<string, (dice: Dice) => { name: string; bytes: Buffer }>> = {
  empty: () => ({ name: 'empty.csv', bytes: Buffer.alloc(0) }),
  noise: (dice) => ({
    name: dice.pick(['noise.csv', 'noise.parquet', 'noise.xlsx', 'noise.gz']),
    bytes: noise(dice.pick([1, 3, 50, 5000]), dice),
  }),
  blanks: (dice) => ({
    name: 'blank.csv',
    bytes: Buffer.from(
      dice.pick([' ', '\n', '\r\n', ',\n', '"', '\t', '\uFEFF', '""\n']).repeat(dice.pick([1, 7, 3000])),
    ),
  }),
  gzip_bomb: (dice) => ({
    name: 'bomb.csv.gz',
    bytes: gzipSync(Buffer.alloc(dice.pick([20, 60]) * 2 ** 20, dice.pick(['a', '\n', ',', '1,']))),
  }),
  zstd_bomb: (dice) => ({ name: 'bomb.csv.zst', bytes: zstdBomb(dice.pick([100, 600])) }),
  sheet_bomb: (dice) => ({
    name: 'bomb.xlsx',
    bytes: workbook([
      { name: 'x', rows: '<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(dice.pick([10_000, 400_000])) },
    ]),
  }),
  far_cell: (dice) => ({
    name: 'far.xlsx',
    bytes: workbook([
      {
        name: 'x',
        rows: `<row r="${dice.pick(['1048576', '99999999999', '-1', 'x'])}"><c r="${dice.pick(['XFD1048576', 'ZZZZZZ1', 'A0', '1A'])}" t="${dice.pick(['n', 's', 'd', 'e', 'str', 'zz'])}"><v>${dice.pick(['1', '999999', '-1', ''])}</v></c></row>`,
      },
    ]),
  }),
  entities: () => ({
    name: 'xml.xlsx',
    bytes: workbook([
      {
        name: 'x',
        rows: '<!DOCTYPE a [<!ENTITY b "&b;&b;">]><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>',
      },
    ]),
  }),
  open_brackets: (dice) => ({
    name: 'deep.json',
    bytes: Buffer.from(dice.pick(['[', '{"a":', '[{"a":[']).repeat(dice.pick([1, 500, 400_000]))),
  }),
  scalars: (dice) => ({
    name: 'scalars.ndjson',
    bytes: Buffer.from(
      dice.pick([
        '1\n2\n3\n',
        'null\n',
        '"x"\n',
        '[1,2]\n[3,4]\n',
        '{}\n{}\n',
        '[]',
        '[null]',
        '{"a":{"b":[1,{"c":2}]}}\n',
      ]),
    ),
  }),
};
