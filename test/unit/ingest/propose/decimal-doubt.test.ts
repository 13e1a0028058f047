import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doubtDecimalMark } from '../../../../server/ingest/propose/decimal-doubt.ts';
import { decimalMarksClash } from '../../../../server/ingest/propose/messages.ts';
import { ProblemError } from '../../../../server/problem.ts';
import { Desk } from '../desk.ts';

describe('decimal marks that contradict each other', () => {
  it.each([
    ['decide a total if some number can be read both ways', ['12,5', '12.5', '1.234'], 'answer'],
    ['decide a total among sums of money', ['1.234,50 €', '1,234.50 €', '1.234 €'], 'answer'],
    ['leave some number unread either way', ['12,5', '12.5'], 'ask'],
    ['make no difference if all numbers say what they are', ['1.234.567,8', '1,234,567.8'], null],
    ['make no difference beside a currency', ['12,50 €', 'R$ 12,50', '12.50'], null],
    ['are none where only thousands are parted', ['1,234', '12,345,678', '981'], null],
    ['are none for a slip', ['1,234', '1,235', '1,23', '1,234.5'], null],
    ['are none where all have commas', ['12,5', '1.234,5', '-', ''], null],
  ] as const)('%s', (_said, cells, doubt) => {
    expect(doubtDecimalMark(cells)?.doubt ?? null).toBe(doubt);
  });

  it('are named as they are written, the doubtful number, too', () => {
    expect(doubtDecimalMark(['1.234 €', '0,5 €', '7.25 €'])?.reason).toEqual(
      decimalMarksClash('0,5 €', '7.25 €', '1.234 €'),
    );
  });
});

describe('a file with such a column', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
  });
  afterAll(() => desk.close());

  const text = '日期;剧名;播放增量;收入\n2025-10-01;甲;10;12,5\n2025-10-02;甲;9;12.5\n2025-10-03;甲;8;1.234\n';
  const said = { views_are: 'increment' } as const;

  it('is not imported before somebody says the mark, and the other cells are then rejected', async () => {
    const { upload_id, doubts } = await desk.look(text);
    expect(doubts).toContainEqual(decimalMarksClash('12,5', '12.5', '1.234'));
    const refused = await desk.imports.start({ upload_id, options: said }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({ code: 'unconfirmed', errors: [{ path: 'options.decimal_mark' }] });
    const record = await desk.import(text, { options: { ...said, decimal_mark: 'comma' } });
    expect(record).toMatchObject({ status: 'committed', rows_committed: 2, rows_rejected: 1 });
    expect(await desk.rows('SELECT sum(revenue)::DOUBLE AS n FROM view_log')).toEqual([{ n: 1246.5 }]);
  });

  it('of exchange rates asks, too', async () => {
    const rates = await desk.look(
      '日期;币种;汇率\n2025-10-01;USD;7,12\n2025-10-02;USD;7.13\n2025-10-03;USD;7.134\n',
      '汇率.csv',
    );
    expect(rates.kind).toBe('rates');
    expect(rates.doubts).toContainEqual(decimalMarksClash('7,12', '7.13', '7.134'));
  });
});
