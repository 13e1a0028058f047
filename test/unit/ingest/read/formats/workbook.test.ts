import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../../../server/contract/imports.ts';
import { HAS_PASSWORD, IS_OLD_EXCEL, IS_PAGE } from '../../../../../server/ingest/read/messages.ts';
import { isoOf, shownBy } from '../../../../../server/ingest/read/workbook/dates.ts';
import {
  BINARY_WORKBOOK,
  MOST_LIKE_A_TABLE,
  OPEN_DOCUMENT,
  OTHER_OFFICE_DOCUMENT,
  sheetEmpty,
  sheetNotFound,
  WORKBOOK_DAMAGED,
  ZIP_IS_NO_WORKBOOK,
} from '../../../../../server/ingest/read/workbook/messages.ts';
import { Desk, refusal } from '../../desk.ts';
import { row, workbook, zip } from './workbooks.ts';

describe('a cell that shows a date', () => {
  it.each([
    ['yyyy/m/d', 'date'],
    ['yyyy"年"m"月"d"日";@', 'date'],
    ['[$-804]aaaa;@', null],
    ['mm-dd-yy', 'date'],
    ['yyyy-mm-dd hh:mm:ss', 'timestamp'],
    ['m"月"', 'date'],
    ['h:mm AM/PM', 'time'],
    ['[h]:mm:ss', 'duration'],
    ['General', null],
    ['#,##0.00_);[Red](#,##0.00)', null],
    ['0.00E+00', null],
    ['0"days"', null],
    ['¥#,##0', null],
  ])('is told from a number by its format: %s', (code, shown) => {
    expect(shownBy(code)).toBe(shown);
  });

  it.each([
    [1, 'date', false, '1900-01-01'],
    [59, 'date', false, '1900-02-28'],
    [61, 'date', false, '1900-03-01'],
    [45931, 'date', false, '2025-10-01'],
    [45931.75, 'date', false, '2025-10-01'],
    [45931.75, 'timestamp', false, '2025-10-01 18:00:00'],
    [45931.999999999, 'timestamp', false, '2025-10-02 00:00:00'],
    [44469, 'date', true, '2025-10-01'],
    [0.5, 'time', false, '12:00:00'],
    [1.25, 'duration', false, '30:00:00'],
    [-1, 'date', false, null],
    [1e9, 'date', false, null],
  ] as const)('reads serial %d as %s', (serial, shown, since1904, iso) => {
    expect(isoOf(serial, shown, since1904)).toBe(iso);
  });
});

describe('a workbook', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async () => {
    await desk.clear();
    expect(await readdir(join(desk.folder, 'uploads'))).toEqual([]);
  });

  async function proposed(bytes: Buffer, options: ImportOptions = {}) {
    const upload = await desk.imports.upload(Readable.from([bytes]), '日榜.xlsx', { options });
    await desk.imports
      .start({ upload_id: upload.upload_id, options: { views_are: 'increment' } }, { force: true })
      .then(
        ({ import_id }) => desk.imports.remove(import_id),
        () => undefined,
      );
    return upload;
  }

  const header = row(1, ['日期', '剧名', '播放量']);

  it('gives shared, rich and inline texts, numbers, flags, dates by their style, and what formulas came to', async () => {
    const shared = [
      '<t>统计时间</t>',
      '<t>剧名</t>',
      '<r><t>播放</t></r><r><rPr><b/></rPr><t xml:space="preserve">量</t></r>',
      '<t>老千</t><rPh sb="0" eb="2"><t>ろうせん</t></rPh>',
      '<t>会员</t>',
    ];
    const cells = (line: number, xml: string) => `<row r="${line}">${xml}</row>`;
    const rows = [
      cells(
        1,
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="E1" t="s"><v>4</v></c>',
      ),
      cells(
        2,
        '<c r="A2" s="1"><v>45931</v></c><c r="B2" t="s"><v>3</v></c><c r="C2"><v>1.2E4</v></c><c r="E2" t="b"><v>1</v></c>',
      ),
      cells(
        3,
        '<c s="2"><v>45932.5</v></c><c t="str"><f>A1</f><v>念念&amp;有词_x000D_</v></c><c><f>SUM(1,2)</f><v>9007199254740993</v></c><c r="E3" t="e"><v>#N/A</v></c>',
      ),
    ].join('');
    const answer = await proposed(workbook([{ name: '日榜', rows }], { shared }));
    expect(answer).toMatchObject({
      format: 'xlsx',
      sheet: '日榜',
      header_row: 1,
      encoding: null,
      delimiter: null,
      sheets: [{ name: '日榜', hidden: false, rows: 3 }],
    });
    expect(answer.preview).toEqual([
      { 统计时间: '2025-10-01', 剧名: '老千', 播放量: '12000', 会员: 'TRUE' },
      { 统计时间: '2025-10-02 12:00:00', 剧名: '念念&有词\r', 播放量: '9007199254740993', 会员: '#N/A' },
    ]);
  });

  it('is read below its titles, without its empty columns, under any prefix', async () => {
    const rows = [
      row(1, [null, '2025年10月 短剧播放日榜', null, null, null]),
      row(3, [null, '日期', '剧名', null, '播放量']),
      row(4, [null, '2025-10-01', '老千', null, 5]),
      row(6, [null, '2025-10-02', '老千', null, 6]),
    ].join('');
    const prefixed = rows.replaceAll(/<(\/?)(row|c|v|is|t)\b/gu, '<$1x:$2');
    for (const xml of [rows, prefixed]) {
      const extra = xml === rows ? '' : '<x:cols xmlns:x="x"/>';
      const answer = await proposed(workbook([{ name: 'S', rows: xml, extra }]));
      expect(answer).toMatchObject({
        header_row: 3,
        columns: [{ name: '日期' }, { name: '剧名' }, { name: '播放量' }],
      });
      expect(answer.preview).toHaveLength(2);
    }
  });

  it('counts days from 1904 where it says so', async () => {
    const rows = `${header}<row r="2"><c r="A2" s="1"><v>44469</v></c><c r="B2" t="str"><v>A</v></c><c r="C2"><v>1</v></c></row>`;
    const record = await desk.import(workbook([{ name: 'S', rows }], { since1904: true }), { name: 'mac.xlsx' });
    expect(record).toMatchObject({ status: 'committed', source: 'mac' });
    expect(await desk.views()).toEqual(['A 2025-10-01 1']);
  });

  it('gives rejects with the row of the sheet, and keeps line breaks in cells', async () => {
    const rows = [
      row(2, ['日榜', null, null]),
      row(5, ['日期', '剧名', '播放量']),
      ...Array.from({ length: 20 }, (_, i) => row(6 + i, ['2025-10-01', `剧 ${i}\n"二"`, i])),
      row(40, ['2025-10-02', '老千', 'abc']),
      row(50, ['昨天', '老千', 1]),
    ].join('');
    const record = await desk.import(workbook([{ name: 'S', rows }]));
    expect(record).toMatchObject({ status: 'committed', rows_read: 22, rows_committed: 20, rows_rejected: 2 });
    expect(
      (await desk.imports.rejects(record.import_id)).map(({ line, column, value }) => [line, column, value]),
    ).toEqual([
      [40, '播放量', 'abc'],
      [50, '日期', '昨天'],
    ]);
  });

  it('of several sheets proposes the one most like a table, and takes the one that is named', async () => {
    const many = Array.from({ length: 30 }, (_, i) => row(2 + i, ['2025-10-01', `S${i}`, i])).join('');
    const bytes = workbook([
      { name: '说明', rows: row(1, ['本表由系统导出']) },
      { name: '上月', rows: header + row(2, ['2025-09-01', '旧剧', 7]) },
      { name: '本月', rows: header + many, extra: '<dimension ref="A1:C31"/>' },
      {
        name: '底稿',
        rows: header + many.replaceAll('2025-10-01', '2020-01-01') + row(90, ['2020-01-02', 'X', 1]),
        state: 'hidden',
      },
      { name: '空', rows: '' },
    ]);
    const answer = await proposed(bytes);
    expect(answer.sheet).toBe('本月');
    expect(answer.sheets).toEqual([
      { name: '说明', hidden: false, rows: 1 },
      { name: '上月', hidden: false, rows: 2 },
      { name: '本月', hidden: false, rows: 31 },
      { name: '底稿', hidden: true, rows: 32 },
      { name: '空', hidden: false, rows: 0 },
    ]);
    expect(answer.options.sheet).toBe('本月');
    expect(answer.reasons).toContainEqual({
      option: 'sheet',
      reason: MOST_LIKE_A_TABLE,
    });
    const record = await desk.import(bytes, { options: { sheet: '上月' } });
    expect(record.rows_committed).toBe(1);
    expect(await desk.views()).toEqual(['旧剧 2025-09-01 7']);
    const { code, detail } = await refusal(desk.import(bytes, { options: { sheet: '下月' } }));
    expect(code).toBe('invalid_request');
    expect(detail).toBe(sheetNotFound('下月', ['说明', '上月', '本月', '底稿', '空']).en);
    expect((await refusal(desk.import(bytes, { options: { sheet: '空' } }))).code).toBe('unreadable_file');
  });

  it('takes columns that only turn up far below', async () => {
    const rows = header + Array.from({ length: 5000 }, (_, i) => row(2 + i, ['2025-10-01', `S${i}`, 1])).join('');
    const record = await desk.import(
      workbook([{ name: 'S', rows: rows + row(6000, ['2025-10-02', 'Z', 1, null, 'late']) }]),
    );
    expect(record).toMatchObject({ rows_read: 5001, rows_rejected: 0 });
  });

  it.each([
    ['cut short', workbook([{ name: 'S', rows: header }]).subarray(0, 900), 'unreadable_file', WORKBOOK_DAMAGED],
    ['of broken XML', workbook([{ name: 'S', rows: '<row><c>' }]), 'unreadable_file', WORKBOOK_DAMAGED],
    ['empty', workbook([{ name: 'S', rows: '' }]), 'unreadable_file', sheetEmpty('S')],
    ['another archive', zip({ 'a.csv': 'date,title,views\n' }), 'unsupported_format', ZIP_IS_NO_WORKBOOK],
    [
      'OpenDocument',
      zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' }),
      'unsupported_format',
      OPEN_DOCUMENT,
    ],
    [
      'binary',
      zip({ '_rels/.rels': '<Relationships/>', 'xl/workbook.bin': '' }),
      'unsupported_format',
      BINARY_WORKBOOK,
    ],
    [
      'a text document',
      zip({ '_rels/.rels': '<Relationships/>', 'word/document.xml': '<a/>' }),
      'unsupported_format',
      OTHER_OFFICE_DOCUMENT,
    ],
    ['from before 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'unsupported_format', IS_OLD_EXCEL],
    [
      'locked',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'unsupported_format',
      HAS_PASSWORD,
    ],
    ['a page of HTML', '<html><table><tr><td>日期</td></tr></table></html>', 'unsupported_format', IS_PAGE],
  ])('that is %s is refused, and leaves nothing', async (_what, bytes, code, told) => {
    expect(await refusal(desk.import(bytes, { name: 'bad.xlsx' }))).toEqual({ code, detail: told.en });
  });
});
