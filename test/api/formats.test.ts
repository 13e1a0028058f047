import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Cell, type Column, cellSchema, columnSchema, type QueryInput } from '../../server/contract/query.ts';
import { makeFile } from '../../server/http/formats/large-file.ts';
import { type RunningApp, startApp } from './app.ts';
import { readXlsx } from './xlsx.ts';

const ARROW = 'application/vnd.apache.arrow.stream';
const PARQUET = 'application/vnd.apache.parquet';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Beyond 2^53 and odd: no double holds it. */
const BEYOND = 9_007_199_254_741_993n;

/** A month of a series that fades, with one day that stands out. */
const MONTH = Array.from({ length: 30 }, (_, i) => {
  const views = i === 19 ? 90_000 : 2000 - 40 * i + 13 * (i % 3);
  return `2025-09-${String(i + 1).padStart(2, '0')} 20:00,S4,长剧,听花岛,都市,抖音,${views},500,2025-09-01,1`;
});

const LOG = [
  '统计时间,剧ID,剧名,出品方,题材,平台,播放量,完播量,上线日期,集',
  `2025-10-01 08:00,S1,=1+1甲,听花岛,都市,抖音,${BEYOND},10,2025-10-01,1`,
  '2025-10-02 08:00,S1,=1+1甲,听花岛,都市,抖音,8,3,2025-10-01,1',
  '2025-10-01 20:00,S2,"逗号, 引号"" _x0041_",,,快手,1000,,2025-10-01 19:30,1',
  '2025-10-02 21:00,S2,"逗号, 引号"" _x0041_",,,快手,1500,,2025-10-01 19:30,1',
  '2025-10-02 22:00,S3,-3 <b>&,,古装,快手,2500,400,,2',
  ...MONTH,
].join('\n');

const QUERY: QueryInput = {
  measures: ['views', 'completion_rate', 'active_series'],
  dimensions: ['series', 'primary_genre'],
  time: { from: '2025-10-02', to: '2025-10-02', grain: 'day' },
  compare: { from: '2025-10-01', to: '2025-10-01' },
};

const ANALYSES = [
  '/club?threshold=2000',
  '/milestones?top=3&thresholds=1000,2000',
  '/growth?by=series&grain=day',
  '/growth/decomposition?by=platform&from=2025-10-02&base_from=2025-10-01&base_to=2025-10-01',
  '/growth/movers?by=series&from=2025-10-02',
  '/genres',
  '/producers?threshold=1000',
  '/producers/compare?ids=听花岛&ids=(unknown)',
  '/genres/compare?ids=urban&ids=costume',
  '/concentration?by=series&grain=day',
  '/series/S1/ranks?grain=week',
  '/cohorts',
  '/retention',
  '/curves?series=S1&series=S2',
  '/decay?top=3',
  '/quality',
  '/forecast?series=S4',
  '/anomalies',
  '/coverage',
];

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  expect(await app.importText('views.csv', LOG)).toMatchObject({ status: 'committed', rows_committed: 35 });
});
afterAll(() => app.close());

const url = (query: QueryInput) => `/query?q=${encodeURIComponent(JSON.stringify(query))}`;

/** What of an answer is compared: its columns, and of its rows what they describe. */
const tableSchema = z
  .object({ columns: z.array(columnSchema), rows: z.array(z.record(z.string(), z.unknown())) })
  .transform(({ columns, rows }) => ({
    columns,
    rows: rows.map((row) => Object.fromEntries(columns.map(({ id }) => [id, cellSchema.parse(row[id] ?? null)]))),
  }));
type Table = z.infer<typeof tableSchema>;

async function fetchAs(path: string, accept: string): Promise<Buffer> {
  const response = await fetch(`${app.url}/api/v1${path}`, { headers: { accept } });
  expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([200, accept]);
  return Buffer.from(await response.arrayBuffer());
}

const ask = async (path: string): Promise<Table> =>
  tableSchema.parse(JSON.parse((await fetchAs(path, 'application/json')).toString()));

type Plain = bigint | string | number | boolean | null;

/** The JSON's rows with every cell as the exact value it stands for: integers whole, dates and times as milliseconds. */
function exactly(table: Table, time = (text: string) => Date.parse(text)): Plain[][] {
  return table.rows.map((row) => table.columns.map((column) => exact(row[column.id] ?? null, column, time)));
}

function exact(value: Cell, { type }: Column, time: (text: string) => number): Plain {
  if (value === null) return null;
  if (type === 'integer') return BigInt(value);
  if (type === 'number') return Number(value);
  return type === 'date' || type === 'timestamp' ? time(String(value)) : value;
}

async function fromArrow(path: string, { columns }: Table): Promise<Plain[][]> {
  const table = tableFromIPC(await fetchAs(path, ARROW));
  expect(table.schema.fields.map(({ name }) => name)).toEqual(columns.map(({ id }) => id));
  return Array.from({ length: table.numRows }, (_, i) =>
    columns.map(({ id }) => plain.parse(table.getChild(id)?.get(i))),
  );
}
const plain = z.union([z.bigint(), z.string(), z.number(), z.boolean(), z.null()]);

/** What DuckDB reads, and the types it finds. */
async function fromParquet(path: string, { columns }: Table): Promise<{ rows: Plain[][]; types: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'dramascope-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const file = join(folder, 'answer.parquet');
    await writeFile(file, await fetchAs(path, PARQUET));
    const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
    expect(reader.columnNames()).toEqual(columns.map(({ id }) => id));
    const cell = z.union([plain, z.date().transform((date) => date.getTime())]);
    return {
      rows: reader.getRowsJS().map((row) => row.map((value) => cell.parse(value))),
      types: reader.columnTypes().map(String),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}

async function fromCsv(path: string, { columns }: Table): Promise<Plain[][]> {
  const text = (await fetchAs(path, 'text/csv')).toString('utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  const parsed = z
    .array(z.array(z.string()))
    .parse(Papa.parse(text.slice(1), { newline: '\r\n', skipEmptyLines: true }).data);
  expect(parsed[0]).toEqual(columns.map(({ id }) => id));
  return parsed.slice(1).map((row) => columns.map((column, i) => csvCell(row[i] ?? '', column)));
}

function csvCell(text: string, column: Column): Plain {
  if (text === '') return null;
  if (column.type === 'boolean') return text === 'true';
  return exact(text.replace(/^'(?=[=+\-@\t\r])/, ''), column, Date.parse);
}

async function fromXlsx(path: string, { columns }: Table): Promise<Plain[][]> {
  const { rows, frozen, formulas } = readXlsx(await fetchAs(path, XLSX));
  expect([frozen, formulas]).toEqual([1, 0]);
  expect(rows[0]).toEqual(columns.map(({ id }) => id));
  return rows.slice(1).map((row) =>
    columns.map(({ type }, i) => {
      const value = row[i] ?? null;
      if (value instanceof Date) return value.getTime();
      return type === 'integer' && value !== null ? BigInt(value) : value;
    }),
  );
}

const exactViews = (day: Record<string, Cell>): bigint[] => [BigInt(day.views ?? 0), BigInt(day.cumulative_views ?? 0)];

/** A workbook shows the dataset's clock: the time as written, its offset left out. */
const clock = (text: string) => Date.parse(text.includes('T') ? `${text.slice(0, 19)}Z` : text);

async function expectSame(path: string): Promise<Table> {
  const table = await ask(path);
  const rows = exactly(table);
  expect(await fromArrow(path, table), `${path} as Arrow`).toEqual(rows);
  expect(await fromCsv(path, table), `${path} as CSV`).toEqual(rows);
  expect((await fromParquet(path, table)).rows, `${path} as Parquet`).toEqual(rows);
  expect(await fromXlsx(path, table), `${path} as XLSX`).toEqual(exactly(table, clock));
  return table;
}

describe('an answer in every format', () => {
  it('carries the rows of the JSON cell by cell: names, nulls, comparisons, text like formulas, more than 2^53', async () => {
    const { rows } = await expectSame(url(QUERY));
    expect(rows).toHaveLength(3);
    expect(rows.find(({ series }) => series === 'S1')).toMatchObject({
      series_label: '=1+1甲',
      views: 8,
      views__previous: String(BEYOND),
      views__delta: String(8n - BEYOND),
    });
    expect(rows.map((row) => row.series_label)).toContain('-3 <b>&');
    expect(rows.some((row) => Object.values(row).includes(null))).toBe(true);
  });

  it('carries hours as instants, and as the clock of the dataset in a workbook', async () => {
    const { rows } = await expectSame(
      url({ measures: ['views'], time: { from: '2025-10-01', to: '2025-10-02', grain: 'hour' } }),
    );
    expect(rows.map(({ period }) => period)).toContain('2025-10-01T20:00:00+08:00');
  });

  it('carries an answer without rows', async () => {
    const nobody: QueryInput['filters'] = [{ dimension: 'series', op: 'in', values: ['nobody'] }];
    const { rows } = await expectSame(
      url({ measures: ['views'], dimensions: ['series'], time: { grain: 'day' }, filters: nobody }),
    );
    expect(rows).toEqual([]);
  });

  it('types the columns of Parquet', async () => {
    const path = url({ measures: ['views', 'completion_rate'], dimensions: ['series'], time: { grain: 'hour' } });
    expect((await fromParquet(path, await ask(path))).types).toEqual([
      'VARCHAR',
      'VARCHAR',
      'TIMESTAMP WITH TIME ZONE',
      'BIGINT',
      'DOUBLE',
    ]);
    const days = url({ measures: ['views'], time: { grain: 'day' } });
    expect((await fromParquet(days, await ask(days))).types).toEqual(['DATE', 'BIGINT']);
  });

  it('keeps whole numbers as numbers in a workbook below 10^15, and as text from there on', async () => {
    const query: QueryInput = { measures: ['views'], dimensions: ['series'], sort: [{ by: 'series', dir: 'asc' }] };
    const cells = readXlsx(await fetchAs(url(query), XLSX)).rows.map((row) => [row[0], row[2]]);
    expect(cells.slice(1, 4)).toEqual([
      ['S1', String(BEYOND + 8n)],
      ['S2', 2500],
      ['S3', 2500],
    ]);
    const limits = [999_999_999_999_999, '1000000000000000', '-1000000000000000'];
    const label = { en: 'n', zh: 'n' };
    const book = await makeFile('xlsx', {
      columns: [{ id: 'n', type: 'integer', unit: 'count', label }],
      rows: limits.map((n) => ({ n })),
    });
    expect(readXlsx(Buffer.from(book)).rows.slice(1)).toEqual(limits.map((n) => [n]));
  });

  it('is the same by POST', async () => {
    const response = await fetch(`${app.url}/api/v1/query`, {
      method: 'POST',
      headers: { accept: XLSX, 'content-type': 'application/json' },
      body: JSON.stringify(QUERY),
    });
    const { rows } = readXlsx(Buffer.from(await response.arrayBuffer()));
    expect(rows).toEqual(readXlsx(await fetchAs(url(QUERY), XLSX)).rows);
  });
});

describe('the rows of every analysis in every format', () => {
  it.each(ANALYSES)('%s', async (path) => {
    expect((await expectSame(encodeURI(path))).rows).not.toEqual([]);
  });

  it('/series/:id, a day per row, with totals beyond 2^53', async () => {
    const { daily } = z
      .object({ daily: z.array(z.record(z.string(), cellSchema)) })
      .parse(JSON.parse((await fetchAs('/series/S1', 'application/json')).toString()));
    const columns = ['series', 'series_label', 'day', 'views', 'cumulative_views'];
    const expected = daily.map((day) => ['S1', '=1+1甲', Date.parse(String(day.day)), ...exactViews(day)]);
    expect(expected.at(-1)).toEqual(['S1', '=1+1甲', Date.parse('2025-10-02'), 8n, BEYOND + 8n]);
    const table: Table = {
      columns: columns.map((id) => ({
        id,
        type: id === 'day' ? 'date' : id.includes('views') ? 'integer' : 'text',
        unit: null,
        label: { en: id, zh: id },
      })),
      rows: [],
    };
    expect(await fromArrow('/series/S1', table)).toEqual(expected);
    expect(await fromCsv('/series/S1', table)).toEqual(expected);
    expect((await fromParquet('/series/S1', table)).rows).toEqual(expected);
    expect(await fromXlsx('/series/S1', table)).toEqual(expected);
  });

  it('/members/:dimension, a member per row', async () => {
    const [header, ...rows] = readXlsx(await fetchAs('/members/series', XLSX)).rows;
    expect(header).toEqual(['id', 'label_zh', 'label_en', 'views']);
    expect(rows[0]).toEqual(['S1', '=1+1甲', '=1+1甲', String(BEYOND + 8n)]);
    const csv = (await fetchAs('/members/series?search=S1', 'text/csv')).toString();
    expect(csv.split('\r\n')[1]).toBe(`S1,'=1+1甲,'=1+1甲,${BEYOND + 8n}`);
  });

  it('/brief, a finding per row', async () => {
    const json = z
      .object({
        rows: z.array(z.object({ id: z.string(), sentence: z.object({ zh: z.string() }), query: z.unknown() })),
      })
      .parse(JSON.parse((await fetchAs('/brief?compare=none', 'application/json')).toString()));
    expect(json.rows.length).toBeGreaterThan(0);
    const { rows } = readXlsx(await fetchAs('/brief?compare=none', XLSX));
    const at = (name: string) => rows[0]?.indexOf(name) ?? -1;
    expect(rows.slice(1).map((row) => [row[at('id')], row[at('sentence_zh')], row[at('query')]])).toEqual(
      json.rows.map(({ id, sentence, query }) => [id, sentence.zh, JSON.stringify(query)]),
    );
  });
});

describe('what is asked for', () => {
  it.each(['/query?q={}', '/club', '/brief'])('answers 406 to an unknown Accept: %s', async (path) => {
    const response = await fetch(`${app.url}/api/v1${path}`, { headers: { accept: 'image/png' } });
    expect(response.status).toBe(406);
    expect(await response.json()).toMatchObject({ code: 'not_acceptable', detail: expect.stringContaining(PARQUET) });
  });

  it.each([
    ['application/json', 'json'],
    [ARROW, 'arrows'],
    ['text/csv', 'csv'],
    [PARQUET, 'parquet'],
    [XLSX, 'xlsx'],
  ])('names a download of %s with .%s', async (accept, extension) => {
    const routes = [
      ...ANALYSES.map((route) => encodeURI(route)),
      '/brief',
      '/series/S1',
      '/members/series',
      url(QUERY),
    ];
    for (const route of routes) {
      const path = `${route}${route.includes('?') ? '&' : '?'}download=october`;
      const { headers } = await fetch(`${app.url}/api/v1${path}`, { headers: { accept } });
      expect(headers.get('content-disposition')).toBe(`attachment; filename=october.${extension}`);
      expect(headers.get('content-type')?.split(';')[0]).toBe(accept);
    }
  });
});
