import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Across, Upload } from '../../../../../server/contract/imports.ts';
import type { Label } from '../../../../../server/contract/query.ts';
import type { FileImport } from '../../../../../server/ingest/propose/choices.ts';
import {
  columnsBecomeRows,
  fileHasNothingAcross,
  totalIsNoSum,
} from '../../../../../server/ingest/propose/layout/messages.ts';
import { datesForNames, takenByValues, twoColumnsOfOneName } from '../../../../../server/ingest/propose/messages.ts';
import { cellsOfAnotherWidth } from '../../../../../server/ingest/read/messages.ts';
import { Desk, refusal } from '../../desk.ts';
import { row, workbook } from '../../read/formats/workbooks.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open('Asia/Shanghai', undefined, () => new Date('2025-11-20T04:00:00Z'));
});
afterEach(() => desk.clear());
afterAll(() => desk.close());

const lines = (text: string) => text.trim().replaceAll(/\n +/gu, '\n');

/** The same table as a sheet. */
function sheetOf(text: string): Buffer {
  const rows = lines(text)
    .split('\n')
    .map((line, i) =>
      row(
        i + 1,
        line.split(',').map((cell) => (cell === '' ? null : /^\d+(\.\d+)?$/u.test(cell) ? Number(cell) : cell)),
      ),
    );
  return workbook([{ name: '表', rows: rows.join('') }]);
}

/** By series, platform and day. */
async function byDay(): Promise<string[]> {
  const rows =
    await desk.rows(`SELECT k.series_id || ' ' || p.id || ' ' || v.day || ' ' || coalesce(sum(v.views)::VARCHAR, 'null')
      || CASE WHEN sum(v.likes) IS NULL THEN '' ELSE ' ' || sum(v.likes) END AS line
    FROM view_log v JOIN series_key k USING (series_key) JOIN platform p USING (platform_key)
    GROUP BY k.series_id, p.id, v.day ORDER BY line`);
  return rows.map(({ line }) => String(line));
}

const UNSAID: FileImport = { map: { views: '数值' } };
const saying = (across: Across, more: FileImport = {}): FileImport => ({
  ...more,
  options: { across, views_are: 'increment', ...more.options },
});

const LAYOUTS: readonly {
  what: string;
  across: Across;
  name?: string;
  text: string;
  columns: string;
  rows: string[];
}[] = [
  {
    what: 'a column per day, by its date',
    across: 'time',
    text: `剧名,类型,2025-10-01,2025-10-02
      甲,都市,5,
      乙,古装,7,8`,
    columns: '剧名,类型,日期,数值',
    rows: ['甲,都市,2025-10-01,5', '乙,古装,2025-10-01,7', '乙,古装,2025-10-02,8'],
  },
  {
    what: 'a column per day of a year that a title says, with a total',
    across: 'time',
    text: `2024年短剧播放量日报,,,
      剧名,10月30日,10月31日,合计
      甲,5,6,11
      合计,5,6,11`,
    columns: '剧名,日期,播放量',
    rows: ['甲,10月30日,5', '甲,10月31日,6'],
  },
  {
    what: 'a column per day, month first',
    across: 'time',
    name: '播放量_2025.csv',
    text: `剧名,10/30,10/31,11/1
      甲,5,6,7`,
    columns: '剧名,日期,播放量',
    rows: ['甲,10/30,5', '甲,10/31,6', '甲,11/1,7'],
  },
  {
    what: 'a column per day, day first',
    across: 'time',
    text: `title,30/10 views,31/10 views,1/11 views
      A,5,6,7`,
    columns: 'title,date,views',
    rows: ['A,10月30日,5', 'A,10月31日,6', 'A,11月1日,7'],
  },
  {
    what: 'a column per number of a day, of a month that the file’s name says',
    across: 'time',
    name: '播放量2025年9月.csv',
    text: `剧名,29日,30日
      甲,5,6`,
    columns: '剧名,日期,播放量',
    rows: ['甲,2025-09-29,5', '甲,2025-09-30,6'],
  },
  {
    what: 'a column per number of a day, of a month that a title says',
    across: 'time',
    text: `2025年10月日播放量,,,,,,,
      剧名,1,2,3,4,5,6,7
      甲,101,,,,,,107
      乙,201,,,,,,207`,
    columns: '剧名,日期,日播放量',
    rows: ['甲,2025-10-01,101', '甲,2025-10-07,107', '乙,2025-10-01,201', '乙,2025-10-07,207'],
  },
  {
    what: 'two measures per day, in one header',
    across: 'time',
    text: `剧名,10月1日播放量,10月1日点赞,10月2日播放量,10月2日点赞
      甲,5,1,6,
      乙,,2,,`,
    columns: '剧名,日期,播放量,点赞',
    rows: ['甲,10月1日,5,1', '甲,10月2日,6,', '乙,10月1日,,2'],
  },
  {
    what: 'a measure over its days, and a platform per file',
    across: 'time',
    name: '抖音.csv',
    text: `剧名,播放量,,点赞量,
      ,2025-10-01,2025-10-02,2025-10-01,2025-10-02
      甲,5,6,1,2`,
    columns: '剧名,日期,播放量,点赞量',
    rows: ['甲,2025-10-01,5,1', '甲,2025-10-02,6,2'],
  },
  {
    what: 'a platform over its days',
    across: 'time',
    text: `播放量,,,,
      剧名,抖音,,快手,
      ,10月1日,10月2日,10月1日,10月2日
      甲,5,6,1,2`,
    columns: '剧名,日期,平台,播放量',
    rows: ['甲,10月1日,抖音,5', '甲,10月2日,抖音,6', '甲,10月1日,快手,1', '甲,10月2日,快手,2'],
  },
  {
    what: 'a column per platform',
    across: 'platform',
    text: `日期,剧名,抖音,快手,全网
      2025-10-01,甲,5,6,11
      2025-10-02,甲,7,-,7`,
    columns: '日期,剧名,平台,数值',
    rows: ['2025-10-01,甲,抖音,5', '2025-10-01,甲,快手,6', '2025-10-02,甲,抖音,7'],
  },
  {
    what: 'a column per platform and measure',
    across: 'platform',
    text: `date,title,Douyin views,Douyin likes,views (Kuaishou)
      2025-10-01,A,5,1,6`,
    columns: 'date,title,platform,views,likes',
    rows: ['2025-10-01,A,Douyin,5,1', '2025-10-01,A,Kuaishou,6,'],
  },
  {
    what: 'a platform over its measures, and their sum over all',
    across: 'platform',
    text: `日期,剧名,抖音,,快手,,合计,
      ,,播放量,点赞量,播放量,点赞量,播放量,点赞量
      2025-10-01,甲,5,1,6,2,11,3`,
    columns: '日期,剧名,平台,播放量,点赞量',
    rows: ['2025-10-01,甲,抖音,5,1', '2025-10-01,甲,快手,6,2'],
  },
  {
    what: 'two columns of one name under two platforms',
    across: 'platform',
    text: `,,抖音,快手
      日期,剧名,播放量,播放量
      2025-10-01,甲,5,6`,
    columns: '日期,剧名,平台,播放量',
    rows: ['2025-10-01,甲,抖音,5', '2025-10-01,甲,快手,6'],
  },
  {
    what: 'a column per series',
    across: 'series',
    text: `日期,老千,云渺
      2025-10-01,5,6
      2025-10-02,7,
      合计,12,6`,
    columns: '日期,剧名,数值',
    rows: ['2025-10-01,老千,5', '2025-10-01,云渺,6', '2025-10-02,老千,7'],
  },
  {
    what: 'a series over its measures',
    across: 'series',
    text: `日期,老千,,云渺,
      ,播放量,点赞量,播放量,点赞量
      2025-10-01,5,1,6,2`,
    columns: '日期,剧名,播放量,点赞量',
    rows: ['2025-10-01,老千,5,1', '2025-10-01,云渺,6,2'],
  },
  {
    what: 'tables side by side, of different lengths',
    across: 'tables',
    text: `日期,剧名,播放量,,日期,剧名,播放量
      2025-10-01,甲,5,,2025-10-02,乙,6
      2025-10-03,甲,7,,,,`,
    columns: '日期,剧名,播放量',
    rows: ['2025-10-01,甲,5', '2025-10-02,乙,6', '2025-10-03,甲,7'],
  },
  {
    what: 'tables side by side, each under its platform',
    across: 'tables',
    text: `抖音榜,,,快手榜,,
      日期,剧名,播放量,日期,剧名,播放量
      2025-10-01,甲,5,2025-10-01,乙,6`,
    columns: '日期,剧名,播放量,平台',
    rows: ['2025-10-01,甲,5,抖音', '2025-10-01,乙,6,快手'],
  },
  {
    what: 'a list of each day beside the other',
    across: 'tables',
    text: `2025-10-01,,2025-10-02,
      剧名,播放量,剧名,播放量
      甲,5,乙,6
      乙,4,甲,3`,
    columns: '剧名,播放量,日期',
    rows: ['甲,5,2025-10-01', '乙,6,2025-10-02', '乙,4,2025-10-01', '甲,3,2025-10-02'],
  },
];

/** The rows of a preview, and their header. */
const table = ({ columns, preview }: Upload): string[] => {
  const names = columns.map(({ name }) => name);
  return [names.join(), ...preview.map((cells) => names.map((name) => cells[name] ?? '').join())];
};

describe('a table that has something across', () => {
  it.each(LAYOUTS)(
    'is read as rows and asked about: $what',
    async ({ across, name = '表.csv', text, columns, rows }) => {
      const upload = await desk.look(lines(text), name);
      expect([upload.options.across, ...table(upload)]).toEqual([across, columns, ...rows]);
      await expect(desk.imports.start({ upload_id: upload.upload_id })).rejects.toMatchObject({
        code: 'unconfirmed',
        errors: expect.arrayContaining([expect.objectContaining({ path: 'options.across' })]),
      });
      const book = Readable.from([sheetOf(text)]);
      const sheet = await desk.imports.upload(book, name.replace('.csv', '.xlsx'), { options: { across } });
      expect(table(sheet)).toEqual([columns, ...rows]);
    },
  );
});

/** Both columns of views of one day, of series that differ. */
const MONTHS = '剧名,类型,8月,9月,10月\n甲剧,都市,100,120,90\n乙剧,玄幻,50,60,70\n丙剧,都市,1,2,3\n';
const MONTHS_ACROSS = columnsBecomeRows({
  ...{ across: 'time', keys: ['8月', '9月', '10月'], made: ['月份', '数值'] },
  ...{ left: [], odd: null, open: [] },
});
const PLATFORMS = { across: 'platform', keys: ['抖音', '快手'], made: ['平台', '播放量'] } as const;
const GROUPED = `日期,剧名,抖音,,快手,\n,,播放量,点赞量,播放量,点赞量\n${['甲剧', '乙剧']
  .flatMap((s) => [1, 2, 3, 4].map((d) => `2025-10-0${d},${s},${100 + d},7,${50 + d},3`))
  .join('\n')}\n`;

describe('sheets as people make them', () => {
  it('with a column per month are spread over the months’ days', async () => {
    const upload = await desk.look(MONTHS, 'wide_months.csv');
    expect(upload).toMatchObject({
      mapping: { time: '月份', title: '剧名', genres: '类型', views: '数值' },
      options: { across: 'time', covers: 'month', dates_up_to: '2025-11-20' },
    });
    expect(upload.doubts).toEqual(expect.arrayContaining([takenByValues('数值', 'views'), MONTHS_ACROSS]));
    await desk.import(MONTHS, saying('time', { ...UNSAID, name: 'wide_months.csv' }));
    const months =
      await desk.rows(`SELECT k.series_id || ' ' || strftime(v.day, '%Y-%m') || ' ' || sum(v.views) || ' in ' || count(*) AS line
      FROM view_log v JOIN series_key k USING (series_key) GROUP BY k.series_id, strftime(v.day, '%Y-%m') ORDER BY line`);
    expect(months.map(({ line }) => line)).toEqual([
      '丙剧 2025-08 1 in 31',
      '丙剧 2025-09 2 in 30',
      '丙剧 2025-10 3 in 31',
      '乙剧 2025-08 50 in 31',
      '乙剧 2025-09 60 in 30',
      '乙剧 2025-10 70 in 31',
      '甲剧 2025-08 100 in 31',
      '甲剧 2025-09 120 in 30',
      '甲剧 2025-10 90 in 31',
    ]);
  });

  it('with platforms over their measures state 820 and 420 views', async () => {
    expect(await desk.look(GROUPED)).toMatchObject({ header_row: 2, options: { across: 'platform' } });
    await desk.import(GROUPED, saying('platform'));
    const sums = `SELECT p.id || ' ' || sum(v.views) || ' ' || sum(v.likes) AS line FROM view_log v JOIN platform p USING (platform_key) GROUP BY p.id ORDER BY line`;
    expect((await desk.rows(sums)).map(({ line }) => line)).toEqual(['douyin 820 56', 'kuaishou 420 24']);
    await desk.clear();
    // The lower row holds the names; the upper one is found above it.
    await desk.import(GROUPED, saying('platform', { options: { header_row: 2 } }));
    expect((await desk.rows(sums)).map(({ line }) => line)).toEqual(['douyin 820 56', 'kuaishou 420 24']);
  });

  it('with two columns of one name that nothing tells apart are asked about as before', async () => {
    const twice = '日期,剧名,播放量,播放量\n2025-10-01,甲剧,101,701\n2025-10-02,甲剧,102,700\n';
    const upload = await desk.look(twice);
    expect(upload.options.across).toBeUndefined();
    expect(upload.doubts).toContainEqual(twoColumnsOfOneName('播放量', '播放量_2', 'views'));
    const refused = await refusal(desk.imports.start({ upload_id: upload.upload_id, options: { across: 'platform' } }));
    expect(refused.code).toBe('invalid_request');
    expect(refused.detail).toBe(fileHasNothingAcross('platform', ['日期', '剧名', '播放量', '播放量_2']).en);
  });

  it('over New Year are read from November to January', async () => {
    const look = (header: string) => desk.look(`剧名,${header}\n甲,1,2,3\n`, '播放量.csv');
    expect((await look('10月,11月,12月')).options.dates_up_to).toBe('2024-12-01');
    expect((await look('12月,1月,2月')).options.dates_up_to).toBe('2025-11-20');
    expect((await look('9月,10月,11月')).options.dates_up_to).toBe('2025-11-20');
    expect((await desk.look('剧名,10月,11月,12月\n甲,1,2,\n', '播放量.csv')).options.dates_up_to).toBe('2025-11-20');
  });

  it('with weeks are of weeks, with a year or without', async () => {
    const covers = async (header: string) => {
      const { options } = await desk.look(`剧名,${header}\n甲,1,2\n`, '播放量.csv');
      return [options.across, options.covers];
    };
    for (const header of ['W39,W40', '第39周,第40周', '2025-W39,2025-W40', '2025年第39周,2025年第40周'])
      expect([header, ...(await covers(header))]).toEqual([header, 'time', 'week_starting']);
    for (const header of ['2025-09,2025-10', '202509,202510', '2025年9月,2025年10月', 'Sep,Oct', 'Sep 2025,Oct 2025'])
      expect([header, ...(await covers(header))]).toEqual([header, 'time', 'month']);
  });

  it('in a workbook may have dates for names', async () => {
    const day = (at: string, serial: number) => `<c r="${at}1" s="1"><v>${serial}</v></c>`;
    const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>剧名</t></is></c>${day('B', 45931)}${day('C', 45932)}</row>${row(2, ['甲', 5, 6])}`;
    await desk.import(workbook([{ name: '播放量', rows }]), saying('time', { name: '日报.xlsx' }));
    expect(await byDay()).toEqual(['甲 (unknown) 2025-10-01 5', '甲 (unknown) 2025-10-02 6']);
  });

  it('tell of totals and other measures that are left out, and of a total that is none', async () => {
    const text = (sum: number) => `日期,剧名,点赞,抖音播放量,快手播放量,合计\n2025-10-01,甲,9,5,6,${sum}\n`;
    const told = (odd: Label | null) => columnsBecomeRows({ ...PLATFORMS, left: ['点赞', '合计'], odd, open: [] });
    expect((await desk.look(text(11))).doubts).toContainEqual(told(null));
    expect((await desk.look(text(12))).doubts).toContainEqual(told(totalIsNoSum('合计', 1, 12, 11)));
    const { warnings } = await desk.import(text(12), saying('platform'));
    expect(warnings.map(({ code, count }) => [code, count])).toContainEqual(['columns_beside', 2]);
    expect(await byDay()).toEqual(['甲 douyin 2025-10-01 5', '甲 kuaishou 2025-10-01 6']);
  });
});

describe('numbers beside what is across', () => {
  it('are told where they may be one more of them, and means are no sums', async () => {
    const text = '日期,剧名,抖音播放量,快手播放量,新平台,平均\n2025-10-01,甲,5,7,9,6\n';
    const told = columnsBecomeRows({ ...PLATFORMS, left: ['平均'], odd: null, open: ['新平台'] });
    expect((await desk.look(text)).doubts).toContainEqual(told);
    const { warnings } = await desk.import(text, saying('platform'));
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['columns_beside', 2]]);
  });
});

describe('what is wrong in such a file', () => {
  const days = Array.from({ length: 12 }, (_, i) => `2025-10-${i + 10}`);
  const good = Array.from({ length: 3 }, (_, i) => `剧${i},${days.map((_, d) => d + 1).join(',')}`);
  const head = `剧名,${days.join(',')}`;

  it('is told by the line of the file, and comes back to be mended as rows', async () => {
    const bad = `乙,${days.map((_, d) => (d === 4 ? 'x' : d + 1)).join(',')}`;
    const text = `\n${[head, ...good, bad].join('\n')}\n`;
    const record = await desk.import(text, saying('time', { name: '播放量.csv' }));
    expect(record).toMatchObject({ rows_read: 48, rows_committed: 47, rows_rejected: 1 });
    expect(await desk.imports.rejects(record.import_id)).toMatchObject([{ line: 6, column: '播放量', value: 'x' }]);
    const lines = await desk.rejectedLines(record.import_id);
    expect(lines.text).toBe('剧名,日期,播放量\r\n乙,2025-10-14,x\r\n');
    const mended = await desk.import(lines.text.replace(',x', ',5'), { name: lines.filename });
    expect(mended).toMatchObject({ rows_committed: 1, source: record.source });
    expect(await desk.views(`k.series_id = '乙' AND v.day = '2025-10-14'`)).toEqual(['乙 2025-10-14 5']);
  });

  it('may be a line with too few cells, of which nothing is guessed', async () => {
    const text = `${[head, ...good, '丁,1,2', ...good.map((line) => line.replace('剧', '戏'))].join('\n')}\n`;
    const record = await desk.import(text, saying('time', { name: '播放量.csv' }));
    expect(record).toMatchObject({ rows_committed: 72, rows_rejected: 1 });
    const [reject] = await desk.imports.rejects(record.import_id);
    expect(reject).toMatchObject({ line: 5, value: '丁,1,2', reason: cellsOfAnotherWidth(3, 13) });
    expect((await desk.rejectedLines(record.import_id)).text).toBe('剧名,日期,播放量\r\n,,\r\n');
  });

  it('blank rows, the header once more and rows of sums are left out and told', async () => {
    const sum = `合计,${days.map(() => 9).join(',')}`;
    const text = `${[head, ...good, ','.repeat(12), head, '戊,1,,,,,,,,,,,', sum].join('\n')}\n`;
    const { warnings, rows_committed } = await desk.import(text, saying('time', { name: '播放量.csv' }));
    expect(rows_committed).toBe(37);
    expect(warnings.map(({ code, count }) => [code, count]).sort()).toEqual([
      ['blank_rows', 1],
      ['header_rows', 1],
      ['total_rows', 12],
      // Each row grows by one a day.
      ['views_are_unlikely', 0],
    ]);
  });
});

describe('a large file', () => {
  it('is put into rows by a thread of its own', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `剧${i},${'注'.repeat(150)},${i},${i + 1}`);
    const text = `剧名,备注,2025-10-01,2025-10-02\n${lines.join('\n')}\n`;
    expect(Buffer.byteLength(text)).toBeGreaterThan(1 << 20);
    const said = { options: { across: 'time', views_are: 'increment' } } as const;
    const { upload_id, preview } = await desk.imports.upload(Readable.from([text]), '播放量.csv', said);
    expect(preview[3]).toMatchObject({ 剧名: '剧1', 日期: '2025-10-02', 播放量: '2' });
    expect(await desk.imports.dryRun({ upload_id })).toMatchObject({ rows_read: 6000, new: 6000, rejected: 0 });
  });
});

describe('what is said of the layout', () => {
  it('holds: as it stands, as a catalogue, and in a profile', async () => {
    const upload = await desk.look(MONTHS, '月报.csv');
    const asIs = await desk.imports.readAgain(upload.upload_id, { options: { across: 'none' } });
    expect([asIs.options.across, asIs.columns.map(({ name }) => name)]).toEqual([
      'none',
      ['剧名', '类型', '8月', '9月', '10月'],
    ]);
    expect(asIs.doubts).toContainEqual(datesForNames(['8月', '9月', '10月'], false));
    const rows = await desk.imports.readAgain(upload.upload_id, { options: { across: 'time' } });
    expect(rows.doubts).not.toContainEqual(MONTHS_ACROSS);
    expect(await desk.import(MONTHS, { kind: 'catalog' })).toMatchObject({ kind: 'catalog', status: 'committed' });
    const kept = { ...UNSAID, name: '月报.csv', saveProfile: '月报' };
    await desk.import(MONTHS, saying('time', kept));
    expect((await desk.imports.profiles.find('月报'))?.options).toMatchObject({ across: 'time' });
    const next = await desk.import(MONTHS.replace('8月,9月,10月', '9月,10月,11月'), { name: '月报11.csv' });
    expect(next).toMatchObject({ source: '月报', rows_rejected: 0, options: { across: 'time' } });
    await desk.imports.profiles.remove('月报');
  });

  it('is read as it stands by a profile of somebody who said so', async () => {
    const text = (day: number) => `日期,剧名,抖音,快手\n2025-10-0${day},甲,5,6\n`;
    const first = { map: { views: '抖音' }, options: { across: 'none', views_are: 'increment' } } as const;
    await desk.import(text(1), { ...first, saveProfile: '抖音列' });
    expect(await desk.import(text(2))).toMatchObject({
      source: '抖音列',
      options: { across: 'none' },
      rows_committed: 1,
    });
    expect(await byDay()).toEqual(['甲 (unknown) 2025-10-01 5', '甲 (unknown) 2025-10-02 5']);
    await desk.imports.profiles.remove('抖音列');
  });
});

describe('a table that has nothing across', () => {
  it.each([
    ['a log', '日期,剧名,平台,播放量\n2025-10-01,甲,抖音,5\n2025-10-02,甲,快手,6\n'],
    ['many measures', '日期,剧名,播放量,点赞,评论,分享\n2025-10-01,甲,5,1,1,1\n2025-10-02,甲,6,1,1,1\n'],
    ['measures that are not known', '日期,新增用户,活跃用户数,完播率\n2025-10-01,5,1,1\n2025-10-02,6,1,1\n'],
    ['regions', '日期,剧名,美国,日本,泰国\n2025-10-01,甲,5,1,1\n2025-10-02,甲,6,1,1\n'],
    ['regions of no series', '日期,美国,日本\n2025-10-01,5,1\n2025-10-02,6,1\n'],
    ['regions over measures', '日期,国内,,海外,\n,播放量,点赞,播放量,点赞\n2025-10-01,1,2,3,4\n'],
    ['measures in rows', '剧名,指标,8月,9月\n甲,播放量,1,2\n甲,点赞,3,4\n'],
    ['genres', '日期,都市,言情,玄幻\n2025-10-01,5,1,1\n2025-10-02,6,1,1\n'],
    ['two dates', '剧名,上线日期,统计日期,播放量\n甲,2025-09-01,2025-10-01,5\n甲,2025-09-01,2025-10-02,6\n'],
    ['spans after the release', '剧名,上线日期,首日播放,7日播放,30日播放\n甲,2025-09-01,5,6,7\n'],
    ['ids on platforms', '剧名,抖音,快手\n甲,7301234567890123456,7301234567890123457\n'],
    ['one platform', '日期,剧名,抖音播放量\n2025-10-01,甲,5\n'],
    ['rows of dates without a header', '甲,2025-10-01,2025-10-05,5\n乙,2025-10-02,2025-10-06,6\n'],
    ['quarters', '剧名,2025Q1,2025Q2\n甲,5,6\n'],
  ])('is read as it stands: %s', async (_, text) => {
    expect((await desk.look(text)).options.across).toBeUndefined();
  });
});

describe('a long table that is laid out in any way', () => {
  const rowOf = fc.record({
    series: fc.constantFrom('老千', '云渺', '开局一条狗'),
    platform: fc.constantFrom('抖音', '快手'),
    day: fc.constantFrom('2025-09-30', '2025-10-01', '2025-10-02'),
    views: fc.integer({ min: 0, max: 1e6 }),
  });
  type Fact = { series: string; platform: string; day: string; views: number };
  const unique = (facts: readonly Fact[], of: (fact: Fact) => string) => [...new Set(facts.map(of))].sort();

  /** One row per `rows`, a column per `across`; nothing where there is no such fact. */
  function pivot(
    facts: readonly Fact[],
    rows: readonly (keyof Fact)[],
    across: (fact: Fact) => string,
    head: (keys: readonly string[], ids: string) => string[],
  ): string {
    const names: Record<string, string> = { series: '剧名', platform: '平台', day: '日期' };
    const id = (fact: Fact) => rows.map((key) => fact[key]).join(',');
    const keys = unique(facts, across);
    const cell = (one: string, key: string) =>
      facts.find((fact) => id(fact) === one && across(fact) === key)?.views ?? '';
    const body = unique(facts, id).map((one) => [one, ...keys.map((key) => cell(one, key))].join(','));
    const ids = rows.map((key) => names[key]).join(',');
    return `${[...head(keys, ids), ...body].join('\n')}\n`;
  }
  const plain = (keys: readonly string[], ids: string) => [[ids, ...keys].join(',')];
  /** The parts of each key in rows of their own, the upper one where it changes. */
  const inTwoRows = (keys: readonly string[], ids: string) => {
    const upper = keys.map((key, i) => (key.split(' ')[0] === keys[i - 1]?.split(' ')[0] ? '' : key.split(' ')[0]));
    return [[ids, ...upper].join(','), [ids.replace(/[^,]/gu, ''), ...keys.map((key) => key.split(' ')[1])].join(',')];
  };
  const TABLES: readonly [Across, (facts: readonly Fact[]) => string][] = [
    ['time', (facts) => pivot(facts, ['series', 'platform'], ({ day }) => day, plain)],
    ['time', (facts) => pivot(facts, ['series'], ({ platform, day }) => `${platform} ${day}`, inTwoRows)],
    ['platform', (facts) => pivot(facts, ['day', 'series'], ({ platform }) => platform, plain)],
    ['series', (facts) => pivot(facts, ['day', 'platform'], ({ series }) => series, plain)],
  ];

  it('gives each of its rows once', async () => {
    const facts = fc.uniqueArray(rowOf, {
      minLength: 6,
      maxLength: 14,
      selector: (f) => `${f.series}${f.platform}${f.day}`,
    });
    const wanted = ({ day, series, platform, views }: Fact) => [day, series, platform, views].join();
    await fc.assert(
      fc.asyncProperty(facts, fc.constantFrom(...TABLES), async (all, [across, lay]) => {
        const said = { options: { across, views_are: 'increment' as const } };
        const { preview } = await desk.imports.upload(Readable.from([lay(all)]), '播放量.csv', said);
        const rows = preview.map(({ 日期, 剧名, 平台, 播放量 }) => [日期, 剧名, 平台, 播放量].join());
        expect(rows.sort()).toEqual(all.map(wanted).sort());
      }),
      { numRuns: 16, seed: 7, endOnFailure: true },
    );
  });
});
