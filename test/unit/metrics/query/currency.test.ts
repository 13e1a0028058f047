import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { growthParams, moversParams } from '../../../../server/contract/analyses.ts';
import { type Answer, type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { catalog } from '../../../../server/metrics/analyses/catalog.ts';
import { growth } from '../../../../server/metrics/analyses/growth.ts';
import { movers } from '../../../../server/metrics/analyses/movers.ts';
import { ExchangeRates } from '../../../../server/metrics/language/exchange-rates.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { type Fixture, type FixtureRate, loadFixture, openFixture, withEngine } from '../fixture.ts';
import { Oracle, type OracleRow } from '../oracle.ts';
import { randomDataset } from '../random-dataset.ts';

const ask = (warehouse: Warehouse, query: QueryInput): Promise<Answer> =>
  withEngine(warehouse, (engine) => answerQuery(engine, querySchema.parse(query)));
const codes = (answer: Answer) => answer.meta.notes.map((note) => note.code);
const MONEY = ['revenue', 'spend', 'revenue_per_mille', 'roi'] as const;

describe('exchange rates', () => {
  const rate = (day: string, currency: string, value: number, base = 'CNY') => ({ day, currency, base, rate: value });

  it.each([
    ['the rate of the day', '2025-10-06', 'USD', 'CNY', 7.2],
    ['the last rate before a day without one', '2025-10-05', 'USD', 'CNY', 7.1],
    ['the last rate for all days after it', '2026-03-01', 'USD', 'CNY', 7.2],
    ['the inverse, where the wanted currency is the one that is stated', '2025-10-06', 'CNY', 'USD', 1 / 7.2],
    ['a cross rate through the base', '2025-10-06', 'USD', 'EUR', 7.2 / 8],
    ['a currency stated in another that is stated in the base', '2025-10-06', 'JPY', 'CNY', 0.0065 * 7.2],
    ['one, for the currency itself, also where it has no rate', '2020-01-01', 'KRW', 'KRW', 1],
  ])('give %s', (_name, day, from, to, factor) => {
    const rates = new ExchangeRates([
      rate('2025-10-06', 'USD', 7.2),
      rate('2025-10-03', 'USD', 7.1),
      rate('2025-10-01', 'EUR', 8),
      rate('2025-10-01', 'JPY', 0.0065, 'USD'),
    ]);
    expect(rates.factor(from, to, day)?.factor).toBeCloseTo(factor, 12);
  });

  it('know nothing of a day before the first rate', () => {
    const rates = new ExchangeRates([rate('2025-10-03', 'USD', 7.1)]);
    expect(rates.factor('USD', 'CNY', '2025-10-02')).toBeNull();
    const spans = [{ currency: 'USD', from: '2025-10-02', to: '2025-10-04' }];
    expect(rates.factors(spans, 'CNY')).toEqual({ currency: 'USD', day: '2025-10-02' });
    // Yuan into dollars lack the rate of the dollar, not one of the base.
    expect(rates.factors([{ ...spans[0], currency: 'CNY', from: '2025-10-02', to: '2025-10-02' }], 'USD')).toEqual({
      currency: 'USD',
      day: '2025-10-02',
    });
  });

  it('end where two currencies are stated in each other', () => {
    const rates = new ExchangeRates([rate('2025-10-01', 'USD', 7), rate('2025-10-01', 'CNY', 0.14, 'USD')]);
    expect(rates.factor('USD', 'CNY', '2025-10-01')?.factor).toBe(7);
    expect(rates.factor('USD', 'EUR', '2025-10-01')).toBeNull();
  });
});

/** Rates with gaps of days and weeks; a later import corrects one. */
const RATES: readonly FixtureRate[] = [
  { day: '2025-01-10', currency: 'USD', rate: 7.3 },
  { day: '2025-01-31', currency: 'USD', rate: 7.25 },
  { day: '2025-02-20', currency: 'USD', rate: 9.99 },
  { day: '2025-02-20', currency: 'USD', rate: 7.21, importNo: 2 },
  { day: '2025-03-20', currency: 'USD', rate: 7.18 },
  { day: '2025-01-15', currency: 'JPY', rate: 0.047 },
  { day: '2025-03-01', currency: 'JPY', rate: 0.049 },
];

const SPLITS: Omit<QueryInput, 'measures'>[] = [
  {},
  { time: { grain: 'day', from: '2025-02-03', to: '2025-03-10' } },
  { time: { grain: 'month' }, dimensions: ['platform'] },
  { time: { grain: 'week' }, dimensions: ['genre'] },
  { dimensions: ['currency'] },
  { dimensions: ['currency', 'market'], time: { grain: 'month' } },
  { dimensions: ['producer'], filters: [{ dimension: 'currency', op: 'in', values: ['USD', 'JPY'] }] },
  { dimensions: ['format'], filters: [{ dimension: 'region', op: 'not_in', values: ['US'] }] },
];

function expectSame(answer: Answer, query: QueryInput, cells: ReadonlyMap<string, OracleRow>, suffix = ''): void {
  const keyOf = (row: Answer['rows'][number]) =>
    JSON.stringify([...(query.dimensions ?? []).map((id) => row[id]), ...(query.time?.grain ? [row.period] : [])]);
  const got = new Map(answer.rows.map((row) => [keyOf(row), row]));
  expect(got.size, JSON.stringify(query)).toBeGreaterThanOrEqual(cells.size);
  for (const [key, cell] of cells) {
    for (const [measure, value] of Object.entries(cell)) {
      const actual = got.get(key)?.[`${measure}${suffix}`];
      const where = `${measure}${suffix} of ${key} in ${JSON.stringify(query)}`;
      if (typeof value === 'number') expect(actual, where).toBeCloseTo(value, 8);
      else expect(actual, where).toBe(value);
    }
  }
}

describe.each([11, 12])('money in three currencies, random dataset %i', (seed) => {
  const fixture: Fixture = { ...randomDataset(seed, '2025-01-15', 90, ['CNY', 'USD', 'JPY']), rates: RATES };
  const oracle = new Oracle(fixture);
  const all = { from: oracle.logFrom, to: oracle.asOf };
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(fixture);
  });
  afterAll(() => warehouse.close());

  it.each(SPLITS.flatMap((split) => ['CNY', 'USD'].map((currency) => [currency, split] as const)))(
    'is converted day by day into %s as plain JavaScript does it: %o',
    async (currency, split) => {
      const query: QueryInput = { ...split, measures: ['views', ...MONEY], currency };
      const answer = await ask(warehouse, query);
      const { from = all.from, to = all.to } = query.time ?? {};
      expectSame(answer, query, oracle.cells(querySchema.parse(query), { from, to }));
      expect(answer.meta.currency).toBe(currency);
      expect(codes(answer)).toContain('converted');
      expect(answer.meta.source.table).toBe('view_log');
    },
  );

  it('is kept apart by currency, as plain JavaScript sums it', async () => {
    const query: QueryInput = { measures: ['views', ...MONEY], dimensions: ['currency'], time: { grain: 'month' } };
    const answer = await ask(warehouse, query);
    expectSame(answer, query, oracle.cells(querySchema.parse(query), all));
    expect(answer.meta.currency).toBeNull();
  });

  it('is answered as it is where a filter leaves one currency', async () => {
    const query: QueryInput = {
      measures: ['views', ...MONEY],
      dimensions: ['platform'],
      filters: [{ dimension: 'currency', op: 'in', values: ['JPY'] }],
    };
    const answer = await ask(warehouse, query);
    expectSame(answer, query, oracle.cells(querySchema.parse(query), all));
    expect(answer.meta.currency).toBe('JPY');
    expect(answer.columns.find(({ id }) => id === 'revenue')?.label).toEqual({
      en: 'Revenue (JPY)',
      zh: '收入（JPY）',
    });
    expect(answer.columns.find(({ id }) => id === 'roi')?.label.en).toBe('ROI');
  });

  it('is converted on both sides of a comparison', async () => {
    const query: QueryInput = {
      measures: ['revenue', 'roi'],
      dimensions: ['genre'],
      time: { from: '2025-03-01', to: '2025-03-31' },
      compare: 'previous_period',
      currency: 'CNY',
    };
    const answer = await ask(warehouse, query);
    const parsed = querySchema.parse(query);
    expectSame(answer, query, oracle.cells(parsed, { from: '2025-03-01', to: '2025-03-31' }));
    expectSame(answer, query, oracle.cells(parsed, { from: '2025-02-01', to: '2025-02-28' }), '__previous');
  });

  it('is converted in totals, others, filled periods and measure filters, too', async () => {
    const base: QueryInput = { measures: ['revenue'], currency: 'USD' };
    const whole = Number((await ask(warehouse, base)).rows[0]?.revenue);
    const top = await ask(warehouse, { ...base, dimensions: ['platform'], limit: 1, others: true, totals: true });
    expect(top.rows).toHaveLength(2);
    expect(top.rows.reduce((sum, row) => sum + Number(row.revenue), 0)).toBeCloseTo(whole, 8);
    expect(top.totals?.revenue).toBeCloseTo(whole, 8);
    const days = await ask(warehouse, { ...base, time: { grain: 'day' }, fill: true });
    expect(days.rows.reduce((sum, row) => sum + Number(row.revenue), 0)).toBeCloseTo(whole, 8);
    const series = await ask(warehouse, { ...base, dimensions: ['series'] });
    const least = Number(series.rows[2]?.revenue);
    const filters = [{ measure: 'revenue', op: 'gte', value: least } as const];
    expect((await ask(warehouse, { ...base, dimensions: ['series'], filters })).rows).toEqual(series.rows.slice(0, 3));
  });
});

/** Three days, two markets: yuan at home, dollars abroad, and a day of views whose file states no money. */
const SMALL: Fixture = {
  series: [{ id: 'a' }, { id: 'b' }],
  rows: [
    { day: '2025-10-01', series: 'a', region: 'CN', views: 1000, revenue: 100, spend: 50, currency: 'CNY' },
    { day: '2025-10-01', series: 'a', region: 'US', views: 500, revenue: 20, spend: 10, currency: 'USD' },
    { day: '2025-10-04', series: 'b', region: 'US', views: 250, revenue: 10, currency: 'USD' },
    { day: '2025-10-04', series: 'b', region: 'CN', views: 4000 },
  ],
  rates: [
    { day: '2025-10-01', currency: 'USD', rate: 7 },
    { day: '2025-10-03', currency: 'USD', rate: 8 },
  ],
};

describe('money in two currencies', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture(SMALL);
  });
  afterAll(() => warehouse.close());

  it.each(MONEY)('refuses %s over both, naming them and the three ways out', async (measure) => {
    await expect(ask(warehouse, { measures: [measure] })).rejects.toMatchObject({
      code: 'mixed_currency',
      message: expect.stringMatching(
        /CNY and USD.*"op":"in","values":\["CNY"\].*group by the dimension currency.*"currency":"CNY"/u,
      ),
    });
  });

  it('answers where the rows asked for hold one currency, whatever chose them', async () => {
    const abroad = await ask(warehouse, {
      measures: ['revenue', 'revenue_per_mille'],
      filters: [{ dimension: 'market', op: 'in', values: ['overseas'] }],
      time: { from: '2025-10-01', to: '2025-10-04' },
    });
    expect(abroad.rows).toEqual([{ revenue: 30, revenue_per_mille: 40 }]);
    expect(abroad.meta).toMatchObject({ currency: 'USD', source: { table: 'series_month' } });
    const later = await ask(warehouse, { measures: ['revenue'], time: { from: '2025-10-02' } });
    expect(later.rows).toEqual([{ revenue: 10 }]);
  });

  it('counts views of rows without money as currency unknown, and says so', async () => {
    const answer = await ask(warehouse, { measures: ['views', 'revenue_per_mille'], dimensions: ['currency'] });
    expect(answer.rows).toEqual([
      { currency: '(unknown)', currency_label: '未知', views: 4000, revenue_per_mille: null },
      { currency: 'CNY', currency_label: 'CNY', views: 1000, revenue_per_mille: 100 },
      { currency: 'USD', currency_label: 'USD', views: 750, revenue_per_mille: 40 },
    ]);
    expect(answer.meta.notes.find(({ code }) => code === 'views_without_currency')?.text.en).toContain('4000 views');
  });

  it('counts all views asked for when it converts', async () => {
    // 100 yuan at home, 20 dollars at 7 and 10 dollars at 8, over 5,750 views.
    const { rows } = await ask(warehouse, { measures: ['revenue', 'revenue_per_mille'], currency: 'CNY' });
    expect(rows[0]?.revenue).toBeCloseTo(320, 10);
    expect(rows[0]?.revenue_per_mille).toBeCloseTo((1000 * 320) / 5750, 10);
  });

  it('leaves amounts out of totals and others that hold both, and says so', async () => {
    const answer = await ask(warehouse, {
      measures: ['revenue', 'views'],
      dimensions: ['currency', 'series'],
      compare: { from: '2025-10-01', to: '2025-10-02' },
      time: { from: '2025-10-03', to: '2025-10-04' },
      limit: 1,
      others: true,
      totals: true,
      per_day: true,
    });
    const empty = { revenue: null, revenue__previous: null, revenue__delta: null, revenue__growth: null };
    expect(answer.totals).toMatchObject({ ...empty, revenue__growth_reason: 'no_data', views: 2125 });
    expect(answer.rows.at(-1)).toMatchObject({ ...empty, currency: '(others)', revenue__growth_reason: 'no_data' });
    expect(codes(answer)).toContain('mixed_currency_totals');
  });

  it('needs no rate for amounts that are in the wanted currency already', async () => {
    const home: QueryInput = {
      measures: ['revenue'],
      currency: 'CNY',
      filters: [{ dimension: 'region', op: 'in', values: ['CN'] }],
    };
    const answer = await ask(warehouse, home);
    expect(answer.rows).toEqual([{ revenue: 100 }]);
    expect(codes(answer)).not.toContain('converted');
    expect(answer.meta.source.table).toBe('platform_month');
  });

  it('refuses a day before the first rate, naming currency and day', async () => {
    const rates = SMALL.rates?.slice(1) ?? [];
    await loadFixture(warehouse, { ...SMALL, rates });
    await expect(ask(warehouse, { measures: ['revenue'], currency: 'CNY' })).rejects.toMatchObject({
      code: 'mixed_currency',
      message: expect.stringMatching(
        /Money of 2025-10-01 cannot be converted into CNY: the first rate of USD is of 2025-10-03/u,
      ),
    });
    await expect(ask(warehouse, { measures: ['revenue'], currency: 'EUR' })).rejects.toMatchObject({
      message: expect.stringContaining('there is no rate of EUR'),
    });
    const later = await ask(warehouse, { measures: ['revenue'], currency: 'CNY', time: { from: '2025-10-03' } });
    expect(later.rows).toEqual([{ revenue: 80 }]);
    await loadFixture(warehouse, SMALL);
  });

  it('tells of a rate that is long out of date', async () => {
    const late = { day: '2025-11-30', series: 'b', region: 'US', views: 1, revenue: 1, currency: 'USD' };
    await loadFixture(warehouse, { ...SMALL, rows: [...SMALL.rows, late] });
    const answer = await ask(warehouse, { measures: ['revenue'], currency: 'CNY' });
    expect(answer.meta.notes.find(({ code }) => code === 'old_rates')?.text.en).toContain('a rate of 2025-10-03');
    await loadFixture(warehouse, SMALL);
    expect(codes(await ask(warehouse, { measures: ['revenue'], currency: 'CNY' }))).not.toContain('old_rates');
  });

  it('converts each hour by the rate of its business day', async () => {
    // 23:30 and 00:30 in Shanghai: the same UTC day, two business days, two rates.
    const at = (instant: string) => ({ at: instant, series: 'a', region: 'US', views: 1, revenue: 1, currency: 'USD' });
    const rows = [at('2025-10-02T23:30:00+08:00'), at('2025-10-03T00:30:00+08:00')];
    await loadFixture(warehouse, { ...SMALL, rows });
    const answer = await ask(warehouse, { measures: ['revenue'], currency: 'CNY', time: { grain: 'hour' } });
    expect(answer.rows.map((row) => [row.period, row.revenue])).toEqual([
      ['2025-10-02T23:00:00+08:00', 7],
      ['2025-10-03T00:00:00+08:00', 8],
    ]);
    await loadFixture(warehouse, SMALL);
  });

  it('converts growth and movers, and never compares one currency with another', async () => {
    const params = { by: 'market', measure: 'revenue', currency: 'CNY' };
    const moved = await withEngine(warehouse, (engine) =>
      movers(engine, moversParams.parse({ ...params, from: '2025-10-03', to: '2025-10-04' })),
    );
    expect(moved.rows.map(({ member, value, previous }) => [member, value, previous])).toEqual([
      ['overseas', 80, 140],
      ['domestic', null, 100],
    ]);
    expect(moved.meta.currency).toBe('CNY');
    const days = { measure: 'revenue', grain: 'day', from: '2025-10-04', base: '2025-10-01' };
    const grown = await withEngine(warehouse, (engine) =>
      growth(engine, growthParams.parse({ ...days, currency: 'CNY' })),
    );
    expect(grown.rows.map(({ value, index }) => [value, index])).toEqual([[80, (80 / 240) * 100]]);
    expect(grown.columns.find(({ id }) => id === 'value')?.label.en).toBe('Revenue (CNY)');
    const home = [{ day: '2025-10-02', series: 'a', region: 'CN', views: 1, revenue: 5, currency: 'CNY' }];
    await loadFixture(warehouse, { ...SMALL, rows: [...home, ...SMALL.rows.slice(2)] });
    await expect(
      withEngine(warehouse, (engine) => growth(engine, growthParams.parse({ ...days, base: '2025-10-02' }))),
    ).rejects.toMatchObject({ code: 'mixed_currency' });
    await loadFixture(warehouse, SMALL);
  });

  it('lists its currencies and rates in the catalog', async () => {
    const { dataset, dimensions } = await withEngine(warehouse, catalog);
    expect(dataset).toMatchObject({
      currency: null,
      currencies: ['CNY', 'USD'],
      rates: { currencies: ['USD'], from: '2025-10-01', to: '2025-10-03' },
    });
    expect(dimensions.find(({ id }) => id === 'currency')).toMatchObject({ members: 2, available: true });
  });
});
