import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { checkQuotes } from '../../../../server/ingest/read/quotes.ts';
import { RowGauge } from '../../../../server/ingest/read/row-gauge.ts';
import { type Format, jsonText, parquetBytes } from '../../../soak/fuzz/formats.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** What is told at tenths of a file whose text has been looked at. */
async function toldOf(text: string): Promise<number[]> {
  const gauge = new RowGauge(null, Buffer.byteLength(text));
  const path = await desk.write('gauged.csv', text);
  await checkQuotes(path, ',', undefined, (chunk, whole) => gauge.push(chunk, whole));
  return Array.from({ length: 11 }, (_, tenth) => gauge.at(tenth / 10));
}

describe('rows read so far', () => {
  it('are the share of those that the file says it has', () => {
    const gauge = new RowGauge(1000, 0);
    expect([0, 0.25, 0.1, 0.999, 1].map((share) => gauge.at(share))).toEqual([0, 250, 250, 999, 1000]);
  });

  it('come of the length of its lines where it does not say, a little less than there are', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `2025-10-01,Drama ${i % 1000},${i}`);
    const told = await toldOf(lines.join('\n'));
    expect(told[0]).toBe(0);
    for (const [tenth, rows] of told.entries()) {
      expect(rows).toBeLessThanOrEqual((tenth * lines.length) / 10);
      expect(rows).toBeGreaterThanOrEqual(0.93 * ((tenth * lines.length) / 10));
    }
  });

  it('leave out lines that hold nothing', async () => {
    const told = await toldOf('2025-10-01,A,1\r\n\r\n\r\n'.repeat(1000));
    expect(told[10]).toBeLessThanOrEqual(1000);
    expect(told[10]).toBeGreaterThan(900);
  });

  it('are not guessed on where a field runs over several lines', async () => {
    expect(await toldOf('2025-10-01,"A\nB\nC",1\n'.repeat(1000))).toEqual(Array.from({ length: 11 }, () => 0));
  });
});

const table = {
  name: 'daily',
  header: ['date', 'title', 'views'],
  rows: Array.from({ length: 15_000 }, (_, i) => [`2025-10-0${1 + (i % 9)}`, `Drama ${i}`, String(i)]),
};
const FILES: Readonly<Record<string, () => string | Buffer>> = {
  csv: () => [table.header, ...table.rows].map((cells) => cells.join(',')).join('\n'),
  json: () => jsonText(table, 'json'),
  parquet: () => parquetBytes(table, false),
} satisfies Partial<Record<Format, () => string | Buffer>>;

describe('the rows that an import tells of while it runs', () => {
  it.each(Object.keys(FILES))('never fall, and are never more than the file has: %s', async (format) => {
    const seen: ImportRecord[] = [];
    const content = FILES[format]?.() ?? '';
    const record = await desk.import(content, {
      name: `views.${format}`,
      options: { source: format },
      onProgress: (one) => seen.push(one),
    });
    expect(record.rows_read).toBe(15_000);
    const rows = seen.map(({ rows_read }) => rows_read);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ rows_read: 15_000, bytes_read: record.bytes, progress: 1, seconds_left: null });
  });
});
