/** Tables as files: text in any encoding and delimiter, JSON, workbooks, Parquet, packed or not. */
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { row, workbook } from '../../unit/ingest/read/formats/workbooks.ts';
import { zstdOf } from '../../unit/ingest/read/formats/zstd.ts';
import type { Table, Value } from './tables.ts';

export const TEXT_FORMATS = ['csv', 'ndjson', 'json'] as const;
export const FORMATS = ['csv', 'csv', 'csv', 'ndjson', 'json', 'xlsx', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];
export const DELIMITERS = [',', '\t', ';', '|'] as const;
export const ENCODINGS = [
  'utf-8',
  'utf-8-bom',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
  'windows-1252',
] as const;
export type TextEncoding = (typeof ENCODINGS)[number];
export const PACKINGS = ['none', 'none', 'none', 'gz', 'zst'] as const;
export type Packing = (typeof PACKINGS)[number];

export function csvText({ header, rows }: Table, delimiter: string): string {
  const cell = (value: Value) => {
    const text = value === null ? '' : String(value);
    return /["\n\r]/u.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [header, ...rows].map((cells) => `${cells.map(cell).join(delimiter)}\n`).join('');
}

export function jsonText({ header, rows }: Table, format: 'ndjson' | 'json'): string {
  const objects = rows.map((cells) =>
    JSON.stringify(Object.fromEntries(header.map((name, i) => [name, cells[i] ?? null]))),
  );
  return format === 'json' ? `[${objects.join(',\n')}]` : `${objects.join('\n')}\n`;
}

export function xlsxBytes({ name, header, rows }: Table): Buffer {
  const lines = [header, ...rows].map((cells, i) => row(i + 1, cells.slice(0, 26)));
  return workbook([
    { name, rows: lines.join('') },
    { name: 'empty', rows: '' },
  ]);
}

/** Numbers where a whole column is numbers, else text; every second file in several row groups. */
export function parquetBytes({ header, rows }: Table, small: boolean): Buffer {
  const columnData = header.map((title, i) => {
    // The writer tells columns by their names.
    const name = header.indexOf(title) === i ? title : `${title}.${i}`;
    const cells = rows.map((cells) => cells[i] ?? null);
    const numeric = cells.every((cell) => cell === null || (typeof cell === 'number' && Number.isFinite(cell)));
    return numeric
      ? {
          name,
          data: cells.map((cell) => (cell === null ? null : Number(cell))),
          type: 'DOUBLE' as const,
          nullable: true,
        }
      : {
          name,
          data: cells.map((cell) => (cell === null ? null : String(cell))),
          type: 'STRING' as const,
          nullable: true,
        };
  });
  return Buffer.from(parquetWriteBuffer({ columnData, createdBy: 'soak', ...(small ? { rowGroupSize: 5 } : {}) }));
}

/** Text in an encoding; what it has no sign for becomes `?`. */
export function encoded(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8-bom') return Buffer.from(`\uFEFF${text}`);
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  const table = signsOf(encoding);
  return Buffer.concat([...text].map((sign) => table.get(sign) ?? Buffer.from(sign.charCodeAt(0) < 128 ? sign : '?')));
}

export function packed(bytes: Buffer, packing: Packing): Buffer {
  if (packing === 'gz') return gzipSync(bytes);
  return packing === 'zst' ? zstdOf(bytes) : bytes;
}

const signs = new Map<string, ReadonlyMap<string, Buffer>>();

/** Node decodes these encodings but does not write them: every one and two bytes are decoded once. */
function signsOf(encoding: string): ReadonlyMap<string, Buffer> {
  const known = signs.get(encoding);
  if (known) return known;
  const table = new Map<string, Buffer>();
  const add = (...bytes: number[]) => {
    const sign = new TextDecoder(encoding).decode(Buffer.from(bytes));
    if ([...sign].length === 1 && sign !== '\uFFFD' && !table.has(sign)) table.set(sign, Buffer.from(bytes));
  };
  for (let byte = 0; byte < 256; byte++) add(byte);
  if (encoding !== 'windows-1252')
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  signs.set(encoding, table);
  return table;
}
