import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { growthAnswer, moversAnswer } from '../../server/contract/analyses.ts';
import { catalogSchema, membersSchema } from '../../server/contract/catalog.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import { answerSchema, type QueryInput } from '../../server/contract/query.ts';
import { type RunningApp, startApp } from './app.ts';

/** The example of docs/analyses/currencies.md. */
const LOG = `日期,剧名,地区,播放量,收益,消耗,币种
2025-10-03,甲,CN,10000,700,350,人民币
2025-10-03,甲,US,2000,100,40,USD
2025-10-05,甲,US,1000,50,,USD
2025-10-06,甲,JP,1000,10000,,JPY
`;
const RATES = `day,currency,rate
2025-10-03,USD,7
2025-10-06,USD,7.2
2025-10-03,JPY,0.05
`;

let app: RunningApp;
let beforeCorrection: string;
beforeAll(async () => {
  app = await startApp();
  await app.importText('log.csv', LOG);
  await app.importText('fx.csv', RATES);
  beforeCorrection = new Date().toISOString();
});
afterAll(() => app.close());

const get = async <T>(schema: z.ZodType<T>, path: string, headers: Record<string, string> = {}): Promise<T> =>
  schema.parse(await (await fetch(`${app.url}/api/v1${path}`, { headers })).json());
const asLink = (query: object) => `/query?q=${encodeURIComponent(JSON.stringify(query))}`;
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });
const ask = async (query: QueryInput) => answerSchema.parse(await (await post('/query', query)).json());
const MONEY = ['revenue', 'revenue_per_mille', 'roi'] as const;

describe('money in several currencies', () => {
  it('is worked out as on paper', async () => {
    const apart = await ask({ measures: ['views', ...MONEY], dimensions: ['currency'] });
    expect(apart.rows.map((row) => row.roi)).toEqual([700 / 350, 150 / 40, null]);
    expect(
      apart.rows.map((row) => [row.currency, row.currency_label, row.views, row.revenue, row.revenue_per_mille]),
    ).toEqual([
      ['CNY', '人民币', 10_000, 700, 70],
      ['USD', '美元', 3000, 150, 50],
      ['JPY', '日元', 1000, 10_000, 10_000],
    ]);
    const yuan = await ask({ measures: [...MONEY], currency: 'CNY' });
    // 700 + 100 · 7 + 50 · 7 (a Sunday has Friday's rate) + 10,000 · 0.05
    expect(yuan.rows).toEqual([
      { revenue: 2250, revenue_per_mille: (1000 * 2250) / 14_000, roi: 2250 / (350 + 40 * 7) },
    ]);
    expect(yuan.meta).toMatchObject({ currency: 'CNY', source: { table: 'view_log' } });
    expect(new Set(yuan.meta.source.refused.map(({ reason }) => reason))).toEqual(new Set(['currency_not_kept']));
    const dollars = await ask({ measures: ['revenue'], currency: 'USD', dimensions: ['region'] });
    const byRegion = Object.fromEntries(dollars.rows.map((row) => [row.region, row.revenue]));
    expect(byRegion.CN).toBeCloseTo(700 / 7, 10);
    expect(byRegion.US).toBe(150);
    expect(byRegion.JP).toBeCloseTo((10_000 * 0.05) / 7.2, 10);
  });

  it.each(['POST', 'GET'])(
    'is refused over %s where nothing says how to add it, and says what to do',
    async (method) => {
      const query = { measures: ['revenue'] };
      const response = await (method === 'POST'
        ? post('/query?lang=en', query)
        : fetch(`${app.url}/api/v1${asLink(query)}&lang=en`));
      expect(response.status).toBe(422);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      const problem = problemSchema.parse(await response.json());
      expect(problem.code).toBe('mixed_currency');
      expect(problem.detail).toContain('CNY and JPY and USD');
      for (const way of ['Filter to one', 'group by the dimension currency', 'import a rates file'])
        expect(problem.detail).toContain(way);
    },
  );

  it('is refused by growth and movers, too, and converted where they name a currency', async () => {
    const analyses = ['/growth?measure=revenue&grain=day', '/growth/movers?measure=revenue&by=region&from=2025-10-05'];
    for (const path of analyses) expect((await get(problemSchema, path)).code).toBe('mixed_currency');
    const days = await get(growthAnswer, `${analyses[0]}&currency=CNY&base=2025-10-03&lang=en`);
    expect(days.rows.map(({ period, value }) => [period, value])).toEqual([
      ['2025-10-03', 1400],
      ['2025-10-05', 350],
      ['2025-10-06', 500],
    ]);
    expect(days.rows[1]?.index).toBeCloseTo(25, 10);
    const moved = await get(moversAnswer, `${analyses[1]}&currency=CNY`);
    expect(moved.rows.map(({ member, value, previous }) => [member, value, previous])).toEqual([
      ['JP', 500, null],
      ['US', 350, 700],
      ['CN', null, 700],
    ]);
    expect(moved.meta).toMatchObject({ currency: 'CNY', source: { table: 'view_log' } });
  });

  it.each([
    '/club',
    '/milestones?top=2',
    '/growth?by=currency',
    '/growth/decomposition?by=currency&from=2025-10-05&to=2025-10-06',
    '/growth/movers?by=currency',
    '/genres',
    '/producers',
    '/concentration?by=currency',
    '/cohorts',
    '/curves?by=currency',
    '/decay?series=%E7%94%B2',
    '/anomalies',
    '/coverage',
  ])('lets %s be filtered and split by currency', async (path) => {
    const filters = [{ dimension: 'currency', op: 'in', values: ['USD', 'JPY'] }];
    const link = `${path}${path.includes('?') ? '&' : '?'}filters=${encodeURIComponent(JSON.stringify(filters))}`;
    const response = await fetch(`${app.url}/api/v1${link}`);
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 200 });
  });

  it('answers what a page asks at once, each question for itself', async () => {
    const queries = {
      mixed: { measures: ['revenue'] },
      yuan: { measures: ['revenue'], currency: 'CNY' },
      views: { measures: ['views'], currency: 'CNY' },
    };
    const answer = await (await post('/query/batch', { queries })).json();
    expect(answer).toMatchObject({
      results: {
        mixed: { code: 'mixed_currency' },
        yuan: { rows: [{ revenue: 2250 }] },
        views: { rows: [{ views: 14_000 }], meta: { currency: null } },
      },
    });
  });

  it('carries the same converted rows as CSV', async () => {
    const query = { measures: ['revenue', 'spend'], dimensions: ['region'], currency: 'CNY', time: { grain: 'day' } };
    const json = answerSchema.parse(await (await post('/query', query)).json());
    const text = await (await post('/query', query, { Accept: 'text/csv' })).text();
    const { data } = Papa.parse<Record<string, string>>(text.replace('\uFEFF', ''), {
      header: true,
      skipEmptyLines: true,
    });
    expect(data.map((row) => [row.region, row.period, row.revenue])).toEqual(
      json.rows.map((row) => [row.region, row.period, String(row.revenue)]),
    );
    expect(json.columns.find(({ id }) => id === 'spend')?.label).toEqual({
      en: 'Ad spend (CNY)',
      zh: '投流消耗（CNY）',
    });
  });

  it('names the rates among what an answer rests on', async () => {
    const { meta } = await ask({ measures: ['revenue'], currency: 'CNY', explain: true });
    expect(meta.lineage?.tables).toEqual(['view_log', 'currency_rate']);
    expect(meta.lineage?.imports.map(({ filename, kind, rows }) => [filename, kind, rows])).toEqual([
      ['log.csv', 'log', 4],
      ['fx.csv', 'rates', 3],
    ]);
    const apart = await ask({ measures: ['revenue'], dimensions: ['currency'], explain: true });
    expect(apart.meta.lineage?.imports.map(({ filename }) => filename)).toEqual(['log.csv']);
  });

  it('takes no currency that is no code', async () => {
    const response = await post('/query', { measures: ['revenue'], currency: 'yuan' });
    expect(response.status).toBe(400);
    expect(problemSchema.parse(await response.json()).errors?.[0]?.path).toBe('currency');
  });

  it('is told of in the catalog, and its members are found by name', async () => {
    const { dataset, dimensions } = await get(catalogSchema, '/catalog');
    expect(dataset).toMatchObject({
      currency: null,
      currencies: ['CNY', 'JPY', 'USD'],
      rates: { currencies: ['JPY', 'USD'], from: '2025-10-03', to: '2025-10-06' },
    });
    expect(dimensions.find(({ id }) => id === 'currency')).toMatchObject({
      members: 3,
      label: { en: 'Currency', zh: '币种' },
    });
    const found = await get(membersSchema, `/members/currency?search=${encodeURIComponent('美')}`);
    expect(found.rows).toEqual([{ id: 'USD', label: { en: 'US Dollar', zh: '美元' }, views: 3000 }]);
  });

  it('follows corrected rates, is reproduced as known before them, and by their undo', async () => {
    const { import_id } = await app.importText('fx.csv', 'day,currency,rate\n2025-10-03,USD,8\n');
    const yuan = async (known_at?: string) =>
      (await ask({ measures: ['revenue'], currency: 'CNY', ...(known_at ? { known_at } : {}) })).rows[0]?.revenue;
    expect(await yuan()).toBe(2400);
    expect(await yuan(beforeCorrection)).toBe(2250);
    await app.imports.remove(import_id);
    expect(await yuan()).toBe(2250);
  });

  it('is refused again, naming currency and day, once the first rate comes too late', async () => {
    const [rates] = await app.imports
      .list()
      .then((all) => all.filter((one) => one.kind === 'rates' && one.status === 'committed'));
    await app.imports.remove(rates?.import_id ?? '');
    await app.importText('late.csv', 'day,currency,rate\n2025-10-05,USD,7\n2025-10-03,JPY,0.05\n');
    const response = await post('/query?lang=en', { measures: ['revenue'], currency: 'CNY' });
    const problem = problemSchema.parse(await response.json());
    expect(problem).toMatchObject({ code: 'mixed_currency', status: 422 });
    expect(problem.detail).toContain(
      'Money of 2025-10-03 cannot be converted into CNY: the first rate of USD is of 2025-10-05',
    );
  });
});
