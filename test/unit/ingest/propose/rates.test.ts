import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../../server/contract/imports.ts';
import { ratesEitherWay, ratesTurned } from '../../../../server/ingest/propose/messages.ts';
import { propose } from '../../../../server/ingest/propose/propose-columns.ts';
import { plausibleRate } from '../../../../server/ingest/propose/propose-rates.ts';
import { currencyOf } from '../../../../server/vocabulary/currencies.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk, refusal } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

/** The rates that hold, as short texts. */
const holding = async () => {
  const rows = await desk.rows(`SELECT day || ' ' || currency || ' ' || arg_max(rate || ' ' || base, import_no) AS line
    FROM currency_rate GROUP BY day, currency ORDER BY line`);
  return rows.map((row) => String(row.line));
};

describe('what a file of exchange rates is', () => {
  const proposed = (columns: Readonly<Record<string, string>>) =>
    propose(
      'fx_2025.csv',
      Object.entries(columns).map(([name, cell]) => ({ name, type: 'text', cells: [cell] })),
      loadVocabulary(),
      null,
    );

  it.each([
    ['English', { day: '2025-10-01', currency: 'USD', rate: '7.1' }],
    ['Chinese', { 日期: '2025-10-01', 币种: '美元', 汇率: '7.1' }],
    ['Japanese', { 日付: '2025-10-01', 通貨: 'USD', 為替レート: '7.1' }],
  ])('is proposed by its header: %s', (_language, columns) => {
    const { kind, mapping, options, reasons } = proposed(columns);
    const [time, currency, rate] = Object.keys(columns);
    expect(kind).toBe('rates');
    expect(mapping).toEqual({ time, currency, rate });
    expect(options).toEqual({ source: 'fx', currency: 'CNY' });
    expect(reasons.find(({ option }) => option === 'kind')?.reason.en).toContain('exchange rates');
    // Which way round a rate is meant cannot be seen from numbers: the proposal says how it is read.
    expect(reasons.find(({ option }) => option === 'currency')?.reason.en).toBe(
      'each rate is read as CNY for one unit of the currency: 1 USD = 7.1 CNY on 2025-10-01',
    );
  });

  it('takes the base from its own column, else from the header of the rate', () => {
    const column = proposed({ date: '2025-10-01', currency: 'JPY', rate: '0.0065', base_currency: 'USD' });
    expect(column.mapping.base_currency).toBe('base_currency');
    expect(column.options).toEqual({ source: 'fx' });
    const header = proposed({ date: '2025-10-01', currency: 'JPY', 'rate (USD)': '0.0065' });
    expect(header.options.currency).toBe('USD');
  });

  it('is a log where it names series, whatever else stands in it', () => {
    const { kind, mapping } = proposed({ date: '2025-10-01', title: 'a', currency: 'USD', rate: '7', revenue: '1' });
    expect(kind).toBe('log');
    expect(mapping.rate).toBeUndefined();
  });

  it.each([
    ['usd', 'USD'],
    [' 美元 ', 'USD'],
    ['US$', 'USD'],
    ['RMB', 'CNY'],
    ['人民币', 'CNY'],
    ['Chinese Yuan', 'CNY'],
    ['円', 'JPY'],
    ['XQQ', null],
    ['金币', null],
  ])('reads the currency %s as %s', (text, code) => {
    expect(currencyOf(text)).toBe(code);
  });
});

describe('an import of rates', () => {
  it('keeps each day and currency with its base', async () => {
    const record = await desk.import('日期,币种,汇率\n2025/10/1,美元,7.1\n2025/10/1,日元,0.0475\n20251009,USD,7.12\n', {
      name: '汇率.csv',
    });
    expect(record).toMatchObject({
      kind: 'rates',
      status: 'committed',
      source: '汇率',
      rows_read: 3,
      rows_committed: 3,
      rows_rejected: 0,
      from: '2025-10-01',
      to: '2025-10-09',
    });
    expect(await holding()).toEqual(['2025-10-01 JPY 0.0475 CNY', '2025-10-01 USD 7.1 CNY', '2025-10-09 USD 7.12 CNY']);
    expect(desk.warehouse.state().rates).toEqual({ currencies: ['JPY', 'USD'], from: '2025-10-01', to: '2025-10-09' });
    expect(desk.warehouse.state().rows).toBe(0);
  });

  it('takes another base from the option or a column, and rates by the hundred', async () => {
    await desk.import('day,currency,rate\n2025-10-01,EUR,1.17\n', { options: { currency: 'usd' } });
    await desk.import('day,currency,base_currency,rate(每100)\n2025-10-02,JPY,人民币,4.75\n');
    expect(await holding()).toEqual(['2025-10-01 EUR 1.17 USD', '2025-10-02 JPY 0.0475 CNY']);
  });

  it('rejects rows that are no rates, each with line, column and reason', async () => {
    const good = Array.from({ length: 12 }, (_, i) => `2025-09-${i + 10},USD,7.1`).join('\n');
    const bad = [
      '2025-13-01,USD,7.1',
      '2025-10-02,Gold,7.1',
      '2025-10-03,,7.1',
      '2025-10-04,USD,-7',
      '2025-10-05,USD,',
      '2025-10-06,CNY,1.1',
      '2025-10-07,USD,7.1',
      '2025-10-07,USD,7.2',
    ].join('\n');
    const record = await desk.import(
      `day,currency,rate\n${good}\n${bad}\n2025-10-08,CNY,1\n2025-10-09,USD,7\n2025-10-09,USD,7\n`,
    );
    expect(record).toMatchObject({ rows_read: 23, rows_rejected: 8, rows_committed: 14 });
    const rejects = await desk.imports.rejects(record.import_id);
    expect(rejects.map(({ line, column, value, reason }) => [line, column, value, reason.en])).toEqual([
      [
        14,
        'day',
        '2025-13-01',
        'not a date or time that is known here; date_format can say how dates are written, such as dd.MM.yyyy',
      ],
      [15, 'currency', 'Gold', expect.stringContaining('not a currency')],
      [16, 'currency', '', 'the currency is missing'],
      [17, 'rate', '-7', 'not a number above 0'],
      [18, 'rate', '', 'the rate is missing'],
      [19, 'rate', '1.1', expect.stringContaining('base currency itself')],
      [20, 'rate', '7.1', expect.stringContaining('another rate of this day and currency')],
      [21, 'rate', '7.2', expect.stringContaining('another rate of this day and currency')],
    ]);
  });

  it('says in a dry run what is new, changed and identical, and changes nothing', async () => {
    await desk.import('day,currency,rate\n2025-10-01,USD,7.1\n2025-10-02,USD,7.1\n');
    const path = await desk.write(
      'again.csv',
      'day,currency,rate\n2025-10-01,USD,7.1\n2025-10-02,USD,7.2\n2025-10-03,USD,7.3\n',
    );
    expect(await desk.imports.dryRunFile(path)).toMatchObject({
      new: 1,
      changed: 1,
      identical: 1,
      rejected: 0,
      changed_samples: [{ key: 'USD · 2025-10-02', before: '7.1 CNY', after: '7.2 CNY' }],
    });
    expect(await holding()).toEqual(['2025-10-01 USD 7.1 CNY', '2025-10-02 USD 7.1 CNY']);
  });

  it('holds by the latest import, and undo restores what was before, in either order', async () => {
    const first = await desk.import('day,currency,rate\n2025-10-01,USD,7.1\n2025-10-02,USD,7.1\n');
    const second = await desk.import('day,currency,rate\n2025-10-02,USD,7.2\n2025-10-03,USD,7.3\n');
    expect(await holding()).toEqual(['2025-10-01 USD 7.1 CNY', '2025-10-02 USD 7.2 CNY', '2025-10-03 USD 7.3 CNY']);
    await desk.imports.remove(first.import_id);
    expect(await holding()).toEqual(['2025-10-02 USD 7.2 CNY', '2025-10-03 USD 7.3 CNY']);
    await desk.imports.remove(second.import_id);
    expect(desk.warehouse.state().rates).toBeNull();

    const third = await desk.import('day,currency,rate\n2025-10-01,USD,7.1\n2025-10-02,USD,7.1\n');
    const fourth = await desk.import('day,currency,rate\n2025-10-02,USD,7.2\n');
    await desk.imports.remove(fourth.import_id);
    expect(await holding()).toEqual(['2025-10-01 USD 7.1 CNY', '2025-10-02 USD 7.1 CNY']);
    expect((await desk.imports.remove(third.import_id)).status).toBe('undone');
    expect(await holding()).toEqual([]);
  });

  it('leaves the log and its rollups alone, and so does its undo', async () => {
    await desk.import('date,title,views,revenue,currency\n2025-10-01,a,10,5,美元\n2025-10-02,a,10,5,-\n', {
      name: 'log.csv',
    });
    expect(desk.warehouse.state().currencies).toEqual(['CNY', 'USD']);
    expect(await desk.rows(`SELECT id, zh, en FROM label WHERE dimension = 'currency' ORDER BY id`)).toEqual([
      { id: 'CNY', zh: '人民币', en: 'Chinese Yuan' },
      { id: 'USD', zh: '美元', en: 'US Dollar' },
    ]);
    const before = await desk.everything();
    const rates = await desk.import('day,currency,rate\n2025-10-01,USD,7.1\n');
    expect(await desk.everything()).toEqual(before);
    await desk.imports.remove(rates.import_id);
    expect(await desk.everything()).toEqual(before);
  });

  it('is refused where a column is missing or the base is no currency', async () => {
    const text = 'day,currency,rate\n2025-10-01,USD,7.1\n';
    expect(await refusal(desk.import(text, { mapping: { time: 'day', currency: 'currency' } }))).toMatchObject({
      code: 'mapping_incomplete',
      detail: expect.stringContaining('no column is mapped to rate'),
    });
    expect(await refusal(desk.import(text, { options: { currency: 'XQQ' } }))).toMatchObject({
      code: 'invalid_request',
    });
    expect(await refusal(desk.import(text, { force: true, kind: 'log' }))).toMatchObject({
      code: 'mapping_incomplete',
    });
    expect(await holding()).toEqual([]);
  });

  it('is read from Parquet as from text', async () => {
    const path = await desk.write('rates.parquet', '');
    await desk.rows(`COPY (SELECT DATE '2025-10-01' AS day, 'USD' AS currency, 7.1::DECIMAL(10, 4) AS rate
      UNION ALL SELECT DATE '2025-10-02', 'Gold', 7.1) TO '${path}' (FORMAT parquet)`);
    const record = await desk.importFile(path);
    expect(record).toMatchObject({ kind: 'rates', rows_committed: 1, rows_rejected: 1 });
    expect(await desk.imports.rejects(record.import_id)).toMatchObject([
      { line: 2, column: 'currency', value: 'Gold' },
    ]);
    expect(await holding()).toEqual(['2025-10-01 USD 7.1 CNY']);
  });

  it('refuses the same bytes a second time', async () => {
    const text = 'day,currency,rate\n2025-10-01,USD,7.1\n';
    await desk.import(text);
    expect(await refusal(desk.import(text, { force: false }))).toMatchObject({ code: 'duplicate_import' });
  });
});

describe('rates of a size that no currency has', () => {
  const asked = async (text: string) => (await desk.look(text, 'fx.csv')).questions.map(({ message }) => message.en);

  const refused = async (text: string, options: ImportOptions = {}) => {
    const { upload_id } = await desk.look(text, 'fx.csv');
    return desk.imports.start({ upload_id, options }).catch((error: unknown) => error);
  };

  it.each([
    ['by the hundred', '日期,币种,汇率\n2025-10-01,USD,712\n', '1 USD = 712 CNY'],
    [
      'yen by the hundred beside a right dollar',
      '日期,币种,汇率\n2025-10-01,USD,7.12\n2025-10-01,JPY,4.8\n',
      '1 JPY = 4.8 CNY',
    ],
    ['with a decimal comma', 'date;currency;rate\n2025-10-01;USD;712,5\n2025-10-02;USD;713,25\n', '1 USD = 712.5 CNY'],
    [
      'far down in the file',
      `day,currency,rate\n${Array.from({ length: 300 }, () => '2025-09-30,USD,7.1').join('\n')}\n2025-10-01,USD,712\n`,
      '1 USD = 712 CNY',
    ],
  ])('are asked about, whether the base is said or not: %s', async (_how, text, says) => {
    expect((await asked(text))[0]).toContain(says);
    expect(await refused(text)).toMatchObject({ code: 'unconfirmed', errors: [{ path: 'options.currency' }] });
    expect(await refused(text, { currency: 'CNY' })).toMatchObject({
      code: 'unconfirmed',
      errors: [{ path: 'options.rates_are', message: { en: expect.stringContaining(says) } }],
    });
    // Whoever says it has it so, with a warning.
    const record = await desk.import(text, {
      name: 'fx.csv',
      options: { currency: 'CNY', rates_are: 'base_per_unit' },
    });
    expect(record.warnings.map(({ code }) => code)).toEqual(['rates_unlikely']);
    await desk.clear();
  });

  it('are read the other way round if they can only be so', async () => {
    const text = 'Date,USD,JPY,\n2025-10-01,1.1740,172.53,\n';
    expect(await refused(text)).toMatchObject({ code: 'unconfirmed', errors: [{ path: 'options.currency' }] });
    const record = await desk.import(text, { name: 'fx.csv', options: { currency: 'EUR' } });
    expect(record.options).toMatchObject({ currency: 'EUR', rates_are: 'units_per_base' });
    expect(record.warnings.map(({ code }) => code)).toEqual(['unconfirmed']);
    expect(record.warnings[0]?.detail.en).toContain(
      ratesTurned({ currency: 'JPY', base: 'EUR', rate: 172.53 }, plausibleRate('JPY', 'EUR')).en,
    );
    const [sum] = await desk.rows(`SELECT sum(CASE currency WHEN 'USD' THEN 1174 ELSE 17253 END * rate) AS n,
      count(*) FILTER (base = 'EUR') AS rates FROM currency_rate`);
    expect(Number(sum?.n)).toBeCloseTo(1100, 6);
    const said = await desk.import(text, { options: { currency: 'EUR', rates_are: 'units_per_base' } });
    expect(said.warnings).toEqual([]);
  });

  it('are judged in the base of their own rows', async () => {
    const text = 'date,currency,rate,base_currency\n2025-10-01,KRW,1400,USD\n2025-10-01,JPY,172.5,EUR\n';
    const record = await desk.import(text, { name: 'fx.csv' });
    expect(record.options.rates_are).toBe('units_per_base');
    expect(record.warnings.map(({ code }) => code)).toEqual(['unconfirmed']);
    expect(await desk.rows('SELECT currency, base, round(1 / rate, 6) AS n FROM currency_rate ORDER BY 1')).toEqual([
      { currency: 'JPY', base: 'EUR', n: 172.5 },
      { currency: 'KRW', base: 'USD', n: 1400 },
    ]);
    const mixed = text.replace('1400', '0.00071');
    expect(await refused(mixed)).toMatchObject({ code: 'unconfirmed', errors: [{ path: 'options.rates_are' }] });
  });

  it('are asked about for a profile, too', async () => {
    const text = 'day,currency,rate\n2025-10-01,USD,7.1\n';
    await desk.import(text, { options: { currency: 'CNY' }, saveProfile: 'fx' });
    expect(await refused(text.replace('7.1', '712'))).toMatchObject({
      code: 'unconfirmed',
      errors: [{ path: 'options.rates_are' }],
    });
  });

  it('may fit both ways: with a column per currency it stays a question', async () => {
    const record = await desk.import('Date,USD,GBP\n2025-10-01,1.1740,0.87\n', { options: { currency: 'EUR' } });
    expect(record.warnings.map(({ detail }) => detail.en).join()).toContain(
      ratesEitherWay({ currency: 'USD', base: 'EUR', rate: 1.174 }).en,
    );
  });

  it.each([
    [
      'plausible ones',
      '日期,币种,汇率\n2025-10-01,USD,7.12\n2025-10-01,JPY,0.048\n2025-10-01,VND,0.00027\n2025-10-01,KWD,23.3\n',
    ],
    ['a header that says by the hundred', '日期,币种,汇率(每100)\n2025-10-01,USD,712\n2025-10-01,JPY,4.8\n'],
    ['currencies whose size is not known', '日期,币种,汇率\n2025-10-01,ARS,0.005\n2025-10-01,VES,0.05\n'],
  ])('and not %s', async (_how, text) => {
    expect(await asked(text)).toEqual([]);
  });
});
