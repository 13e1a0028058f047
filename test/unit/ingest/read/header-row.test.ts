import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../../server/contract/imports.ts';
import { AS_GIVEN } from '../../../../server/ingest/read/messages.ts';
import { sniffText } from '../../../../server/ingest/read/sniff.ts';
import { Desk, refusal } from '../desk.ts';
import { row, workbook } from './formats/workbooks.ts';

/** Two rows of names, as reports have them: the first one groups the columns and is taken for the header. */
const grouped = (...rows: string[]) => `${['概况,概况,数据', '日期,剧名,播放量', ...rows].join('\n')}\n`;

describe('the header row that is said', () => {
  it('is read as the header whatever stands above it, by its physical line', () => {
    const text = '"标题\n换行",,\n\n概况,概况,数据\n日期,剧名,播放量\n2025-10-01,A,1\n';
    expect(sniffText(text, true)?.headerRow).toBe(4);
    expect(sniffText(text, true, { headerRow: 5 })).toMatchObject({
      headerRow: 5,
      skip: 5,
      columns: ['日期', '剧名', '播放量'],
      rows: [['2025-10-01', 'A', '1']],
    });
  });

  it('is one beyond any title, where it is named', () => {
    const notes = Array.from({ length: 400 }, (_, i) => `说明 ${i + 1}`);
    const text = `${[...notes, 'a;b', '1;2', '3;4'].join('\n')}\n`;
    expect(sniffText(text, true, { headerRow: 401 })).toMatchObject({
      delimiter: ';',
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    });
  });

  it('may be none: then the first row is data', () => {
    expect(sniffText('甲,听花岛\n乙,麦芽\n', true, { headerRow: 0 })).toMatchObject({
      headerRow: null,
      skip: 0,
      columns: ['column1', 'column2'],
      rows: [
        ['甲', '听花岛'],
        ['乙', '麦芽'],
      ],
    });
  });

  it('is no row that is blank, not there, or the middle of a text', () => {
    const text = '"a\nb",c\n\n1,2\n';
    for (const headerRow of [2, 3, 5]) expect(sniffText(text, true, { headerRow })).toBeNull();
    expect(sniffText(text, true, { headerRow: 4 })?.columns).toEqual(['1', '2']);
  });

  it('stands among the first rows that are shown, with those above and some below', () => {
    const text = `${Array.from({ length: 60 }, (_, i) => `a${i + 1},b`).join('\n')}\n`;
    expect(sniffText(text, true)?.top.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(sniffText(text, true, { headerRow: 30 })?.top.at(-1)?.line).toBe(38);
  });
});

describe('a file whose header was not found', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await Desk.open();
  });
  afterEach(() => desk.close());

  const proposed = (bytes: string | Buffer, name: string, options: ImportOptions) =>
    desk.imports.upload(Readable.from([Buffer.from(bytes)]), name, { options });

  it('is proposed anew from the row that is named, and imported so', async () => {
    const text = grouped('2025-10-01,A,1', '2025-10-02,A,2', '合计,,3');
    const first = await proposed(text, '报表.csv', {});
    expect(first).toMatchObject({
      header_row: 1,
      columns: [{ name: '概况' }, { name: '概况_2' }, { name: '数据' }],
      first_rows: [{ row: 1 }, { row: 2 }, { row: 3 }, {}, {}],
    });
    expect(first.first_rows[1]).toEqual({ row: 2, cells: ['日期', '剧名', '播放量'] });
    const again = await desk.imports.readAgain(first.upload_id, { options: { header_row: 2 } });
    expect(again).toMatchObject({
      header_row: 2,
      options: { header_row: 2 },
      mapping: { time: '日期', title: '剧名', views: '播放量' },
      preview: [{ 日期: '2025-10-01' }, { 日期: '2025-10-02' }],
    });
    expect(again.reasons).toContainEqual({ option: 'header_row', reason: AS_GIVEN });
    const tried = await desk.imports.dryRun({ upload_id: first.upload_id, options: { views_are: 'increment' } });
    expect(tried).toMatchObject({ rows_read: 3, new: 2, rejected: 0, warnings: [{ code: 'total_rows' }] });
    const record = await desk.import(text, { options: { header_row: 2 } });
    expect(record).toMatchObject({ rows_committed: 2, rows_rejected: 0, options: { header_row: 2 } });
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-02 2']);
  });

  it('names its rejects by the lines of the file', async () => {
    const { import_id } = await desk.import(
      grouped(...Array.from({ length: 20 }, (_, i) => `2025-10-01,G${i},1`), '2025-10-02,A,x'),
      { options: { header_row: 2 } },
    );
    expect(await desk.imports.rejects(import_id)).toMatchObject([{ line: 23, column: '播放量', value: 'x' }]);
  });

  it('may be a workbook, whose rows are counted as the sheet counts them', async () => {
    const bytes = workbook([
      {
        name: '日报',
        rows:
          row(2, ['十月日报']) +
          row(4, ['概况', '概况', '数据']) +
          row(5, ['日期', '剧名', '播放量']) +
          row(6, ['2025-10-01', 'A', 7]),
      },
    ]);
    expect(await proposed(bytes, '日报.xlsx', {})).toMatchObject({
      header_row: 4,
      first_rows: [{ row: 2 }, {}, {}, {}],
    });
    const record = await desk.import(bytes, { name: '日报.xlsx', options: { header_row: 5 } });
    expect(record).toMatchObject({ rows_committed: 1, mapping: { views: '播放量' } });
    expect(await desk.views()).toEqual(['A 2025-10-01 7']);
    expect(await refusal(proposed(bytes, '日报.xlsx', { header_row: 3 }))).toMatchObject({ code: 'invalid_request' });
  });

  it('is read so by its profile the next time, and by its own header where that is found elsewhere', async () => {
    await desk.import(grouped('2025-10-01,A,1'), { options: { header_row: 2 }, saveProfile: '报表' });
    expect((await desk.imports.profiles.find('报表'))?.options).toMatchObject({ header_row: 2 });
    const next = await desk.import(grouped('2025-10-02,A,2'));
    expect(next).toMatchObject({ source: '报表', options: { header_row: 2 }, rows_committed: 1 });
    const bare = await desk.import('日期,剧名,播放量\n2025-10-03,A,3\n');
    expect(bare).toMatchObject({ source: '报表', rows_committed: 1 });
    expect(bare.options.header_row).toBeUndefined();
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-02 2', 'A 2025-10-03 3']);
  });

  it('has its mended rejects read from their first line', async () => {
    // A number names the views: it is never taken for a name.
    const good = Array.from({ length: 20 }, (_, i) => `2025-10-01,G${i},1`);
    const text = ['说明,日报,', '日期,剧名,2025', ...good, '2025-10-02,A,x', ''].join('\n');
    const mapping = { time: '日期', title: '剧名', views: '2025' } as const;
    const record = await desk.import(text, { mapping, options: { header_row: 2, source: '日报' } });
    expect(record).toMatchObject({ rows_committed: 20, rows_rejected: 1 });
    const { text: lines, filename } = await desk.rejectedLines(record.import_id);
    const again = await desk.import(lines.replace('A,x', 'A,9'), { name: filename });
    expect(again).toMatchObject({ source: '日报', rows_committed: 1, rows_rejected: 0 });
    expect(await desk.views(`k.series_id = 'A'`)).toEqual(['A 2025-10-02 9']);
  });

  it.each(['Parquet', 'JSON'])('cannot be %s, which names its columns itself', async (format) => {
    const path = `${desk.folder}/a.parquet`;
    if (format === 'Parquet')
      await desk.rows(`COPY (SELECT '2025-10-01' AS date, 'A' AS title, 1 AS views) TO '${path}'`);
    else await desk.write('a.parquet', '{"date":"2025-10-01","title":"A","views":1}\n');
    const said = await refusal(desk.importFile(path, { options: { header_row: 1 } }));
    expect(said).toMatchObject({ code: 'invalid_request', detail: expect.stringContaining(format) });
    expect(await desk.importFile(path)).toMatchObject({ rows_committed: 1 });
  });
});
