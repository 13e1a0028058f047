import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { mergeOf, mergesIn } from '../../../../../server/ingest/read/workbook/merges.ts';
import { Desk, refusal } from '../../desk.ts';
import { row, workbook } from './workbooks.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
afterEach(() => desk.clear());

it('cells merged down a column hold their day or name for each row, and a number for none but the first', async () => {
  const cells: (string | number | null)[][] = [
    ['短剧日报', null, null, null],
    ['日期', '剧名', '平台', '播放量'],
    ['2025-10-01', 'A', '抖音', 100],
    [null, null, '快手', 50],
    [null, 'B', '抖音', 7],
    ['2025-10-02', 'A', '抖音', 1],
    [null, 'B', '抖音', null],
  ];
  const rows = cells.map((one, i) => row(i + 1, one)).join('');
  const merges = ['A1:D1', 'A3:A5', 'B3:B4', 'A6:A7', 'D6:D7'];
  await desk.import(workbook([{ name: '日报', rows, merges }]), { name: '日报.xlsx' });
  expect(await desk.views()).toEqual([
    'A 2025-10-01 100',
    'A 2025-10-01 50',
    'A 2025-10-02 1',
    'B 2025-10-01 7',
    'B 2025-10-02 null',
  ]);
});

it('merges are found behind the rows, wherever the pieces of the text end', async () => {
  const xml =
    '<worksheet><sheetData><row r="1"/></x:sheetData ><mergeCells><x:mergeCell foo="1" ref="B2:B9"/><mergeCell ref="A1:C1"/><mergeCell ref="A2:A5"/></mergeCells></worksheet>';
  for (let size = 1; size < 40; size++) {
    const pieces = async function* () {
      for (let at = 0; at < xml.length; at += size) yield xml.slice(at, at + size);
    };
    expect(await mergesIn(pieces())).toEqual([
      { column: 1, first: 2, last: 9 },
      { column: 0, first: 2, last: 5 },
    ]);
  }
  expect(mergeOf('AB12:AB13')).toEqual({ column: 27, first: 12, last: 13 });
  expect(mergeOf('A1:B2')).toBeNull();
});

it('a CSV whose dates stand only in the first row of each group is refused and says what to do', async () => {
  expect(
    await refusal(
      desk.import(
        '日期,剧名,播放量\n2025-10-01,A,1\n,B,2\n,C,3\n2025-10-02,A,1\n,B,2\n,C,3\n,D,3\n,E,3\n,F,3\n,G,3\n,H,3\n,I,3\n,J,3\n',
      ),
    ),
  ).toEqual({
    code: 'too_many_rejects',
    detail:
      '11 of 13 rows cannot be used: column “日期” is blank in most of them, from line 3 on. If the date stands only in the first row of each group, fill it down into every row, or import the workbook with its merged cells instead.',
  });
});
