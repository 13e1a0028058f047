/**
 * Small files that real imports failed on, each as its owner would bring it: it comes to its right value, or asks the one
 * question that only its owner can answer. Spellings of dates and numbers are in `commit/spellings.test.ts`, folders in
 * `propose/folders.test.ts`.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRecord } from '../../../server/contract/imports.ts';
import type { FileImport } from '../../../server/ingest/propose/choices.ts';
import { Desk, refusal } from './desk.ts';
import { row, workbook } from './read/formats/workbooks.ts';

let desk: Desk;
let newYork: Desk;
beforeAll(async () => {
  desk = await Desk.open('Asia/Shanghai', undefined, () => new Date('2025-11-20T04:00:00Z'));
  newYork = await Desk.open('America/New_York');
});
afterEach(async () => {
  await desk.clear();
  await newYork.clear();
});
afterAll(async () => {
  await desk.close();
  await newYork.close();
});

const lines = (text: string) => text.trim().replaceAll(/\n +/gu, '\n');
const codes = ({ warnings }: ImportRecord) => warnings.map(({ code }) => code);

let files = 0;
/** Imports as given: nothing is answered for the file. */
async function bring(
  content: string | Uint8Array,
  name: string,
  how: FileImport = {},
  at = desk,
): Promise<ImportRecord> {
  files += 1;
  const folder = `stranger${files}`;
  await mkdir(join(at.folder, folder));
  return at.imports.importFile(await at.write(`${folder}/${name}`, content), how);
}
const INCREMENT: FileImport = { options: { views_are: 'increment' } };

async function total(column = 'views', at = desk): Promise<string> {
  const [sum] = await at.rows(`SELECT sum(${column})::VARCHAR AS n FROM view_log WHERE kind <> 'opening'`);
  return String(sum?.n);
}

/** A Parquet file under its folders, without those of the machine. */
async function parquet(name: string, query: string): Promise<string> {
  files += 1;
  const path = join(desk.folder, `stranger${files}`, name);
  await mkdir(dirname(path), { recursive: true });
  await desk.rows(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  return path;
}
/** Each effective row: its fields in one text, sorted. */
async function list(fields: string, at = desk, where = 'true'): Promise<string[]> {
  const rows =
    await at.rows(`SELECT concat_ws(' ', ${fields}) AS line FROM view_log v JOIN series_key k USING (series_key)
    JOIN platform p USING (platform_key) WHERE ${where} ORDER BY line`);
  return rows.map(({ line }) => String(line));
}

describe('names', () => {
  it('of companies keep their comma and form', async () => {
    await bring(
      lines(`日期,剧名,承制方,播放量
      2025-10-01,剧0,"Beijing Acme Culture Media Co., Ltd.",1000
      2025-10-01,剧1,"Huafang Pictures Co., Ltd.",999
      2025-10-01,剧2,"Crazy Oak Studio, Inc.",998
      2025-10-01,剧3,"Red Film, LLC",997`),
      'company_suffix.csv',
      INCREMENT,
    );
    const rows = await desk.rows(`SELECT l.en || ' ' || sum(v.views) AS line FROM view_log v
      JOIN series_producer m USING (series_key) JOIN label l ON l.dimension = 'producer' AND l.id = m.member
      GROUP BY l.en ORDER BY line DESC`);
    expect(rows.map(({ line }) => line)).toEqual([
      'Red Film, LLC 997',
      'Huafang Pictures Co., Ltd. 999',
      'Crazy Oak Studio, Inc. 998',
      'Beijing Acme Culture Media Co., Ltd. 1000',
    ]);
  });

  it('whose ids lost their digits in a workbook are refused', async () => {
    const at = (id: number, title: string, views: number) => ['2025-10-01', id, title, views];
    const { code, detail } = await refusal(
      bring(
        workbook([
          {
            name: '表',
            rows: [
              ['日期', '剧集ID', '剧名', '播放量'],
              at(7.5313459909478513e18, '剧A', 100),
              at(7.5313459909478513e18, '剧B', 200),
              at(7.5313459909478523e18, '剧C', 1),
            ]
              .map((cells, i) => row(i + 1, cells))
              .join(''),
          },
        ]),
        'long_ids.xlsx',
        INCREMENT,
      ),
    );
    expect(code).toBe('mapping_incomplete');
    expect(detail).toMatch(/15 digits/u);
  });
});

describe('numbers', () => {
  it('of a column that was mapped by hand are a counter by its header and values', async () => {
    const counter = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((series) =>
      [0, 1, 2].map(
        (day) =>
          `2025-10-0${day + 1},剧${series},${[90000, 82081, 74162, 66243, 58324, 50405, 42486][(3 * series + day) % 7]},${1000 * (series + 1) + 50 * day}`,
      ),
    );
    const record = await bring(['日期,剧名,其他数,累计人次', ...counter, ''].join('\n'), 'hand_mapped_counter.csv', {
      mapping: { time: '日期', title: '剧名', views: '累计人次' },
    });
    expect(codes(record)).not.toContain('unconfirmed');
    expect(await total()).toBe('900');
  });

  it('of a column that was mapped by hand have its decimal mark', async () => {
    const cells = [10, 11, 12].flatMap((series) =>
      [0, 1, 2, 3].map((day) => `2025-10-0${day + 1};剧${series - 10};${series}.10${day};${day + 1}`),
    );
    await bring(['日期;剧名;指标一;指标二', ...cells, ''].join('\n'), 'hand_mapped_decimal.csv', {
      mapping: { time: '日期', title: '剧名', views: '指标一' },
      ...INCREMENT,
    });
    expect(await total()).toBe('133218');
  });

  it('with fractions are rounded, and this is told', async () => {
    const path = await parquet(
      'fraction.parquet',
      `SELECT DATE '2025-10-01' + n::INTEGER AS dt, 'fr-1' AS series_id, (v + 0.5)::DECIMAL(18, 2) AS views
       FROM (SELECT row_number() OVER () - 1 AS n, v FROM (SELECT unnest([100, 137, 174, 120, 157, 103, 140, 177, 123, 160]) AS v))`,
    );
    const record = await desk.imports.importFile(path, INCREMENT);
    expect(codes(record)).toContain('fractions_rounded');
    expect(await total()).toBe('1401');
  });

  it('that formulas did not store are told with their count', async () => {
    const cells = [0, 1, 2, 3].map(
      (n) =>
        `<row r="${n + 2}"><c r="A${n + 2}" s="1"><v>${45931 + n}</v></c><c r="B${n + 2}" t="inlineStr"><is><t>甲剧</t></is></c><c r="C${n + 2}"><f>50+${n}</f></c></row>`,
    );
    const { code, detail } = await refusal(
      bring(
        workbook([{ name: '表', rows: row(1, ['日期', '剧名', '播放量']) + cells.join('') }]),
        'formula_without_values.xlsx',
        INCREMENT,
      ),
    );
    expect(code).toBe('unreadable_file');
    expect(detail).toMatch(/^4 cells of “播放量” hold formulas without results/u);
  });

  it('that are all blank leave the last day of the data alone', async () => {
    await bring('日期,剧名,播放量\n2025-10-02,甲剧,5\n', 'first.csv', INCREMENT);
    const path = await parquet(
      'all_null_views.parquet',
      `SELECT DATE '2025-11-01' + n::INTEGER AS dt, 'an-1' AS series_id, NULL::BIGINT AS views FROM range(3) t(n)`,
    );
    const record = await desk.imports.importFile(path, INCREMENT);
    expect(codes(record)).toContain('no_values');
    expect(desk.warehouse.state()).toMatchObject({ asOf: '2025-10-02' });
  });

  it('below two columns of one name are asked about', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((n) => `2025-10-0${n},甲剧,${100 + (n % 3)},${700 + (n % 2)}`);
    const file = ['日期,剧名,播放量,播放量', ...rows, ''].join('\n');
    const { code, detail } = await refusal(bring(file, 'duplicate_columns.csv', INCREMENT));
    expect(code).toBe('unconfirmed');
    expect(detail).toMatch(/播放量/u);
  });

  it('below two rows of headers are those of both platforms', async () => {
    const rows = ['甲剧', '乙剧'].flatMap((title) =>
      [1, 2, 3, 4].map((n) => `2025-10-0${n},${title},10${n},7,5${n},3`),
    );
    await bring(
      ['日期,剧名,抖音,,快手,', ',,播放量,点赞量,播放量,点赞量', ...rows, ''].join('\n'),
      'two_row_header.csv',
      {
        options: { views_are: 'increment', across: 'platform' },
      },
    );
    const by = await desk.rows(
      'SELECT p.id, sum(views)::INTEGER AS views, sum(likes)::INTEGER AS likes FROM view_log JOIN platform p USING (platform_key) GROUP BY p.id ORDER BY p.id',
    );
    expect(by).toEqual([
      { id: 'douyin', views: 820, likes: 56 },
      { id: 'kuaishou', views: 420, likes: 24 },
    ]);
  });
});

describe('dates', () => {
  it('of publication are not the days of the views', async () => {
    const rows = ['6月1日', '6月2日', '7月3日', '7月4日', '7月5日', '8月6日'].map(
      (day, n) => `vid${n + 1},测试剧 第${n + 1}集,2025年${day},90,60${n + 1},0.8,900${n + 1}`,
    );
    const file = [
      '内容,视频标题,视频发布时间,时长,观看次数,观看时长（小时）,展示次数',
      '总计,,,,3621,4.8,50929',
      ...rows,
      '',
    ].join('\n');
    const { code } = await refusal(bring(file, 'publish_time_as_day.csv', INCREMENT));
    expect(code).toBe('unconfirmed');
    await bring(file, 'publish_time_as_day.csv', { options: { views_are: 'increment', day: '2025-10-31' } });
    expect(await list('v.day')).toEqual(Array(6).fill('2025-10-31'));
    expect(await total()).toBe('3621');
  });
});

describe('times', () => {
  it('in a column of their own join their date', async () => {
    await bring(
      'date,time,series_id,views\n2025-10-01,21:00:00,dt-1,5\n2025-10-01,22:00:00,dt-1,6\n2025-10-01,23:00:00,dt-1,7\n',
      'date_and_time.csv',
      INCREMENT,
    );
    expect(await list("strftime(v.instant, '%H'), v.views")).toEqual(['13 5', '14 6', '15 7']);
  });

  it('that a clock change doubles are told', async () => {
    const record = await bring(
      'time,series_id,views\n2025-11-02 00:30:00,am-1,1\n2025-11-02 01:30:00,am-1,2\n2025-11-02 01:30:00,am-1,4\n2025-11-02 02:30:00,am-1,8\n',
      'dst_ambiguous.csv',
      INCREMENT,
      newYork,
    );
    expect(codes(record)).toContain('clock_doubled');
    expect(await total('views', newYork)).toBe('15');
  });

  it('that a clock change skips are told', async () => {
    const record = await bring(
      'time,series_id,views\n2025-03-09 01:30:00,nx-1,1\n2025-03-09 02:30:00,nx-1,2\n2025-03-09 03:30:00,nx-1,4\n',
      'dst_nonexistent.csv',
      INCREMENT,
      newYork,
    );
    expect(codes(record)).toContain('clock_skipped');
    expect(await total('views', newYork)).toBe('7');
  });
});

describe('layouts', () => {
  it('with a column per month count for all of its days', async () => {
    const file = '剧名,类型,8月,9月,10月\n甲剧,都市,100,120,90\n乙剧,玄幻,50,60,70\n丙剧,都市,1,2,3\n';
    const { code, detail } = await refusal(bring(file, 'wide_months.csv', INCREMENT));
    expect(code).toBe('unconfirmed');
    expect(detail).toMatch(/“8月”, “9月”, “10月”/u);
    await bring(file, 'wide_months.csv', {
      options: { views_are: 'increment', across: 'time' },
      map: { views: '数值' },
    });
    const by = await desk.rows(
      "SELECT strftime(day, '%m') AS month, sum(views)::INTEGER AS views FROM view_log GROUP BY 1 ORDER BY 1",
    );
    expect(by).toEqual([
      { month: '08', views: 151 },
      { month: '09', views: 182 },
      { month: '10', views: 163 },
    ]);
  });

  it('of an answer of an API are the rows inside it', async () => {
    await bring(
      '{"code":0,"data":{"list":[{"date":"2025-10-01","title":"甲剧","views":100},{"date":"2025-10-02","title":"甲剧","views":120}]}}',
      'json_envelope.json',
      INCREMENT,
    );
    expect(await total()).toBe('220');
  });

  it('of exchange rates end their lines as the European Central Bank does', async () => {
    const record = await bring(
      'Date,USD,JPY,CNY,BGN,\n2025-10-01,1.1740,172.53,8.3576,1.9558,\n2025-09-30,1.1741,173.76,8.3590,N/A,\n',
      'ecb_trailing_comma.csv',
      { options: { currency: 'EUR' } },
    );
    expect(record).toMatchObject({ kind: 'rates', status: 'committed' });
    const rates = await desk.rows(
      'SELECT day::VARCHAR AS day, currency, 1 / rate AS per_euro FROM currency_rate ORDER BY ALL',
    );
    expect(rates.map(({ day, currency, per_euro }) => `${day} ${currency} ${Number(per_euro).toFixed(4)}`)).toEqual([
      '2025-09-30 CNY 8.3590',
      '2025-09-30 JPY 173.7600',
      '2025-09-30 USD 1.1741',
      '2025-10-01 BGN 1.9558',
      '2025-10-01 CNY 8.3576',
      '2025-10-01 JPY 172.5300',
      '2025-10-01 USD 1.1740',
    ]);
  });
});
