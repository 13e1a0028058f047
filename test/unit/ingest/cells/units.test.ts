import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { unitOf } from '../../../../server/ingest/cells/headers.ts';
import { unitAbove } from '../../../../server/ingest/propose/messages.ts';
import { propose } from '../../../../server/ingest/propose/propose-columns.ts';
import { sniffText } from '../../../../server/ingest/read/sniff.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk } from '../desk.ts';
import { row, workbook } from '../read/formats/workbooks.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
afterEach(() => desk.clear());

describe('a unit', () => {
  it('of a cell stands in for that of the header, which holds for plain numbers alone', async () => {
    await desk.import(
      '日期,剧名,播放量(万)\n2025-10-01,A,3000万\n2025-10-01,B,1.2亿\n2025-10-01,C,3000\n2025-10-01,D,1亿2345万\n2025-10-01,E,"1,000.5"\n',
    );
    expect(await desk.views()).toEqual([
      'A 2025-10-01 30000000',
      'B 2025-10-01 120000000',
      'C 2025-10-01 30000000',
      'D 2025-10-01 123450000',
      'E 2025-10-01 10005000',
    ]);
  });

  it('of time is not stood in for by a power of ten', async () => {
    await desk.import('日期,剧名,播放量,观看时长(小时)\n2025-10-01,A,1,1.2万\n2025-10-01,B,1,10\n');
    expect(await desk.rows('SELECT watch_seconds FROM view_log ORDER BY ALL')).toEqual([
      { watch_seconds: 36_000 },
      { watch_seconds: 43_200_000 },
    ]);
    expect(unitOf('观看时长(万小时)', 'watch_seconds')).toMatchObject({ scale: 36_000_000, magnitude: 10_000 });
  });

  it('of a rounded counter is not taken twice for its rounding either', async () => {
    await desk.import('日期,剧名,累计播放量(万)\n2025-10-01,A,1.9亿\n2025-10-02,A,19500.5\n', {
      options: { views_are: 'cumulative' },
    });
    expect(await desk.rows('SELECT views::DOUBLE AS views, rounding FROM snapshot ORDER BY 1')).toEqual([
      { views: 190_000_000, rounding: 5_000_000 },
      { views: 195_005_000, rounding: 500 },
    ]);
  });
});

describe('a line above the header', () => {
  const rows = '日期,剧名,平台,播放量\n2025-10-01,A,抖音,12.5\n2025-10-02,A,抖音,3万\n2025-10-03,A,抖音,7\n';
  it.each([
    ['单位：万', '短剧日报\n单位：万\n'],
    ['a title with the unit in brackets', '短剧日报（单位：万次）\n'],
    ['the last cell of a padded line', ',,,单位：万\n'],
    ['the last cell of a line with a title', '短剧日报,,,单位：万\n'],
    ['two units, of which one is of counts', '单位：万次、万元\n'],
  ])('says what views are counted in: %s', async (_, title) => {
    await desk.import(title + rows);
    expect(await desk.views()).toEqual(['A 2025-10-01 125000', 'A 2025-10-02 30000', 'A 2025-10-03 70000']);
  });

  it('says it of a sheet, too', async () => {
    const sheet = [row(1, ['短剧日报', null, '单位：万']), row(2, ['日期', '剧名', '播放量'])];
    const days = [1, 2, 3].map((n) => row(n + 2, [`2025-10-0${n}`, 'A', n + 0.5]));
    await desk.import(workbook([{ name: '日报', rows: [...sheet, ...days].join('') }]), { name: '日报.xlsx' });
    expect(await desk.views()).toEqual(['A 2025-10-01 15000', 'A 2025-10-02 25000', 'A 2025-10-03 35000']);
  });

  it('says nothing of a column that names its own unit, and money units nothing of counts', async () => {
    await desk.import('单位：万元\n日期,剧名,播放量,收入,消耗(元)\n2025-10-01,A,12,3,4\n2025-10-02,A,12,5千,4\n');
    expect(
      await desk.rows('SELECT views::DOUBLE AS views, revenue, spend, currency FROM view_log ORDER BY day'),
    ).toEqual([
      { views: 12, revenue: 30_000, spend: 4, currency: 'CNY' },
      { views: 12, revenue: 5000, spend: 4, currency: 'CNY' },
    ]);
    expect(unitOf('播放量(次)', 'views', '万').scale).toBe(1);
    expect(unitOf('集数', 'episode', '万').scale).toBe(1);
  });

  it('is no unit where it names a body, and a header that names a unit of its own is a header', () => {
    expect(sniffText('单位：红果短剧\n日期,剧名,播放量\n2025-10-01,A,1\n', true)?.unit).toBeNull();
    expect(sniffText('日期,剧名,播放量（单位：万）\n2025-10-01,A,1\n', true)).toMatchObject({
      headerRow: 1,
      unit: null,
    });
  });

  it('is told of in the proposal', () => {
    const shape = sniffText(`单位：万\n${rows}`, true);
    const columns = (shape?.columns ?? []).map((name, i) => {
      const cells = shape?.rows.map((cells) => cells[i] ?? null) ?? [];
      return { name, type: 'text', cells, unit: shape?.unit?.text ?? null };
    });
    const { reasons } = propose('a.csv', columns, loadVocabulary(), null);
    expect(reasons.find(({ option }) => option === 'unit')?.reason).toEqual(unitAbove('万', ['播放量']));
  });
});
