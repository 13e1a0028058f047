import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAsBasePerUnit, SAY_BASE } from '../../../../server/ingest/propose/messages.ts';
import { CURRENCIES_ACROSS } from '../../../../server/ingest/read/messages.ts';
import { rateColumn } from '../../../../server/ingest/read/wide-rates.ts';
import { Desk, refusal } from '../desk.ts';
import { row, workbook } from './formats/workbooks.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const kept = async () => {
  const rows = await desk.rows(
    `SELECT day || ' 1 ' || currency || ' = ' || round(rate, 6) || ' ' || base AS line FROM currency_rate ORDER BY line`,
  );
  return rows.map((line) => String(line.line));
};

describe('the header of a column of rates', () => {
  it.each([
    ['USD', 'USD', null, 1],
    ['美元', 'USD', null, 1],
    ['欧元汇率', 'EUR', null, 1],
    ['日元（100）', 'JPY', null, 100],
    ['100日元', 'JPY', null, 100],
    ['USD/CNY', 'USD', 'CNY', 1],
    ['100JPY/CNY', 'JPY', 'CNY', 100],
    ['usdcny', 'USD', 'CNY', 1],
    ['美元兑人民币', 'USD', 'CNY', 1],
    ['EUR to USD', 'EUR', 'USD', 1],
  ])('%s is %s in %s, per %i', (header, currency, base, per) => {
    expect(rateColumn(header)).toEqual({ currency, base, per });
  });

  it.each(['date', '播放量', 'CNY/CNY', 'USD/播放量', `${'('.repeat(10_000)}USD`, 'A/B/C'])(
    '%.20s is none',
    (header) => {
      expect(rateColumn(header)).toBeNull();
    },
  );
});

describe('a file of rates with a column per currency', () => {
  it('is a row per day and currency, without the days that a currency has no rate of', async () => {
    const record = await desk.import('日期;美元;日元(100)\n2025-10-01;7.1;4.75\n2025-10-02;7.2;\n', {
      name: '汇率.csv',
    });
    expect(record).toMatchObject({
      kind: 'rates',
      rows_read: 3,
      rows_committed: 3,
      rows_rejected: 0,
      mapping: { time: 'date', currency: 'currency', rate: 'rate' },
    });
    expect(await kept()).toEqual([
      '2025-10-01 1 JPY = 0.0475 CNY',
      '2025-10-01 1 USD = 7.1 CNY',
      '2025-10-02 1 USD = 7.2 CNY',
    ]);
  });

  it('may end each line with a comma, as the European Central Bank’s does', async () => {
    const text = 'Date, USD, JPY, BGN,\n2025-10-01, 1.1740, 172.53, 1.9558,\n2025-09-30, 1.1741, 173.76, N/A,\n';
    const looked = await desk.look(text, 'eurofxref-hist.csv');
    expect(looked).toMatchObject({ kind: 'rates', mapping: { time: 'date', currency: 'currency', rate: 'rate' } });
    // 172 yuan for a yen are no rate: the base is asked.
    expect(looked.doubts.map(({ en }) => en)).toEqual([expect.stringContaining(SAY_BASE.en)]);
    const record = await desk.import(text, { kind: 'rates', options: { currency: 'EUR' } });
    expect(record).toMatchObject({ status: 'committed', rows_read: 5, rows_rejected: 0 });
    // A last column that holds something is no such comma.
    expect((await desk.look(text.replace('1.9558,', '1.9558,x'), 'rates.csv')).kind).toBe('log');
  });

  it('takes the base of pairs, and turns those round that state it first', async () => {
    await desk.import('date,USD/CNY,100JPY/CNY,CNY/MYR\n2025-10-01,7.1,"4.75",0.5\n');
    expect(await kept()).toEqual([
      '2025-10-01 1 JPY = 0.0475 CNY',
      '2025-10-01 1 MYR = 2.0 CNY',
      '2025-10-01 1 USD = 7.1 CNY',
    ]);
  });

  it('has decimal commas where its rates have', async () => {
    await desk.import('date;USD;100JPY\n2025-10-01;7,12;4,75\n2025-10-02;7,2;4,8\n');
    expect(await kept()).toEqual([
      '2025-10-01 1 JPY = 0.0475 CNY',
      '2025-10-01 1 USD = 7.12 CNY',
      '2025-10-02 1 JPY = 0.048 CNY',
      '2025-10-02 1 USD = 7.2 CNY',
    ]);
  });

  it('takes another base from the option, and is read from a workbook, too', async () => {
    const rows = `${row(1, ['Rates of the year'])}${row(2, ['date', 'EUR', 'GBP'])}${row(3, ['2025-10-01', 1.17, 1.34])}`;
    await desk.import(workbook([{ name: 'fx', rows }]), { name: 'fx.xlsx', options: { currency: 'USD' } });
    expect(await kept()).toEqual(['2025-10-01 1 EUR = 1.17 USD', '2025-10-01 1 GBP = 1.34 USD']);
  });

  it('rejects what is no rate with the line of the file', async () => {
    const good = Array.from({ length: 20 }, (_, i) => `2025-09-${i + 10},7.1,8.2`).join('\n');
    const record = await desk.import(`date,USD,EUR\n${good}\n2025-10-01,about 7,8.3\n2025-10-02,7.1,-8\n`);
    expect(record).toMatchObject({ rows_read: 44, rows_committed: 42, rows_rejected: 2 });
    const rejects = await desk.imports.rejects(record.import_id);
    expect(rejects.map(({ line, column, value }) => [line, column, value])).toEqual([
      [22, 'rate', 'about 7'],
      [23, 'rate', '-8'],
    ]);
  });

  it('says how it is read, and asks which way round the rates are where the headers do not tell', async () => {
    const asked = async (text: string) => {
      return desk.imports.upload(Readable.from([Buffer.from(text)]), 'fx.csv');
    };
    const plain = await asked('date,USD,EUR\n2025-10-01,7.1,8.2\n');
    expect(plain).toMatchObject({
      kind: 'rates',
      preview: [
        { date: '2025-10-01', currency: 'USD', rate: '7.1' },
        { date: '2025-10-01', currency: 'EUR', rate: '8.2' },
      ],
    });
    expect(plain.reasons).toContainEqual({ option: 'kind', reason: CURRENCIES_ACROSS });
    const shown = { day: '2025-10-01', code: 'USD', rate: '7.1', into: 'CNY' };
    expect(plain.doubts).toEqual([readAsBasePerUnit('CNY', shown)]);
    expect((await asked('date,USD/CNY\n2025-10-01,7.1\n')).doubts).toEqual([]);
  });

  it('is none where other columns stand beside, or only one currency that may be an amount', async () => {
    expect((await refusal(desk.import('date,USD\n2025-10-01,7.1\n'))).code).toBe('mapping_incomplete');
    expect((await refusal(desk.import('date,USD,EUR,orders\n2025-10-01,7.1,8.2,5\n'))).code).toBe('mapping_incomplete');
    expect(await kept()).toEqual([]);
  });
});
