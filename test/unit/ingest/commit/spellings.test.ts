import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

let files = 0;

/** Imports a file under a source of its own and gives its effective rows. */
async function imported(text: string, options: Record<string, unknown> = {}) {
  files += 1;
  const source = `spelt${files}`;
  const record = await desk.import(text, { options: { source, views_are: 'increment', ...options } });
  expect(record.error).toBeNull();
  const rows = await desk.rows(`SELECT strftime(min(day), '%Y-%m-%d') AS first, strftime(max(day), '%Y-%m-%d') AS last,
      sum(views)::DOUBLE AS views, sum(revenue) AS revenue, count(DISTINCT day)::INTEGER AS days
    FROM view_log WHERE import_no = (SELECT max(import_no) FROM view_log)`);
  return { record, ...rows[0] };
}

describe('files whose dates are all written in one way', () => {
  it.each([
    ['"2025-10-01(周三)"', '2025-10-01', 1],
    ['"2025/10/01(水)"', '2025-10-01', 1],
    ['"Wed, Oct 1, 2025"', '2025-10-01', 1],
    ['"2015 Apr 21, Tue"', '2015-04-21', 1],
    ['"Oct-25"', '2025-10-01', 31],
    ['"Oct 2025"', '2025-10-01', 31],
    ['"10/2025"', '2025-10-01', 31],
    ['"2025-W40"', '2025-09-29', 7],
    ['"2025年第40周"', '2025-09-29', 7],
    ['"2025년 10월 1일"', '2025-10-01', 1],
    ['"2025. 10. 1."', '2025-10-01', 1],
    ['"1. Oktober 2025"', '2025-10-01', 1],
    ['"2025-10-01/2025-10-07"', '2025-10-01', 7],
    ['"114/10/01"', '2025-10-01', 1],
    ['"令和7年10月1日"', '2025-10-01', 1],
    ['"\'2025-10-01"', '2025-10-01', 1],
  ])('%s', async (cell, first, days) => {
    expect(await imported(`日期,剧名,播放量\n${cell},剧,3100\n`)).toMatchObject({ first, days, views: 3100 });
  });

  it('refuses quarters with that word', async () => {
    const refused = desk.import('日期,剧名,播放量\n2025Q3,剧,100\n', { options: { views_are: 'increment' } });
    await expect(refused).rejects.toMatchObject({ detail: { en: expect.stringContaining('a quarter') } });
  });

  it('reads what date_format says, and refuses a format that is none', async () => {
    const text = '日期,剧名,播放量\n01|10|25,剧,100\n';
    expect(await imported(text, { date_format: 'dd|MM|yy' })).toMatchObject({ first: '2025-10-01', views: 100 });
    await expect(imported(text, { date_format: 'day' })).rejects.toMatchObject({ code: 'invalid_request' });
    // A format goes before what would be read without.
    const turned = '日期,剧名,播放量\n2025-10-01,剧,100\n';
    expect(await imported(turned, { date_format: 'yyyy-dd-MM' })).toMatchObject({ first: '2025-01-10' });
  });

  it('takes months and days without a year for the latest ones, a post time for the release', async () => {
    const text =
      '"Time","Video title","Post time","Total views"\n"October 1","Episode 1","September 1","1001"\n"October 2","Episode 2","September 2","1002"\n';
    const { record, ...rows } = await imported(text, {
      dates_up_to: '2025-12-01',
    });
    expect(rows).toMatchObject({ first: '2025-10-01', last: '2025-10-02', views: 2003 });
    expect(record.warnings.map(({ code }) => code)).toContain('year_assumed');
  });

  it('spreads weeks by their numbers', async () => {
    expect(await imported('week,series_id,views\n2024-W52,iw-1,700\n2025-W01,iw-1,770\n')).toMatchObject({
      first: '2024-12-23',
      last: '2025-01-05',
      views: 1470,
    });
  });

  it('reads times without seconds that have an offset', async () => {
    await imported('time,series_id,views\n2025-11-02T06:30Z,hm-1,5\n2025-11-02T07:30Z,hm-1,6\n');
    const rows = await desk.rows(
      `SELECT strftime(instant, '%H:%M') AS at FROM view_log WHERE import_no = (SELECT max(import_no) FROM view_log) ORDER BY 1`,
    );
    expect(rows.map(({ at }) => at)).toEqual(['06:30', '07:30']);
  });

  it.each([
    ['1759276800000000', 'microseconds'],
    ['1759276800000000000', 'nanoseconds'],
  ])('knows %s for %s', async (cell, unit) => {
    const { record, ...rows } = await imported(`time,series_id,views\n${cell},a,5\n`);
    expect(record.options.time_numbers).toBe(unit);
    expect(rows).toMatchObject({ first: '2025-10-01', views: 5 });
  });
});

describe('files whose numbers are all written in one way', () => {
  it.each([
    ['"1.2만"', '"12,50 €"', 12_000, 12.5],
    ['"3억"', '"R$ 12,50"', 300_000_000, 12.5],
    ['"1억 2345만"', '"US$3.00"', 123_450_000, 3],
    ['"12,34,567"', '"12.50"', 1_234_567, 12.5],
    ['"1\'234\'567"', '"12.50"', 1_234_567, 12.5],
    ['"1.5 Cr"', '"12.50"', 15_000_000, 12.5],
    ['"2 Lakh"', '"12.50"', 200_000, 12.5],
    ['"\'1234"', '"12.50"', 1234, 12.5],
    ['"约3万"', '"12.50"', 30_000, 12.5],
  ])('%s and %s', async (views, revenue, wanted, money) => {
    const text = `日期,剧名,播放量,收入\n2025-10-01,剧,${views},${revenue}\n`;
    expect(await imported(text)).toMatchObject({ views: wanted, revenue: money });
  });
});

it('reads in a release date whatever a log reads', async () => {
  const cells = ['2025年10月', '202510', '2025年10月1日 下午11:00', '2025100123', '2025-10-01 21时', '令和7年10月1日'];
  await desk.import(`剧名,上线时间\n${cells.map((cell, i) => `release ${i},${cell}`).join('\n')}\n`, {
    kind: 'catalog',
  });
  const rows = await desk.rows(
    `SELECT strftime(release_day, '%Y-%m-%d') AS day FROM series WHERE title LIKE 'release %' ORDER BY title`,
  );
  expect(rows.map(({ day }) => day)).toEqual(cells.map(() => '2025-10-01'));
});
