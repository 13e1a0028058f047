import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../../../server/contract/imports.ts';
import { currencyOfCells, saidAgainstHeader } from '../../../../../server/ingest/propose/messages.ts';
import { ProblemError } from '../../../../../server/problem.ts';
import { Desk } from '../../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** A file of one row a day, whose last column is money. */
const file = (cells: readonly string[], header = '收入') =>
  `日期,剧名,播放量,${header}\n${cells.map((cell, i) => `2025-10-${10 + i},甲,100,"${cell}"`).join('\n')}\n`;

/** Imports it and says what it is, `1 USD 3` for one row of three dollars in all. */
const sums = async (text: string, options: ImportOptions = {}) => {
  const record = await desk.import(text, { options: { views_are: 'increment', ...options } });
  const rows = await desk.rows(`SELECT count(revenue) || ' ' || currency || ' ' || sum(revenue) AS line FROM view_log
    JOIN import USING (import_no) WHERE import_id = '${record.import_id}' AND revenue IS NOT NULL GROUP BY currency ORDER BY line`);
  const rejects = await desk.imports.rejects(record.import_id);
  return {
    sums: rows.map(({ line }) => String(line)),
    warnings: record.warnings.map(({ code }) => code),
    rejects: rejects.map(({ value, reason }) => `${value}: ${reason.en}`),
  };
};

const refusal = async (text: string, options: ImportOptions = {}) => {
  const { upload_id } = await desk.look(text);
  const refused = await desk.imports
    .start({ upload_id, options: { views_are: 'increment', ...options } })
    .catch((error: unknown) => error);
  if (!(refused instanceof ProblemError)) throw new Error('it was imported');
  return refused;
};

describe('the sign beside a sum of money', () => {
  it.each([
    ['US$3.00', 'USD'],
    ['$3.00', 'USD'],
    ['3.00 USD', 'USD'],
    ['4,50 €', 'EUR'],
    ['R$ 5,00', 'BRL'],
    ['HK$1,234.00', 'HKD'],
    ['₩1,000', 'KRW'],
    ['500円', 'JPY'],
    ['£1.2万', 'GBP'],
  ])('%s says its currency, which is a doubt', async (cell, currency) => {
    const looked = await desk.look(file([cell]));
    expect(looked.options.currency).toBe(currency);
    expect(looked.doubts.map(({ en }) => en).join()).toContain(currencyOfCells(cell, currency, null).en);
  });

  it.each([
    ['US$3.00', '1 USD 3.0'],
    ['4,50 €', '1 EUR 4.5'],
    ['£1.2万', '1 GBP 12000.0'],
  ])('%s is kept in it, with a warning', async (cell, sum) => {
    expect(await sums(file([cell]))).toEqual({ sums: [sum], warnings: ['unconfirmed'], rejects: [] });
  });

  it('is CNY, which it would be anyhow, without a question', async () => {
    const cells = ['￥1,234.50', '¥1234.5', '1234.50元', 'RMB 1234.50', 'CNY1,234.50', '1亿2345万元', '7.5'];
    expect(await sums(file(cells))).toEqual({ sums: ['7 CNY 123456180.0'], warnings: [], rejects: [] });
  });

  it('that may be of two currencies is the one that the file says', async () => {
    expect((await sums(file(['¥500', '500円']))).sums).toEqual(['2 JPY 1000.0']);
    expect((await sums(file(['¥500'], '收入(日元)'))).sums).toEqual(['1 JPY 500.0']);
    expect((await sums(file(['$500'], 'Revenue (HKD)'))).sums).toEqual(['1 HKD 500.0']);
    expect((await sums(file(['$500']), { currency: 'SGD' })).sums).toEqual(['1 SGD 500.0']);
  });

  it('need not stand beside nothing', async () => {
    expect((await sums(file(['$3.00', '0', '-', '0.00']))).sums).toEqual(['3 USD 3.0']);
  });

  it('is of no other currency where a further one of many rows is', async () => {
    const cells = Array.from({ length: 19 }, (_, i) => `$${i + 1}.00`);
    const found = await sums(file([...cells, '€9.00']), { currency: 'USD' });
    expect(found.sums).toEqual(['19 USD 190.0']);
    expect(found.rejects).toEqual([
      '€9.00: its sign is of another currency than USD, in which the money of this file is read',
    ]);
  });

  it.each([
    ['signs that contradict each other', file(['$3.00', '€4,00', '5.50']), ['$3.00', '€4,00']],
    ['two dollars', file(['$3.00', 'HK$4.00']), ['$3.00', 'HK$4.00']],
    ['cells without a sign beside others', file(['$3.00', '5.50']), ['$3.00', '5.50']],
    ['a header that says otherwise', file(['€3.00'], '收入(美元)'), ['USD', '€3.00']],
    ['a sign that nobody knows', file(['xyz$3.00']), ['xyz$3.00']],
  ])('is asked about: %s', async (_what, text, named) => {
    const refused = await refusal(text);
    expect(refused).toMatchObject({ code: 'unconfirmed', errors: [{ path: 'options.currency' }] });
    for (const name of named) expect(refused.detail.en).toContain(name);
    expect((await desk.look(text)).options.currency).toBeUndefined();
  });

  it('is asked about between two columns of money', async () => {
    const text = '日期,剧名,播放量,收入(美元),消耗(元)\n2025-10-01,甲,1,5,7\n';
    const refused = await refusal(text);
    expect(refused).toMatchObject({ code: 'unconfirmed', errors: [{ path: 'options.currency' }] });
  });

  it('makes a reject of a row whose column of currencies says otherwise', async () => {
    const rows = Array.from({ length: 18 }, (_, i) => `2025-10-${10 + i},甲,1,$2.00,USD`);
    const odd = ['2025-10-28,甲,1,€5.00,USD', '2025-10-29,甲,1,€6.00,欧元'];
    const text = `日期,剧名,播放量,收入,币种\n${[...rows, ...odd].join('\n')}\n`;
    expect(await sums(text)).toMatchObject({
      sums: ['1 EUR 6.0', '18 USD 36.0'],
      rejects: ['€5.00: its sign is of another currency than the row states'],
    });
  });
});

it('a currency that is said goes before the header, and the difference is told', async () => {
  const text = file(['3.00'], '收入(美元)');
  const { warnings } = await desk.import(text, { options: { views_are: 'increment', currency: 'CNY' } });
  expect(warnings.map(({ detail }) => detail.en).join()).toContain(saidAgainstHeader('CNY', '收入(美元)', 'USD').en);
  expect((await sums(file(['4.00'], '收入(美元)'), { currency: 'USD' })).warnings).not.toContain('unconfirmed');
});
